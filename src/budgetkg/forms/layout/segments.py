"""Several documents in one file: where one ends and the next begins.

A document begins at a title behind which another department, another year or another form is named.
A title printed again (on each page, over a column run, over the next form of the same department)
begins nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from budgetkg.forms.layout.layouts import layouts
from budgetkg.forms.layout.titles import UNIT_BESIDE as _UNIT_BESIDE
from budgetkg.forms.layout.titles import may_be_title, title_mark, title_text
from budgetkg.forms.layout.year import printed_year
from budgetkg.reading import Line, Reading
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_REACH = 8  # lines behind a title within which its department is named


@dataclass(frozen=True, slots=True)
class Title:
    """A printed title: where, of which form, and what it and the lines behind it name."""

    index: int
    form: str
    department: str | None
    year: int | None

    def opens(self, current: Title) -> bool:
        """Whether another document begins here."""
        if self.form != current.form:
            return True
        named = self.department is not None and current.department is not None
        return (named and self.department != current.department) or bool(
            self.year and current.year and self.year != current.year
        )


def segments(reading: Reading) -> list[Reading]:
    """The documents of a file, each with its own lines and rows; what precedes a title belongs to it."""
    lines = reading.source.lines
    starts = [0]
    current: Title | None = None
    for title in _titles(lines):
        if current is not None and title.opens(current):
            starts.append(title.index)
            current = title
        current = current or title
        if current.department is None:
            current = replace(current, department=title.department)
    bounds = [*starts, len(lines)]
    return [_segment(reading, bounds[n], bounds[n + 1]) for n in range(len(starts))]


def joined(one: Reading, other: Reading) -> Reading:
    """Two neighbouring segments as one, where the second turned out to hold no table."""
    source = replace(
        one.source,
        lines=one.source.lines + other.source.lines,
        notices=tuple(dict.fromkeys(one.source.notices + other.source.notices)),
        _starts=one.source._starts + other.source._starts,
    )
    return Reading(source, one.rows + other.rows, one.asides + other.asides)


def form_named(text: str, first: bool = False) -> str | None:
    """The form whose signature a title line prints; the longest signature wins.

    ``first`` is whether it is the first line of the document.
    """
    line, known = text.replace("\n", ""), layouts()
    if not may_be_title(line, known):
        return None
    hits = [
        (title_mark(key(_UNIT_BESIDE.sub("", title)), layout), layout.form)
        for layout in known
        if (title := title_text(line, layout, first)) is not None
    ]
    return max(hits)[1] if hits else None


def _titles(lines: tuple[Line, ...]) -> list[Title]:
    """Titles, and the lines that name the project of a form without a title of its own."""
    found = []
    opening = next((line for line in lines if not line.blank), None)
    for index, line in enumerate(lines):
        form = form_named(line.text, line is opening)
        own = None if form else form_begun(line.text)
        if form is not None or own is not None:
            behind = [after for after in lines[index : index + 3 * _REACH] if not after.blank][:_REACH]
            names = [department_named(after.text) for after in behind]
            year = printed_year(line.text) if form else None
            found.append(Title(index, form or own or "", next(filter(None, names), None), year))
    return found


def form_begun(text: str) -> str | None:
    """The form of which a line prints the project's name behind its label: 项目名称 | 图书馆开放经费."""
    parts = [
        part.strip() for part in text.replace("：", ":").replace(":", "\t", 1).split("\t") if part.strip()
    ]
    if not 2 <= len(parts) <= 4:
        return None
    for layout in layouts():
        if layout.kind != "project-form" or layout.labels.lookup(parts[0]) != "name":
            continue
        if layout.labels.lookup(parts[1]) is None and layout.columns.lookup(parts[1]) is None:
            return layout.form
    return None


def department_named(text: str) -> str | None:
    """The department that a line names behind its label."""
    match = _department_label().search(fold(text[:400].replace("\n", "")))
    if match is None or any(layout.columns.lookup(match[1]) for layout in layouts()):
        return None
    return key(match[1])


@cache
def _department_label() -> re.Pattern[str]:
    labels = {fold(label) for layout in layouts() for label in layout.labels.get("department", ())}
    names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?:^|\s)(?:{names})\s*[:\t]\s*([^\s:]+)")


def _segment(reading: Reading, start: int, stop: int) -> Reading:
    source = reading.source
    lines = source.lines[start:stop]
    starts = {line.start for line in lines}
    first, last = (lines[0].start, lines[-1].end) if lines else (0, 0)
    notices = tuple(
        notice for notice in source.notices if notice.start == notice.end or first <= notice.start < last
    )
    return Reading(
        replace(source, lines=lines, dropped=source.dropped if start == 0 else 0, notices=notices,
                _starts=tuple(line.start for line in lines)),
        tuple(row for row in reading.rows if row.line.start in starts),
        tuple(row for row in reading.asides if row.line.start in starts),
    )  # fmt: skip
