"""Random tables with random columns and rows around them: each text is in a record or in a finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.forms.grids import HEAD, page

from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord
from budgetkg.schema_json import document_json
from budgetkg.text import comparison_key

KNOWN = ("年度指标值", "指标值", "中期指标值", "实际完成值", "分值", "权重", "得分", "度量单位",
"计算符号", "指标性质", "指标方向", "备注",
         "指标解释", "评分标准", "偏差原因分析及改进措施", "绩效标准")  # fmt: skip
STRANGE = ("数据来源", "责任科室", "佐证材料", "填报口径", "完成进度说明书", "历史数据")
LEFT = (None, None, "序号", "责任单位", "子项")
TIERS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)
LABELS = ("其他需要说明的事项", "审核意见", "存在的困难", "评价结论", "整改情况", "专家组意见")


@dataclass
class Document:
    """A form as drawn: its parts as written, what they say, the names of its indicators."""

    head: str = HEAD
    lines: list[str] = field(default_factory=list)
    other: str | None = None
    before: str = ""
    after: str = ""
    said: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    counted: int = 0

    def text(self, begins: str) -> str:
        """Another text that stands nowhere else."""
        self.counted += 1
        self.said.append(f"{begins}甲{self.counted}号")
        return self.said[-1]

    def page(self) -> bytes:
        """As a web page."""
        tables = [self.head, "\n".join(self.lines), *([self.other] if self.other else [])]
        return page("2024年项目支出绩效目标表", *tables, before=self.before, after=self.after)


def label(document: Document, width: int, draw: st.DrawFn) -> str:
    """A label with its text."""
    return f"{draw(st.sampled_from(LABELS))}|{document.text('说明')}^{width - 1}"


def whole(document: Document, width: int, draw: st.DrawFn) -> str:
    """A text over the whole width, a remark or a title."""
    return f"{draw(st.sampled_from(('', '注：', '一、')))}{document.text('说明')}^{width}"


def furniture(document: Document, width: int, draw: st.DrawFn) -> str:
    """Words of the website, a seal, the numbers of the columns."""
    counts = "|".join(str(at + 1) for at in range(width))
    return draw(st.sampled_from((f"（盖章）^{width}", f"网站地图^{width}", counts)))


def signatures(document: Document, width: int, draw: st.DrawFn) -> str:
    """Two labels with their values, in the columns of tiers and names by chance."""
    return "|".join(document.text("签") for _ in range(3)) + f"|{document.text('签')}^{width - 3}"


def full(document: Document, width: int, draw: st.DrawFn) -> str:
    """A text in each column."""
    return "|".join(document.text("格") for _ in range(width))


def ends(document: Document, width: int, draw: st.DrawFn) -> str:
    """A text in the first column and one in the last."""
    if draw(st.booleans()):
        return document.text("首") + "|" * (width - 1)
    return f"{document.text('首')}^{width - 1}|{document.text('尾')}"


BELOW: tuple[Callable[[Document, int, st.DrawFn], str], ...] = (
    label, whole, furniture, signatures, full, ends)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A form whose table of indicators has columns and rows that no layout knows."""
    made = Document()
    columns = draw(st.lists(st.sampled_from(KNOWN + STRANGE), min_size=1, max_size=6, unique=True))
    made.strange = [name for name in columns if name in STRANGE]
    rows = draw(st.lists(st.sampled_from(TIERS), min_size=1, max_size=5))
    rows.sort(key=TIERS.index)
    side, left, merged = draw(st.booleans()), draw(st.sampled_from(LEFT)), draw(st.booleans())
    remark = draw(st.integers(0, 4)) if not (side or merged) else None
    heads = [*([f"绩效指标~{len(rows) + 1}"] if side else []), *([left] if left else []),
             "一级指标", "二级指标", "三级指标", *columns]  # fmt: skip
    made.lines = ["|".join(heads)]
    for number, (one, two) in enumerate(rows):
        cells = [str(number + 1) if left == "序号" else made.text("左")] if left else []
        if not merged or number == 0 or rows[number - 1][0] != one:
            cells.append(f"{one}~{sum(row[0] == one for row in rows)}" if merged else one)
        made.names.append(made.text("事项"))
        cells += [two, made.names[-1]]
        for at in range(len(columns)):
            form = draw(st.sampled_from(("", "{}", "≥{}%", "文字{}")))
            cells.append(form.format(1000 + 10 * number + at))
            made.said += [cells[-1]] if form else []
        made.lines.append("|".join(cells))
        if number == remark and number + 1 < len(rows):
            made.lines.append(f"注：{made.text('口径')}^{len(heads)}")
    for below in draw(st.lists(st.sampled_from(BELOW), max_size=3)):
        made.lines.append(below(made, len(heads), draw))
    for _ in range(draw(st.integers(0, 2))):
        made.head += f"{made.text('附')}|{made.text('附值')}^5\n"
    made.before = "".join(f"<p>{made.text('段落')}</p>" for _ in range(draw(st.integers(0, 2))))
    made.after = "".join(f"<p>{made.text('段落')}</p>" for _ in range(draw(st.integers(0, 2))))
    if draw(st.integers(0, 3)) == 0:
        made.other = "\n".join("|".join(made.text("表") for _ in range(3)) for _ in range(2))
    return made


def recorded(record: DocumentRecord) -> list[str]:
    """Every text of a record's own fields: no evidence, no findings."""
    found = document_json(record)
    found.pop("findings")
    return list(_texts(found))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for name, part in value.items() if name != "evidence" for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [comparison_key(value)] if isinstance(value, str) else []


_UNREAD = ("header-unknown", "text-unread", "column-told-by-cells")


@settings(max_examples=250, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(document=documents())
def test_every_cell_ends_in_a_record_or_in_a_finding_and_no_row_is_invented(document: Document) -> None:
    (record,) = parse_document(document.page(), "a.html")
    assert record.account.remainder == 0
    own = recorded(record)
    unread = [finding for finding in record.findings if finding.code in _UNREAD]
    quotes = [text for found in unread for text in found.values.values()]
    quotes += [place.quote for found in unread for place in found.evidence]
    quoted = " ".join(map(comparison_key, quotes))
    for text in document.said:
        assert any(comparison_key(text) in one for one in own) or comparison_key(text) in quoted, text
    for header in document.strange:
        assert comparison_key(header) in quoted, header
    rows = [row for unit in record.units_of_use for project in unit.projects for row in project.indicators]
    assert [row.name for row in rows] == document.names
    said = {finding.code for finding in record.findings}
    assert not said & {"tier-blank", "tier-empty", "tier-restored", "projects-without-indicators-block"}
