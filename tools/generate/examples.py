"""Uses of each term in the sample documents: a few statements, the same ones on every run."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from pyoxigraph import Literal, Quad

from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads
from tools.generate.repository import checkout
from tools.generate.terms import RDF_TYPE, RDFS, curie, prefixes

# Uses shown for a term.
MOST = 3
# Properties whose value names a thing for a reader: its label, or words printed for it.
_NAMING = frozenset(
    (RDFS + "label", *(prefixes()["bkg"] + name for name in ("targetPrinted", "goalText", "amountPrinted")))
)
# Characters of a shown text.
_LONGEST = 90


@cache
def examples() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """By IRI of a class or property (subject, value, file) of some uses, from as many samples as possible."""
    uses: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for path in sorted((checkout() / "examples").glob("*.txt")):
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
