"""The tiers in force: carried down from merged cells and over blank ones, restored where one is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgetkg.codelists import catch_all_tier, concept
from budgetkg.forms.checks.indicators import parent_notation
from budgetkg.forms.indicators.block import Block
from budgetkg.forms.indicators.columns import Column
from budgetkg.forms.indicators.tier_labels import FROM_THE_FORM, first_tier_of, form_allows, tier_of
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell, GridRow

_SATISFIED = "满意度"
Pair = tuple[str | None, str | None]


@dataclass(slots=True)
class Carried:
    """The tiers in force in one set of columns, and whether the second has an indicator."""

    tier1: str | None = None
    tier2: str | None = None
    tier3: str | None = None
    tier1_basis: str | None = None  # how the first is known where no cell prints it
    wide: bool = False  # whether the cell of the first tier is merged over the column of the second
    used: bool = True
    reach: tuple[int, int] | None = None  # table and last row of the merged cell that prints the first tier
    empty: list[Pair] = field(default_factory=list)

    def enter(self, label: str, level: int) -> None:
        """Take a printed tier; what it leaves behind without an indicator is noted."""
        self.leave(level)
        self.tier3 = None
        if level == 1:
            self.tier1, self.tier2, self.wide, self.tier1_basis = label, None, False, None
        else:
            self.tier2 = label
        self.used = False

    def leave(self, level: int = 1) -> None:
        """Note a tier left behind without an indicator."""
        if not self.used and (self.tier2 is not None or level == 1):
            self.empty.append((self.tier1, self.tier2))
        self.used = True


def under_heading(columns: tuple[Column, ...], *, first: bool) -> Carried:
    """The tiers that head a set of columns: 产出指标 over 指标 | 指标值.

    ``first`` is whether a label of either level (成本指标) is of the first here.
    """
    carried = Carried()
    for label in next((column.leaf.under for column in columns if column.role == "name"), ()):
        tier = first_tier_of(label) if first and carried.tier1 is None else tier_of(label)
        if tier is not None and tier.broader is None:
            carried.tier1, carried.tier2 = label, None
        else:
            carried.tier2 = label
    return carried


def enter_beside(reader: Reader, block: Block, cells: Sequence[Cell], tiers: Carried) -> None:
    """Take the first tier that is merged over the rows beside a header: 产出指标 | 指标内容 | 指标值."""
    for cell in cells:
        tier = first_tier_of(cell.text) if cell.rows > 1 and cell.column < block.head.start else None
        if tier is not None and tier.broader is None and not block.has("tier1"):
            tiers.enter(cell.text, 1)
            reader.record(cell.place)


def heads_first(sets: tuple[tuple[Column, ...], ...]) -> bool:
    """Whether first tiers head the sets: 产出指标 | 成本指标, and not 数量指标 | 成本指标."""
    tops = {column.leaf.under[0] for columns in sets for column in columns if column.leaf.under}
    return all((tier := first_tier_of(top)) is None or tier.broader is None for top in tops)


def restore_parent(reader: Reader, tiers: Carried, row: GridRow, owner: str) -> None:
    """A second tier below a blank cell that the form puts under another first tier than the one above."""
    second = tier_of(tiers.tier2)
    parent = parent_notation(second) if second else None
    if second is None or parent is None or catch_all_tier(tiers.tier2 or "") is not None:
        return
    if tiers.reach is not None and tiers.reach[0] == row.table and row.number <= tiers.reach[1]:
        return  # the merged cell prints its tier for this row too, rightly or not
    first = first_tier_of(tiers.tier1)
    if first is None and tiers.tier1 is not None:
        return  # a word of the form's own (产出目标) is printed, and holds
    if first is not None and (
        first.notation == parent or form_allows(reader.layout, tiers.tier1, tiers.tier2)
    ):
        return
    tiers.tier1, tiers.tier1_basis = concept(second.iri.split("/")[-2], parent).zh, FROM_THE_FORM
    reader.log.add("tier-restored", owner, reader.at(row.place), tier2=tiers.tier2, tier1=tiers.tier1)


def covers_second(block: Block, tier: Cell) -> bool:
    """Whether the cell of a first tier is merged over the column of the second."""
    second = (column.leaf.start for column in block.columns if column.role == "tier2")
    return any(tier.column < start < tier.column + tier.span for start in second)


def second_here(block: Block, label: str) -> bool:
    """Whether a form has satisfaction as a second tier only, as those of 2015 to 2019 do."""
    if _SATISFIED not in label:
        return False
    first = next((column for column in block.columns if column.role == "tier1"), None)
    if first is None:
        return False
    printed = [cell.text for entry in block.rows for cell in entry.row.cells
               if first.leaf.start <= cell.column < first.leaf.end]  # fmt: skip
    return not any(_SATISFIED in text for text in printed)
