"""Where the rows of an answer are printed: of each the first place, and how many things more it sums up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from budgetkg.graph import Graph, Rows
from budgetkg.queries import Question
from budgetkg.store.places import Place, places_of
from budgetkg.store.presentation import without
from budgetkg.store.results import Solutions

_MOST_DOCUMENTS = 5_000
"""Of a larger corpus one row sums up things whose names are megabytes; `query … --evidence` lists them."""

_ALL = 1_000_000_000
"""More rows than any answer has."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The first place of a row, and how many further things the row is about."""

    place: Place
    more: int


def asked(graph: Graph, question: Question, most: int) -> tuple[Rows, tuple[Printed | None, ...]]:
    """The answer to a question, with the places of its first ``most`` rows; none where nothing is printed."""
    # A list is counted and added up here, so it is whole; a ranking has the rows that it ranks.
    given: dict[str, Any] = {question.limit: _ALL} if question.limit and not question.rank else {}
    if len(graph.documents) > _MOST_DOCUMENTS or not question.subjects:
        return graph.ask(question.slug, **given), ()
    answer = replace(question, subjects=()).ask(graph.store, given)
    if not isinstance(answer, Solutions):
        return graph.ask(question.slug, **given), ()
    about = _about(answer, question.subjects, most)
    known = places_of(graph.store, {things[0] for things in about if things})
    found = tuple(
        Printed(min(known[things[0]], key=_order), len(things) - 1) if things and things[0] in known else None
        for things in about
    )
    return Rows(without(answer, question.subjects)), found


def _about(answer: Solutions, subjects: Sequence[str], most: int) -> list[list[str]]:
    """What each row is about first of all; of a row that sums up many, all in the order of their names."""
    at = [answer.variables.index(name) for name in subjects if name in answer.variables]
    said = [[getattr(row[place], "value", "").split() for place in at] for row in answer.rows[:most]]
    return [sorted(set(next(filter(None, several), []))) for several in said]


def _order(place: Place) -> tuple[str, int, tuple[int, int], str]:
    return place.file, place.page, place.lines or (0, 0), place.cells or ""
