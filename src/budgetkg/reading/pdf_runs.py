"""Column runs: a table too wide for its pages goes on, column by column, on later ones.

A spreadsheet program prints the first columns on one run of pages, the next on another, each with all
the rows: the same number of them, as high as their neighbours to the left, whether they hold words or
not. So the runs are put back together by their rows; a run of which that can't be said is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict

from budgetkg.reading.pdf_flow import Flow, FlowRow

_HEIGHT = 2.0
_FEWEST_ROWS = 3
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
        if whole and _goes_on(tables[whole], rows, texts):
            lead[number] = whole
            begun.append((rows[0].first_page, rows[0].text))
            _join(flow, tables[whole], rows)
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
    one, other = _own(before), _own(rows)
    if len(one) != len(other) or len(one) < _FEWEST_ROWS or one[0].text == other[0].text:
        return False
    if rows[0].first_page <= before[-1].first_page:
        return False
    if any(abs(a.height - b.height) > _HEIGHT + 0.02 * a.height for a, b in zip(one, other, strict=True)):
        return False
    # A title wider than the page goes on above the second run.
    known = " ".join(text for page in {row.first_page for row in before} for text in sorted(texts[page]))
    return all(text in known for page in {row.first_page for row in rows} for text in texts[page])


def _own(rows: list[FlowRow]) -> list[FlowRow]:
    return [row for row in rows if not row.again]


def _join(flow: Flow, before: list[FlowRow], rows: list[FlowRow]) -> None:
    for row, more in zip(_own(before), _own(rows), strict=True):
        row.places += more.places
    gone = {id(row) for row in rows}
    for row in (*before, *rows):
        # The header of one run would hide the columns of the others.
        if row.again:
            flow.hidden += [(place.page, line) for place in row.places for line in place.lines]
            gone.add(id(row))
    flow.rows = [row for row in flow.rows if id(row) not in gone]
