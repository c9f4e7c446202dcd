"""What a query answers, the same from every store: solutions, a truth value or triples."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Substitutions: TypeAlias = Mapping[str, "Term | tuple[Term, ...]"]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT, with ``None`` where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


Triples: TypeAlias = tuple[Triple, ...]
Answer: TypeAlias = Solutions | bool | Triples


@contextmanager
def rows_only() -> Iterator[None]:
    """Rows hold no cycles: while thousands are made, Python doesn't look for any.

    It would look again and again through all that it has: a tenth to a quarter of the time of 30,000 rows.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def solutions(answer: QuerySolutions) -> Solutions:
    """Take everything out of an engine's iterator, so that no store is held open by a result."""
    variables = answer.variables
    with rows_only():
        rows = tuple(map(tuple, answer))
    return Solutions(tuple(variable.value for variable in variables), rows)


def triples(answer: Iterable[Triple]) -> Triples:
    """Triples without repetition in a fixed order: engines answer a CONSTRUCT in any order."""
    return tuple(sorted(set(answer), key=str))
