"""How cells are written in a language: money in 10,000 yuan, shares in percent, hidden marks by code."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from budgetkg.codelists import is_inferred
from budgetkg.graph import Cell
from budgetkg.report.plan import Words, plan
from budgetkg.report.rules import Fact, Facts
from budgetkg.report.years import YEARS, Row, year

LONGEST_QUOTE = 240
_SIGNS = {">=": "≥", "<=": "≤"}
_WAN, _MILLION = Decimal(10_000), Decimal(1_000_000)


def column(name: str) -> Words:
    """The heading of a column; one that the plan doesn't name keeps its own name."""
    return plan().columns.get(name, Words(name, name))


def together(row: Row, name: str, language: str) -> str:
    """The cells of a name of the plan as one text, written together where it names several."""
    names = of_language(name, language).split("+")
    return " ".join(text for part in names if (text := cell_of(row, part, language)))


def of_language(name: str, language: str) -> str:
    """The column that a name of the plan means: of ``a|b`` the first in Chinese, the second in English."""
    zh, _, en = name.partition("|")
    return en if en and language == "en" else zh


def cell_of(row: Row, name: str, language: str) -> str:
    """A cell of a row as text; what isn't printed carries its mark, and a year says where none is known."""
    if name not in YEARS:
        said = written(name, row.get(name), language)
        return f"{said}?" if said and is_inferred(str(row.get(f"{name}_basis"))) else said
    unknown = plan().values["no-year"].said(language) if name in row else ""
    return year(row, name) or unknown


def written(name: str, cell: Cell, language: str = "zh") -> str:
    """A cell as text; the name of its column decides how."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return plan().values["true" if cell else "false"].said(language)
    if name == "comparator":
        return _SIGNS.get(str(cell), str(cell))
    if isinstance(cell, int):
        return f"{cell:,}" if name not in YEARS else str(cell)
    if isinstance(cell, Decimal):
        return number(name, cell)
    return phrase(str(cell), language)


@lru_cache(maxsize=20_000)
def phrase(text: str, language: str) -> str:
    """A text of an answer; what the plan has words for is put into the language.

    Kept, because a column of thousands of rows names the same districts, years and themes again and again.
    """
    known = plan().values.get(text)
    if known:
        return known.said(language)
    return seen(in_chinese(text) if language == "zh" else text)


def in_chinese(text: str) -> str:
    """A text with the phrases of stored questions in Chinese; what a form prints stays as it is."""
    said = text
    for words in plan().phrases:
        said = said.replace(words.en, words.zh)
    return said if said == text else said.replace("; ", "；")


def number(name: str, value: Decimal) -> str:
    """A number as text: an amount in 10,000 yuan, a price in yuan or a share by its name, else as it is."""
    if is_price(name):
        return f"{value:,.2f}"
    if is_money(name):
        return wan(value)
    if is_share(name):
        return f"{value * 100:.1f}%"
    if name.endswith("times"):
        return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):,f}"
    return f"{value:,f}"


def is_price(name: str) -> bool:
    """Whether a column has prices of one piece, which are written in yuan."""
    return "yuan_per_unit" in name


def is_money(name: str) -> bool:
    """Whether a column has amounts."""
    return "yuan" in name


def is_share(name: str) -> bool:
    """Whether a column has shares, 1 being the whole."""
    return name.startswith("share") or name.endswith("share") or name == "similarity"


def wan(value: Decimal) -> str:
    """An amount of yuan in 10,000 yuan, two decimals and more where it would lose any."""
    return _least(value / _WAN)


def _about(value: Decimal) -> str:
    """Yuan for those who don't think in 万元: millions of three digits, rounded and so said, else yuan."""
    millions = value / _MILLION
    if abs(millions) < 1:
        return f"{value:,f} yuan"
    rounded = millions.quantize(Decimal("0.1") if abs(millions) >= 10 else Decimal("0.01"), ROUND_HALF_UP)
    return f"{'' if rounded == millions else 'about '}{rounded:,f} million yuan"


def _least(value: Decimal) -> str:
    """A number with two decimals, or as many as it has, and thousands set apart."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:,.{places}f}"


def told(words: Words, found: Facts, language: str) -> str:
    """A sentence with its facts filled in."""
    said = {name: _fact(name, value, language) for name, value in found.items()}
    return words.said(language).format(**said)


def _fact(name: str, value: Fact, language: str) -> str:
    zh = language == "zh"
    unknown = plan().values["no-year"].said(language)
    if name.endswith("when"):
        said = str(value or unknown)
        return f"（{said}年）" if zh and value else f"（{said}）" if zh else f" ({said})"
    if isinstance(value, tuple):
        return ("、" if zh else ", ").join(each or unknown for each in value)
    if isinstance(value, Decimal) and is_money(name) and not is_price(name):
        return f"{wan(value)} 万元" if zh else f"{wan(value)} 万元 ({_about(value)})"
    return written(name, value, language) or "—"


def numeric(name: str, cells: list[Cell]) -> bool:
    """Whether a column is aligned right: it holds numbers, and they aren't years."""
    printed = [cell for cell in cells if cell is not None]
    whole = all(isinstance(cell, int | Decimal) and not isinstance(cell, bool) for cell in printed)
    return name not in YEARS and bool(printed) and whole


def seen(text: str) -> str:
    """The text with controls and marks that reverse the direction of writing shown by their code."""
    return "".join(f"⟨U+{ord(mark):04X}⟩" if _hidden(mark) else mark for mark in text)


def _hidden(mark: str) -> bool:
    code = ord(mark)
    if code < 0x20:
        return mark not in "\t\n"
    return 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069


def cut(text: str, longest: int) -> str:
    """The text; where it is longer than so many characters, its beginning and "…"."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
