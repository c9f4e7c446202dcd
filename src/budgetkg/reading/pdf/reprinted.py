"""The top rows of a sheet that its program prints again on each page: they are furniture from there on.

A spreadsheet program has them as "print titles": the title, the year, the first rows of the table. Where a
form begins anew with the same rows, what follows them begins as it did the first time; then they are its own.
"""

from __future__ import annotations

from budgetkg.reading.pdf.continuation import DocumentRows
from budgetkg.reading.pdf.document_rows import DocumentRow


def remove_reprinted(document: DocumentRows) -> None:
    """Move what is printed again above the next part of a table to the furniture of its page."""
    rows, gone = document.rows, set[int]()
    begins: dict[int, int] = {}
    for at, row in enumerate(rows):
        if not row.table or begins.setdefault(row.table, at) == at or _goes_on_within(rows, at):
            continue
        end = at
        while end < len(rows) and rows[end].is_repeated_header and rows[end].table == row.table:
            end += 1
        if not _begins_anew(rows, begins[row.table], at, end):
            above = _same_above(rows, begins[row.table], at)
            gone.update(id(one) for one in rows[at - above : end])
    for row in rows:
        if id(row) in gone:
            document.furniture += [(part.page, line) for part in row.parts for line in part.lines]
    document.rows = [row for row in rows if id(row) not in gone]


def _goes_on_within(rows: list[DocumentRow], at: int) -> bool:
    """Whether a row follows another of its table on one page."""
    above = rows[at - 1]
    return above.table == rows[at].table and above.first_page == rows[at].first_page


def _begins_anew(rows: list[DocumentRow], begun: int, first: int, end: int) -> bool:
    """Whether the row below begins as the one below the first print does, or there is none."""
    below = rows[begun + end - first]
    if end == len(rows) or rows[end].table != rows[first].table:
        return True
    return _label(rows[end]) == _label(below)


def _label(row: DocumentRow) -> str:
    """What a row begins with, without white space."""
    parts = [part for part in row.parts if part.lines]
    first = min(parts, key=lambda part: part.left, default=None)
    return "".join(line.text for line in first.lines) if first else ""


def _same_above(rows: list[DocumentRow], begun: int, first: int) -> int:
    """How many lines right above say the same as those above the first print."""
    count = 0
    while count < begun and _says_again(rows[begun - count - 1], rows[first - count - 1], rows[first]):
        count += 1
    return count


def _says_again(once: DocumentRow, again: DocumentRow, below: DocumentRow) -> bool:
    """Whether a line outside any table, on the page of the row below it, says what another said."""
    outside = not once.table and not again.table and again.first_page == below.first_page
    return outside and once is not again and once.text == again.text
