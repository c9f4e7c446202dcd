"""What a row of a dump holds whose cells may have drifted out of their columns; nothing is claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from budgetkg.codelists import catch_all_tier, concept
from budgetkg.forms.checks.indicators import is_dash, parent_notation
from budgetkg.forms.indicators.tier_labels import (
    FROM_THE_FORM,
    first_tier_of,
    form_allows,
    split_tiers,
    tier_of,
)
from budgetkg.forms.indicators.tier_values import read_values
from budgetkg.forms.layout.layouts import Layout
from budgetkg.reading.grid import Cell, GridRow

_BOTH = 2
Pair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class InForce:
    """The tiers carried down, whether they have an indicator yet, and the tiers left behind without one.

    ``reach`` is the table and the last row of the merged cell that prints the first tier; ``tier1_basis``
    how that tier is known where no cell prints it.
    """

    tier1: str | None = None
    tier2: str | None = None
    tier1_basis: str | None = None
    used: bool = True
    reach: tuple[int, int] | None = None
    empty: tuple[Pair, ...] = ()

    def left(self, level: int = 1) -> InForce:
        """Once the tiers from a level on are left behind."""
        alone = not self.used and (self.tier2 is not None or level == 1)
        empty = (*self.empty, (self.tier1, self.tier2)) if alone else self.empty
        return replace(self, used=True, empty=empty)

    def entered(self, label: str, level: int) -> InForce:
        """Once a printed tier is carried down from here."""
        left = self.left(level)
        if level == 1:
            return replace(left, tier1=label, tier2=None, tier1_basis=None, reach=None, used=False)
        return replace(left, tier2=label, used=False)


@dataclass(frozen=True, slots=True)
class TierRow:
    """What a row holds: the tiers in force from it on, those that it prints, an indicator (``name``).

    ``healed`` is the label that a page break cut above and the cell with its rest, ``restored`` whether the
    first tier is none that the form prints here, ``shifted`` whether cells stand under others' headers,
    ``unread`` the cells for which no field is left.
    """

    row: GridRow
    tiers: InForce
    labels: tuple[Cell, ...] = ()
    printed: dict[str, str] = field(default_factory=dict)
    name: str | None = None
    name_cell: str = ""
    values: dict[str, str] = field(default_factory=dict)
    shifted: bool = False
    unread: tuple[Cell, ...] = ()
    healed: tuple[str, Cell] | None = None
    restored: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of a table by field, and the tiers in force above the row at hand."""

    layout: Layout
    columns: Mapping[int, str]
    tiers: InForce

    def column(self, name: str) -> int | None:
        return next((index for index, header in self.columns.items() if header == name), None)


def tier_row(layout: Layout, columns: Mapping[int, str], tiers: InForce, row: GridRow) -> TierRow:
    """What a row holds below the ``tiers`` in force; ``columns`` are the fields of the header's columns."""
    table = _Table(layout, columns, tiers)
    cells = [cell for cell in row.cells if not layout.is_furniture(cell.text)]
    aligned = _aligned_at(table, cells)
    split = _labels_ahead(table, cells) if aligned is None else aligned
    labels, rest = cells[:split], cells[split:]
    found = _with_labels(table, row, labels)
    if not rest:
        return found
    name, now, printed = _named(table, found.tiers, rest[0].text)
    values, shifted, unread = read_values(dict(columns), rest)
    return replace(
        found, tiers=replace(now, used=True), printed=found.printed | printed, name=name,
        name_cell=rest[0].text, values=values, shifted=shifted, unread=tuple(unread),
    )  # fmt: skip


def _named(table: _Table, tiers: InForce, text: str) -> tuple[str, InForce, dict[str, str]]:
    """The indicator's name, without tiers that share its cell: 产出指标-数量指标-开放天数."""
    separators = table.layout.tier_cell.get("separators", ())
    labels, rest = split_tiers(text, separators, surely=table.column("tier2") is not None)
    printed: dict[str, str] = {}
    if not labels or not rest:
        return text, tiers, printed
    for label in labels:
        found = tier_of(label)
        level = 1 if found and found.broader is None else 2
        tiers = tiers.entered(label, level)
        printed[f"tier{level}_printed"] = label
    return rest, tiers, printed


def _aligned_at(table: _Table, cells: Sequence[Cell]) -> int | None:
    """How many cells stand before the name where the row stands under its header.

    A name may be a word that tiers have too (满意度), so where it stands decides; alone, or in a row
    that runs out of its columns, such a word is a tier that has drifted.
    """
    name_column = table.column("name")
    names = [index for index, cell in enumerate(cells) if cell.column == name_column]
    if not names or (cells[-1].column > max(table.columns) and _is_label(table.tiers, cells[names[0]])):
        return None
    at = names[0]
    tiers = {table.column("tier1"), table.column("tier2")}
    slid = any(cell.column not in tiers or _slid(table, cell) for cell in cells[:at])
    if slid or _completes(table.tiers, cells[at]):
        return None
    return None if at + 1 == len(cells) and _is_label(table.tiers, cells[at]) else at


def _slid(table: _Table, cell: Cell) -> bool:
    """Whether a first tier stands in the column of the second."""
    found = tier_of(cell.text)
    first = found is not None and found.broader is None and catch_all_tier(cell.text) is None
    return first and cell.column == table.column("tier2")


def _labels_ahead(table: _Table, cells: Sequence[Cell]) -> int:
    """How many tier labels stand ahead of a row that is not read by its header."""
    ahead = 0
    while ahead < min(_BOTH, len(cells)) and (
        _is_label(table.tiers, cells[ahead]) or is_dash(cells[ahead].text)
    ):
        ahead += 1
    return ahead


def _is_label(tiers: InForce, cell: Cell) -> bool:
    return tier_of(cell.text) is not None or _completes(tiers, cell)


def _completes(tiers: InForce, cell: Cell) -> bool:
    """Whether a cell is the rest of the tier label that a page break has cut above it."""
    if tiers.tier2 is None or tier_of(tiers.tier2) is not None:
        return False
    return tier_of(tiers.tier2 + cell.text) is not None


def _with_labels(table: _Table, row: GridRow, labels: Sequence[Cell]) -> TierRow:
    """A row with the tiers that its own cells print."""
    tiers = table.tiers
    cut = next((cell for cell in labels if _completes(tiers, cell)), None)
    if cut is not None:
        above = tiers.tier2 or ""
        others = [cell for cell in labels if cell is not cut]
        printed = {"tier2_printed": cut.text} | ({"tier1_printed": others[0].text} if others else {})
        whole = replace(tiers, tier2=above + cut.text)
        return TierRow(row, whole, tuple(labels), printed, healed=(above, cut))
    printed = {}
    separators = table.layout.tier_cell.get("separators", ())
    for cell in labels:
        parts, rest = split_tiers(cell.text, separators)
        joined = len(parts) == _BOTH and not rest
        level = 1 if joined or _is_first_tier(table, cell, labels) else 2
        for at, label in enumerate(parts if joined else [cell.text], level):
            tiers = tiers.entered(label, at)
            printed[f"tier{at}_printed"] = label
        if level == 1 and not joined and cell.rows > 1:
            tiers = replace(tiers, reach=(row.table, row.number + cell.rows - 1))
    lone = "tier2_printed" in printed and "tier1_printed" not in printed
    parent = _parent(table, tiers, row) if lone else None
    if parent is not None:
        tiers = replace(tiers, tier1=parent, tier1_basis=FROM_THE_FORM)
    return TierRow(row, tiers, tuple(labels), printed, restored=parent is not None)


def _is_first_tier(table: _Table, cell: Cell, labels: Sequence[Cell]) -> bool:
    if cell.column == table.column("tier1") and any(
        other.column == table.column("tier2") and tier_of(other.text) for other in labels
    ):
        return first_tier_of(cell.text) is not None or tier_of(cell.text) is None
    if cell.column == table.column("tier2") and (is_dash(cell.text) or tier_of(cell.text) is None):
        return False
    if catch_all_tier(cell.text) is not None:
        return False
    found = tier_of(cell.text)
    return found.broader is None if found else cell.column == table.column("tier1")


def _parent(table: _Table, tiers: InForce, row: GridRow) -> str | None:
    """The first tier of a second one below a blank cell, where it is another than the one carried."""
    second = tier_of(tiers.tier2)
    parent = parent_notation(second) if second else None
    if (
        second is None
        or parent is None
        or table.column("tier1") is None
        or catch_all_tier(tiers.tier2 or "") is not None
    ):
        return None
    if tiers.reach is not None and tiers.reach[0] == row.table and row.number <= tiers.reach[1]:
        return None  # the merged cell prints its tier for this row too, rightly or not
    first = first_tier_of(tiers.tier1)
    if first is not None and first.notation == parent:
        return None
    if first is not None and form_allows(table.layout, tiers.tier1, tiers.tier2):
        return None
    return concept(second.iri.split("/")[-2], parent).zh
