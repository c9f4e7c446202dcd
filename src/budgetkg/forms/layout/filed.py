"""What one line prints besides a unit's name: the place for its stamp, the year, the money unit."""

from __future__ import annotations

import re

from budgetkg.forms.layout.organisations import is_organisation
from budgetkg.reading.source import Healed
from budgetkg.text import fold_width as fold

_YEAR = r"(?P<year>(?:预算|申报|所属)?年[度份]\s*+:\s*+20\d\d(?:\s*+年度?)?|20\d\d\s*+年度?)"
# Behind a unit's name on one line: 填报单位：… 2023年 金额单位：万元
_BEHIND = re.compile(
    rf"(?:(?<![\s(])[\s(]++{_YEAR}\)?[\s(,;]*+|(?<![\s(,;])[\s(,;]*+)"
    r"(?:金额|货币|计量)?单位\s*+:\s*+(?:人民币)?\s*+(?:亿元|万元|千元|元)\s*+\)?\s*+$"
)
# Or the year alone behind an organisation's name: 单位名称：… 2023年度
_DATED = re.compile(rf"(?<![\s(])[\s(]++{_YEAR}\)?\s*+$")
# What a form prints where a stamp is to be set is no part of a name: 实施单位：(盖章)
_STAMP = re.compile(r"(?<!\s)\s*+[(（][^()（）]{0,4}(?:盖章|公章|签章)[^()（）]{0,2}[)）]\s*+")


def without_unit(value: Healed) -> Healed:
    """A value without the money unit, or the year, that a line prints behind it."""
    behind = _BEHIND.search(fold(value.text)) or _dated(value.text)
    return (value[: behind.start()] if behind else value).strip()


def year_behind(text: str) -> str | None:
    """The year that a line prints behind a unit's name, with or without the money unit behind it."""
    behind = _BEHIND.search(fold(text)) or _dated(text)
    return behind["year"] if behind else None


def _dated(text: str) -> re.Match[str] | None:
    """The year behind an organisation's name: 某县水务局 2023年度."""
    found = _DATED.search(fold(text))
    return found if found and is_organisation(stampless(text[: found.start()])) else None


def stampless(text: str) -> str:
    """A name without the place for a stamp beside it; nothing where only the place is printed."""
    return _STAMP.sub("", text).strip()


def named(text: str) -> str:
    """The name on a line: 某局（盖章）  金额单位：万元 is 某局; empty where none is filled in."""
    return stampless(without_unit(Healed(text, tuple(range(len(text))))).text)
