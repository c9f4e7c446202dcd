"""Parts → record: the document's year, place and department, its findings and its account."""

from __future__ import annotations

import re
from dataclasses import replace

from budgetkg.codelists import Concept
from budgetkg.divisions import division
from budgetkg.findings import Evidence
from budgetkg.forms.checks.record import check_record, prints_amounts
from budgetkg.forms.heading_years import headed_year
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.people import find_people
from budgetkg.forms.layout.places import district_of
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.layout.titles import department_of_title, settle_titles
from budgetkg.forms.layout.unread_texts import HIDDEN, said_once
from budgetkg.forms.layout.year import Dated, inferred_year, printed_year, year_of
from budgetkg.reading.ledger import Fate
from budgetkg.reading.source import Notice
from budgetkg.records import DocumentRecord
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_TITLE = re.compile(r"表(?:\([^()]{0,20}\))?$")
_LONGEST_TITLE = 60  # characters; a sentence that mentions a table is longer
_MONEY_UNIT = re.compile(r"(亿元|万元|千元|元)")


def document_record(reader: Reader, parts: Parts) -> DocumentRecord:
    """Freeze what was read; what is left over becomes findings, so that nothing is lost."""
    _titled_by_place(reader, parts)
    dated = _year(reader, parts)
    _named_by_title(parts)
    district = _district(reader, parts)
    unit = _money_unit(reader, parts)
    _report_source(reader)
    check_record(reader, parts)
    find_people(reader, parts)
    settle_titles(reader, parts)
    reader.report_unread()
    source = reader.source
    return DocumentRecord(
        source=source.name,
        sha256=source.sha256,
        media_type=source.media_type,
        pages=source.pages,
        form=reader.layout.form,
        title=parts.title,
        department=parts.department,
        district=district,
        year=dated.year if dated else None,
        year_printed=dated is not None and dated.rule == "printed",
        year_evidence=dated.clue if dated else None,
        unit=unit,
        totals=parts.totals,
        account=reader.ledger.account(),
        units_of_use=parts.units_of_use,
        budget=parts.budget,
        overall_goal=parts.overall_goal,
        functions=parts.functions,
        finance_office=parts.finance_office,
        tasks=parts.tasks,
        indicators=parts.indicators,
        empty_tiers=parts.empty_tiers,
        policies=parts.policies,
        people=parts.people,
        findings=said_once(reader.log.all(), source),
        evidence=parts.evidence,
        goal_reached=parts.goal_reached,
        funds=parts.funds,
        attributes=parts.attributes,
        totals_evidence=parts.totals_evidence,
        year_rule=dated.rule if dated and dated.rule != "printed" else None,
        year_statements=dated.evidence if dated else (),
    )


def _titled_by_place(reader: Reader, parts: Parts) -> None:
    """Take the line over a form that calls itself a table and prints a year, where no title is known.

    What a form of a new kind is called nobody has listed; that the line stands alone before the first table
    and that nothing else has taken it says what it is.
    """
    if parts.title is not None:
        return
    for row in reader.rows:
        if len(row.cells) != 1:
            return
        place = row.cells[0].place.strip()
        titled = len(place.text) <= _LONGEST_TITLE and _TITLE.search(fold(place.text))
        if not titled or printed_year(place.text) is None:
            continue
        if reader.ledger.among(place.offsets[0], place.offsets[-1] + 1) == {Fate.NONE}:
            parts.title = place.text
            parts.evidence += reader.record(place)
            return


def _named_by_title(parts: Parts) -> None:
    """Where no label names the department the title may; it is then the unit of projects without one."""
    if parts.department is not None:
        return
    parts.department = department_of_title(parts.title)
    parts.units_of_use = tuple(
        unit if unit.name else replace(unit, name=parts.department or "") for unit in parts.units_of_use
    )


def _year(reader: Reader, parts: Parts) -> Dated | None:
    year = year_of(parts)
    if year is not None:
        titled = printed_year(parts.title) is not None
        if parts.cover is not None and not titled:
            parts.evidence += reader.record(parts.cover)  # else it says nothing of the form, and is quoted
        return Dated(year, "printed", (parts.title if titled else parts.year_label) or "")
    headed = headed_year(reader, parts)
    if headed is not None:
        year, text, at = headed
        parts.evidence += at
        return Dated(year, "printed", text)
    found = inferred_year(parts)
    said = {"inferred": found.year, "clue": found.clue} if found else {}
    reader.log.add("year-not-printed", "", _saying(found) if found else _at(parts, parts.title), **said)
    return found


def _district(reader: Reader, parts: Parts) -> str | None:
    if parts.department is None and not parts.several_departments:
        reader.log.add("department-not-found", "", _at(parts, parts.title))
    place = district_of(parts)
    if place is not None and place.rivals:
        bearers = (concept for code in place.rivals if (concept := division(code)))
        said = "、".join(f"{concept.notation} ({_above(concept)})" for concept in bearers)
        reader.log.add("district-ambiguous", "", _at(parts, place.name), name=place.name, bearers=said)
    elif place is None or place.concept is None:
        name = place.name if place else parts.department
        known = {"department": name} if name else {}
        reader.log.add("district-not-recognised", "", _at(parts, name, parts.title), **known)
    return place.name if place else None


def _saying(found: Dated) -> tuple[Evidence, ...]:
    """Where the words stand that a finding quotes for an inferred year."""
    quoted = tuple(place for place in found.evidence if key(found.clue) in key(place.quote))
    return (quoted or found.evidence)[:1]


def _at(parts: Parts, *texts: str | None) -> tuple[Evidence, ...]:
    """Where the first of some texts stands that is printed; without any, where the document begins."""
    for text in filter(None, texts):
        for place in parts.evidence:
            if key(text) in key(place.quote):
                return (place,)
    return parts.evidence[:1]


def _above(concept: Concept) -> str:
    above = division(concept.parent) if concept.parent else None
    return above.zh if above else "—"


def _money_unit(reader: Reader, parts: Parts) -> str | None:
    match = _MONEY_UNIT.search(fold(parts.unit or ""))
    if match:
        return match[1]
    if prints_amounts(parts):
        reader.log.add("money-unit-not-printed", "", _at(parts, parts.title))
    return None


def _report_source(reader: Reader) -> None:
    source = reader.source
    if source.dropped:
        reader.log.add("characters-dropped", "", (), characters=source.dropped)
    if not source.encoding_certain:
        reader.log.add("encoding-assumed", "", (), encoding=source.encoding)
    hidden: dict[Notice, tuple[Evidence, ...]] = {}
    for notice in source.notices:
        read = reader.ledger.among(notice.start, notice.end) == {Fate.RECORD}
        evidence: tuple[Evidence, ...] = ()
        if notice.start < notice.end:
            reader.ledger.claim(notice.start, notice.end, Fate.FINDING)
            evidence = (source.evidence(notice.start, notice.end),)
        if notice.code == HIDDEN:  # one finding with its first place, and those that no record has
            alike = replace(notice, start=0, end=0)
            others = hidden.setdefault(alike, ())
            hidden[alike] = others if others and read else others + evidence
        else:
            reader.log.add(notice.code, notice.where, evidence, **dict(notice.params))
    for notice, places in hidden.items():
        reader.log.add(notice.code, notice.where, places, **dict(notice.params))
