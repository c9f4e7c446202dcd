"""The tables and lines of text of one page: what the steps that follow page by page work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from budgetkg.reading.pdf.lattice import Lattice
from budgetkg.reading.pdf.page import CLIPPED_ABOVE, CLIPPED_BELOW, CLIPPED_BESIDE, VISIBLE, Edge, Glyph
from budgetkg.reading.pdf.settings import EDGES, TABLES
from budgetkg.reading.pdf.text import TextLine, cell_lines
from budgetkg.text import without_white_space


class Sided(Protocol):
    """What has a left and a right side, in points."""

    left: float
    right: float


@dataclass(slots=True)
class PageCell:
    """A cell on one page, from ``left`` to ``right``.

    ``ends_page`` is true where it reaches the last row of its table on the page. ``open_top`` and
    ``open_bottom`` say that no edge closes it there, as where a page break cuts it. ``row_span`` is how
    many rows of the page it covers; ``page`` the page on which it is printed if that is another one than
    its table's first columns stand on, else 0.
    """

    left: float
    right: float
    lines: list[TextLine]
    ends_page: bool = False
    open_bottom: bool = False
    open_top: bool = False
    row_span: int = 1
    page: int = 0

    @property
    def text(self) -> str:
        """All that is drawn in it, clipped text included; without white space, to be compared."""
        return without_white_space("".join(line.text for line in self.lines))

    @property
    def visible(self) -> list[TextLine]:
        """The lines that show."""
        return [line for line in self.lines if line.visibility == VISIBLE]


@dataclass(slots=True)
class PageRow:
    """A row of a table on one page; a cell that covers several rows stands in the first of them.

    ``height`` is in points. ``doubtful`` is true where nobody can say what belongs to the row: no edges part
    it from its neighbours and its cells don't agree in their alignment either, or lines lie over each other.
    """

    cells: list[PageCell]
    height: float = 0.0
    doubtful: bool = False

    @property
    def text(self) -> tuple[str, ...]:
        """The texts of its cells, to be compared."""
        return tuple(text for cell in self.cells if (text := cell.text))

    @property
    def is_cut(self) -> bool:
        """Whether a page break hides a part of it (the side of a page may hide one of a merged cell)."""
        cut = (CLIPPED_ABOVE, CLIPPED_BELOW)
        return any(line.visibility in cut for cell in self.cells for line in cell.lines)


@dataclass(slots=True)
class PageTable:
    """The part of a table that stands on one page.

    ``xs`` are its column boundaries from left to right, ``ys`` the row boundaries from top to bottom,
    empty where none are printed (``ruled`` is false). ``block_headers`` are the page and the header text
    with which each further block of its columns begins. ``settled`` is true where it is known already which
    of its rows go on over a page break.
    """

    xs: list[float]
    top: float
    bottom: float
    rows: list[PageRow] = field(default_factory=list)
    ruled: bool = True
    settled: bool = False
    ys: list[float] = field(default_factory=list)
    block_headers: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class BorderlessPage:
    """A page, or the rest of one, that no edges part: its lines of glyphs, and the table found in them.

    ``clipped`` are glyphs that a clip hides: parts of cells that a page break cuts. ``block_starts`` are
    the left sides of columns that are printed on other pages, with the numbers of those pages. ``drawn``
    are all its glyphs in the order in which they are drawn, ``rules`` the horizontal edges on it.
    """

    rows: list[Sequence[Glyph]]
    clipped: list[Glyph] = field(default_factory=list)
    table: PageTable | None = None
    number: int = 0
    block_starts: list[tuple[float, int]] = field(default_factory=list)
    drawn: Sequence[Glyph] = ()
    rules: Sequence[Edge] = ()


@dataclass(slots=True)
class PageText:
    """A printed line outside any table, in pieces where wide blanks part it."""

    pieces: list[TextLine]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The line, a blank between its pieces."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class PageLayout:
    """What a page holds from top to bottom; ``furniture`` is text that carries nothing of its own."""

    number: int
    height: float
    items: list[PageTable | PageText]
    furniture: list[TextLine]


def ruled_table(lattice: Lattice, glyphs: list[list[Glyph]]) -> PageTable:
    """Build a table from a lattice and the glyphs of each of its cells, in the order of its cells."""
    rows = [PageRow([], lower - upper) for upper, lower in pairwise(lattice.ys)]
    table = PageTable(lattice.xs, lattice.ys[0], lattice.ys[-1], rows, ys=lattice.ys)
    for cell, own in zip(lattice.cells, glyphs, strict=True):
        table.rows[cell.row].cells.append(
            PageCell(
                lattice.xs[cell.column],
                lattice.xs[cell.column_end],
                cell_lines(own),
                ends_page=cell.row_end == len(rows),
                open_bottom=cell.open_bottom,
                open_top=cell.open_top,
                row_span=cell.row_end - cell.row,
            )
        )
    for row in table.rows:
        row.cells.sort(key=lambda cell: cell.left)
    return table


def same_columns(one: list[float], other: list[float]) -> bool:
    """Whether two tables have the same sides and, but for merged cells, the same column boundaries."""
    if not one or not other:
        return False
    tolerance = TABLES.side_tolerance
    same_sides = abs(one[0] - other[0]) <= tolerance and abs(one[-1] - other[-1]) <= tolerance
    few, many = sorted((one[1:-1], other[1:-1]), key=len)
    shared = sum(any(abs(x - more) <= TABLES.boundary_tolerance for more in many) for x in few)
    return same_sides and (bool(few) == bool(many)) and shared * 2 >= len(few)


def snap_columns(table: PageTable, xs: list[float]) -> None:
    """Move the column boundaries of a table to those of the page before, if it has as many, all but there.

    A word processor sets the rest of a table off by its margins where another row begins it.
    """
    apart = [abs(x - other) for x, other in zip(table.xs, xs, strict=False)]
    if len(table.xs) != len(xs) or len(xs) < TABLES.min_snapped or max(apart) > TABLES.snapped:
        return
    place = dict(zip(table.xs, xs, strict=True))
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.left, cell.right = place.get(cell.left, cell.left), place.get(cell.right, cell.right)
    table.xs = [*xs]


def has_same_sides(one: Sided, other: Sided) -> bool:
    """Whether two cells have the same left and right side."""
    tolerance = TABLES.side_tolerance
    return abs(one.left - other.left) <= tolerance and abs(one.right - other.right) <= tolerance


def repeated_rows(header: Sequence[PageRow], table: PageTable) -> int:
    """How many rows at the top of a table say the same as the header: it is printed again."""
    count = 0
    for first, again in zip(header, table.rows, strict=False):
        if not first.text or first.text != again.text or first.is_cut or again.is_cut:
            break
        count += 1
    return count


def append_columns(
    table: PageTable, further: PageTable, page: int, first: int, shift: float
) -> list[PageCell]:
    """Add the columns of a table that is printed on another page to the right of ``table``.

    ``further`` stands on page ``page``; its columns from number ``first`` on are moved by ``shift`` points.
    Returns the parts of merged cells that repeat what another part says (see :func:`_unite_at`).
    """
    snap = EDGES.snap_tolerance
    ys = sorted(table.ys + [y for y in further.ys if all(abs(y - other) > snap for other in table.ys)])
    rows = [PageRow([], lower - upper) for upper, lower in pairwise(ys)]
    left = further.xs[first] - snap
    moved = [
        (upper, lower, _shifted(cell, page, shift))
        for upper, lower, cell in _with_heights(further)
        if cell.left >= left
    ]
    for upper, lower, cell in (*_with_heights(table), *moved):
        start, end = _nearest(ys, upper), _nearest(ys, lower)
        rows[start].cells.append(replace(cell, row_span=end - start))
    for row in rows:
        row.cells.sort(key=lambda cell: cell.left)
    seam = table.xs[-1]
    table.rows, table.ys = rows, ys
    table.xs = table.xs + [x + shift for x in further.xs[first + 1 :]]
    return [repeated for row in rows if (repeated := _unite_at(seam, row)) is not None]


def _unite_at(seam: float, row: PageRow) -> PageCell | None:
    """Unite the two parts of a merged cell that the side of a page cuts, at the x where the pages meet.

    Its text is drawn whole in both parts, each clipped at its page. Returns the part that is left out.
    A part that lies between two others may show nothing, not even an edge.
    """
    snap = EDGES.snap_tolerance
    for number, (one, other) in enumerate(pairwise(row.cells)):
        parts = (one, other)
        if (
            one.right - snap <= seam <= other.left + snap
            and sorted(one.text) == sorted(other.text)
            and one.row_span == other.row_span
            and any(line.visibility == CLIPPED_BESIDE for part in parts for line in part.lines)
        ):
            kept, repeated = sorted(parts, key=lambda part: not part.visible)
            visibility = VISIBLE if kept.visible else CLIPPED_BESIDE
            lines = [replace(line, visibility=visibility) for line in kept.lines]
            row.cells[number : number + 2] = [replace(kept, left=one.left, right=other.right, lines=lines)]
            return repeated
    return None


def _with_heights(table: PageTable) -> Iterator[tuple[float, float, PageCell]]:
    """The cells of a table, each with the y at which it begins and ends."""
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            yield table.ys[number], table.ys[number + cell.row_span], cell


def _nearest(ys: list[float], y: float) -> int:
    return min(range(len(ys)), key=lambda number: abs(ys[number] - y))


def _shifted(cell: PageCell, page: int, shift: float) -> PageCell:
    """A copy of a cell that is printed on another page, moved to its place beside the first columns."""
    lines = [replace(line, x0=line.x0 + shift, x1=line.x1 + shift) for line in cell.lines]
    return replace(cell, left=cell.left + shift, right=cell.right + shift, lines=lines, page=page)
