"""Why a document was read as it was: the decisions that its reader made, as data for people and programs.

Nothing is decided here: columns, points and margins are those by which the table was read, the kinds of
rows those of its block, and what became of a row is what the ledger holds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from budgetkg.forms.indicators.block import Block
from budgetkg.forms.indicators.columns import Column
from budgetkg.forms.layout.header import INDICATOR, Header
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import LEAST
from budgetkg.reading.grid import GridRow
from budgetkg.reading.ledger import Fate
from budgetkg.records import DocumentRecord

FATES = {Fate.NONE: "nowhere", Fate.FURNITURE: "furniture", Fate.FINDING: "finding", Fate.RECORD: "record"}
"""Where the text of a row ended."""


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column: its headers from top to bottom, its field, and why.

    ``points`` are what each field got, most first; ``margin`` is by how many the whole table's reading won
    over the best one without this field here (``None`` where headers alone decide). ``why`` is one of
    most-points, by-header, no-clue, too-few-points, taken, too-close.
    """

    header: str
    field: str | None
    why: str
    margin: float | None = None
    points: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row: where it stands, what it is in its table, its cells, and where their text ended.

    ``kind`` is that of the block's rows (indicator, tiers, sum, numbers, again, other), header, row (below a
    header), or outside; ``said`` are the codes of the findings that quote it.
    """

    page: int
    line: int
    kind: str
    cells: tuple[str, ...]
    ended: tuple[str, ...]
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table: what it holds (indicators, or rows under a header), whose it is, its columns and rows."""

    holds: str
    owner: str
    columns: tuple[ColumnRead, ...]
    rows: tuple[RowRead, ...]


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """One document: the layout it was read by, its tables, and the rows beside and below them."""

    layout: str
    tables: tuple[TableRead, ...]
    rows: tuple[RowRead, ...]


def explained(reader: Reader, record: DocumentRecord) -> DocumentRead:
    """How a document was read, by the reader that read it."""
    fates = reader.ledger.fates
    seen: set[int] = set()
    blocks = [_table(reader, record, owner, table, _kinds(table), seen)
              for owner, table in reader.tables if isinstance(table, Block)]  # fmt: skip
    under: dict[tuple[ColumnRead, ...], dict[int, str]] = {}
    headers: dict[tuple[ColumnRead, ...], Header] = {}
    for _, table in reader.tables:
        if isinstance(table, Header):  # one that is printed again on each page heads one table
            columns = _by_header(reader, table)
            headers.setdefault(columns, table)
            under.setdefault(columns, {}).update(_below(reader, table, seen))
    tables = (*(_table(reader, record, "", headers[columns], rows, seen) for columns, rows in under.items()),
              *blocks)  # fmt: skip
    rows = tuple(_row(fates, record, row, "outside") for row in reader.rows if row.line.start not in seen)
    return DocumentRead(reader.layout.name, tables, rows)


def _table(
    reader: Reader,
    record: DocumentRecord,
    owner: str,
    table: Block | Header,
    kinds: dict[int, str],
    seen: set[int],
) -> TableRead:
    own = [row for row in reader.rows if row.line.start in kinds]
    seen.update(kinds)
    fates = reader.ledger.fates
    rows = tuple(_row(fates, record, row, kinds[row.line.start]) for row in own)
    if isinstance(table, Block):
        return TableRead("indicators", owner, _columns(table.columns), rows)
    return TableRead("rows", owner, _by_header(reader, table), rows)


def _by_header(reader: Reader, header: Header) -> tuple[ColumnRead, ...]:
    """The columns that headers alone decide; those of indicators are settled with their rows, in blocks."""
    heads = [table.head.rows for _, table in reader.tables if isinstance(table, Block)]
    apart = header.rows in heads
    return tuple(
        ColumnRead(column.text, column.name, "by-header" if column.name else "no-clue")
        for _, column in sorted(header.columns.items())
        if not (apart and (column.name or "").startswith(INDICATOR))
    )


def _kinds(block: Block) -> dict[int, str]:
    """The rows of a block by the offset at which each begins, with what they are."""
    found = {row.line.start: "header" for row in block.head.rows}
    return found | {entry.row.line.start: entry.kind.name.lower() for entry in block.rows}


def _below(reader: Reader, header: Header, seen: set[int]) -> dict[int, str]:
    """A header's rows, and those below it in its table that are in no block."""
    first = header.rows[0]
    found = {row.line.start: "row" for row in reader.rows
             if row.table and row.table == first.table and row.number > first.number
             and row.line.start not in seen}  # fmt: skip
    return found | {row.line.start: "header" for row in header.rows}


def _columns(columns: tuple[Column, ...]) -> tuple[ColumnRead, ...]:
    return tuple(
        ColumnRead(column.leaf.title, column.role, _why(column, columns), column.margin, _most_first(column))
        for column in columns
    )


def _most_first(column: Column) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(column.points, key=lambda pair: (-pair[1], pair[0])))


def _why(column: Column, columns: tuple[Column, ...]) -> str:
    if column.role is not None:
        return "most-points"
    points = [(role, worth) for role, worth in _most_first(column) if worth >= LEAST]
    if not points:
        return "too-few-points" if column.points else "no-clue"
    held = {other.role for other in columns if other.number == column.number}
    return "taken" if all(role in held for role, _ in points) else "too-close"


def _row(fates: bytes, record: DocumentRecord, row: GridRow, kind: str) -> RowRead:
    start, end = row.line.start, row.line.start + len(row.line.text)
    said = {found.code for found in record.findings for place in found.evidence
            if place.start < end and start < place.end}  # fmt: skip
    ended = tuple(_ended(fates, cell.place.offsets) for cell in row.cells)
    told = tuple(sorted(said)) if "finding" in ended else ()
    return RowRead(row.line.page, row.line.number, kind, tuple(cell.text for cell in row.cells), ended, told)


def _ended(fates: bytes, offsets: tuple[int, ...]) -> str:
    """Where most of a cell's text ended."""
    counts = Counter(fates[offset] for offset in offsets)
    return FATES[Fate(max(counts, key=lambda fate: (counts[fate], fate)))] if counts else FATES[Fate.NONE]
