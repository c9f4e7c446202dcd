"""Dumps with each cell on a line of its own: read where the header makes that certain, never by chance."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document

LINES = ["项目支出绩效目标表", "（2024年度）", "项目名称", "河道保洁", "主管部门", "天河区水务局",
         "年度目标", "河道长期干净。"]  # fmt: skip
HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
BODY = [
    ["产出指标", "数量指标", "保洁河道", "≥12公里"],
    ["打捞垃圾", "300吨"],
    ["质量指标", "抽查合格率", "95%"],
    ["效益指标", "社会效益指标", "河道面貌", "改善"],
    ["满意度指标", "服务对象满意度指标", "居民满意率", "≥90%"],
]
FACTS = [(row[-2], row[-1]) for row in BODY]


def read(lines: list[str], kind: str) -> list[tuple[str, str | None]]:
    """Names and values in a dump with blank lines, one without, or a page of paragraphs."""
    joined = {"blank": "\n\n", "lines": "\n"}.get(kind)
    page = "".join(f"<p>{line}</p>" for line in lines)
    text = joined.join(lines) if joined else f"<html><body>{page}</body></html>"
    records = parse_document(text.encode(), "a.txt" if joined else "a.html")
    units = [unit for record in records for unit in record.units_of_use]
    return [(row.name, row.annual_value) for unit in units for project in unit.projects
            for row in project.indicators]  # fmt: skip


def dump(body: list[list[str]]) -> list[str]:
    """The lines of a form."""
    return [*LINES, *HEAD, *(cell for row in body for cell in row)]


@pytest.mark.parametrize("kind", ["blank", "lines", "paragraphs"])
@pytest.mark.parametrize("below", [[], ["注：按年度考核"], ["填表人：赵小林", "联系电话：13812345678"]])
def test_rows_come_out_whole(kind: str, below: list[str]) -> None:
    assert read(dump(BODY) + below, kind) == FACTS


@pytest.mark.parametrize("kind", ["blank", "paragraphs"])
def test_two_forms_in_one_dump(kind: str) -> None:
    assert read(dump(BODY) + dump(BODY[:2]), kind) == FACTS + FACTS[:2]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(gone=st.integers(0, sum(map(len, BODY)) - 1), below=st.booleans())
def test_a_missing_cell_moves_no_other(gone: int, below: bool) -> None:
    lines = [cell for row in BODY for cell in row]
    kept = [*LINES, *HEAD, *lines[:gone], *lines[gone + 1 :], *(["注：按年度考核"] if below else [])]
    try:
        found = read(kept, "blank")
    except UnreadableDocument:
        return
    assert set(found) <= set(FACTS)
