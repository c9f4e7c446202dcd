"""Column runs: a table too wide for its pages goes on, column by column, on later ones.

A spreadsheet program prints the first columns on one run of pages, the next on another, each with all
the rows: the same number of them, as high as their neighbours to the left, whether they hold words or
not. So the runs are put back together by their rows; a run of which that can't be said is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from budgetkg.reading.pdf_flow import Flow, FlowRow

_HEIGHT = 2.0
_FEWEST_ROWS = 3
_MOST_HEADERS = 4
_BEGINNING = 5
_NEVER = 1e9
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
        pairs = _paired(_own(tables[whole]), _own(rows)) if whole else []
        if pairs and _goes_on(tables[whole], rows, texts):
            lead[number] = whole
            begun.append((rows[0].first_page, rows[0].text))
            _join(flow, pairs, [*tables[whole], *rows])
            tables[whole] = _own(tables[whole])
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
    if rows[0].first_page <= before[-1].first_page:
        return False
    # A title wider than the page goes on above the second run, or begins there once more; a label
    # (单位：万元) may stand there alone.
    known = {text for page in {row.first_page for row in before} for text in texts[page]}
    above = [text for page in {row.first_page for row in rows} for text in texts[page]]
    return all(
        "：" in text or ":" in text
        or any(text in title or title[:_BEGINNING] == text[:_BEGINNING] for title in known)
        for text in above
    )  # fmt: skip


_Pairs = list[tuple[FlowRow, FlowRow]]


def _paired(one: list[FlowRow], other: list[FlowRow]) -> _Pairs:
    """The rows of two runs side by side; a row that only one of them prints again stands beside none."""
    once, other_once = _printed_once(one), _printed_once(other)
    ways = ((one, other), (once, other), (one, other_once), (once, other_once))
    return next(filter(None, (_pairs(left, right) for left, right in ways)), [])


def _printed_once(rows: list[FlowRow]) -> list[FlowRow]:
    """The rows of a run without those that the top of a page repeats from the page before."""
    return rows[:1] + [row for before, row in pairwise(rows) if not _repeats(before, row)]


def _repeats(before: FlowRow, row: FlowRow) -> bool:
    alike = bool(row.text) and _words(row) == _words(before) and abs(row.height - before.height) <= _HEIGHT
    return alike and row.first_page == before.first_page + 1


def _pairs(one: list[FlowRow], other: list[FlowRow]) -> _Pairs:
    """Each row of a run beside its row of the run before; none where their heights disagree.

    A header cell merged over two rows makes one of them in a run that holds no other header.
    """
    pairs: _Pairs = []
    left, right = iter(one), iter(other)
    for row in left:
        more = next(right, None)
        if more is None:
            return []
        pairs.append((row, more))
        high, low = row.height, more.height
        while abs(high - low) > _HEIGHT + 0.02 * high and len(pairs) <= _MOST_HEADERS:
            if high < low:
                high += _next_height(left)
            else:
                more = next(right, FlowRow(0, 0, height=_NEVER))
                pairs.append((row, more))
                low += more.height
        if abs(high - low) > _HEIGHT + 0.02 * high:
            return []
    return pairs if next(right, None) is None else []


def _next_height(rows: Iterator[FlowRow]) -> float:
    found = next(rows, None)
    return _NEVER if found is None else found.height


def _own(rows: list[FlowRow]) -> list[FlowRow]:
    return [row for row in rows if not row.again]


def _join(flow: Flow, pairs: _Pairs, both: list[FlowRow]) -> None:
    repeated = _printed_again(pairs)
    for row, more in pairs:
        for place in more.places:
            if round(place.left) in repeated:
                flow.hidden += [(place.page, line) for line in place.lines]
            else:
                row.places.append(place)
    gone = {id(more) for _, more in pairs}
    lead = pairs[0][0].table
    for row in both:
        # What a run that has no names prints again says nothing new.
        if row.table != lead and id(row) not in gone and not row.again:
            flow.hidden += [(place.page, line) for place in row.places for line in place.lines]
            gone.add(id(row))
        # The header of one run would hide the columns of the others.
        if row.again:
            flow.hidden += [(place.page, line) for place in row.places for line in place.lines]
            gone.add(id(row))
    flow.rows = [row for row in flow.rows if id(row) not in gone]


def _printed_again(pairs: _Pairs) -> set[int]:
    """The left sides of columns that each run repeats (title columns): the same words in every row."""
    sides = {round(place.left) for _, more in pairs for place in more.places}
    return {side for side in sides if all(_at(row, side) == _at(more, side) for row, more in pairs)}


def _words(row: FlowRow) -> list[str]:
    """The words of a row, those of the runs that came back to it left out."""
    own = [place for place in row.places if place.table == row.table]
    return ["".join(line.text for line in place.lines) for place in own]


def _at(row: FlowRow, side: int) -> str:
    words = (line.text for place in row.places if round(place.left) == side and place.table == row.table
             for line in place.lines)  # fmt: skip
    return "".join("".join(words).split())
