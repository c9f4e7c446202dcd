"""What every form's reader works with: the source, its ledger, its findings, its layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from budgetkg.findings import Evidence
from budgetkg.forms.layout.findings_log import FindingsLog
from budgetkg.forms.layout.layouts import Layout, lookup
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.reading import Ledger, Line, Source
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.ledger import Fate
from budgetkg.reading.source import Healed
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.text import is_blank

if TYPE_CHECKING:
    from budgetkg.forms.indicators.block import Block
    from budgetkg.forms.layout.header import Header

_MONEY_UNIT = r"(?:金额)?单位\s*:\s*(?:人民币)?(?:亿元|万元|千元|元)\s*$"


@dataclass(frozen=True, slots=True)
class Reader:
    """One document being read; ``tabled`` says that its tables are told from the text around them.

    ``tables`` are its tables as they were decided, each with the thing that it belongs to: for who wants
    to see why it was read so. Nothing is read from them. ``asides`` are the rows
    of other tables and sheets, which no rule reads; only names are looked for in them. ``goal_heads`` head
    the goals, and may print the year.
    """

    source: Source
    rows: tuple[GridRow, ...]
    ledger: Ledger
    log: FindingsLog
    layout: Layout
    tabled: bool = False
    tables: list[tuple[str, Block | Header]] = field(default_factory=list)
    asides: tuple[GridRow, ...] = ()
    goal_heads: list[Cell] = field(default_factory=list)

    def may_hold(self, row: GridRow) -> bool:
        """Whether a row may belong to a table: a line beside the tables of a document does not."""
        return row.table > 0 or not self.tabled

    def record(self, part: Healed | Line) -> tuple[Evidence, ...]:
        """Claim a text for the records and say where it stands."""
        return self._claim(part, Fate.RECORD)

    def furniture(self, part: Healed | Line) -> None:
        """Claim a text as furniture."""
        self._claim(part, Fate.FURNITURE)

    def at(self, part: Healed) -> tuple[Evidence, ...]:
        """Where a text stands, claiming nothing."""
        return self.source.evidence_of(part.offsets)

    def remark(self, code: str, where: str, part: Healed | Line, **params: object) -> None:
        """Report a finding that quotes a text, and claim the text for it."""
        self.log.add(code, where, self._claim(part, Fate.FINDING), **params)

    def report_unread(self) -> None:
        """Quote every stretch of text that ended nowhere, each in a finding of its own."""
        for start, end in self.ledger.unclaimed():
            self.ledger.claim(start, end, Fate.FINDING)
            evidence = self.source.evidence(start, end)
            self.log.add("text-unread", f"p. {evidence.page}", (evidence,), text=evidence.quote[:200])

    def _claim(self, part: Healed | Line, fate: Fate) -> tuple[Evidence, ...]:
        offsets = part.offsets if isinstance(part, Healed) else tuple(range(part.start, part.end))
        self.ledger.claim_offsets(offsets, fate)
        return self.source.evidence_of(offsets)


# The word 年度 or brackets must stand there: a goal may be wrapped so that a line holds only 2024年.
# On a line of its own, whole, and with what damage leaves of its brackets. A dump wraps names over lines, so
# that there only the whole one is a year: 经费（ | 2024年）.
_YEAR = "(?:20[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})"
_WHOLE_YEAR = re.compile(rf"\({_YEAR}(?:年度?)?\)|{_YEAR}年度|(?:预算)?年度:{_YEAR}年?")
YEAR_LINE = re.compile(
    rf"\(?{_YEAR}\)?年度?\)?|\(20\d\d\)|(?:预算)?年度:{_YEAR}(?:年度?)?"
    r"|\(20\d\d年度?(?:\d{1,2}[-—–至~]\d{1,2}月|[上下]半年)\)"
)


def is_year_line(line: Line) -> bool:
    """Whether a line prints nothing but the budget year: (2024年度)."""
    return bool(_WHOLE_YEAR.fullmatch(key(line.text)))


_LONGEST = 80
_UNIT = r"(?:金额|货币|计量)?单位[:为]?\(?(?:人民币)?(?:亿元|万元|千元|元)\)?"
_YEAR_OR_UNIT = re.compile(rf"(?P<year>{_WHOLE_YEAR.pattern})|\({_UNIT}\)|{_UNIT}|\((?:亿元|万元|千元|元)\)")


def year_or_unit(row: GridRow, year: re.Pattern[str] = _WHOLE_YEAR) -> tuple[str | None, str | None] | None:
    """The budget year and the money unit of a row that prints nothing else."""
    if year.fullmatch(key(row.line.text)):
        return row.line.text.strip(), None
    text = "".join(cell.place.text for cell in row.cells)
    plain = key(text) if len(text) <= _LONGEST else "-"
    if _YEAR_OR_UNIT.sub("", plain):
        return None
    units = [unit for cell in row.cells if (unit := money_unit(cell.text))]
    if not units:
        return None
    printed = next((found["year"] for found in _YEAR_OR_UNIT.finditer(plain) if found["year"]), None)
    return printed, units[0]


def take_heading(reader: Reader, parts: Parts, name: str, value: str, place: Healed) -> None:
    """Take the value behind a label; where records have no field for it, or hold another, it is quoted."""
    before = getattr(parts, name, None)
    if hasattr(parts, name) and (before is None or key(before) == key(value)):
        parts.heading(name, value, reader.record(place))
    else:
        page = next((found.page for found in reader.at(place)), 1)
        reader.remark("text-unread", f"p. {page}", place, text=place.text[:200])


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value behind a printed label: ``部门名称：某局``."""

    name: str
    label: str
    value: str
    start: int
    end: int


def labelled(line: Line, layout: Layout) -> list[Labelled]:
    """The label–value pairs of a line that begins with a declared label and a colon."""
    plain = fold(line.text)
    marks = list(_labels_printed(layout).finditer(plain))
    if not marks or plain[: marks[0].start()].strip():
        return []
    pairs = []
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(plain)
        tab = plain.find("\t", mark.end())
        end = tab if mark.end() < tab < end else end
        label = line.text[mark.start("label") : mark.end("label")]
        value = line.text[mark.end() : end].strip()
        name = lookup(layout.labels, label) or "person"
        start = line.start + mark.start("label")
        pairs.append(Labelled(name, key(label), value, start, line.start + end))
    return pairs


@cache
def _labels_printed(layout: Layout) -> re.Pattern[str]:
    labels = sorted((*layout.labels.spelt(), *layout.people_printed), key=len, reverse=True)
    # A printed label may be spaced out (单  位), so blanks are allowed between its characters.
    spaced = (r"\s*".join(re.escape(fold(char)) for char in key(label)) for label in labels)
    # A label begins a line or stands behind a blank or a bracket; where those are lost, the money unit tells.
    before = rf"(?<=\s)|^|(?<=[()])|(?={_MONEY_UNIT})"
    return re.compile(rf"(?:{before})(?P<label>{'|'.join(spaced)})\s*:\s*")


def indent_of(reader: Reader, place: Healed) -> int:
    """Blanks between the edge of a cell and its first character."""
    count = 0
    start = place.offsets[0] if place.offsets else 0
    while (
        start - count > 0
        and is_blank(before := reader.source.text[start - count - 1])
        and before not in "\t\n"
    ):
        count += 1
    return count
