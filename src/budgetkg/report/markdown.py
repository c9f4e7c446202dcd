"""The report as Markdown: its tables without the charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from budgetkg.report.contents import Contents, Json, Part
from budgetkg.report.phrases import (
    ABOUT,
    ABOUT_FINDINGS,
    BY_DOCUMENT,
    DOCUMENT_COLUMNS,
    DOCUMENTS,
    FINDING_COLUMNS,
    MOST_ROWS,
    NOTHING,
    TITLE,
    document_cells,
    place,
)
from budgetkg.report.plan import Words
from budgetkg.report.wording import LONGEST_QUOTE, column, cut, numeric, seen, written
from budgetkg.text import on_one_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")


def render(contents: Contents) -> str:
    """The report; its charts are in the page only."""
    return "\n".join(_lines(contents)) + "\n"


def plain(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", on_one_line(text))


def _lines(contents: Contents) -> Iterator[str]:
    yield f"# {_both(TITLE)}\n"
    yield f"{ABOUT.zh}\n\n{ABOUT.en}\n"
    yield from (f"- {_both(column(name))}: {count:,}" for name, count in contents.totals)
    yield f"- 图谱 graph: `{contents.graph}`\n"
    for section in contents.sections:
        yield f"## {_both(section.title)}\n"
        for part in section.parts:
            yield from _part(part)
        if section.name == "corpus":
            yield from _documents(contents.documents)
        elif section.name == "findings":
            yield from _findings(contents)


def _part(part: Part) -> Iterator[str]:
    question = part.question
    yield f"### {_both(part.title)}\n"
    yield f"`budgetkg query {question.slug}`\n"
    if part.plan.note:
        yield f"{part.plan.note.zh}\n\n{part.plan.note.en}\n"
    if not part.rows:
        yield f"{_both(NOTHING)}\n"
        return
    names = part.plan.columns
    right = {name for name in names if numeric(name, [row[name] for row in part.rows])}
    yield from _table(names, ([written(name, row[name]) for name in names] for row in part.rows), right)


def _documents(documents: Iterable[Json]) -> Iterator[str]:
    yield f"### {_both(DOCUMENTS)}\n"
    yield from _table(DOCUMENT_COLUMNS, map(document_cells, documents))


def _findings(contents: Contents) -> Iterator[str]:
    yield f"### {_both(BY_DOCUMENT)}\n"
    yield f"{ABOUT_FINDINGS.zh}\n\n{ABOUT_FINDINGS.en}\n"
    for name, findings in contents.findings:
        yield f"#### {plain(seen(name))} ({len(findings)})\n"
        yield from _table(FINDING_COLUMNS, (_finding(item) for item in findings[:MOST_ROWS]))
        if len(findings) > MOST_ROWS:
            left = len(findings) - MOST_ROWS
            yield f"另有 {left} 项 {left} more: `budgetkg findings`\n"


def _finding(item: Json) -> list[str]:
    message, evidence = item["message"], item["evidence"]
    quotes = (f"“{cut(seen(each['quote']), LONGEST_QUOTE)}”" for each in evidence)
    return [
        written("severity", item["severity"]),
        item["code"],
        seen(f"{item['where']} {message['zh']} {message['en']}".strip()),
        " ; ".join(map(place, evidence)),
        " ".join(quotes),
    ]


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[str] = ()) -> Iterator[str]:
    yield _row([_both(column(name)) for name in columns])
    yield _row(["---:" if name in right else "---" for name in columns])
    yield from (_row([plain(cell) for cell in row]) for row in rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _both(words: Words) -> str:
    return f"{words.zh} {words.en}"
