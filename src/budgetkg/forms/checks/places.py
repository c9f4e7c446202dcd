"""What the checks of a document look through, and one remark for what comes again and again in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budgetkg.findings import Evidence
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key

HAN = "一-鿿"
EXAMPLES = 5  # places of one remark that are given as evidence
_AROUND = 6  # characters


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the records, where it belongs, and its places in the source."""

    where: str
    text: str
    evidence: tuple[Evidence, ...]


def indicators_of(parts: Parts) -> Iterator[tuple[str, Indicator]]:
    """Every indicator with the place that a finding of it names."""
    yield from (("", one) for one in parts.indicators)
    yield from ((task.name, one) for task in parts.tasks for one in task.indicators)
    for unit in parts.units_of_use:
        for project in unit.projects:
            yield from ((f"{unit.name} / {project.name}", one) for one in project.indicators)


def texts_of(parts: Parts) -> Iterator[Text]:
    """Names, goals and what tasks say; what belongs to no project or task has no place."""
    for unit in parts.units_of_use:
        for project in unit.projects:
            where = f"{unit.name} / {project.name}"
            yield Text(where, project.name, project.evidence)
            yield Text(where, project.goal or "", project.evidence)
    for task in parts.tasks:
        for text in (task.name, task.content, task.expected):
            yield Text(task.name, text or "", task.evidence)
    yield Text("", parts.overall_goal or "", parts.evidence)


def holding(evidence: tuple[Evidence, ...], text: str) -> tuple[Evidence, ...]:
    """The places in which a text stands; all of them where none holds it by itself."""
    plain = key(text)
    return tuple(place for place in evidence if plain in key(place.quote)) or evidence


def sum_up(reader: Reader, code: str, found: Iterable[tuple[str, Evidence | None]], **params: object) -> None:
    """One finding for all places of a document: how many there are, the first words, the first places."""
    places = list(found)
    if places:
        evidence = tuple(dict.fromkeys(place for _, place in places[:EXAMPLES] if place is not None))
        said = {"text": places[0][0], **params}
        reader.log.add(code, "", evidence, count=len(places), **said)


def around(text: str, start: int, end: int) -> str:
    """A few characters around a place, on one line."""
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2].rpartition("\t")[2]
    after = re.split(r"[\n\t]", text[end : end + _AROUND])[0]
    return f"{before}{text[start:end]}{after}"
