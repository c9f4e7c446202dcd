"""The concept of the official form that a printed tier normalises to, where that can be decided."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import NamedNode

from budgetkg.codelists import Concept, concepts
from budgetkg.forms.indicators.tier_labels import CLASSIC, first_tier_of, tier_of
from budgetkg.mapping import iri


@lru_cache(maxsize=1024)
def first_tier(code: str | None, label: str | None) -> NamedNode | None:
    """The concept of a first-tier cell."""
    return _decide(code, label, second=False)


@lru_cache(maxsize=1024)
def second_tier(code: str | None, label: str | None) -> NamedNode | None:
    """The concept of a second-tier cell; a catch-all label names a whole first tier and has none."""
    return _decide(code, label, second=True)


def _decide(code: str | None, label: str | None, second: bool) -> NamedNode | None:
    """The code's concept unless the label names another one: a contradiction is left undecided."""
    coded = _by_notation(code)
    by_code = _at_level(coded, second)
    by_label = _at_level(tier_of(label) if second else first_tier_of(label), second)
    if coded is None:  # no code, or one such as 1.3 that no edition defines: the label decides
        return by_label
    return by_code if by_label in (None, by_code) else None


def _by_notation(code: str | None) -> Concept | None:
    return next((concept for concept in concepts(CLASSIC) if concept.notation == code), None)


def _at_level(concept: Concept | None, second: bool) -> NamedNode | None:
    if concept is None or (concept.broader is not None) != second:
        return None
    return iri.concept(concept)
