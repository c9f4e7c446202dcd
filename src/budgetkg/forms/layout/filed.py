"""What one line prints besides a unit's name: the place for its stamp, the year, the money unit."""

from __future__ import annotations

import re

from budgetkg.reading.source import Healed
from budgetkg.text import fold_width as fold

# Behind a unit's name on one line: 填报单位：… 2023年 金额单位：万元
_BEHIND = re.compile(
    r"(?:(?<![\s(])[\s(]++(?P<year>20\d\d\s*+年度?)\)?[\s(,;]*+|(?<![\s(,;])[\s(,;]*+)"
    r"(?:金额|货币|计量)?单位\s*+:\s*+(?:人民币)?\s*+(?:亿元|万元|千元|元)\s*+\)?\s*+$"
)
# What a form prints where a stamp is to be set is no part of a name: 实施单位：(盖章)
_STAMP = re.compile(r"(?<!\s)\s*+[(（][^()（）]{0,4}(?:盖章|公章|签章)[^()（）]{0,2}[)）]\s*+")


def without_unit(value: Healed) -> Healed:
    """A value without the money unit that a line prints behind it."""
    behind = _BEHIND.search(fold(value.text))
    return (value[: behind.start()] if behind else value).strip()


def year_behind(text: str) -> str | None:
    """The year that a line prints between a unit's name and the money unit."""
    behind = _BEHIND.search(fold(text))
    return behind["year"] if behind else None


def stampless(text: str) -> str:
    """A name without the place for a stamp beside it; nothing where only the place is printed."""
    return _STAMP.sub("", text).strip()


def named(text: str) -> str:
    """The name on a line: 某局（盖章）  金额单位：万元 is 某局; empty where none is filled in."""
    return stampless(without_unit(Healed(text, tuple(range(len(text))))).text)
