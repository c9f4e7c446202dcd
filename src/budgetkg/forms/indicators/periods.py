"""Which period a heading over columns says: the year's, or one of several years, by whatever name."""

from __future__ import annotations

import re

from budgetkg.forms.layout.layouts import Layout
from budgetkg.text import comparison_key as key

# 规划期, 政策期目标, 三年期: but 预期, 上期, 基期 … are no periods of several years.
_SEVERAL_YEARS = re.compile(
    r"\w{0,6}(?<![预上基本当同初前后近学工分])期[内末]?(?:总体?)?(?:绩效)?(?:目标|指标)?"
)
_ONE_YEAR = re.compile(r"(20\d\d)年度?")


def group_of(layout: Layout, text: str) -> str | None:
    """The group of columns that a heading says: what the layout lists, or ``period`` by its form."""
    found = layout.column_groups.lookup(text)
    if found is None and _SEVERAL_YEARS.fullmatch(key(text)):
        return "period"
    return found


def year_of_head(text: str) -> int | None:
    """The year that a heading says and nothing else: 2024年."""
    found = _ONE_YEAR.fullmatch(key(text))
    return int(found[1]) if found else None
