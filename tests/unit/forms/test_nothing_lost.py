"""Random tables with random extra columns: what a cell says is in a record, or a finding quotes it."""

from __future__ import annotations

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
TIERS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)
BELOW = ("其他需要说明的事项", "审核意见", "存在的困难", "评价结论")


@st.composite
def grids(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A table, what its cells below the header say, and the headers that no layout knows."""
    columns = draw(st.lists(st.sampled_from(KNOWN + STRANGE), min_size=1, max_size=6, unique=True))
    side = draw(st.booleans())
    merged = draw(st.booleans())
    rows = draw(st.lists(st.sampled_from(TIERS), min_size=1, max_size=5))
    rows.sort(key=TIERS.index)
    height = len(rows) + 1
    lines = [
        (f"绩效指标~{height}|" if side else "") + "|".join(("一级指标", "二级指标", "三级指标", *columns))
    ]
    said: list[str] = []
    for number, (one, two) in enumerate(rows):
        first = number == 0 or rows[number - 1][0] != one
        run = sum(row[0] == one for row in rows)
        cells = [f"{one}~{run}"] if first and merged else [] if merged else [one]
        values = [f"事项{number}甲"]
        for at in range(len(columns)):
            blank = draw(st.integers(0, 5)) == 0
            values.append(
                ""
                if blank
                else draw(st.sampled_from(("{}", "≥{}%", "文字{}"))).format(1000 + 10 * number + at)
            )
        said += [one, two, *filter(None, values)]
        lines.append("|".join([*cells, two, *values]))
    width = 3 + len(columns) + side
    for label in draw(st.lists(st.sampled_from(BELOW), max_size=2, unique=True)):
        text = f"说明{label}文"
        said.append(text)
        lines.append(f"{label}^{1 + side}|{text}^{width - 1 - side}")
    return "\n".join(lines), said, [name for name in columns if name in STRANGE]


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


@settings(max_examples=120, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(grid=grids())
def test_every_cell_ends_in_a_record_or_in_a_finding(grid: tuple[str, list[str], list[str]]) -> None:
    table, said, strange = grid
    (record,) = parse_document(page("项目支出绩效目标表", HEAD, table), "a.html")
    assert record.account.remainder == 0
    own = recorded(record)
    unread = [finding for finding in record.findings if finding.code in ("header-unknown", "text-unread")]
    quotes = [text for found in unread for text in found.values.values()]
    quotes += [place.quote for found in unread for place in found.evidence]
    quoted = " ".join(map(comparison_key, quotes))
    for text in said:
        assert any(comparison_key(text) in one for one in own) or comparison_key(text) in quoted, text
    for header in strange:
        assert comparison_key(header) in quoted, header


@settings(max_examples=60, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(grid=grids())
def test_no_row_is_invented(grid: tuple[str, list[str], list[str]]) -> None:
    table, said, _ = grid
    (record,) = parse_document(page("项目支出绩效目标表", HEAD, table), "a.html")
    names = [
        row.name for unit in record.units_of_use for project in unit.projects for row in project.indicators
    ]
    assert names == [text for text in said if text.startswith("事项")]
