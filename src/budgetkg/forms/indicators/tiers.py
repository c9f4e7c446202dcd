"""一级、二级、三级指标: rows of a tier table → indicators, whatever column they have drifted to.

A row is read by its header where it stands under it. A row that has drifted is read by what its
cells are: tier labels are known words, the name is the first other cell, values follow in order.
Merged tier cells are carried down; a second tier that the form puts under another first tier than
the one carried restores its own parent, and a finding says so.

``drifted.tier_row`` says what a row holds and claims nothing; ``take_tier_row`` puts it into the table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from budgetkg.forms.indicators.drifted import InForce, TierRow, tier_row
from budgetkg.forms.indicators.missing_tiers import report_tiers
from budgetkg.forms.indicators.tier_values import with_texts
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import GridRow
from budgetkg.records import Indicator


@dataclass(slots=True)
class TierTable:
    """One tier table being read: its header, the tiers in force, its indicators."""

    columns: dict[int, str]
    owner: str
    tiers: InForce = field(default_factory=InForce)
    rows: list[Indicator] = field(default_factory=list)

    def column(self, name: str) -> int | None:
        """The column under the header of a field."""
        return next((index for index, header in self.columns.items() if header == name), None)

    @property
    def empty(self) -> list[tuple[str | None, str | None]]:
        """The tiers without an indicator."""
        return list(self.tiers.empty)


def read_tier_row(reader: Reader, table: TierTable, row: GridRow) -> None:
    """Read one row into the table: an indicator, or tiers that stay without one."""
    take_tier_row(reader, table, tier_row(reader.layout, table.columns, table.tiers, row))


def take_tier_row(reader: Reader, table: TierTable, found: TierRow) -> None:
    """Put what a row holds into the table, claim its text, and report what of it was healed."""
    row = found.row
    for cell in row.cells:
        reader.furniture(cell.place)  # what becomes part of a record is claimed for it below
    if found.healed is not None:
        cut, cell = found.healed
        healed = cut + cell.text
        reader.log.add("tier-cell-split", table.owner, reader.at(cell.place), printed=f"{cut}｜{cell.text}",
                       healed=healed)  # fmt: skip
        table.rows = [replace(one, tier2=healed) if one.tier2 == cut else one for one in table.rows]
    table.tiers = found.tiers
    if found.restored:
        reader.log.add("tier-restored", table.owner, reader.at(row.place), tier2=found.tiers.tier2,
                       tier1=found.tiers.tier1)  # fmt: skip
    if found.name is None:
        for cell in found.labels:
            reader.record(cell.place)
        return
    if found.shifted:
        reader.log.add("columns-shifted", table.owner, reader.at(row.place), row=found.name_cell)
    for cell in found.unread:
        reader.remark("text-unread", f"{table.owner} / {found.name_cell}", cell.place, text=cell.text)
    evidence = reader.record(row.place)
    indicator = Indicator(
        name=found.name, tier1=found.tiers.tier1, tier2=found.tiers.tier2,
        tier1_basis=found.tiers.tier1_basis, evidence=evidence,
    )  # fmt: skip
    table.rows.append(with_texts(indicator, found.printed | found.values))


def close_table(reader: Reader, table: TierTable) -> None:
    """Report the tiers left without an indicator, and those that the form should print and doesn't."""
    table.tiers = table.tiers.left()
    report_tiers(reader, table.owner, table.rows, table.empty)
