"""Summaries: each mark has its query, and what they say agrees with what the documents' graphs hold."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, Store

from budgetkg.codelists import concepts
from budgetkg.forms import parse_document
from budgetkg.inference.summaries import summaries
from budgetkg.mapping import Statements, document_quads
from budgetkg.queries import summary_queries
from budgetkg.vocab import BKG, RDF

SAMPLES = Path(__file__).resolve().parent.parent / "examples"
GRAPH = NamedNode("https://example.org/graph")


@cache
def store(name: str) -> Store:
    path = SAMPLES / name
    found = Store()
    found.extend(
        quad for record in parse_document(path.read_bytes(), path.name) for quad in document_quads(record)
    )
    return found


@cache
def said(name: str) -> tuple[Quad, ...]:
    return tuple(Statements(str(GRAPH), tuple(summaries(store(name)))).quads())


def values(quads: tuple[Quad, ...], subject: object, predicate: NamedNode) -> list[str]:
    found = (quad.object for quad in quads if quad.subject == subject and quad.predicate == predicate)
    return [term.value for term in found if isinstance(term, NamedNode | Literal)]


NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in {".txt", ".csv"})


def test_each_mark_is_written_by_the_query_of_its_name() -> None:
    texts = {query.slug: query.text for query in summary_queries()}
    written = {
        one.notation
        for one in concepts("mark")
        if any(f"mark:{one.notation}" in text for text in texts.values())
    }
    assert written == {one.notation for one in concepts("mark")}
    assert all(query.summary and query.summary_zh for query in summary_queries())
    assert all(isinstance(Store().query(query.sparql()), QueryTriples) for query in summary_queries())


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_is_tallied_once_by_kind_and_once_by_tier(name: str) -> None:
    quads = said(name)
    listed = sorted(
        quad.object.value for quad in store(name).quads_for_pattern(None, BKG.listsIndicator, None)
    )
    tallied: dict[bool, list[str]] = defaultdict(list)
    for node in {quad.subject for quad in quads if quad.object == BKG.Tally}:
        things = values(quads, node, BKG.talliedThings)[0].split()
        assert [str(len(things))] == values(quads, node, BKG.tallyCount)
        concept = values(quads, node, BKG.hasTalliedConcept)
        if not concept or "/target-kind/" in concept[0]:
            tallied[bool(concept)] += things
    assert sorted(tallied[True]) == sorted(tallied[False]) == listed


@pytest.mark.parametrize("name", NAMES)
def test_a_summary_speaks_of_what_the_document_has(name: str) -> None:
    there = {quad.subject for quad in store(name).quads_for_pattern(None, RDF.type, None)}
    for quad in said(name):
        if quad.predicate == BKG.hasMark:
            assert quad.subject in there
        if quad.predicate == BKG.isTallyOf:
            assert any(store(name).quads_for_pattern(None, BKG.statesPlan, quad.object))


def test_the_same_document_gives_the_same_summaries() -> None:
    again = tuple(summaries(store(NAMES[0])))
    assert sorted(again) == sorted(str(quad.triple) for quad in said(NAMES[0]))
    assert len(set(again)) == len(again)
