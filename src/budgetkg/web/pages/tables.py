"""Tables that are sorted, narrowed and paged by their address, so that every state of one is a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from budgetkg.report.wording import cell_of
from budgetkg.report.years import YEARS, Row
from budgetkg.web.pages.cells import Shown, columns_for, heading, is_number, order, shown
from budgetkg.web.pages.fitting import BESIDE_FACETS, WHOLE, under
from budgetkg.web.pages.view import View

ON_A_PAGE, CELLS_ON_A_PAGE = 50, 420
"""Rows of a page, and cells: where each of many figures leads somewhere, 50 rows weigh more than 200 kB."""
MOST_CHOICES = 40
"""Different values up to which a column can be narrowed by choosing among them."""


_KNOWN = (
    "district", "department", "fiscal_year", "theme", "theme_en", "scope", "scope_zh", "severity", "status",
    "direction", "level", "form", "form_zh", "metric", "funding_source", "tier1", "comparable", "counts",
)  # fmt: skip

Linked = Callable[[Row, str], "str | None"]
"""Where a cell leads, by its row and the name of its column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its heading, whether it holds numbers, and how a click sorts by it."""

    name: str
    heading: str
    right: bool
    sorted: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a column can be narrowed to, how often it stands there, and the address with it."""

    text: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A column by which a table can be narrowed."""

    heading: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What a table's template needs."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Shown, ...], ...]
    total: int
    of: int
    first: int = 1
    facets: tuple[Facet, ...] = ()
    before: str = ""
    after: str = ""
    more: tuple[Column, ...] = ()
    """Columns that have no room beside the others, and stand under their row."""
    beneath: tuple[tuple[Shown, ...], ...] = ()

    @property
    def inferred(self) -> bool:
        """Whether a year is one that no document prints."""
        years = [at for at, column in enumerate(self.columns) if column.name in YEARS]
        return any(row[at].text.endswith("?") for row in self.rows for at in years)

    def fitted(self, room: float) -> Table:
        """The same with what needs more room than there is under the rows."""
        columns = self.columns
        moved = under(columns, self.rows, room)
        if not moved:
            return self
        left = [at for at in range(len(columns)) if at not in moved]
        low = sorted(moved)
        return replace(
            self,
            columns=tuple(columns[at] for at in left),
            rows=tuple(tuple(row[at] for at in left) for row in self.rows),
            more=tuple(columns[at] for at in low),
            beneath=tuple(tuple(row[at] for at in low) for row in self.rows),
        )

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1


def nowhere(row: Row, name: str) -> None:
    """Cells that lead nowhere."""


def whole(
    rows: Sequence[Row],
    names: Sequence[str],
    language: str,
    linked: Linked = nowhere,
    most: int | None = None,
) -> Table:
    """A table with all its rows, or the first of them, that stays as it is; empty columns are left out."""
    columns = tuple(
        name
        for name in columns_for(names, language)
        if not rows or any(cell_of(row, name, language) for row in rows)
    )
    made = tuple(_column(rows, name, language) for name in columns)
    return Table(made, _shown(rows[:most], columns, language, linked), len(rows), len(rows)).fitted(WHOLE)


def addressed(
    view: View,
    rows: Sequence[Row],
    names: Sequence[str],
    facets: Sequence[str] = (),
    linked: Linked = nowhere,
    most_cells: int | None = None,
) -> Table:
    """The part of a table that the address of the page asks for.

    A published table has all its rows, or as many as ``most_cells`` allow.
    """
    columns = columns_for(names, view.language)
    left = chosen_rows(view, rows, columns)
    page = int(said) if (said := view.get("_page")).isdecimal() and len(said) < 7 else 1
    whole_size = len(left) if most_cells is None else most_cells // max(1, len(columns))
    some = min(ON_A_PAGE, CELLS_ON_A_PAGE // max(1, len(columns)))
    size = max(1, some if view.links.live else whole_size)
    page = max(1, min(page, -(-len(left) // size) or 1))
    start = (page - 1) * size
    part = left[start : start + size]
    narrowing = tuple(_facets(view, rows, columns, facets))
    table = Table(
        tuple(_sorting(view, _column(rows, name, view.language)) for name in columns),
        _shown(part, columns, view.language, linked),
        len(left),
        len(rows),
        start + 1,
        narrowing,
        view.address(_page=page - 1) if page > 1 else "",
        view.address(_page=page + 1) if start + size < len(left) else "",
    )
    return table.fitted(BESIDE_FACETS if narrowing and view.links.live else WHOLE)


def chosen_rows(view: View, rows: Sequence[Row], columns: Sequence[str], but: str = "") -> Sequence[Row]:
    """The rows that the address keeps, in the order it asks for; without the choice in column ``but``."""
    wanted = {name: view.all(f"_is.{name}") for name in columns if name != but}
    words = view.get("_has").casefold().split()
    kept = [
        row
        for row in rows
        if all(_text(row, name, view) in texts for name, texts in wanted.items() if texts)
        and (not words or _has(row, columns, words, view))
    ]
    by, down = view.get("_sort"), view.get("_down") == "1"
    if by not in columns:
        return kept
    ranked = sorted(kept, key=lambda row: order(row.get(by)), reverse=down)
    # Empty cells stay last, whichever way the others run.
    full = [row for row in ranked if order(row.get(by))[0] < 2]
    return full + [row for row in ranked if order(row.get(by))[0] == 2]


def _has(row: Row, columns: Sequence[str], words: Sequence[str], view: View) -> bool:
    text = " ".join(_text(row, name, view) for name in columns).casefold()
    return all(word in text for word in words)


def _text(row: Row, name: str, view: View) -> str:
    return cell_of(row, name, view.language)


def _column(rows: Sequence[Row], name: str, language: str) -> Column:
    return Column(name, heading(name, language), is_number(name, [row.get(name) for row in rows[:500]]))


def _sorting(view: View, column: Column) -> Column:
    current = view.get("_sort") == column.name
    down = view.get("_down") == "1"
    # The first click on a column of numbers puts the largest on top.
    turned = (not down) if current else column.right
    href = view.address(_sort=column.name, _down="1" if turned else None, _page=None)
    state = ("descending" if down else "ascending") if current else ""
    return Column(column.name, column.heading, column.right, state, href)


def _facets(view: View, rows: Sequence[Row], columns: Sequence[str], declared: Sequence[str]) -> list[Facet]:
    found = []
    narrowed = bool(view.get("_has")) or any(view.all(f"_is.{name}") for name in columns)
    for name in declared or [name for name in _KNOWN if name in columns]:
        every = Counter(_text(row, name, view) for row in rows)
        left = chosen_rows(view, rows, columns, but=name) if narrowed else ()
        texts = Counter(_text(row, name, view) for row in left) if narrowed else every
        several = 1 < len(every) <= MOST_CHOICES
        chosen = view.all(f"_is.{name}")
        if name in columns and (several or chosen):
            ranked = sorted({*texts, *chosen}, key=lambda text: (-texts[text], text))
            choices = tuple(_choice(view, name, text, texts, chosen) for text in ranked if text)
            found.append(Facet(heading(name, view.language), choices))
    return found


def _choice(view: View, name: str, text: str, counts: Mapping[str, int], chosen: Sequence[str]) -> Choice:
    others = tuple(value for value in chosen if value != text)
    new = others if text in chosen else (*others, text)
    return Choice(text, counts.get(text, 0), text in chosen, view.address_with(f"_is.{name}", new))


def _shown(
    rows: Sequence[Row], columns: Sequence[str], language: str, linked: Linked
) -> tuple[tuple[Shown, ...], ...]:
    return tuple(tuple(shown(row, name, language, linked(row, name)) for name in columns) for row in rows)
