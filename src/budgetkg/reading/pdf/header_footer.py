"""Headers and footers: lines at the edge of page after page that belong to no table.

One that counts is a page number and carries nothing, nor does the address that a browser prints beside it.
Of one that says the same each time the first is kept for whoever reads the form; a title, which is larger,
and a label with its value are never taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from statistics import median

from budgetkg.reading.pdf.continuation import DocumentRows
from budgetkg.reading.pdf.document_rows import DocumentRow
from budgetkg.reading.pdf.settings import HEADERS_FOOTERS
from budgetkg.reading.pdf.text import is_label
from budgetkg.text import without_white_space

_DIGITS = re.compile(r"\d+")
_TIME_OR_ADDRESS = re.compile(r"\d{1,2}[:：]\d{2}|://")  # their colon makes no label


def remove_headers_footers(document: DocumentRows) -> None:
    """Move headers and footers from the rows of a document to its furniture."""
    alike: dict[tuple[str, int], list[DocumentRow]] = defaultdict(list)
    for row in _first_and_last_lines(document.rows):
        line = row.parts[0].lines[0]
        height = round(line.top / HEADERS_FOOTERS.height_step)
        alike[_DIGITS.sub("0", row.text), height].append(row)
    sizes = [line.size for row in document.rows for part in row.parts for line in part.lines]
    usual = median(sizes) if sizes else 0.0
    gone: set[int] = set()
    for rows in alike.values():
        gone.update(id(row) for row in _headers_footers(rows, usual))
    for row in document.rows:
        if id(row) in gone:
            document.furniture += [(part.page, line) for part in row.parts for line in part.lines]
    document.rows = [row for row in document.rows if id(row) not in gone]


def _first_and_last_lines(rows: list[DocumentRow]) -> list[DocumentRow]:
    """The first and the last line of each page, where they stand outside a table."""
    pages: dict[int, list[DocumentRow]] = defaultdict(list)
    for row in rows:
        if row.parts:
            pages[row.first_page].append(row)
    edges = {id(row): row for page in pages.values() for row in (page[0], page[-1])}
    return [row for row in edges.values() if not row.table]


def _headers_footers(rows: list[DocumentRow], usual: float) -> list[DocumentRow]:
    """Of lines at one height that say the same but for numbers, those that carry nothing.

    ``usual`` is the median type size of the document in points.
    """
    by_browser = all(_TIME_OR_ADDRESS.search(row.text) for row in rows)
    pages = len({row.first_page for row in rows})
    if pages < (HEADERS_FOOTERS.min_pages_of_browser if by_browser else HEADERS_FOOTERS.min_pages):
        return []
    texts = {row.text for row in rows}
    if len(texts) == len(rows) and max(map(len, _counting_parts(rows))) <= HEADERS_FOOTERS.max_page_number:
        return rows
    large = rows[0].parts[0].lines[0].size > HEADERS_FOOTERS.title_size * usual
    if len(texts) > 1 or large or is_label(_TIME_OR_ADDRESS.sub("", rows[0].text)):
        return []
    return rows[1:]


def _counting_parts(rows: list[DocumentRow]) -> list[str]:
    """What each of some lines says that the others don't: an address may stand beside the number.

    Blanks don't count: the same letters may be set a little apart on one page and not on another.
    """
    pieces = [
        [without_white_space("".join(line.text for line in part.lines)) for part in row.parts] for row in rows
    ]
    common = set.intersection(*map(set, pieces))
    return ["".join(text for text in own if text not in common) for own in pieces]
