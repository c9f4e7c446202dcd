"""Printed rows and indicator blocks of a project table, before anything is decided about them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from budgetkg.forms.indicators.beside import Beside
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Amount, Amounts
from budgetkg.text import comparison_key as key


@dataclass(frozen=True, slots=True)
class Block:
    """One 绩效指标 cell as printed, with the pages it stands on."""

    cell: Healed
    first_page: int
    last_page: int
    opens_page: bool = False
    closes_page: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row as printed.

    ``indented`` is whether the name is set in (a project under its unit), ``None`` where the
    document indents nothing; ``unit`` the unit of use that a column of its own names; ``table`` the
    indicators in tier columns beside the row; ``opens_page`` and ``closes_page`` say whether it is the
    first or the last row of a page; ``inferred`` whether blank columns made the funding source a reading;
    ``under_units`` whether the header over its name speaks of units, too: 单位名称/项目名称.
    """

    name: Healed
    printed_amounts: tuple[Amount, ...]
    amounts: Amounts
    goal: Healed
    block: Block | None
    offsets: tuple[int, ...]
    first_page: int
    last_page: int
    indented: bool | None = None
    opens_page: bool = False
    closes_page: bool = False
    inferred: bool = False
    earlier: tuple[PrintedRow, ...] = ()
    unit: str | None = None
    table: Beside | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    under_units: bool = False

    @property
    def identity(self) -> tuple[str, tuple[object, ...]]:
        """Name and amounts, as compared between two printings."""
        return key(self.name.text), tuple(amount.value for amount in self.printed_amounts)

    @property
    def printed(self) -> str:
        """Name and amounts as printed."""
        return " ".join((self.name.text, *(amount.printed for amount in self.printed_amounts)))

    @property
    def is_bare(self) -> bool:
        """Whether the row has neither goal nor indicators of its own."""
        return not self.goal and self.block is None and self.table is None


@dataclass(frozen=True, slots=True)
class Row:
    """One row once its printings are one: the printings, and the block matched to it."""

    printings: tuple[PrintedRow, ...]
    blocks: tuple[Block, ...] = ()
    undecided: bool = False

    @property
    def first(self) -> PrintedRow:
        """The first printing."""
        return self.printings[0]

    @property
    def pages(self) -> frozenset[int]:
        """Every page on which the row stands."""
        spans = (range(row.first_page, row.last_page + 1) for row in self.printings)
        return frozenset(page for span in spans for page in span)

    def with_blocks(self, blocks: tuple[Block, ...]) -> Row:
        """The same row with its indicator cell."""
        return replace(self, blocks=blocks)


def mark_page_edges(rows: list[PrintedRow]) -> list[PrintedRow]:
    """Say of each row whether it is the first or the last of a page."""
    marked = []
    for index, row in enumerate(rows):
        before = rows[index - 1].last_page if index else None
        after = rows[index + 1].first_page if index + 1 < len(rows) else None
        marked.append(
            replace(row, opens_page=before is not None and before < row.first_page,
                    closes_page=after is not None and after > row.last_page)
        )  # fmt: skip
    return marked


def mark_block_edges(blocks: list[Block]) -> list[Block]:
    """The same for indicator blocks."""
    marked = []
    for index, block in enumerate(blocks):
        before = blocks[index - 1].last_page if index else None
        after = blocks[index + 1].first_page if index + 1 < len(blocks) else None
        marked.append(
            replace(block, opens_page=before is not None and before < block.first_page,
                    closes_page=after is not None and after > block.last_page)
        )  # fmt: skip
    return marked


def continued(row: PrintedRow, cells: dict[str, Cell], part: GridRow) -> PrintedRow:
    """A row whose text goes on below a page break, or beside further indicators."""
    again = "name" in cells
    goal = row.goal if again and row.goal else appended(row.goal, cells.get("goal"))
    block = row.block
    if "indicators" in cells:
        place = appended(block.cell if block else Healed(), cells["indicators"])
        block = Block(place, block.first_page if block else part.line.page, part.last_page)
    more = [cell.place.offsets for name, cell in cells.items() if name not in ("indicators", "row_number")]
    offsets = row.offsets + tuple(sorted(offset for offsets in more for offset in offsets))
    return replace(row, goal=goal, block=block, offsets=offsets, last_page=part.last_page)


def appended(text: Healed, cell: Cell | None) -> Healed:
    """The text with that of a cell behind it; the same text where there is no cell."""
    if cell is None:
        return text
    return Healed(text.text + cell.place.text, text.offsets + cell.place.offsets)
