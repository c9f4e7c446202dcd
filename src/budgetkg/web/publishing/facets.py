"""By what the hits of a published site can be narrowed: for each entry its values, as numbers in a list.

``facets.json`` has the columns with their headings and values in each language, ``of/NNN.json`` a row of
numbers for each entry: the place of its value in the list of the column, from 1 on; 0 where it has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from budgetkg.report.wording import cell_of
from budgetkg.report.years import Row
from budgetkg.web.pages.cells import heading
from budgetkg.web.pages.names import Names
from budgetkg.web.pages.search import FACETS
from budgetkg.web.pages.tables import MOST_CHOICES
from budgetkg.web.pages.words import say
from budgetkg.web.settings import LANGUAGES

EACH = 1000
"""Entries in one file: some 15 kB."""


def facets(rows: Sequence[Row], things: Names) -> Iterator[tuple[str, Any]]:
    """The files by their names."""
    known: list[dict[tuple[str, ...], int]] = [{} for _ in FACETS]
    numbers = [
        [_number(row, name, known[place], things) for place, name in enumerate(FACETS)] for row in rows
    ]
    for start in range(0, len(numbers), EACH):
        yield f"of/{start // EACH}", numbers[start : start + EACH]
    columns = [
        {"name": name, "heading": [heading(name, language) for language in LANGUAGES], "values": list(values)}
        for name, values in zip(FACETS, known, strict=True)
    ]
    yield "facets", {"columns": columns, "each": EACH, "most": MOST_CHOICES}


def _number(row: Row, name: str, known: dict[tuple[str, ...], int], things: Names) -> int:
    texts = tuple(_text(row, name, language, things) for language in LANGUAGES)
    return known.setdefault(texts, len(known) + 1) if any(texts) else 0


def _text(row: Row, name: str, language: str, things: Names) -> str:
    if name == "kind":
        return str(say(language, f"search.{row['kind']}"))
    return things.said(name, cell_of(row, name, language), language)
