"""Running heads and feet: the line at the edge of page after page that belongs to no table.

One that counts is a page number and carries nothing, nor does the address that a browser prints beside it.
Of one that says the same each time the first is kept for whoever reads the form; a title, which is larger,
and a label with its value are never taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from statistics import median

from budgetkg.reading.pdf.flow import Flow, FlowRow

_FEWEST_PAGES = 3
_SAME_HEIGHT = 4.0
_LARGER = 1.15
_LONGEST_NUMBER = 24
_DIGITS = re.compile(r"\d+")
_LABEL = re.compile("[:：]")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}|://")


def set_aside_running_lines(flow: Flow) -> None:
    """Move running heads and feet from the rows of a document to what carries nothing."""
    likes: dict[tuple[str, int], list[FlowRow]] = defaultdict(list)
    for row in _edges(flow.rows):
        line = row.places[0].lines[0]
        likes[_DIGITS.sub("0", row.text), round(line.top / _SAME_HEIGHT)].append(row)
    sizes = [line.size for row in flow.rows for place in row.places for line in place.lines]
    usual = median(sizes) if sizes else 0.0
    gone: set[int] = set()
    for rows in likes.values():
        gone.update(id(row) for row in _carrying_nothing(rows, usual))
    for row in flow.rows:
        if id(row) in gone:
            flow.hidden += [(place.page, line) for place in row.places for line in place.lines]
    flow.rows = [row for row in flow.rows if id(row) not in gone]


def _edges(rows: list[FlowRow]) -> list[FlowRow]:
    """The first and the last line of each page, where they stand outside a table."""
    pages: dict[int, list[FlowRow]] = defaultdict(list)
    for row in rows:
        if row.places:
            pages[row.first_page].append(row)
    edges = {id(row): row for page in pages.values() for row in (page[0], page[-1])}
    return [row for row in edges.values() if not row.table]


def _carrying_nothing(rows: list[FlowRow], usual: float) -> list[FlowRow]:
    if len({row.first_page for row in rows}) < _FEWEST_PAGES:
        return []
    texts = {row.text for row in rows}
    if len(texts) == len(rows) and max(map(len, _counting(rows))) <= _LONGEST_NUMBER:
        return rows
    large = rows[0].places[0].lines[0].size > _LARGER * usual
    if len(texts) > 1 or large or _LABEL.search(_CLOCK.sub("", rows[0].text)):
        return []
    return rows[1:]


def _counting(rows: list[FlowRow]) -> list[str]:
    """What each of some lines says that the others don't: a browser prints the address beside the number."""
    pieces = [["".join(line.text for line in place.lines) for place in row.places] for row in rows]
    common = set.intersection(*map(set, pieces))
    return ["".join(text for text in mine if text not in common) for mine in pieces]
