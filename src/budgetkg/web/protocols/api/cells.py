"""Terms as JSON: counts as numbers, truth as truth, amounts as text because JSON's numbers aren't exact."""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import Literal

from budgetkg.store.results import Term
from budgetkg.vocab import XSD

Cell: TypeAlias = str | int | bool | None


def cell(term: Term | None) -> Cell:
    """One term."""
    if term is None or not isinstance(term, Literal):
        return None if term is None else str(getattr(term, "value", term))
    if term.datatype == XSD.boolean:
        return term.value in ("true", "1")
    return int(term.value) if term.datatype == XSD.integer else term.value
