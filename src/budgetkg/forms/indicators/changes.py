"""Columns of a form that is changed: 调整前指标值 beside 调整后指标值, of which the second is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetkg.forms.indicators.leaves import Leaf
from budgetkg.text import comparison_key as key

_CHANGE = re.compile("(?:调整|变更|修订)([前后])")


def before_change(leaves: Sequence[Leaf]) -> frozenset[int]:
    """The columns of what was before a change, where another has what is after it: 调整前指标值."""
    said = {at: match[1] for at, leaf in enumerate(leaves) if (match := _CHANGE.search(key(leaf.text)))}
    return frozenset(at for at, when in said.items() if when == "前" and "后" in said.values())
