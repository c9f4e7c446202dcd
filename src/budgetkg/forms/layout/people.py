"""Personal data by what it is and by the label that it stands beside or under, wherever a form prints it.

What a text says by itself is found in every cell (:mod:`budgetkg.text.personal`). Where a table shows a label
and its value in two cells, the value is beside the label, under it, or the whole column under a header. What
an indicator or a goal says is none: 资助残疾人 | 50人.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from budgetkg.forms.layout.date_spans import is_span
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import BLANKS, LONGEST_LABEL, LONGEST_PERSON, WINDOW
from budgetkg.late import late_pattern
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.ledger import Fate
from budgetkg.reading.source import Healed
from budgetkg.records import PersonalDatum
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.text.personal import is_name, is_personal, personal_spans

__all__ = ["find_people", "is_dated", "is_personal", "signed_beside"]

_SPOKEN = re.compile(rf"(?P<label>[^\s:;,。、]{{1,{LONGEST_LABEL}}}(?: [^\s:;,。]{{1,4}})?)\s*:")
_UNSPOKEN = re.compile(
    r"(?:^|(?<=[\s(,;。、]))(?P<label>[\u4e00-\u9fff/、]{2,16}(?:\s*\([^()]{1,8}\))?)"
    r"\s+(?P<value>[\u4e00-\u9fff·]{2,4}|[\d-]{7,13})(?![\u4e00-\u9fff])"
)
_LIKE_NAME = late_pattern(r"[\u4e00-\u9fff]{2,4}")  # on a line of signatures, whatever the surname
_SHORT_NUMBER = re.compile(r"[\d-]{7,13}")
DATE = re.compile(r"20\d\d[年./-]\d{1,2}(?:月|[./-]\d{1,2}|月\d{1,2}日?)?")
_FEWEST_HEADS = 3  # columns: two may be a label and its value
_KNOWN_NAME = 3
"""Characters of the shortest name that is looked for in the rest of the document."""


def find_people(reader: Reader, parts: Parts) -> None:
    """Add to a document's people what stands in it and is not among them yet."""
    known = {offset for datum in parts.people for e in datum.evidence for offset in range(e.start, e.end)}
    fates = reader.ledger.fates
    rows = (*reader.rows, *reader.asides)
    places = [cell.place for row in rows for cell in row.cells]
    if not places:
        places = [_whole(line.text, line.start) for line in reader.source.lines]
    found = [*_in_tables(fates, reader.rows), *_in_tables(fates, reader.asides), *signed_beside(rows)]
    for place in places:
        found += _in_text(fates, place)
    names = {place.text for _, place in found} | {datum.value for datum in parts.people}
    found += _again(places, sorted(name for name in names if len(name) >= _KNOWN_NAME and is_name(name)))
    for label, place in found:
        kept = place.strip()
        if DATE.fullmatch(key(kept.text)):
            continue  # 制表日期：2021年1月20日 says nothing of a person
        if kept and not known.issuperset(kept.offsets):
            known.update(kept.offsets)
            evidence = reader.source.evidence_of(kept.offsets)
            parts.people += (PersonalDatum(label, kept.text, evidence),)


def is_dated(label: str, value: str) -> bool:
    """Whether a label stands before a day, 填报日期：2023年1月20日, or before the time that it takes."""
    day = key(label).rstrip(":").endswith(("日期", "时间")) and DATE.fullmatch(key(value)) is not None
    return day or is_span(value)


def signed_beside(rows: Sequence[GridRow]) -> Iterator[tuple[str, Healed]]:
    """The names that go on a list behind a label, where blanks part them like cells.

    评审专家：某甲某 | 某乙某 | 某丙某 | 日期：某日
    """
    for row in rows:
        label = ""
        for cell in row.cells:
            said = _SPOKEN.match(fold(cell.text))
            if said is not None:
                label = key(said["label"]) if is_personal(said["label"]) else ""
            elif label and (is_name(cell.text) or (not row.table and _LIKE_NAME.fullmatch(cell.key))):
                yield label, cell.place
            else:
                label = ""


def _whole(text: str, start: int) -> Healed:
    return Healed(text, tuple(range(start, start + len(text))))


def _in_tables(fates: bytes, rows: Sequence[GridRow]) -> Iterator[tuple[str, Healed]]:
    """The values beside labels, or under them."""
    for at, row in enumerate(rows):
        for cell, following in zip_longest(row.cells, row.cells[1:]):
            if not is_personal(cell.text):
                continue
            if _is_recorded(fates, cell.place):
                if following is not None and _is_surely(following):
                    yield key(cell.text).rstrip(":"), following.place
                continue
            under = [*_under(fates, cell, rows[at + 1 : at + WINDOW])]
            beside = following if following is not None and not is_personal(following.text) else None
            if under and (beside is None or not _is_telling(beside)):
                whole = beside is None or _is_telling(under[0]) or _heads(row, rows[at + 1 : at + 3])
                values = under if whole or beside is None else [under[0], beside]
            else:
                values = [beside] if beside is not None else []
            for value in values:
                held = _is_recorded(fates, value.place) and not _is_surely(value)
                if len(value.text) <= LONGEST_PERSON and not held:
                    yield key(cell.text).rstrip(":"), value.place


def _heads(row: GridRow, below: Sequence[GridRow]) -> bool:
    """Whether a row heads the rows below, column by column: 姓名 | 单位 | 职务 | 联系方式."""
    columns = {cell.column for cell in row.cells}
    return (
        len(columns) >= _FEWEST_HEADS
        and bool(below)
        and all(
            one.table == row.table and len(one.cells) > 1 and {cell.column for cell in one.cells} <= columns
            for one in below
        )
    )


def _under(fates: bytes, head: Cell, below: Sequence[GridRow]) -> Iterator[Cell]:
    """The cells of the column that a label heads, down to the next label or printed heading in it."""
    for row in below:
        cell = row.at(head.column)
        if cell is None or cell.key in BLANKS:
            continue
        heading = any(fates[offset] == Fate.FURNITURE for offset in cell.place.offsets)
        if heading or is_personal(cell.text) or len(cell.text) > LONGEST_PERSON:
            return
        yield cell


def _is_telling(cell: Cell) -> bool:
    """Whether a cell may be a name or a number by itself: 某甲某, 87654321, 赵某 13712345678."""
    return _is_surely(cell) or _SHORT_NUMBER.fullmatch(cell.key) is not None


def _is_surely(cell: Cell) -> bool:
    """Whether a cell is a name or holds a telephone, so that beside its label it is no indicator's."""
    return is_name(cell.text) or bool(personal_spans(cell.text))


def _is_recorded(fates: bytes, place: Healed) -> bool:
    """Whether a text stands in a record: what an indicator or a goal says is no clerk's."""
    return any(fates[offset] == Fate.RECORD for offset in place.offsets)


def _in_text(fates: bytes, place: Healed) -> Iterator[tuple[str, Healed]]:
    """What a cell or line says by itself; more is taken for a name where no record holds the text."""
    for start, end in personal_spans(place.text):
        yield "联系方式" if re.search(r"[\d@]", place.text[start:end]) else "签字", place[start:end]
    if _is_recorded(fates, place):
        return
    plain = fold(place.text)
    if ":" in plain:
        yield from _spoken(place, plain)
    for match in _UNSPOKEN.finditer(plain):
        if is_personal(match["label"]) and not is_personal(match["value"]):
            yield key(match["label"]), place[slice(*match.span("value"))]


def _spoken(place: Healed, plain: str) -> Iterator[tuple[str, Healed]]:
    """Values behind a label and its colon, several in one cell: 填表人：某某　联系电话：某号."""
    marks = list(_SPOKEN.finditer(plain))
    for mark, after in zip_longest(marks, marks[1:]):
        if is_personal(mark["label"]):
            value = place[mark.end() : after.start() if after else len(plain)].strip()
            if value and len(value.text) <= LONGEST_PERSON:
                yield key(mark["label"]), value


def _again(places: Sequence[Healed], names: Sequence[str]) -> Iterator[tuple[str, Healed]]:
    """Where a name that was found elsewhere is printed again."""
    for place in places:
        for name in names:
            at = place.text.find(name)
            while at >= 0:
                yield "姓名", place[at : at + len(name)]
                at = place.text.find(name, at + 1)
