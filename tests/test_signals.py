"""Signals of quality: each is defined, counted by one query, and measured of a document by itself."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from tests.memory import store_of, texts

import budgetkg
from budgetkg.codelists import concepts
from budgetkg.export.quads import graph_lines
from budgetkg.forms import parse_document
from budgetkg.inference import document_signals
from budgetkg.inference.signals import measured
from budgetkg.inference.summaries import summaries
from budgetkg.mapping import DEFAULT_BASE, Statements, document_quads, literals
from budgetkg.queries import question, signal_queries
from budgetkg.records import DocumentRecord
from budgetkg.store.generations import current
from budgetkg.validation import validate_graph
from budgetkg.vocab import DQV

ROOT = Path(__file__).resolve().parent.parent
PANYU = ROOT / "examples" / "panyu-2024-projects.txt"
LIWAN = ROOT / "examples" / "liwan-2023-department.txt"


def record(path: Path) -> DocumentRecord:
    (found,) = parse_document(path.read_bytes(), path.name)
    return found


def test_each_metric_has_a_query_that_names_it() -> None:
    metrics = [metric.notation for metric in concepts("signal")]
    assert [(found.slug, found.metric) for found in signal_queries()] == [(name, name) for name in metrics]
    assert {found.columns for found in signal_queries()} == {("document", "count", "total")}


def test_what_else_is_in_the_graph_does_not_change_a_signal() -> None:
    alone = document_signals(document_quads(record(PANYU)), DEFAULT_BASE)
    both = [*document_quads(record(PANYU)), *document_quads(record(LIWAN))]
    assert set(alone) < set(document_signals(both, DEFAULT_BASE))


def test_nothing_to_count_is_no_measurement() -> None:
    # The department's form prints one value of each indicator: there is no pair to compare.
    store = Store()
    store.extend(document_quads(record(LIWAN)))
    found = {item.metric: item for item in measured(store)}
    assert "same-targets-both-periods" not in found
    assert found["reused-indicators"].value == Decimal("0.3529")


@pytest.mark.parametrize("path", [PANYU, LIWAN], ids=lambda path: path.stem)
def test_measurements_pass_their_shape(path: Path) -> None:
    import rdflib

    graph = rdflib.Graph()
    for quad in document_signals(document_quads(record(path)), DEFAULT_BASE):
        value = quad.object
        node = (
            rdflib.URIRef(str(value.value))
            if str(value).startswith("<")
            else rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))
        )
        graph.add((rdflib.URIRef(quad.subject.value), rdflib.URIRef(quad.predicate.value), node))
    assert validate_graph(graph).results == ()


def test_every_build_measures_all_documents_to_the_same_bytes(tmp_path: Path) -> None:
    both, one = tmp_path / "both", tmp_path / "one"
    report = budgetkg.build([PANYU, LIWAN], into=both)
    budgetkg.build([PANYU], into=one)
    budgetkg.build([LIWAN], into=one)
    written = [b"".join(graph_lines(current(folder), "signals")) for folder in (both, one)]
    assert written[0] == written[1]
    quads = list(parse(written[0], format=RdfFormat.N_QUADS))
    assert {quad.graph_name.value for quad in quads} == {f"{DEFAULT_BASE}graph/signals"}
    assert report.concluded is not None
    assert report.concluded.counts["signals"] == sum(quad.object == DQV.QualityMeasurement for quad in quads)
    rows = texts(question("document-signals").ask(store_of([record(PANYU), record(LIWAN)])))
    assert len(rows) == report.concluded.counts["signals"] == 11


@pytest.mark.parametrize("path", [PANYU, LIWAN], ids=lambda path: path.stem)
def test_what_no_query_names_changes_nothing(path: Path) -> None:
    graph, store = NamedNode(f"{DEFAULT_BASE}graph/signals"), Store()
    store.extend(document_quads(record(path)))
    made = document_signals(document_quads(record(path)), DEFAULT_BASE)
    shares = sorted(str(quad.object) for quad in made if quad.predicate == DQV.value)
    assert shares == sorted(str(literals.decimal(item.value)) for item in measured(store))
    summed = Statements(str(graph), tuple(summaries(store))).quads()
    assert {q for q in made if "/signal/" not in str(q.subject)} == set(summed)
