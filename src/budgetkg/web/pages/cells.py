"""Cells of a table as a reader sees them: amounts in 10,000 yuan, years with their mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetkg.graph import Cell
from budgetkg.headings import chinese
from budgetkg.report.plan import plan
from budgetkg.report.wording import cell_of, is_money, is_price, numeric
from budgetkg.report.years import Row

LONGEST = 400
"""Characters of a cell that a table shows; the page of the thing has all."""
ENTITIES = (
    "indicator", "name", "project", "task", "project_or_task", "unit", "document", "file", "department",
    "metric",
)  # fmt: skip
"""Columns that name what a row is about, the nearest first."""

_CODES = frozenset({"code", "metric"})
"""Columns for programs: what they mean is said in another."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: its text, what stands small beside it, where it leads."""

    text: str
    small: str = ""
    href: str | None = None
    cut: bool = False


def heading(name: str, language: str) -> str:
    """What a column is called."""
    known = plan().columns.get(name)
    if known is not None:
        return known.said(language).removesuffix(" (zh)")  # names are said in the reader's language here
    if is_money(name) and not is_price(name):
        unit = "（万元）" if language == "zh" else " (10,000 yuan)"
        plain = (chinese(name) or name).removesuffix("（元）") if language == "zh" else _words(name)
        return plain + unit
    return (_in_chinese(name) if language == "zh" else None) or _words(name)


def _in_chinese(name: str) -> str | None:
    """What a column is called, or the one whose Chinese it is: ``definition_zh``."""
    return chinese(name) or chinese(name.removesuffix("_zh"))


def _words(name: str) -> str:
    return name.removesuffix("_yuan").removesuffix("_en").removesuffix("_zh").replace("_", " ")


def columns_for(names: Sequence[str], language: str) -> tuple[str, ...]:
    """The columns that a reader of a language sees: one of each pair of languages, none of the years' bases.

    A code isn't shown where its ``meaning`` stands beside it, which is English where ``meaning_zh`` stands
    beside it; ``theme`` is Chinese beside ``theme_en``.
    """
    known = set(names)
    left_out = {name for name in names if name.endswith("_basis")}
    if "meaning" in known:
        left_out |= _CODES
    for name in names:
        for ending, other in (("_zh", "zh"), ("_en", "en")):
            plain = name.removesuffix(ending)
            if plain != name and plain in known:
                left_out.add(plain if language == other else name)
    return tuple(name for name in names if name not in left_out)


def in_language(name: str, names: Sequence[str], language: str) -> str:
    """The column that says the same in a language: ``theme_en`` for ``theme`` where there is one."""
    other = f"{name}_{language}"
    return other if other in names else name


def shown(row: Row, name: str, language: str, href: str | None = None) -> Shown:
    """A cell of a row."""
    value = row.get(name)
    text = cell_of(row, name, language)
    small = ""
    if isinstance(value, Decimal) and is_money(name) and not is_price(name):
        small = f"{value:,.2f} {'元' if language == 'zh' else 'yuan'}"
    if len(text) > LONGEST:
        return Shown(text[: LONGEST - 1] + "…", small, href, cut=True)
    return Shown(text, small, href)


def is_number(name: str, cells: Sequence[Cell]) -> bool:
    """Whether a column is set to the right."""
    return numeric(name, list(cells))


def order(cell: Cell) -> tuple[int, Decimal, str]:
    """What a column is sorted by: numbers by size before texts, empty cells last."""
    if cell is None or cell == "":
        return (2, Decimal(0), "")
    if isinstance(cell, bool):
        return (0, Decimal(int(cell)), "")
    if isinstance(cell, int | Decimal):
        return (0, Decimal(cell), "")
    return (1, Decimal(0), str(cell))
