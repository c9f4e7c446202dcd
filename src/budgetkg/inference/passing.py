"""Themes that a project takes from near-copies of its goal, where its own words give it none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from budgetkg.inference.comparisons import Comparisons
from budgetkg.inference.themes import Assignment, with_main

# A theme passes to a near-copy only from a subject that has it for certain.
_PASSES_ON = Decimal("0.6")
_CENT = Decimal("0.01")


def given_to(taker: str, comparisons: Comparisons) -> list[Assignment]:
    """The themes that a project takes: of each the surest, in the order of the pairs."""
    given: dict[str, Assignment] = {}
    own = comparisons.goal(taker)
    if own.theme is not None:
        return []
    for pair in comparisons.near(taker):
        giver = comparisons.goal(pair.second if pair.first == taker else pair.first)
        if giver.theme is None or giver.strength is None or Decimal(giver.strength) < _PASSES_ON:
            continue
        strength = (Decimal(giver.strength) * pair.similarity).quantize(_CENT)
        grounds = tuple(sorted((giver.ground, own.ground)))
        new = Assignment(taker, giver.theme, "goal-similarity", strength, giver.words, grounds)
        known = given.get(giver.theme)
        if known is None or (new.strength, new.grounds) > (known.strength, known.grounds):
            given[giver.theme] = new
    return list(given.values())


def with_given(assigned: Mapping[str, list[Assignment]], given: Iterable[Assignment]) -> list[Assignment]:
    """All assignments of a document, with those that its projects take."""
    taken: dict[str, list[Assignment]] = {}
    for new in given:
        taken.setdefault(new.subject, []).append(new)
    whole = {**assigned}
    for taker, several in taken.items():
        own = {item.theme: item for item in assigned.get(taker, ())}
        for new in several:
            theme = new.theme
            if theme not in own or (own[theme].strength < new.strength and not own[theme].denied):
                own[theme] = new
        denied = [item for item in own.values() if item.denied]
        whole[taker] = [*with_main(item for item in own.values() if not item.denied), *denied]
    return [item for several in whole.values() for item in several]


def written(given: Iterable[Assignment]) -> str:
    """The themes that a project takes as one line, by which it is seen whether they have changed."""
    told = [[a.theme, str(a.strength), a.words, a.grounds] for a in given]
    return json.dumps(told, ensure_ascii=False) if told else ""


def read(taker: str, line: str) -> list[Assignment]:
    """The themes that :func:`written` wrote."""
    return [
        Assignment(taker, theme, "goal-similarity", Decimal(strength), tuple(words), tuple(grounds))
        for theme, strength, words, grounds in (json.loads(line) if line else ())
    ]
