"""Matches as a CSV table, and as SKOS statements in Turtle."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

from budgetkg.errors import UnknownName
from budgetkg.export.files import csv_text
from budgetkg.links.matching import Match
from budgetkg.vocab import PREFIXES

COLUMNS = ("source", "target", "relation", "score", "method")
FORMATS = ("csv", "turtle")


def written(matches: Iterable[Match], format: str) -> str:
    """Matches in one of :data:`FORMATS`; raises :class:`UnknownName` for another."""
    if format not in FORMATS:
        raise UnknownName("matches-as", format=format, known=FORMATS)
    return _csv(matches) if format == "csv" else _turtle(matches)


def _csv(matches: Iterable[Match]) -> str:
    rows = (
        (match.source, match.target, match.relation, f"{match.score:.4f}", match.method) for match in matches
    )
    return csv_text(COLUMNS, rows)


def _turtle(matches: Iterable[Match]) -> str:
    triples = [
        Triple(NamedNode(match.source), NamedNode(PREFIXES["skos"] + match.relation), NamedNode(match.target))
        for match in matches
    ]
    prefixes = {"skos": PREFIXES["skos"]}
    triples.sort(key=str)
    return (pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
