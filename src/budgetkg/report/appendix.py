"""The appendix of the report: every answer with its command, the documents with hashes, every finding."""

from __future__ import annotations

from collections.abc import Iterator

from budgetkg.codelists import is_inferred
from budgetkg.findings import where_said
from budgetkg.pipeline.summary import year_basis
from budgetkg.report import phrases
from budgetkg.report.blocks import AppendixStart, Block, Command, Heading, Table, Text
from budgetkg.report.contents import MOST_ROWS, Contents, Json, Part
from budgetkg.report.printed import Printed
from budgetkg.report.story import table
from budgetkg.report.wording import LONGEST_QUOTE, column, cut, seen, written
from budgetkg.store.places import Place


def appendix(contents: Contents, language: str) -> Iterator[Block]:
    """All blocks of the appendix."""
    yield AppendixStart(phrases.APPENDIX.said(language))
    yield Text(phrases.ABOUT_APPENDIX.said(language).format(graph=contents.graph), quiet=True)
    for part in contents.parts():
        yield from _answer(part, language)
    following = len(contents.parts()) + 1
    yield from _documents(contents, f"A{following}", language)
    yield from _findings(contents, f"A{following + 1}", language)


def _answer(part: Part, language: str) -> Iterator[Block]:
    yield Heading(3, f"{part.number} {part.title.said(language)}", part.anchor)
    yield Command(f"budgetkg query {part.question.slug}")
    if part.plan.note:
        yield Text(part.plan.note.said(language), quiet=True)
    if not part.rows:
        yield Text(phrases.NOTHING.said(language), quiet=True)
        return
    rows = part.rows[:MOST_ROWS]
    if part.printed:
        rows = [{**row, "place": _place(at, language)} for row, at in zip(rows, part.printed, strict=True)]
    yield table((*part.plan.columns, "place"), rows, language)
    left = len(part.rows) - MOST_ROWS
    if left > 0:
        yield Text(phrases.MORE_ROWS.said(language).format(count=left), quiet=True)


def _place(printed: Printed | None, language: str) -> str | None:
    """File, page and lines of a row; of one that sums up many things that of the first, and how many more."""
    if printed is None:
        return None
    at = printed.place
    where = phrases.place({"page": at.page, "lines": at.lines, "cells": at.cells}, language)
    said = f"{seen(at.file)} {where}"
    more = phrases.FURTHER.said(language).format(count=printed.more + (language == "zh"))
    return f"{said} {more}" if printed.more else said


def _documents(contents: Contents, number: str, language: str) -> Iterator[Block]:
    yield Heading(3, f"{number} {phrases.DOCUMENTS.said(language)}", "documents")
    entries = sorted(
        (*contents.documents, *contents.superseded), key=lambda item: (item["source"], item["sha256"])
    )
    heads = tuple(column(name).said(language) for name in phrases.DOCUMENT_COLUMNS)
    yield Table(heads, tuple(_document(entry, language) for entry in entries))


def _document(entry: Json, language: str) -> tuple[str, ...]:
    known = entry["year"] is not None
    year = f"{entry['year']}{'?' if is_inferred(year_basis(entry)) else ''}" if known else ""
    words = (entry["source"], entry["district"], entry["department"])
    form = written("form", entry["form_kind"], language)
    counts = written("counts", not entry["superseded_by"], language)
    return (*(seen(str(word or "")) for word in words), year, form, counts, str(entry["sha256"]))


def _findings(contents: Contents, number: str, language: str) -> Iterator[Block]:
    yield Heading(3, f"{number} {phrases.BY_DOCUMENT.said(language)}", "findings-by-document")
    yield Text(phrases.ABOUT_FINDINGS.said(language), quiet=True)
    heads = tuple(column(name).said(language) for name in phrases.FINDING_COLUMNS)
    for name, findings in contents.findings:
        yield Heading(4, f"{seen(name)} ({len(findings)})")
        page = next((each["page"] for item in findings for each in item["evidence"]), None)
        if page is not None:
            # A file's name may hold anything: as text it is escaped, as code it wouldn't be.
            yield Text(seen(Place(name, page, None, "").picture), quiet=True)
        yield Table(heads, tuple(_finding(item, language) for item in findings[:MOST_ROWS]))
        left = len(findings) - MOST_ROWS
        if left > 0:
            yield Text(phrases.MORE_FINDINGS.said(language).format(count=left), quiet=True)
            yield Command("budgetkg findings")


def _finding(item: Json, language: str) -> tuple[str, ...]:
    message, label = item["message"], item.get("label", {})
    quotes = (f"“{cut(seen(each['quote']), LONGEST_QUOTE)}”" for each in item["evidence"])
    said = message.get(language) or next(iter(message.values()), "")
    return (
        written("severity", item["severity"], language),
        str(item["code"]),
        seen(" ".join(filter(None, (where_said(item["where"], language), label.get(language, ""), said)))),
        "; ".join(phrases.place(each, language) for each in item["evidence"]),
        " ".join(quotes),
    )
