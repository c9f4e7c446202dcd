"""How the terms are used in the samples: a few statements for each, the same ones every time."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from pyoxigraph import Literal, Quad

from budgetkg.errors import BudgetkgError
from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads
from budgetkg.resources import repository
from tools.generate.terms import RDF_TYPE, RDFS, curie, prefixes

MOST = 3
# By what a thing is known to a reader: its label, or the words printed in its place.
_NAMING = frozenset(
    (RDFS + "label", *(prefixes()["bkg"] + name for name in ("targetPrinted", "goalText", "amountPrinted")))
)
_LONGEST = 90


@cache
def examples() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """IRI of a class or property → (subject, what is said of it, file) from different samples first."""
    root = repository()
    if root is None:
        raise BudgetkgError("examples/: are in a checkout only")
    uses: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for path in sorted((root / "examples").glob("*.txt")):
        for record in parse_document(path.read_bytes(), path.name):
            for term, rows in _of(document_quads(record)).items():
                uses[term] += [(index, path.name, *row) for index, row in enumerate(rows[:MOST])]
    return {
        term: tuple((subject, value, file) for _, file, subject, value in sorted(rows)[:MOST])
        for term, rows in uses.items()
    }


def _of(quads: list[Quad]) -> dict[str, list[tuple[str, str]]]:
    labels = {
        quad.subject: quad.object.value
        for quad in quads
        if quad.predicate.value in _NAMING and isinstance(quad.object, Literal)
    }

    def shown(node: object) -> str:
        if isinstance(node, Literal):
            return _cut(node.value)
        name = curie(str(getattr(node, "value", node)))
        return f"{_cut(labels[node])} ({name})" if node in labels else name  # type: ignore[index]

    uses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for quad in quads:
        kind = quad.predicate.value == RDF_TYPE
        term = str(getattr(quad.object, "value", "")) if kind else quad.predicate.value
        row = (shown(quad.subject), "" if kind else shown(quad.object))
        if len(uses[term]) < MOST and row not in uses[term]:
            uses[term].append(row)
    return uses


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
