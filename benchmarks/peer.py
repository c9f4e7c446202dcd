"""What a competent user would write today: rdflib graphs, pySHACL, rdflib queries and Turtle.

It starts from the same records, states the same triples under the same IRIs (run.py checks that
they are the same set), validates document by document against the same shapes, keeps everything in one
dataset and serialises that.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyshacl
from rdflib import RDF, Dataset, Graph, URIRef

from benchmarks.peer_mapping import Mapper
from budgetkg.vocab import PREFIXES

__all__ = ["Mapper", "ask", "load", "shapes", "turtle", "validate"]


def shapes(folder: Path) -> Graph:
    """The shapes as they stand in their files."""
    graph = Graph(bind_namespaces="none")
    for path in sorted(path for kind in ("core", "sparql") for path in (folder / kind).glob("*.ttl")):
        graph.parse(path)
    return graph


def validate(graph: Graph, rules: Graph) -> int:
    """The number of results of one document."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=rules, do_owl_imports=False)
    return sum(1 for _ in report.subjects(RDF.type, URIRef(PREFIXES["sh"] + "ValidationResult")))


def load(graphs: Mapping[str, Graph]) -> Dataset:
    """One dataset of named graphs, for the same queries."""
    dataset = Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    for name, graph in graphs.items():
        target = dataset.graph(URIRef(name))
        for triple in graph:
            target.add(triple)
    return dataset


def ask(dataset: Dataset, query: str) -> list[object]:
    """Every row of a stored query."""
    return list(dataset.query(query, initNs=PREFIXES))


def turtle(dataset: Dataset, path: Path) -> None:
    """The union as Turtle: rdflib writes a graph, so the named graphs are poured into one."""
    union = Graph()
    for prefix, namespace in PREFIXES.items():
        union.bind(prefix, namespace)
    for subject, predicate, value, _ in dataset.quads():
        union.add((subject, predicate, value))
    union.serialize(path, format="turtle")
