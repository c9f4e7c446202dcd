"""Amounts that carry their unit or a breakdown: 189.8万, 150万元(区级100万元，市级50万元)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from budgetkg.records import Amount
from budgetkg.text import fold_width as fold
from budgetkg.values import parse_amount

_MONEY = re.compile(
    r"\s*+(?P<number>[-−]?\d[\d,]*+(?:\.\d++)?)\s*+(?P<unit>亿元|万元|千元|元|亿|万)?整?\s*+"
    r"(?P<rest>\(.*\))?\s*+[。;；]?\s*+",
    re.DOTALL,
)
_WORTH = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, the money unit printed behind it, and whether a breakdown follows in brackets."""

    amount: Amount
    unit: str | None
    broken_down: bool

    def in_unit(self, unit: str | None) -> Amount:
        """The amount in the form's unit, its printed form kept."""
        if self.unit is None or unit is None or self.unit == unit or unit not in _WORTH:
            return self.amount
        return Amount(self.amount.printed, self.amount.value * _WORTH[self.unit] / Decimal(_WORTH[unit]))


def money_in(text: str) -> Money | None:
    """The amount that a cell holds, with its unit; ``None`` where it is anything else."""
    plain = parse_amount(text)
    if plain is not None:
        return Money(plain, None, False)
    match = _MONEY.fullmatch(fold(text))
    number = parse_amount(match["number"]) if match else None
    if match is None or number is None:
        return None
    unit = match["unit"]
    unit = f"{unit}元" if unit in ("亿", "万") else unit
    return Money(Amount(text.strip(), number.value), unit, match["rest"] is not None)
