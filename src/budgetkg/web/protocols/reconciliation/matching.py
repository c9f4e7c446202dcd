"""Candidates for a name: how near the names are, and which of the asked properties fit."""

from __future__ import annotations

from typing import Any, TypeAlias

from budgetkg.web.protocols.reconciliation.asked import Wanted
from budgetkg.web.protocols.reconciliation.index import Index, Thing, folded
from budgetkg.web.protocols.reconciliation.properties import Known
from budgetkg.web.protocols.reconciliation.types import type_of

Json: TypeAlias = dict[str, Any]
_LOOKED_AT = 50
_LEAST = 40.0
"""A thing whose name comes less near is no candidate, unless an asked property fits."""
_OF_NAME = 0.7
_WHOLE = 100.0


def considered(index: Index, wanted: Wanted) -> list[tuple[float, Thing]]:
    """The things that may be meant, by name; by type alone where only properties are asked."""
    if not wanted.text:
        fitting = [thing for thing in index.things if not wanted.types or thing.type in wanted.types]
        return [(0.0, thing) for thing in fitting]
    known = index.by_id(wanted.text)
    if known is not None:
        return [(_WHOLE, known)]
    return index.near(wanted.text, wanted.types, max(_LOOKED_AT, wanted.most))


def candidates(found: list[tuple[float, Thing]], wanted: Wanted, known: Known) -> list[Json]:
    """The candidates as the API gives them, the best first."""
    scored = []
    for nearness, thing in found:
        fits = [(name, _fits(known.get((thing.id, name), []), texts)) for name, texts in wanted.values]
        share = sum(fit for _, fit in fits) / len(fits) if fits else 0.0
        if not wanted.text:
            score = share * _WHOLE
        elif fits:
            score = nearness * _OF_NAME + share * _WHOLE * (1 - _OF_NAME)
        else:
            score = nearness
        if nearness >= _LEAST or (share and not wanted.text):
            scored.append((round(score, 1), nearness, fits, thing))
    scored.sort(key=lambda one: (-one[0], -one[1], one[3].id))
    certain = _is_certain(scored)
    return [
        _candidate(score, nearness, fits, thing, match=certain and place == 0)
        for place, (score, nearness, fits, thing) in enumerate(scored[: wanted.most])
    ]


def _is_certain(scored: list[tuple[float, float, list[tuple[str, bool]], Thing]]) -> bool:
    """One thing of exactly this name, with every asked property, and no other like it."""
    if not scored or scored[0][0] < _WHOLE or not scored[0][1]:
        return False
    return len(scored) == 1 or scored[1][0] < _WHOLE


def _candidate(
    score: float, nearness: float, fits: list[tuple[str, bool]], thing: Thing, match: bool
) -> Json:
    features: list[Json] = [{"id": "name", "value": nearness}]
    features += [{"id": f"property_{name}", "value": fit} for name, fit in fits]
    return {
        "id": thing.id, "name": thing.name, "type": [type_of(thing.type)], "score": score, "match": match,
        "features": features,
    }  # fmt: skip


def _fits(values: list[Any], texts: tuple[str, ...]) -> bool:
    """Whether one of the values is, or holds, one of the texts; a number is compared as a number."""
    said = {folded(form) for value in values for form in (value.text, value.label, value.path) if form}
    numbers = {float(value.text) for value in values if value.is_number}
    for text in texts:
        key = folded(text)
        if key and any(key == form or (len(key) > 1 and key in form) for form in said):
            return True
        if numbers and _number(text) in numbers:
            return True
    return False


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
