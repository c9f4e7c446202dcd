"""Views of the graph in other vocabularies, each made by CONSTRUCT queries of ``queries/export/``.

A query is asked piece by piece. Triples that several pieces give, such as the name of a funding source, come
from a query named ``…-codes``: these are remembered and written once. No other triple is in two pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from budgetkg.export.pieces import document_stores, triples
from budgetkg.resources import directory
from budgetkg.store.generations import Generation
from budgetkg.vocab import PREFIXES


def write_cube(generation: Generation, out: BinaryIO) -> None:
    """RDF Data Cube in Turtle: amounts and numbers of indicators, each as an observation."""
    _write(out, _cube(generation))


def write_annotations(generation: Generation, out: BinaryIO) -> None:
    """Web Annotation in Turtle: for each fact, where in which document it stands."""
    _write(out, _constructed(generation, ("web-annotation",)))


def _cube(generation: Generation) -> Iterator[Triple]:
    structure = directory("ontology") / "cube" / "structure.ttl"
    for quad in pyoxigraph.parse(path=str(structure), format=RdfFormat.TURTLE):
        yield quad.triple
    yield from _constructed(generation, ("cube-codes", "cube-amounts", "cube-indicators"))


def _constructed(generation: Generation, names: tuple[str, ...]) -> Iterator[Triple]:
    texts = {name: _query(name).read_text(encoding="utf-8") for name in names}
    known: set[Triple] = set()
    for store in document_stores(generation):
        for name, text in texts.items():
            constructed = triples(store, text)
            if name.endswith("-codes"):
                constructed = [triple for triple in constructed if triple not in known]
                known.update(constructed)
            yield from constructed


def _query(name: str) -> Path:
    return directory("queries") / "export" / f"{name}.rq"


def _write(out: BinaryIO, statements: Iterator[Triple]) -> None:
    pyoxigraph.serialize(statements, out, RdfFormat.TURTLE, prefixes=PREFIXES)


WRITERS = {"cube": write_cube, "web-annotation": write_annotations}
