"""Ruled sheets too wide for a page: pages that hold the same rows are laid side by side again.

A spreadsheet program cuts a sheet into pages along the same rows for all of its columns, so the pages of
one stretch of rows have their horizontal edges at the same heights. The columns between two such cuts are
called a block here. The program prints either all pages of the first block, then those of the next (down,
then over), or all blocks of the first rows, then of the next rows (over, then down). Pages of which
neither can be said are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetkg.reading.pdf.settings import BLOCKS, EDGES
from budgetkg.reading.pdf.tables import PageLayout, PageTable, PageText, append_columns, same_columns
from budgetkg.reading.pdf.text import is_part_of_title, without_digits

_Block = list[PageLayout]
"""The pages of one block of columns, in the order of their rows."""


def laid_side_by_side(pages: Sequence[PageLayout]) -> tuple[list[PageLayout], list[tuple[int, str]]]:
    """Return the pages in the order of their rows, each table with all of its columns.

    A page whose columns went to another one keeps the text outside its table. Also returns the page and
    the header text with which each further block begins.
    """
    laid: list[PageLayout] = []
    headers: list[tuple[int, str]] = []
    ends = _stretch_ends(pages)
    while len(laid) < len(pages):
        at = len(laid)
        blocks = _over_then_down(pages, at) or _down_then_over(pages, at, ends[at])
        if blocks:
            headers += _unite(blocks)
        laid += [page for block in blocks for page in block] or [pages[at]]
    return laid, headers


def _stretch_ends(pages: Sequence[PageLayout]) -> list[int]:
    """For each page the number of the first one behind it whose table has other columns."""
    ends = list(range(1, len(pages) + 1))
    for at in reversed(range(len(pages) - 1)):
        table = _table(pages[at])
        if table is not None and _has_columns_of(table, pages[at + 1]):
            ends[at] = ends[at + 1]
    return ends


def _down_then_over(pages: Sequence[PageLayout], at: int, end: int) -> list[_Block]:
    """The blocks of a sheet that are printed one after the other."""
    if end == len(pages) or not _have_same_heights(pages[at], pages[end]):
        return []
    # A block as wide as the first one begins where the first rows are named again.
    heights = [found - at for found in range(at + 1, end) if _begin_with_same_column(pages[at], pages[found])]
    for height in (*heights, end - at):
        blocks = [list(pages[at : at + height])]
        for start in range(at + height, len(pages) - height + 1, height):
            if not _goes_beside(blocks, list(pages[start : start + height])):
                break
            blocks.append(list(pages[start : start + height]))
        if _differ(blocks):
            return blocks
    return []


def _differ(blocks: list[_Block]) -> bool:
    """Whether the columns of some block differ: forms that follow one another have the same edges."""
    first, *others = (_tables(block)[0].xs for block in blocks)
    return not all(same_columns(first, other) for other in others)


def _over_then_down(pages: Sequence[PageLayout], at: int) -> list[_Block]:
    """The blocks of a sheet of which all are printed for the first rows before the next rows."""
    first = _table(pages[at])
    for width in range(2, min(BLOCKS.max_blocks + 1, len(pages) - at) if first else 0):
        page = pages[at + width]
        again = first is not None and _has_columns_of(first, page)
        if again and not _begin_with_same_column(pages[at], page):
            return _interleaved(pages, at, width)
    return []


def _interleaved(pages: Sequence[PageLayout], at: int, width: int) -> list[_Block]:
    """The blocks of a sheet of which every ``width`` pages hold the same rows, if these are some."""
    firsts = [_table(page) for page in pages[at : at + width]]
    end = at
    while end + width <= len(pages) and all(
        first is not None and _has_columns_of(first, page) and _have_same_heights(pages[end], page)
        for first, page in zip(firsts, pages[end : end + width], strict=True)
    ):
        end += width
    if end <= at + width:
        return []
    blocks = [list(pages[at + number : end : width]) for number in range(width)]
    beside = all(_goes_beside(blocks[:number], blocks[number]) for number in range(1, width))
    return blocks if beside and _differ(blocks) else []


def _table(page: PageLayout) -> PageTable | None:
    """The one ruled table of a page; none where it holds several."""
    tables = [item for item in page.items if isinstance(item, PageTable)]
    return tables[0] if len(tables) == 1 and tables[0].ruled else None


def _tables(block: _Block) -> list[PageTable]:
    return [table for page in block if (table := _table(page)) is not None]


def _has_columns_of(first: PageTable, page: PageLayout) -> bool:
    table = _table(page)
    return table is not None and same_columns(first.xs, table.xs)


def _have_same_heights(one: PageLayout, other: PageLayout) -> bool:
    """Whether two pages have their horizontal edges at the same heights; merged cells leave out some."""
    tables = _tables([one, other])
    if len(tables) < 2:
        return False
    snap = EDGES.snap_tolerance
    few, many = sorted((table.ys for table in tables), key=len)
    # Of a heading merged over the columns of three blocks the middle one shows nothing, no edge either.
    high, low = sorted((few, many), key=lambda ys: ys[0])
    if low[0] - high[0] > snap and low[0] > high[1] + snap:
        return False
    below = [y for y in few if y > low[0] + snap]
    same_end = abs(few[-1] - many[-1]) <= snap
    return same_end and all(any(abs(y - other) <= snap for other in many) for y in below)


def _begin_with_same_column(one: PageLayout, other: PageLayout) -> bool:
    tables = _tables([one, other]) if _have_same_heights(one, other) else []
    return bool(tables) and _title_columns(tables[:1], tables[1:]) > 0


def _goes_beside(blocks: list[_Block], block: _Block) -> bool:
    """Whether pages hold further columns of the rows of other pages, and are no table of their own."""
    pairs = list(zip(blocks[0], block, strict=True))
    if not all(_have_same_heights(one, other) for one, other in pairs):
        return False
    first, tables = _tables(blocks[0]), _tables(block)
    shared = sum(min(len(one.ys), len(other.ys)) - 1
                 for one, other in zip(first, tables, strict=True))  # fmt: skip
    as_wide = same_columns(first[0].xs, tables[0].xs)
    if shared < BLOCKS.min_rows or (as_wide and not _title_columns(first, tables)):
        return False
    if _header(tables) in [_header(_tables(before)) for before in blocks]:
        return False
    return _has_telling_heights([*first, *tables]) or _has_no_title_of_its_own(blocks[0], block)


def _header(tables: list[PageTable]) -> list[tuple[str, ...]]:
    """The texts with which a block begins; one merged cell may stand over the columns of several blocks."""
    return [row.text for row in tables[0].rows[: BLOCKS.header_rows]]


def _has_telling_heights(tables: list[PageTable]) -> bool:
    """Whether rows are of so many heights that no other table has the same ones by chance."""
    heights = {round(row.height / BLOCKS.height_tolerance) for table in tables for row in table.rows}
    return len(heights) >= BLOCKS.telling_heights


def _has_no_title_of_its_own(first: _Block, block: _Block) -> bool:
    """Whether all text around the tables of a block are labels, or belong to the title of the first block."""
    titles = {without_digits(text.text) for page in first for text in _texts(page)}
    for one, other in zip(first, block, strict=True):
        for text in _texts(other):
            known = is_part_of_title(without_digits(text.text), titles)
            if not (known or any(_runs_over(before, one, text, other) for before in _texts(one))):
                return False
    return True


def _texts(page: PageLayout) -> Iterator[PageText]:
    return (item for item in page.items if isinstance(item, PageText))


def _runs_over(before: PageText, one: PageLayout, text: PageText, other: PageLayout) -> bool:
    """Whether a line that the right edge of one page cuts goes on at the left edge of the other."""
    left, right = _tables([one])[0].xs[-1], _tables([other])[0].xs[0]
    room = BLOCKS.title_cut_gap * before.pieces[-1].size
    level = abs(before.top - text.top) <= EDGES.snap_tolerance
    return level and left - before.pieces[-1].x1 <= room and text.pieces[0].x0 - right <= room


def _unite(blocks: list[_Block]) -> list[tuple[int, str]]:
    """Put the columns of the later blocks beside those of the first; returns their pages and headers."""
    headers = []
    right = max(table.xs[-1] for table in _tables(blocks[0]))
    for block in blocks[1:]:
        tables = _tables(block)
        headers.append((block[0].number, "".join(tables[0].rows[0].text)))
        repeated = _title_columns(_tables(blocks[0]), tables)
        shift = right - min(table.xs[repeated] for table in tables)
        for page, other, further in zip(blocks[0], block, tables, strict=True):
            other.items.remove(further)
            whole = _tables([page])[0]
            other.furniture += [
                line for row in further.rows for cell in row.cells for line in cell.lines
                if cell.left < further.xs[repeated] - EDGES.snap_tolerance
            ]  # fmt: skip
            for left_out in append_columns(whole, further, other.number, repeated, shift):
                (other if left_out.page else page).furniture += left_out.lines
        right += max(table.xs[-1] for table in tables) - min(table.xs[repeated] for table in tables)
    return headers


def _title_columns(first: list[PageTable], block: list[PageTable]) -> int:
    """How many of its first columns a block repeats from the first block: as wide, with the same texts."""
    snap = EDGES.snap_tolerance
    count = min(len(table.xs) for table in (*first, *block)) - 1
    for one, other in zip(first, block, strict=True):
        same = 0
        for x, more in zip(one.xs[1:], other.xs[1:], strict=False):
            if abs((x - one.xs[0]) - (more - other.xs[0])) > snap:
                break
            same += 1
        count = min(count, same)
        while count and _texts_up_to(one, one.xs[count]) != _texts_up_to(other, other.xs[count]):
            count -= 1
    # A blank column is as blank as any other, and repeats nothing.
    return count if any(_texts_up_to(table, table.xs[count]) for table in block) else 0


def _texts_up_to(table: PageTable, right: float) -> list[str]:
    """The texts of the cells left of a column boundary."""
    least = right - EDGES.snap_tolerance
    return [cell.text for row in table.rows for cell in row.cells if cell.left < least and cell.text]
