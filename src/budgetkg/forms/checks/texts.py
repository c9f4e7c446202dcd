"""Checks of running text: garbled by a scanner, brackets without their partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetkg.findings import Evidence
from budgetkg.forms.checks.places import holding
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.project.names import unbalanced
from budgetkg.text import comparison_key as key

# A scanner that lost its way writes one sign, or one phrase, over and over.
_LOOPS = (re.compile(r"(\S)\1{7,}"), re.compile(r"([^\d\s]\S{1,11}?)\1{2,}"))
_QUOTED = 60


def check_text(reader: Reader, parts: Parts) -> None:
    """Report garbled texts and unbalanced brackets in names, goals and tasks."""
    for where, text, evidence in _texts(parts):
        loop = garbled(text)
        if loop is not None:
            reader.log.add("text-garbled", where, holding(evidence, loop), text=loop[:_QUOTED])
        if unbalanced(text):
            reader.log.add("bracket-unbalanced", where, holding(evidence, text), text=text[:_QUOTED])


def garbled(text: str) -> str | None:
    """The stretch that a scanner repeated without end, if there is one."""
    plain = key(text)
    for loop in _LOOPS:
        match = loop.search(plain)
        if match is not None and len(match[0]) >= 8:
            return match[0]
    return None


def _texts(parts: Parts) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    for unit in parts.units_of_use:
        for project in unit.projects:
            where = f"{unit.name} / {project.name}"
            yield where, project.name, project.evidence
            if project.goal:
                yield where, project.goal, project.evidence
    for task in parts.tasks:
        for text in (task.name, task.content, task.expected):
            if text:
                yield task.name, text, task.evidence
    if parts.overall_goal:
        yield "", parts.overall_goal, parts.evidence
