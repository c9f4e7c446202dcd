"""Check of an RDF Data Cube by the integrity constraints of its specification (``queries/cube/``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from budgetkg.errors import BudgetkgError
from budgetkg.queries import Question, integrity_constraints
from budgetkg.resources import internal_query
from budgetkg.store.querytext import bound
from budgetkg.store.results import Term, solutions
from budgetkg.vocab import PREFIXES

# The two constraints on hierarchies: each is asked once for every property that leads from parent to child
# ("false") or from child to parent ("true": the property is an inverse).
_ALONG = {"ic-20": "false", "ic-21": "true"}


@dataclass(frozen=True, slots=True)
class Breach:
    """A constraint that doesn't hold: its code, its text, and the thing that breaks it."""

    constraint: str
    summary: str
    thing: str


def breaches(path: Path) -> list[Breach]:
    """The breaches in a file of Turtle, in the order of the constraints' numbers.

    Raises :class:`BudgetkgError` for a file that can't be read.
    """
    store = Store()
    try:
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    except (OSError, SyntaxError) as error:
        raise BudgetkgError("at-path", path=path, reason=error) from error
    return [
        Breach(question.slug, question.summary, _text(row[0]))
        for question in integrity_constraints()
        for text in _texts(store, question)
        for row in _rows(store, text)
    ]


def _texts(store: Store, question: Question) -> list[str]:
    inverse = _ALONG.get(question.slug[:5])
    if inverse is None:
        return [question.text]
    hierarchies = _rows(store, internal_query("hierarchy-properties"))
    properties = [row[1] for row in hierarchies if _text(row[0]) == inverse and isinstance(row[1], NamedNode)]
    return [bound(question.text, {"property": each}) for each in properties]


def _rows(store: Store, text: str) -> tuple[tuple[Term | None, ...], ...]:
    answer = store.query(text, prefixes=PREFIXES)
    return solutions(answer).rows if isinstance(answer, QuerySolutions) else ()


def _text(term: Term | None) -> str:
    return str(getattr(term, "value", term))
