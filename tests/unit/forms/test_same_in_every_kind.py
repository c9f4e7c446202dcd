"""One grid as web page, workbook, Word document, separated values and pipe table: one reading of it."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import docx
import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgetkg.forms import parse_document
from budgetkg.schema_json import document_json

LEFT, UP = "<", "^"
"""A cell joined to the one at its left, or above it."""
OF_THE_FILE = frozenset({
    "evidence", "year_evidence", "source", "account", "where", "page", "sha256", "media_type", "encoding",
})  # fmt: skip
Grid = list[list[str]]


def spans(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Where each cell begins → how many rows and columns it takes."""
    own: dict[tuple[int, int], tuple[int, int]] = {}
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for row, texts in enumerate(grid):
        for column, text in enumerate(texts):
            start = own[row, column - 1] if text == LEFT else own[row - 1, column] if text == UP else None
            own[row, column] = start or (row, column)
            down, across = found.get(own[row, column], (1, 1))
            top, left = own[row, column]
            found[own[row, column]] = max(down, row - top + 1), max(across, column - left + 1)
    return found


def flat(grid: Grid) -> Grid:
    """The grid with blanks where cells are merged."""
    return [["" if text in (LEFT, UP) else text for text in row] for row in grid]


def as_html(lines: Sequence[str], grid: Grid) -> bytes:
    merged, rows = spans(grid), []
    for row, texts in enumerate(grid):
        cells = [f"<td rowspan={merged[row, at][0]} colspan={merged[row, at][1]}>{html.escape(text)}</td>"
                 for at, text in enumerate(texts) if (row, at) in merged]  # fmt: skip
        rows.append(f"<tr>{''.join(cells)}</tr>")
    above = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><body>{above}<table>{''.join(rows)}</table></body></html>".encode()


def as_csv(lines: Sequence[str], grid: Grid) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([*([line] for line in lines), *flat(grid)])
    return out.getvalue().encode()


def as_markdown(lines: Sequence[str], grid: Grid) -> bytes:
    rows = [f"| {' | '.join(row)} |" for row in flat(grid)]
    return "\n".join(
        [*("\n" + line for line in lines), "", rows[0], "|---" * len(grid[0]) + "|", *rows[1:]]
    ).encode()


def as_workbook(lines: Sequence[str], grid: Grid) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in lines:
        sheet.append([line])
    for row in flat(grid):
        sheet.append([text or None for text in row])
    for (row, column), (down, across) in spans(grid).items():
        if down * across > 1:
            top, left = len(lines) + row + 1, column + 1
            sheet.merge_cells(
                start_row=top, end_row=top + down - 1, start_column=left, end_column=left + across - 1
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_word(lines: Sequence[str], grid: Grid) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(len(grid), len(grid[0]))
    for (row, column), (down, across) in spans(grid).items():
        cell = table.cell(row, column)
        if down * across > 1:
            cell = cell.merge(table.cell(row + down - 1, column + across - 1))
        cell.text = grid[row][column]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


KINDS: dict[str, Callable[[Sequence[str], Grid], bytes]] = {
    "xlsx": as_workbook, "docx": as_word, "csv": as_csv, "md": as_markdown}  # fmt: skip


def said(data: bytes, kind: str) -> list[dict[str, Any]]:
    """What the documents of a file say: without places, and findings by what they say."""
    found = [document_json(record) for record in parse_document(data, f"a.{kind}")]
    return [_without_places(one) for one in found]


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        away = (
            "evidence",
            "year_evidence",
            "source",
            "account",
            "where",
            "page",
            "sha256",
            "media_type",
            "encoding",
        )
        return {name: _without_places(part) for name, part in value.items() if name not in away}
    return [_without_places(part) for part in value] if isinstance(value, list) else value


@dataclass
class Form:
    """A form as drawn."""

    lines: list[str] = field(default_factory=lambda: ["2024年项目支出绩效目标表", "单位：万元"])
    grid: Grid = field(default_factory=list)

    def row(self, *cells: str) -> None:
        """Add a row; the last cell is merged over what is left of the width."""
        self.grid.append(list(cells))

    def even(self) -> None:
        """Make every row as wide as the widest."""
        width = max(map(len, self.grid))
        self.grid = [[*row, *[LEFT] * (width - len(row))] for row in self.grid]


TIERS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标")),
    ("效益指标", ("社会效益指标", "经济效益指标")),
    ("满意度指标", ("服务对象满意度指标",)),
)
VALUES = (
    (("指标值",),),
    (("指标值", LEFT), ("实施期", "2024年")),
    (("指标值", "度量单位"),),
    (("指标性质", "指标值", "度量单位"),),
    (("绩效指标值", LEFT, LEFT), ("前年", "上年", "预计当年实现")),
    (("指标值", LEFT, LEFT), ("计算符号", "值", "度量单位")),
)
BEHIND = ("备注", "分值", "评分标准", "指标解释", "数据来源")


FIRST = ("一级指标", "二级指标", "三级指标")


def rows_of(draw: st.DrawFn, values: Sequence[str], behind: Sequence[str], numbers: Iterator[int]) -> Grid:
    """The rows of indicators: tiers merged down, a name, values, what stands behind them."""
    body: Grid = []
    for first, seconds in TIERS:
        for at, second in enumerate(draw(st.lists(st.sampled_from(seconds), min_size=1, unique=True))):
            for row in range(draw(st.sampled_from((1, 2)))):
                number = next(numbers)
                cells = [UP if at or row else first, UP if row else second, f"事项{chr(0x7532 + number)}"]
                cells += [_value(head, number) for head in values]
                cells += [draw(st.sampled_from(("", _behind(head, number)))) for head in behind]
                body.append(cells)
    return body


def heads_of(names: Sequence[str], values: Sequence[Sequence[str]], behind: Sequence[str]) -> Grid:
    """The rows of a header: what is left and right of the values is merged down."""
    first, *more = values
    return [[*names, *first, *behind], *([*[UP] * len(names), *row, *[UP] * len(behind)] for row in more)]


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of one project: pairs, goals, headers of one to three rows, tiers merged down, notes."""
    form, numbers = Form(), count()
    values, behind = (
        draw(st.sampled_from(VALUES)),
        draw(st.lists(st.sampled_from(BEHIND), max_size=2, unique=True)),
    )
    side, over, wide = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    lead = [LEFT] if wide else []
    form.row("项目名称", *lead, "村道养护" + draw(st.sampled_from(("", "（二期）"))))
    form.row("主管部门", *lead, "平塘县交通运输局", *lead, "实施单位", "平塘县公路所")
    form.row("项目资金", *lead, "年度资金总额", *lead, "30.00")
    form.row(UP, *([UP] if lead else []), "其中：财政拨款", *lead, "30.00")
    form.row("年度目标", *lead, "养护村道120公里。")
    width = len(FIRST) + len(values[0]) + len(behind)
    for period in draw(st.sampled_from((("",), ("",), ("长期", "年度")))):
        parts = VALUES[0] if period == "长期" else values
        rows = heads_of(FIRST, parts, behind)
        if over and not side and not period:
            rows = [["绩效指标", *[LEFT] * (width - 1)], *rows]
        rows += rows_of(draw, parts[-1], behind, numbers)
        side = side or bool(period)
        form.grid += (
            [[UP if at else f"{period}绩效指标", *row] for at, row in enumerate(rows)] if side else rows
        )
    if "分值" in behind and draw(st.booleans()):
        before = side + len(FIRST) + len(values[0]) + behind.index("分值")
        form.row("总分", *[LEFT] * (before - 1), "100", *[""] * (len(behind) - 1 - behind.index("分值")))
    for below in draw(st.lists(st.sampled_from(("其他说明", "审核意见")), max_size=2, unique=True)):
        form.row(below, "同意按程序办理")
    form.even()
    return form


@st.composite
def tables(draw: st.DrawFn) -> Form:
    """A table of projects with their indicators beside them, under a header of two or three rows."""
    form, numbers = Form(), count()
    values = draw(st.sampled_from(VALUES[:1] + VALUES[2:4]))
    sums = draw(st.sampled_from((
        [["资金总额"], [UP], [UP]],
        [["项目资金", LEFT], ["资金总额", "财政拨款"], [UP, UP]],
        [["项目资金", LEFT, LEFT], ["资金总额", "按资金来源", LEFT], [UP, "财政拨款", "其他资金"]],
    )))  # fmt: skip
    names = [*FIRST, *values[0]]
    depth = 3 if len(sums[0]) == 3 else 2
    heads = [["项目名称", *sums[0], "绩效目标", "绩效指标", *[LEFT] * (len(names) - 1)],
             [UP, *sums[1], UP, *names], [UP, *sums[2], UP, *[UP] * len(names)]]  # fmt: skip
    form.grid += heads[:depth]
    for at in range(draw(st.sampled_from((1, 2, 3)))):
        rows = rows_of(draw, values[0], (), numbers)
        money = ["30.00", "20.00", "10.00"][: len(sums[0])]
        shared = [f"村道养护{'甲乙丙'[at]}段", *money, f"养护村道{at + 1}20公里。"]
        form.grid += [
            [*(shared if not place else [UP] * len(shared)), *row] for place, row in enumerate(rows)
        ]
    form.even()
    return form


def _value(head: str, number: int) -> str:
    if head in ("度量单位",):
        return "公里"
    return "≥" if head in ("指标性质", "计算符号") else str(10 + number)


def _behind(head: str, number: int) -> str:
    return str(number) if head == "分值" else f"说明第{number}条"


@settings(max_examples=40, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(form=forms() | tables(), kind=st.sampled_from(sorted(KINDS)))
def test_one_grid_says_the_same_in_every_kind_of_file(form: Form, kind: str) -> None:
    assert said(KINDS[kind](form.lines, form.grid), kind) == said(as_html(form.lines, form.grid), "html")
