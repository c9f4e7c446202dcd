"""Column runs: a table too wide for its pages goes on, column by column, on later ones.

A spreadsheet program prints the first columns on one run of pages, the next on another, each with all
the rows: the same number of them, as high as their neighbours to the left (or all of them smaller or
larger by one scale), whether they hold words or not. A cell that is merged over rows in one run stands
beside all of them. So the runs are put back together by their rows; a run of which that can't be said
is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from budgetkg.reading.pdf.beside import Group, join
from budgetkg.reading.pdf.flow import Flow, FlowRow

_HEIGHT = 2.0
_SHARE = 0.02
_FEWEST_ROWS = 3
_MANY_ROWS = 6
_MOST_HEADERS = 4
_TELLING_HEIGHTS = 4
_BEGINNING = 5
_NUMBER = re.compile(r"\d+")


def stitch(flow: Flow) -> tuple[dict[int, int], list[tuple[int, str]]]:
    """Put runs of columns back to their rows.

    Returns which table each run belongs to, and the page and header with which each run begins.
    """
    tables: dict[int, list[FlowRow]] = defaultdict(list)
    for row in flow.rows:
        if row.table:
            tables[row.table].append(row)
    texts = _texts_by_page(flow.rows)
    lead: dict[int, int] = {}
    begun: list[tuple[int, str]] = []
    whole = 0
    for number, rows in sorted(tables.items()):
        groups = _paired(_own(tables[whole]), _own(rows)) if whole else []
        if groups and _goes_on(tables[whole], rows, texts):
            lead[number] = whole
            begun.append((rows[0].first_page, rows[0].text))
            tables[whole] = join(flow, groups, [*tables[whole], *rows])
        else:
            whole = number
    return lead, begun


def _texts_by_page(rows: list[FlowRow]) -> dict[int, set[str]]:
    """What stands outside the tables of each page, numbers left out."""
    texts: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        if not row.table:
            texts[row.first_page].add(_NUMBER.sub("", row.text))
    return texts


def _goes_on(before: list[FlowRow], rows: list[FlowRow], texts: dict[int, set[str]]) -> bool:
    if len(rows) < _FEWEST_ROWS or _words(before[0]) == _words(rows[0]):
        return False
    if len(rows) >= _MANY_ROWS and _are_telling(before, rows):
        return True
    if rows[0].first_page <= before[-1].first_page:
        return False
    # A title wider than the page goes on above the second run, or begins there once more; a label
    # (单位：万元) may stand there alone.
    known = {text for page in {row.first_page for row in before} for text in texts[page]}
    above = [text for page in {row.first_page for row in rows} for text in texts[page]]
    return all(
        "：" in text or ":" in text
        or any(text in title or title in text or title[:_BEGINNING] == text[:_BEGINNING] for title in known)
        for text in above
    )  # fmt: skip


def _paired(one: list[FlowRow], other: list[FlowRow]) -> list[Group]:
    """The rows of two runs side by side; a row that only one of them prints again stands beside none."""
    once, other_once = _printed_once(one), _printed_once(other)
    ways = ((one, other), (once, other), (one, other_once), (once, other_once))
    return next((found for left, right in ways for found in _readings(left, right)), [])


def _readings(one: list[FlowRow], other: list[FlowRow]) -> Iterator[list[Group]]:
    """The rows as high as one another, and all of them smaller or larger by one scale."""
    total, other_total = (sum(row.height for row in rows) for rows in (one, other))
    scales = [1.0, *([other_total / total] if total and _are_telling(one, other) else [])]
    return filter(None, (_groups(one, other, scale) for scale in scales))


def _are_telling(one: list[FlowRow], other: list[FlowRow]) -> bool:
    """Whether rows are of so many heights that another table has the same ones by no chance."""
    return any(
        len({round(row.height / _HEIGHT) for row in rows}) >= _TELLING_HEIGHTS for rows in (one, other)
    )


def _printed_once(rows: list[FlowRow]) -> list[FlowRow]:
    """The rows of a run without those that the top of a page repeats from the page before."""
    return rows[:1] + [row for before, row in pairwise(rows) if not _repeats(before, row)]


def _repeats(before: FlowRow, row: FlowRow) -> bool:
    alike = bool(row.text) and _words(row) == _words(before) and abs(row.height - before.height) <= _HEIGHT
    return alike and row.first_page == before.first_page + 1


def _groups(one: list[FlowRow], other: list[FlowRow], scale: float) -> list[Group]:
    """Each row of a run beside its row of the run before; none where their heights disagree.

    A cell merged over rows makes one of them in a run that holds no other cells: any row where the
    heights are telling, else one of the header.
    """
    groups: list[Group] = []
    telling = _are_telling(one, other)
    left, right = iter(one), iter(other)
    for row in left:
        more = next(right, None)
        if more is None:
            return []
        group = Group([row], [more], scale)
        while not group.is_level(_HEIGHT, _SHARE):
            following = next(left if group.lacks_left else right, None)
            if following is None or not (telling or len(groups) < _MOST_HEADERS):
                return []
            if not group.take(following):
                return []
        groups.append(group)
    return groups if next(right, None) is None else []


def _own(rows: list[FlowRow]) -> list[FlowRow]:
    return [row for row in rows if not row.again]


def _words(row: FlowRow) -> list[str]:
    """The words of a row, those of the runs that came back to it left out."""
    own = [place for place in row.places if place.table == row.table]
    return ["".join(line.text for line in place.lines) for place in own]
