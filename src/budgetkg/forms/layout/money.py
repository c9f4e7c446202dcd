"""Amounts with a unit, a breakdown or words: 189.8万, 150万元(区级100万元，市级50万元), 壹佰万元整."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from budgetkg.findings import Evidence
from budgetkg.forms.layout.findings_log import FindingsLog
from budgetkg.forms.settings import BLANKS, KEPT
from budgetkg.records import Amount
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.values import amount_in_words, parse_amount

_UNIT = r"(?P<unit>亿元|万元|千元|元|亿|万)?整?"
_FIGURE = rf"(?:人民币)?\s*+¥?\s*+(?P<number>[-−]?\d++(?>(?:,++\d++)*)(?:\.\d++)?)\s*+{_UNIT}"
_MONEY = re.compile(
    rf"\s*+(?:(?:总额|总计|合计|共计?):?)?\s*+{_FIGURE}\s*+(?P<rest>\(.*\)|[,;、]?\s*+其中.*)?\s*+[。;]?\s*+",
    re.DOTALL,
)
_IN_BRACKETS = re.compile(rf"(?:小写)?:?\s*+{_FIGURE}")
_WORDS = re.compile(
    r"\s*+(?P<words>[^()\d\s][^()\d]{0,59}?)\s{0,9}(?:\((?P<figure>[^()]++)\)|(?P<behind>[¥(小].++)|)"
    r"\s*+(?:[。;]\s*+)?"
)
_WORTH = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
_SAID = re.compile(r"大写:?")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, the money unit behind it, whether a breakdown follows; ``words`` are yuan in words."""

    amount: Amount
    unit: str | None
    broken_down: bool
    words: Decimal | None = None

    def in_unit(self, unit: str | None) -> Amount:
        """The amount in the form's unit, its printed form kept."""
        if self.words is not None:
            worth = _WORTH.get(unit or self.unit or "元", 1)
            return Amount(self.amount.printed, _plain(self.words / worth))
        if self.unit is None or unit is None or self.unit == unit or unit not in _WORTH:
            return self.amount
        return Amount(
            self.amount.printed, _plain(self.amount.value * _WORTH[self.unit] / Decimal(_WORTH[unit]))
        )

    def agrees(self, unit: str | None) -> bool:
        """Whether figures and words say the same; figures without a unit are yuan or in the form's unit."""
        units = {self.unit} if self.unit else {"元", unit or "元"}
        return self.words is None or any(
            self.amount.value * _WORTH.get(one, 1) == self.words for one in units
        )


@lru_cache(maxsize=KEPT)
def money_in(text: str) -> Money | None:
    """The amount that a cell holds, with its unit; ``None`` where it is anything else."""
    plain = parse_amount(text)
    if plain is not None:
        return Money(plain, None, False)
    folded = fold(text).replace("￥", "¥")
    match = _MONEY.fullmatch(folded)
    number = parse_amount(match["number"]) if match else None
    if match is None or number is None:
        return _in_words(text, folded)
    words = amount_in_words(_SAID.sub("", match["rest"].strip("()"))) if match["rest"] else None
    broken = match["rest"] is not None and words is None
    return Money(Amount(text.strip(), number.value), _unit(match), broken, words)


def amount_in(
    log: FindingsLog,
    where: str,
    evidence: tuple[Evidence, ...],
    text: str,
    unit: str | None,
    said: str | None = None,
) -> Amount | None:
    """The amount of a cell in the form's unit; what is none, or says two amounts, is reported.

    ``said`` is the unit that its label or header prints, which holds where the amount itself has none. A mark
    that stands for a blank (/, 无) says that there is none.
    """
    money = money_in(text)
    if money is not None and money.unit is None and money.words is None:
        money = replace(money, unit=said)
    if money is not None and money.agrees(unit):
        return money.in_unit(unit)
    if money is not None:
        log.add("amount-contradicts-words", where, evidence, printed=text)
    elif key(text) not in BLANKS:
        log.add("amount-unreadable", where, evidence, printed=text)
    return None


def _in_words(text: str, folded: str) -> Money | None:
    """壹佰万元整, and with figures behind it: 壹佰万元整（小写：¥1,000,000.00）."""
    match = _WORDS.fullmatch(folded)
    words = amount_in_words(match["words"]) if match else None
    if match is None or words is None:
        return None
    said = match["figure"] or match["behind"]
    if said is None:
        return Money(Amount(text.strip(), words), "元", False, words)
    figure = _IN_BRACKETS.fullmatch(said.strip("()").strip())
    number = parse_amount(figure["number"]) if figure else None
    if figure is None or number is None:
        return None
    return Money(Amount(text.strip(), number.value), _unit(figure), False, words)


def _unit(match: re.Match[str]) -> str | None:
    unit = match["unit"]
    return f"{unit}元" if unit in ("亿", "万") else unit


def _plain(value: Decimal) -> Decimal:
    """Without an exponent: 120, never 1.2E+2."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
