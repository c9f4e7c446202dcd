"""Columns of a form that is changed: 调整前指标值 beside 调整后指标值, of which the second is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetkg.forms.indicators.leaves import Leaf
from budgetkg.text import comparison_key as key

_FIRST = re.compile("年初")
_CHANGED_TO = re.compile("(?:年中|年度|中期)?(?:调整|变更|修订)后?的?(?:绩效)?(?:指标|目标)?值?")
_CHANGE = re.compile("(?:调整|变更|修订)([前后])")


def before_change(leaves: Sequence[Leaf]) -> frozenset[int]:
    """The columns of what was before a change, where another has what is after it: 调整前指标值.

    Beside what was set at the beginning of the year, which is what was promised, those of what it was changed
    to: 年初值 | 调整值.
    """
    said = {at: match[1] for at, leaf in enumerate(leaves) if (match := _CHANGE.search(key(leaf.text)))}
    before = frozenset(at for at, when in said.items() if when == "前" and "后" in said.values())
    if before or not any(_FIRST.search(key(leaf.text)) for leaf in leaves):
        return before
    return frozenset(at for at, leaf in enumerate(leaves) if _CHANGED_TO.fullmatch(key(leaf.text)))
