"""The money unit that a form prints: 单位：万元, （万元）, 金额单位：元."""

from __future__ import annotations

import re

from budgetkg.text import comparison_key as key
from budgetkg.values import amount_in_words

_UNIT = re.compile(
    r"\((?:[^()]{0,8}:)?(?:人民币)?(亿元|万元|千元|元)[)、,，]"
    r"|单位:?\(?(?:人民币)?(亿元|万元|千元|元)(?![\u4e00-\u9fff])"
)
_BEHIND = re.compile(r"[-−]?\d[\d,.]*(亿(?=元|$)|万(?=元|$)|千元|元)")
_WHOLE = {"亿": "亿元", "万": "万元"}
_LONGEST = 120  # a sentence that speaks of (万元) is no heading


def money_unit(text: str) -> str | None:
    """The unit in a heading, a label or a header; a sentence prints none."""
    plain = key(text)
    match = _UNIT.search(plain) if len(plain) <= _LONGEST else None
    return (match[1] or match[2]) if match else None


def unit_behind(text: str) -> str | None:
    """The unit behind an amount: 10.00万元, 10.00万; an amount in words is in yuan."""
    plain = key(text)
    match = _BEHIND.match(plain)
    if match is None and amount_in_words(plain) is not None:
        return "元"
    return _WHOLE.get(match[1], match[1]) if match else None
