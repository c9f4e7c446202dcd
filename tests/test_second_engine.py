"""The stored questions on rdflib: standard SPARQL, no habit of one engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, serialize
from rdflib.term import Node
from tests.memory import MemoryStore, store_of, texts

from budgetkg.forms import parse_document
from budgetkg.queries import Question, questions
from budgetkg.store.querytext import bound
from budgetkg.store.results import Answer, Solutions, Substitutions

ROOT = Path(__file__).resolve().parent.parent
# rdflib warns of its own internals.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def term(node: Node | None) -> Literal | NamedNode | None:
    if isinstance(node, rdflib.Literal):
        datatype = NamedNode(str(node.datatype)) if node.datatype else None
        language = str(node.language) if node.language else None
        return Literal(str(node), language=language) if language else Literal(str(node), datatype=datatype)
    return None if node is None else NamedNode(str(node))


class RdflibStore:
    """A dataset whose default graph is empty: queries must name their graphs."""

    def __init__(self, lines: bytes) -> None:
        self._dataset = rdflib.Dataset(default_union=False)
        self._dataset.parse(data=lines.decode(), format="nquads")

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        result = self._dataset.query(bound(text, substitutions or {}))
        rows = tuple(tuple(term(node) for node in row) for row in result if isinstance(row, tuple))
        return Solutions(tuple(map(str, result.vars or ())), rows)

    def graphs(self) -> tuple[str, ...]:
        return tuple(sorted(str(graph.identifier) for graph in self._dataset.graphs()))

    def close(self) -> None:
        """Nothing to let go of."""


@cache
def stores() -> tuple[MemoryStore, RdflibStore]:
    paths = sorted((ROOT / "examples").glob("*.txt"))
    first = store_of([record for path in paths for record in parse_document(path.read_bytes(), path.name)])
    lines = serialize(first.quads, format=RdfFormat.N_QUADS)
    assert isinstance(lines, bytes)
    return first, RdflibStore(lines)


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.slug)
def test_two_engines_agree(asked: Question) -> None:
    first, second = stores()
    assert sorted(texts(asked.ask(second))) == sorted(texts(asked.ask(first)))
