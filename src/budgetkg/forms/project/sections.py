"""Rows across a table of projects that say whose projects stand below them: 单位：某县河道管理所."""

from __future__ import annotations

from collections.abc import Mapping

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.label_words import spoken
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.organisations import is_organisation
from budgetkg.forms.project.sum_rows import AMOUNTS
from budgetkg.late import late_pattern
from budgetkg.reading.grid import GridRow

_REMARK = late_pattern(r"([\u4e00-\u9fff]{2,8}):.")
_TIERS = ("tier1", "tier2")
_WHOSE = ("unit_of_use", "department")


def section_of(layout: Layout, row: GridRow) -> tuple[str, str] | None:
    """Whether a row names a unit or a department alone: the field of its label, and the name."""
    if not row.table or len(row.cells) != 1:
        return None
    text = row.cells[0].place.text
    said = spoken(text)
    if said is None:
        return None
    label, start = said
    field, name = layout.columns.lookup(label), text[start:].strip()
    return (field, name) if field in _WHOSE and is_organisation(name) else None


def has_tiers(layout: Layout, row: GridRow, columns: Mapping[int, str]) -> bool:
    """Whether a row is of another table: with tiers, or headers of theirs, where names and amounts stand."""
    own = [cell.text for cell in row.cells if columns.get(cell.column) in ("name", *AMOUNTS)]
    own = [text for text in own if any(map(str.isalpha, text))]  # 12 is an amount here, and no tier's code
    return any(tier_of(text) is not None or layout.tier_columns.lookup(text) in _TIERS for text in own)


def is_remark(layout: Layout, row: GridRow) -> bool:
    """Whether a row is one line that labels what no list has: 制表日期：2021年1月20日."""
    head = _REMARK.match(row.cells[0].key) if len(row.cells) == 1 else None
    return head is not None and layout.labels.lookup(head[1]) is None
