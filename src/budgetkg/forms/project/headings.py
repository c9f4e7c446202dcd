"""What stands around a table: title, labelled values, header lines, page marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from budgetkg.forms.layout.filed import named, without_unit, year_behind
from budgetkg.forms.layout.label_words import organisation_role, spoken
from budgetkg.forms.layout.layouts import Layout, cut_lookup
from budgetkg.forms.layout.organisations import is_organisation
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import (
    YEAR_LINE,
    Labelled,
    Reader,
    is_year_line,
    labelled,
    take_heading,
)
from budgetkg.forms.layout.titles import title_text
from budgetkg.forms.project.flow import header_fields
from budgetkg.reading.grid import GridRow
from budgetkg.reading.source import Healed, Line
from budgetkg.records import PersonalDatum
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold


@dataclass(slots=True)
class Page:
    """The lines of a table by what they are."""

    texts: list[Line] = field(default_factory=list)
    column_run: list[Line] = field(default_factory=list)
    run_head: Line | None = None
    headers: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    under_units: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line around a table prints: the title, the budget year, or labels with their values."""

    kind: Literal["title", "year", "labels"]
    pairs: tuple[Labelled, ...] = ()


def sort_lines(reader: Reader, parts: Parts) -> Page:
    """Take titles, labels, headers and page marks out; the rest is the table's text."""
    page = Page()
    in_column_run = False
    lines = [line for line in reader.source.lines if not line.blank]
    skip = 0
    for index, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        headers, skip = _headers(reader, lines, index)
        if headers:
            in_column_run = headers == ("indicators",)
            page.headers = page.headers if in_column_run else headers
            page.run_head = page.run_head or (line if in_column_run else None)
            words = "".join(line.text.strip() for line in lines[index : index + skip + 1]).split()
            page.labels |= dict(zip(headers, words if skip else lines[index].text.split(), strict=False))
            for header in lines[index : index + skip + 1]:
                page.under_units = page.under_units or ("name" in headers and "单位" in key(header.text))
                reader.furniture(header)
        elif (found := heading_of(reader.layout, line)) is not None:
            take_heading_line(reader, parts, line, found)
        elif _is_page_mark(reader.layout, lines, index):
            reader.furniture(line)
        else:
            (page.column_run if in_column_run else page.texts).append(line)
    return page


def _headers(reader: Reader, lines: list[Line], index: int) -> tuple[tuple[str, ...] | None, int]:
    """The columns named by a header line, and how many further lines it is wrapped over."""
    found = header_fields(lines[index].text, reader.layout)
    if found:
        return found, 0
    first = lines[index].text.split()[0]
    if cut_lookup(reader.layout.columns, first) is not None:
        for further in (1, 2):
            joined = "".join(line.text.strip() for line in lines[index : index + further + 1])
            found = header_fields(joined, reader.layout)
            if found:
                return found, further
    return None, 0


def heading_of(layout: Layout, line: Line) -> Heading | None:
    """The title, the budget year or the labelled values that a line prints."""
    if title_text(line.text.replace("\n", ""), layout) is not None:
        return Heading("title")
    if is_year_line(line):
        return Heading("year")
    pairs = tuple(labelled(line, layout)) or _organisation(line)
    return Heading("labels", pairs) if pairs else None


def _organisation(line: Line) -> tuple[Labelled, ...]:
    """The department on a line whose label no layout lists: 公开部门：某县水务局."""
    whole = line.text.strip()
    said = spoken(without_unit(Healed(whole, tuple(range(len(whole))))).text)
    if said is None:
        return ()
    label, start = said
    value = whole[start:].strip()
    if organisation_role(label, named(value)) not in ("department", "budget_unit"):
        return ()
    own = value if year_behind(value) else named(value)
    return (Labelled("department", label, own, line.start, line.end),)


def take_heading_line(reader: Reader, parts: Parts, line: Line, found: Heading) -> None:
    """Take what a line prints; a title printed again is furniture."""
    if found.kind == "title" and parts.title is not None:
        reader.furniture(line)
    elif found.kind == "title":
        parts.title = line.text.strip()
        parts.evidence += reader.record(line)
    elif found.kind == "year":
        parts.year_label = parts.year_label or line.text.strip()
        parts.evidence += reader.record(line)
    for pair in found.pairs:
        place = Healed(reader.source.text[pair.start : pair.end], tuple(range(pair.start, pair.end)))
        name = pair.name
        if name == "unit" and is_organisation(pair.value):
            name = "department"  # 单位：某县林场 is none of money
        value = pair.value
        if name == "department" and (year := year_behind(value)) is not None:
            parts.year_label, value = (
                parts.year_label or year,
                without_unit(Healed(value, tuple(range(len(value))))).text,
            )
        if name == "person":
            parts.people += (PersonalDatum(pair.label, pair.value, reader.record(place.strip())),)
        else:
            take_heading(reader, parts, name, value, place.strip())
    if found.pairs:
        _take_year_beside(reader, parts, line)


def _take_year_beside(reader: Reader, parts: Parts, line: Line) -> None:
    """The year that a line prints apart from its labels: 单位名称：某县水务局 | 2022年 | 金额单位：元."""
    start = line.start
    for text in line.text.split("\t"):
        if parts.year_label is None and YEAR_LINE.fullmatch(key(text)):
            parts.year_label = text.strip()
            parts.evidence += reader.record(Healed(text, tuple(range(start, start + len(text)))).strip())
        start += len(text) + 1


def _is_page_mark(layout: Layout, lines: list[Line], index: int) -> bool:
    """Whether a line is a page number or another declared mark.

    A bare number is one only at the edge of its page, and never before the 、 of a numbering that
    was wrapped apart from it.
    """
    line = lines[index]
    if not layout.is_mark(line.text):
        return False
    if key(line.text).isdigit():
        last = index + 1 == len(lines) or lines[index + 1].page != line.page
        follows = fold(lines[index + 1].text).lstrip()[:1] if index + 1 < len(lines) else ""
        if not last or follows in ("、", "-", "."):
            return False
    return True


def is_row_mark(layout: Layout, row: GridRow) -> bool:
    """Whether a row is a page number or another declared mark; within a table a bare number is none."""
    if not layout.is_mark(row.line.text.strip()):
        return False
    return not (row.table and (len(row.cells) != 1 or row.cells[0].key.isdigit()))
