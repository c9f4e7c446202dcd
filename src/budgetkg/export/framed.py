"""Framed JSON-LD: a file for each project and each department, to be read without knowing RDF.

The frames in ``ontology/frames/`` say how far a thing is unfolded. Every file holds the part of the
context that it uses, so that it is read without a network and gives the same triples as the graph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from budgetkg.export.compaction import Context, Json
from budgetkg.export.folders import write_json
from budgetkg.export.nodes import Nodes, document_nodes
from budgetkg.export.trees import Tree, read_frame, with_context
from budgetkg.resources import directory
from budgetkg.store.generations import Generation
from budgetkg.vocab import BKG, DCTERMS, RDFS

INDEX = "index.json"


def write(generation: Generation, folder: Path, *, spreadsheet: bool = False) -> None:
    """Write the files and an index of them."""
    context = Context(json.loads((directory("ontology") / "context.jsonld").read_bytes()))
    for kind in ("projects", "departments", "documents"):
        (folder / kind).mkdir()
    index: list[Json] = []
    for keys in _together(generation):
        part = replace(generation, only=keys)
        index += list(_files(part, folder, context))
    for kind in ("projects", "departments", "documents"):
        if not any((folder / kind).iterdir()):
            (folder / kind).rmdir()
    write_json(folder / INDEX, sorted(index, key=lambda entry: str(entry["file"])))


def _together(generation: Generation) -> list[tuple[str, ...]]:
    """The documents of each department, which one file holds together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for entry in generation.entries():
        who = str(entry["department"] or entry["key"])
        groups.setdefault((who, str(entry["district"])), []).append(entry["key"])
    return [tuple(keys) for _, keys in sorted(groups.items())]


def _files(part: Generation, folder: Path, context: Context) -> Iterator[Json]:
    together = Nodes.joined(nodes for _, nodes in document_nodes(part))
    roots = [("projects", "project", node) for node in together.of_class(BKG.Project.value)]
    departments: set[str] = set()
    for document in together.of_class(BKG.Document.value):
        found = [each.value for each in together.values(document, BKG.isAboutDepartment.value)]
        departments.update(found)
        if not found:
            roots.append(("documents", "document", document))
    roots += [("departments", "department", node) for node in sorted(departments)]
    for kind, frame, node in roots:
        tree = Tree(together, context, read_frame(frame)).unfolded(node)
        file = f"{kind}/{_file_name(node)}.jsonld"
        write_json(folder / file, with_context(tree, context))
        names = (*together.values(node, RDFS.label.value), *together.values(node, DCTERMS.title.value))
        yield {"file": file, "id": node, "label": names[0].value if names else None}


def _file_name(node: str) -> str:
    """The part of an IRI that tells things of a kind apart: document and project, or department."""
    parts = node.rsplit("/", 4)
    return f"{parts[2]}-{parts[4]}" if parts[3] == "project" else parts[4]
