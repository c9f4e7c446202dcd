"""How answers are shown: rows numbered, amounts and shares with their decimals, labels as plain text."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from pyoxigraph import Literal

from budgetkg.store.results import Solutions, Term
from budgetkg.vocab import XSD

# By the name of a column: SUM gives 55200 where a budget prints 55200.00.
# A target of 2124 is shown as 2124 whether an engine writes 2124 or 2124.00.
_NO_IDLE_ZEROS = Decimal(0)
_DECIMALS = (
    (re.compile(r"(?:.*_)?yuan|yuan_per_.*|strength"), Decimal("0.01")),
    (re.compile(r"(?:.*_)?share(?:_.*)?|similarity"), Decimal("0.0001")),
    (re.compile(r"value|upper|quantity"), _NO_IDLE_ZEROS),
)


def presented(answer: Solutions, *, plain: bool = False) -> Solutions:
    """Amounts with two decimals and shares with four; the names of the columns decide which is which.

    ``plain`` takes the language off labels: a stored question says it in the names of its columns.
    """
    places = [next((d for p, d in _DECIMALS if p.fullmatch(name)), None) for name in answer.variables]
    rows = (tuple(map(_rounded, map(_plain, row) if plain else row, places)) for row in answer.rows)
    return replace(answer, rows=tuple(rows))


def _plain(term: Term | None) -> Term | None:
    return Literal(term.value) if isinstance(term, Literal) and term.language else term


def numbered(answer: Solutions, name: str | None) -> Solutions:
    """The rows with a first column that numbers them."""
    if name is None:
        return answer
    numbers = (Literal(str(place), datatype=XSD.integer) for place in range(1, len(answer.rows) + 1))
    rows = tuple((number, *row) for number, row in zip(numbers, answer.rows, strict=True))
    return Solutions((name, *answer.variables), rows)


def without(answer: Solutions, names: Collection[str]) -> Solutions:
    """The answer without some of its columns."""
    kept = [place for place, name in enumerate(answer.variables) if name not in names]
    rows = (tuple(row[place] for place in kept) for row in answer.rows)
    return Solutions(tuple(answer.variables[place] for place in kept), tuple(rows))


def _rounded(term: Term | None, places: Decimal | None) -> Term | None:
    if places is None or not isinstance(term, Literal):
        return term
    try:
        number = Decimal(term.value)
        exact = number.normalize() if places is _NO_IDLE_ZEROS else number.quantize(places, ROUND_HALF_UP)
        return Literal(f"{exact:f}", datatype=XSD.decimal)
    except InvalidOperation:
        return term
