"""Labelled amounts that one cell lists: 年度资金总额：120.00万元，其中：财政拨款100.00万元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from budgetkg.forms.layout.layouts import Layout
from budgetkg.reading.grid import Cell
from budgetkg.reading.source import Healed
from budgetkg.text import fold_width as fold

AMOUNTS = ("total", "fiscal_appropriation", "fiscal_special_account", "other")
_MONEY = r"[-−]?\d[\d,]*(?:\.\d+)?"
_NAMED_MONEY = r"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,12}(?:资金|拨款|补助|收入|经费|贷款|财政)"
_LISTED = re.compile(r"[一二三四五六七八九十]{1,2}、|\d[、.](?!\d)")
_UNITS = "亿元|万元|千元|元"


@dataclass(frozen=True, slots=True)
class Listed:
    """A labelled amount among others in one cell, with the unit of its label: 财政拨款（万元）：100."""

    label: str
    printed: str
    said: str | None


def labelled_amounts(layout: Layout, cell: Cell) -> list[Listed]:
    """Several labelled amounts in one cell: 年度资金总额：120.00万元，其中：财政拨款100.00万元."""
    plain = fold(cell.place.text)
    pattern = _labelled_amounts(layout)
    found = list(pattern.finditer(plain))
    if found and any(layout.labels.lookup(match["label"]) in AMOUNTS for match in found):
        pattern = _labelled_amounts(layout, among=True)
        found = list(pattern.finditer(plain))
    between = _LISTED.sub("", pattern.sub("", plain))
    if not found or re.sub(r"[\s,，;；。、()其中为:：]", "", between):
        return []
    return [Listed(match["label"], match["amount"].strip(), match["said"]) for match in found]


@cache
def _labelled_amounts(layout: Layout, among: bool = False) -> re.Pattern[str]:
    """Labels with their amounts; ``among`` is whether money of any name counts: 专项债券资金2,000万元."""
    names = (*AMOUNTS, "attribute", "period_total")
    labels = {fold(label) for name in names for label in layout.labels.get(name, ())}
    choice = "|".join(re.escape(label) for label in sorted(labels, key=lambda text: (-len(text), text)))
    choice += _NAMED_MONEY if among else ""
    return re.compile(
        rf"(?P<label>{choice})\s*(?:\((?P<said>{_UNITS})\))?\s*[:为]?\s*"
        rf"(?P<amount>{_MONEY}\s*(?:{_UNITS}|[亿万])?)"
    )


def behind_first(layout: Layout, place: Healed) -> tuple[re.Match[str] | None, list[Listed]]:
    """The amount that begins a text, and the labelled ones behind it: 120万元（其中：财政拨款100万元）."""
    first = re.match(rf"\s*({_MONEY}\s*(?:{_UNITS}|[亿万])?)", fold(place.text))
    rest = place[first.end() :] if first else Healed()
    return first, labelled_amounts(layout, Cell(0, rest.text, rest)) if first else []
