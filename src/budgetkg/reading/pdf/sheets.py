"""Sheets too wide for a page: the pages that hold the same rows are laid side by side again.

A spreadsheet program cuts a sheet into pages along the same rows for all of its columns, so the pages
of one stretch of rows have their level rules at the same heights. It prints either all pages of the
first columns, then those of the next (down, then over), or all columns of the first rows, then of the
next rows (over, then down). Pages of which that can't be said are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetkg.reading.pdf.tables import PageContent, PageTable, PageText, same_columns
from budgetkg.reading.pdf.wide import widen

_LEVEL = 1.5
_SIDE = 1.5
_MOST_ACROSS = 8
_FEWEST_STRIPS = 3
_TELLING_HEIGHTS = 4
_HEADER_ROWS = 2
_BEGINNING = 5
_EDGE = 1.5
_NUMBER = re.compile(r"\d+")

_Run = list[PageContent]


def side_by_side(pages: Sequence[PageContent]) -> tuple[list[PageContent], list[tuple[int, str]]]:
    """The pages in the order of their rows, each with all of its columns.

    A page whose columns went to another one is left with the text outside the table. Also returns the
    page and the header with which each further run of columns begins.
    """
    laid: list[PageContent] = []
    begun: list[tuple[int, str]] = []
    ends = _ends(pages)
    while len(laid) < len(pages):
        at = len(laid)
        runs = _over_then_down(pages, at) or _down_then_over(pages, at, ends[at])
        if runs:
            begun += _united(runs)
        laid += [page for run in runs for page in run] or [pages[at]]
    return laid, begun


def _ends(pages: Sequence[PageContent]) -> list[int]:
    """For each page behind which one the stretch of pages with its columns ends."""
    ends = list(range(1, len(pages) + 1))
    for at in reversed(range(len(pages) - 1)):
        table = _table(pages[at])
        if table is not None and _same_run(table, pages[at + 1]):
            ends[at] = ends[at + 1]
    return ends


def _down_then_over(pages: Sequence[PageContent], at: int, end: int) -> list[_Run]:
    """The runs of a sheet of which each is printed on pages that follow one another."""
    if end == len(pages) or not _is_level(pages[at], pages[end]):
        return []
    # A run as wide as the first one begins where the first rows are named again.
    heights = [found - at for found in range(at + 1, end) if _same_rows(pages[at], pages[found])]
    for height in (*heights, end - at):
        runs = [list(pages[at : at + height])]
        for start in range(at + height, len(pages) - height + 1, height):
            if not _are_beside(runs, list(pages[start : start + height])):
                break
            runs.append(list(pages[start : start + height]))
        if _differ(runs):
            return runs
    return []


def _differ(runs: list[_Run]) -> bool:
    """Whether the columns of some run differ: forms that follow one another have the same rules."""
    first, *others = (_tables(run)[0].xs for run in runs)
    return not all(same_columns(first, other) for other in others)


def _over_then_down(pages: Sequence[PageContent], at: int) -> list[_Run]:
    """The runs of a sheet that is printed all columns of the first rows before the next rows."""
    first = _table(pages[at])
    for width in range(2, min(_MOST_ACROSS + 1, len(pages) - at) if first else 0):
        page = pages[at + width]
        if first is not None and _same_run(first, page) and not _same_rows(pages[at], page):
            return _woven(pages, at, width)
    return []


def _woven(pages: Sequence[PageContent], at: int, width: int) -> list[_Run]:
    heads = [_table(page) for page in pages[at : at + width]]
    end = at
    while end + width <= len(pages) and all(
        head is not None and _same_run(head, page) and _is_level(pages[end], page)
        for head, page in zip(heads, pages[end : end + width], strict=True)
    ):
        end += width
    if end <= at + width:
        return []
    runs = [list(pages[at + number : end : width]) for number in range(width)]
    beside = all(_are_beside(runs[:number], runs[number]) for number in range(1, width))
    return runs if beside and _differ(runs) else []


def _table(page: PageContent) -> PageTable | None:
    """The one ruled table of a page; none where it holds several."""
    tables = [item for item in page.items if isinstance(item, PageTable)]
    return tables[0] if len(tables) == 1 and tables[0].ruled else None


def _tables(run: _Run) -> list[PageTable]:
    return [table for page in run if (table := _table(page)) is not None]


def _same_run(first: PageTable, page: PageContent) -> bool:
    table = _table(page)
    return table is not None and same_columns(first.xs, table.xs)


def _is_level(one: PageContent, other: PageContent) -> bool:
    """Whether two pages have their rules at the same heights; a merged cell leaves some of them out."""
    tables = _tables([one, other])
    if len(tables) < 2:
        return False
    few, many = sorted((table.ys for table in tables), key=len)
    # Of a heading merged over the columns of three runs the middle one shows nothing, no rule either.
    high, low = sorted((few, many), key=lambda ys: ys[0])
    if low[0] - high[0] > _LEVEL and low[0] > high[1] + _LEVEL:
        return False
    below = [y for y in few if y > low[0] + _LEVEL]
    ends = abs(few[-1] - many[-1]) <= _LEVEL
    return ends and all(any(abs(y - other) <= _LEVEL for other in many) for y in below)


def _same_rows(one: PageContent, other: PageContent) -> bool:
    """Whether two pages begin with the same column."""
    tables = _tables([one, other]) if _is_level(one, other) else []
    return bool(tables) and _title_columns(tables[:1], tables[1:]) > 0


def _are_beside(runs: list[_Run], run: _Run) -> bool:
    """Whether pages hold further columns of the rows of other pages, and are no table of their own."""
    pairs = list(zip(runs[0], run, strict=True))
    if not all(_is_level(one, other) for one, other in pairs):
        return False
    first, tables = _tables(runs[0]), _tables(run)
    shared = sum(min(len(one.ys), len(other.ys)) - 1
                 for one, other in zip(first, tables, strict=True))  # fmt: skip
    as_wide = same_columns(first[0].xs, tables[0].xs)
    if shared < _FEWEST_STRIPS or (as_wide and not _title_columns(first, tables)):
        return False
    if _head(tables) in [_head(_tables(before)) for before in runs]:
        return False
    return _is_telling([*first, *tables]) or _no_title_of_its_own(runs[0], run)


def _head(tables: list[PageTable]) -> list[tuple[str, ...]]:
    """The words with which a run begins; one merged cell may stand over the columns of several runs."""
    return [row.text for row in tables[0].rows[:_HEADER_ROWS]]


def _is_telling(tables: list[PageTable]) -> bool:
    """Whether rows are of so many heights that no other table has the same by chance."""
    heights = {round(row.height / 2) for table in tables for row in table.rows}
    return len(heights) >= _TELLING_HEIGHTS


def _no_title_of_its_own(first: _Run, run: _Run) -> bool:
    """Whether the text around a table is a label (单位：万元), or belongs to the title of another run.

    A title wider than the page goes on above the second run, or begins there once more.
    """
    known = {_NUMBER.sub("", text.text) for page in first for text in _texts(page)}
    for one, other in zip(first, run, strict=True):
        for text in _texts(other):
            words = _NUMBER.sub("", text.text)
            told = any(
                words in title or title in words or title[:_BEGINNING] == words[:_BEGINNING]
                for title in known
            )
            label = "：" in words or ":" in words
            if not (told or label or any(_runs_over(before, one, text, other) for before in _texts(one))):
                return False
    return True


def _texts(page: PageContent) -> Iterator[PageText]:
    return (item for item in page.items if isinstance(item, PageText))


def _runs_over(before: PageText, one: PageContent, text: PageText, other: PageContent) -> bool:
    """Whether a line that the right edge of one page cuts goes on at the left edge of the other."""
    left, right = _tables([one])[0].xs[-1], _tables([other])[0].xs[0]
    size = before.pieces[-1].size
    level = abs(before.top - text.top) <= _LEVEL
    return level and left - before.pieces[-1].x1 <= _EDGE * size and text.pieces[0].x0 - right <= _EDGE * size


def _united(runs: list[_Run]) -> list[tuple[int, str]]:
    """Put the columns of the later runs beside those of the first."""
    begun = []
    right = max(table.xs[-1] for table in _tables(runs[0]))
    for run in runs[1:]:
        tables = _tables(run)
        header = "".join(tables[0].rows[0].text)
        begun.append((run[0].number, header))
        again = _title_columns(_tables(runs[0]), tables)
        shift = right - min(table.xs[again] for table in tables)
        for page, more, table in zip(runs[0], run, tables, strict=True):
            more.items.remove(table)
            whole = _tables([page])[0]
            more.hidden += [line for row in table.rows for cell in row.cells
                            if cell.left < table.xs[again] - _SIDE for line in cell.lines]  # fmt: skip
            for hidden in widen(whole, table, more.number, again, shift):
                (more if hidden.page else page).hidden += hidden.lines
        right += max(table.xs[-1] for table in tables) - min(table.xs[again] for table in tables)
    return begun


def _title_columns(first: list[PageTable], run: list[PageTable]) -> int:
    """How many of its first columns a run repeats from the first run: as wide, with the same words."""
    count = min(len(table.xs) for table in (*first, *run)) - 1
    for one, other in zip(first, run, strict=True):
        same = 0
        for x, more in zip(one.xs[1:], other.xs[1:], strict=False):
            if abs((x - one.xs[0]) - (more - other.xs[0])) > _SIDE:
                break
            same += 1
        count = min(count, same)
        while count and _words(one, one.xs[count]) != _words(other, other.xs[count]):
            count -= 1
    # A blank column is as blank as any other.
    count = count if any(_words(table, table.xs[count]) for table in run) else 0
    return count


def _words(table: PageTable, right: float) -> list[str]:
    """The words of the columns up to a boundary."""
    return [cell.text for row in table.rows for cell in row.cells if cell.left < right - _SIDE and cell.text]
