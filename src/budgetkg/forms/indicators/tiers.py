"""一级、二级、三级指标: rows of a tier table → indicators, whatever column they have drifted to.

A row is read by its header where it stands under it. A row that has drifted is read by what its
cells are: tier labels are known words, the name is the first other cell, values follow in order.
Merged tier cells are carried down; a second tier that the form puts under another first tier than
the one carried restores its own parent, and a finding says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from budgetkg.codelists import catch_all_tier, concept
from budgetkg.forms.checks.indicators import is_dash, parent_notation
from budgetkg.forms.indicators.missing_tiers import report_tiers
from budgetkg.forms.indicators.tier_labels import (
    FROM_THE_FORM,
    first_tier_of,
    form_allows,
    split_tiers,
    tier_of,
)
from budgetkg.forms.indicators.tier_values import read_values, with_texts
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.records import Indicator


@dataclass(slots=True)
class TierTable:
    """One tier table being read: its header, the tiers carried down, its indicators.

    ``reach`` is the table and the last row of the merged cell that prints the first tier carried;
    ``tier1_basis`` how that tier is known where no cell prints it.
    """

    columns: dict[int, str]
    owner: str
    tier1: str | None = None
    tier2: str | None = None
    tier1_basis: str | None = None
    used: bool = True
    reach: tuple[int, int] | None = None
    rows: list[Indicator] = field(default_factory=list)
    empty: list[tuple[str | None, str | None]] = field(default_factory=list)

    def column(self, name: str) -> int | None:
        """The column under the header of a field."""
        return next((index for index, header in self.columns.items() if header == name), None)

    @property
    def last_column(self) -> int:
        """The last column that has a header."""
        return max(self.columns)


def read_tier_row(reader: Reader, table: TierTable, row: GridRow) -> None:
    """Read one row into the table: an indicator, or tiers that stay without one."""
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    for cell in row.cells:
        reader.furniture(cell.place)  # what becomes part of a record is claimed for it below
    aligned = _aligned_at(table, cells)
    split = _labels_ahead(table, cells) if aligned is None else aligned
    labels, rest = cells[:split], cells[split:]
    printed = _take_labels(reader, table, row, labels)
    if not rest:
        for cell in labels:
            reader.record(cell.place)
        return
    name = _name(reader, table, row, rest[0].text, printed)
    values, shifted, unread = read_values(table.columns, rest)
    if shifted:
        reader.log.add("columns-shifted", table.owner, reader.at(row.place), row=rest[0].text)
    for cell in unread:
        reader.remark("text-unread", f"{table.owner} / {rest[0].text}", cell.place, text=cell.text)
    evidence = reader.record(row.place)
    table.used = True
    indicator = Indicator(
        name=name, tier1=table.tier1, tier2=table.tier2, tier1_basis=table.tier1_basis, evidence=evidence
    )
    table.rows.append(with_texts(indicator, printed | values))


def _name(reader: Reader, table: TierTable, row: GridRow, text: str, printed: dict[str, str]) -> str:
    """The indicator's name, without tiers that share its cell: 产出指标-数量指标-开放天数."""
    separators = reader.layout.tier_cell.get("separators", ())
    labels, rest = split_tiers(text, separators, surely=table.column("tier2") is not None)
    if not labels or not rest:
        return text
    for label in labels:
        found = tier_of(label)
        _enter(table, label, 1 if found and found.broader is None else 2, printed)
    return rest


def close_table(reader: Reader, table: TierTable) -> None:
    """Report the tiers left without an indicator, and those that the form should print and doesn't."""
    _leave_tier(table)
    report_tiers(reader, table.owner, table.rows, table.empty)


def _aligned_at(table: TierTable, cells: list[Cell]) -> int | None:
    """How many cells stand before the name where the row stands under its header.

    A name may be a word that tiers have too (满意度), so where it stands decides; alone, or in a row
    that runs out of its columns, such a word is a tier that has drifted.
    """
    name_column = table.column("name")
    names = [index for index, cell in enumerate(cells) if cell.column == name_column]
    if not names or (cells[-1].column > table.last_column and _is_label(table, cells[names[0]])):
        return None
    at = names[0]
    tiers = {table.column("tier1"), table.column("tier2")}
    ahead = cells[:at]
    if any(cell.column not in tiers or _slid(table, cell) for cell in ahead) or _completes(table, cells[at]):
        return None
    return None if at + 1 == len(cells) and _is_label(table, cells[at]) else at


def _slid(table: TierTable, cell: Cell) -> bool:
    """Whether a first tier stands in the column of the second."""
    found = tier_of(cell.text)
    first = found is not None and found.broader is None and catch_all_tier(cell.text) is None
    return first and cell.column == table.column("tier2")


def _labels_ahead(table: TierTable, cells: list[Cell]) -> int:
    """How many tier labels stand ahead of a row that is not read by its header."""
    ahead = 0
    while ahead < min(2, len(cells)) and (_is_label(table, cells[ahead]) or is_dash(cells[ahead].text)):
        ahead += 1
    return ahead


def _is_label(table: TierTable, cell: Cell) -> bool:
    return tier_of(cell.text) is not None or _completes(table, cell)


def _completes(table: TierTable, cell: Cell) -> bool:
    """Whether a cell is the rest of the tier label that a page break has cut above it."""
    if table.tier2 is None or tier_of(table.tier2) is not None:
        return False
    return tier_of(table.tier2 + cell.text) is not None


def _take_labels(reader: Reader, table: TierTable, row: GridRow, labels: list[Cell]) -> dict[str, str]:
    """Carry the tiers of a row down; returns the labels that its own cells print."""
    printed: dict[str, str] = {}
    cut = next((cell for cell in labels if _completes(table, cell)), None)
    if cut is not None:
        _heal_cut(reader, table, cut)
        others = [cell for cell in labels if cell is not cut]
        return {"tier2_printed": cut.text} | ({"tier1_printed": others[0].text} if others else {})
    separators = reader.layout.tier_cell.get("separators", ())
    for cell in labels:
        parts, rest = split_tiers(cell.text, separators)
        if len(parts) == 2 and not rest:
            _enter(table, parts[0], 1, printed)
            _enter(table, parts[1], 2, printed)
        else:
            level = 1 if _is_first_tier(table, cell, labels) else 2
            _enter(table, cell.text, level, printed)
            if level == 1 and cell.rows > 1:
                table.reach = row.table, row.number + cell.rows - 1
    if "tier2_printed" in printed and "tier1_printed" not in printed:
        _restore_parent(reader, table, row)
    return printed


def _enter(table: TierTable, label: str, level: int, printed: dict[str, str]) -> None:
    """Carry a tier down from here."""
    _leave_tier(table, level)
    if level == 1:
        table.tier1, table.tier2, table.reach, table.tier1_basis = label, None, None, None
    else:
        table.tier2 = label
    table.used = False
    printed[f"tier{level}_printed"] = label


def _is_first_tier(table: TierTable, cell: Cell, labels: list[Cell]) -> bool:
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


def _leave_tier(table: TierTable, level: int = 1) -> None:
    """Note the tier that is left behind without an indicator."""
    if not table.used and (table.tier2 is not None or level == 1):
        table.empty.append((table.tier1, table.tier2))
    table.used = True


def _restore_parent(reader: Reader, table: TierTable, row: GridRow) -> None:
    second = tier_of(table.tier2)
    parent = parent_notation(second) if second else None
    if (
        second is None
        or parent is None
        or table.column("tier1") is None
        or catch_all_tier(table.tier2 or "") is not None
    ):
        return
    if table.reach is not None and table.reach[0] == row.table and row.number <= table.reach[1]:
        return  # the merged cell prints its tier for this row too, rightly or not
    first = first_tier_of(table.tier1)
    if first is not None and first.notation == parent:
        return
    if first is not None and form_allows(reader.layout, table.tier1, table.tier2):
        return
    table.tier1, table.tier1_basis = concept(second.iri.split("/")[-2], parent).zh, FROM_THE_FORM
    reader.log.add("tier-restored", table.owner, reader.at(row.place), tier2=table.tier2, tier1=table.tier1)


def _heal_cut(reader: Reader, table: TierTable, cell: Cell) -> None:
    cut = table.tier2 or ""
    healed = cut + cell.text
    reader.log.add("tier-cell-split", table.owner, reader.at(cell.place), printed=f"{cut}｜{cell.text}",
                   healed=healed)  # fmt: skip
    table.rows = [replace(row, tier2=healed) if row.tier2 == cut else row for row in table.rows]
    table.tier2 = healed
