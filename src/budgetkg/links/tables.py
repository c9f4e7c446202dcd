"""Matches as a table and as statements, the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from budgetkg.errors import UnknownName
from budgetkg.links.matching import Match
from budgetkg.vocab import PREFIXES

COLUMNS = ("source", "target", "relation", "score", "method")
FORMATS = ("csv", "turtle")


def written(matches: Iterable[Match], format: str) -> str:
    """Matches as CSV, or as statements of SKOS in Turtle."""
    if format not in FORMATS:
        raise UnknownName("matches-as", format=format, known=FORMATS)
    return _csv(matches) if format == "csv" else _turtle(matches)


def _csv(matches: Iterable[Match]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for match in matches:
        writer.writerow((match.source, match.target, match.relation, f"{match.score:.4f}", match.method))
    return stream.getvalue()


def _turtle(matches: Iterable[Match]) -> str:
    triples = [
        Triple(NamedNode(match.source), NamedNode(PREFIXES["skos"] + match.relation), NamedNode(match.target))
        for match in matches
    ]
    prefixes = {"skos": PREFIXES["skos"]}
    triples.sort(key=str)
    return (pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
