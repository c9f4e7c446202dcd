"""Compact JSON-LD with our context inlined: one object per named graph, written graph by graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from budgetkg.export.compaction import Context, Json
from budgetkg.export.quads import graph_files, readable_graph
from budgetkg.resources import directory
from budgetkg.store.generations import Generation


def write(generation: Generation, out: BinaryIO) -> None:
    """Write the format to a stream.

    The context stands in the file itself: reading it needs no network.
    """
    context = Context(json.loads((directory("ontology") / "context.jsonld").read_bytes()))
    out.write(b'{\n"@context": ' + _json(context.definitions) + b',\n"@graph": [')
    separator = b"\n"
    for path in graph_files(generation):
        for name, nodes in _named_graphs(path, context):
            lines = b",\n".join(map(_json, nodes))
            out.write(separator + b'{"@id": ' + _json(name) + b', "@graph": [\n' + lines + b"\n]}")
            separator = b",\n"
    out.write(b"\n]\n}\n")


def _named_graphs(path: Path, context: Context) -> Iterator[tuple[str, list[Json]]]:
    quads = sorted(readable_graph(path), key=lambda quad: str(quad.graph_name))
    for name, graph_quads in groupby(quads, key=lambda quad: quad.graph_name):
        yield context.iri(str(name)[1:-1]), _nodes(list(graph_quads), context)


def _nodes(quads: list[Quad], context: Context) -> list[Json]:
    by_subject = groupby(quads, key=lambda quad: quad.subject)
    return [_node(list(node_quads), context) for _, node_quads in by_subject]


def _node(quads: list[Quad], context: Context) -> Json:
    subject = quads[0].subject
    node: dict[str, Json] = {
        "@id": str(subject) if isinstance(subject, BlankNode) else context.iri(str(subject)[1:-1])
    }
    for quad in quads:
        if isinstance(quad.object, NamedNode | BlankNode | Literal):
            context.state(node, quad.predicate.value, quad.object)
    return node


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": ")).encode()


WRITERS = {"jsonld": write}
