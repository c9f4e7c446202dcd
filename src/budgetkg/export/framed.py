"""Framed JSON-LD for readers without RDF: a file for each project and department.

A plan or self-evaluation that names no department has a file of its own.

The frames in ``ontology/frames/`` say which things are unfolded inside others. Every file holds the
part of the context that it uses, so that it needs no network and gives the same triples as the graph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from budgetkg.export.compaction import Context, Json
from budgetkg.export.files import write_json
from budgetkg.export.nodes import Nodes
from budgetkg.export.pieces import Reference, document_pieces
from budgetkg.export.trees import Tree, read_frame, with_context
from budgetkg.resources import directory
from budgetkg.store.generations import REFERENCE, Generation
from budgetkg.vocab import BKG, RDFS

INDEX = "index.json"

# Folder → frame.
_KINDS = {
    "projects": "project",
    "departments": "department",
    "plans": "plan",
    "self-evaluations": "self-evaluation",
}
# What a document states, each of which may name no department: folder → class.
_STATED = {"plans": BKG.BudgetPlan, "self-evaluations": BKG.SelfEvaluation}


def write(generation: Generation, folder: Path, *, spreadsheet: bool = False) -> None:
    """Write the files and an index of them."""
    context = Context(json.loads((directory("ontology") / "context.jsonld").read_bytes()))
    reference = Reference(generation.graph(REFERENCE))
    for kind in _KINDS:
        (folder / kind).mkdir()
    index: list[Json] = []
    for keys in _together(generation):
        part = replace(generation, only=keys)
        index += _files(b"".join(document_pieces(part, reference)), folder, context)
    for kind in _KINDS:
        if not any((folder / kind).iterdir()):
            (folder / kind).rmdir()
    write_json(folder / INDEX, sorted(index, key=lambda entry: str(entry["file"])))


def _together(generation: Generation) -> list[tuple[str, ...]]:
    """The keys of the documents of each department: one file holds them together, so one piece must."""
    groups: dict[tuple[str, str], list[str]] = {}
    for entry in generation.counted():
        who = str(entry["department"] or entry["key"])
        groups.setdefault((who, str(entry["district"])), []).append(entry["key"])
    return [tuple(keys) for _, keys in sorted(groups.items())]


def _files(data: bytes, folder: Path, context: Context) -> Iterator[Json]:
    together = _nodes(data)
    roots = [("projects", node) for node in together.of_class(BKG.Project.value)]
    departments: set[str] = set()
    for kind, stated in _STATED.items():
        for plan in together.of_class(stated.value):
            named = {each.value for each in together.values(plan, BKG.hasDepartment.value)}
            departments |= named
            roots += [] if named else [(kind, plan)]
    roots += [("departments", node) for node in sorted(departments)]
    for kind, node in roots:
        tree = Tree(together, context, read_frame(_KINDS[kind])).unfolded(node)
        file = f"{kind}/{_file_name(node)}.jsonld"
        write_json(folder / file, with_context(tree, context))
        names = together.values(node, RDFS.label.value)
        yield {"file": file, "id": node, "label": names[0].value if names else None}


def _nodes(data: bytes) -> Nodes:
    """The statements of a piece; what its documents describe is unfolded, other nodes are only named."""
    quads = set(pyoxigraph.parse(data, format=RdfFormat.N_QUADS))
    here = {
        quad.subject.value
        for quad in quads
        if isinstance(quad.subject, NamedNode) and not str(quad.graph_name).endswith(f"/{REFERENCE}>")
    }
    return Nodes(quads, frozenset(here))


def _file_name(node: str) -> str:
    """A file name from an IRI: its last part, for a project after the key of its document."""
    parts = node.rsplit("/", 4)
    return f"{parts[2]}-{parts[4]}" if parts[3] == "project" else parts[4]


WRITERS = {"framed": write}
