"""The shapes for other engines: one file, with the prefixes of its queries.

Some engines, Jena's among them, take one message a constraint: ``language`` keeps those of one.
"""

from __future__ import annotations

from rdflib import Graph, Literal
from rdflib.namespace import SH

from budgetkg.resources import directory

PARTS = {"core": ("core",), "sparql": ("sparql",), "all": ("core", "sparql")}
"""What may be asked for: shapes of SHACL Core, those that need SHACL-SPARQL, or both."""

LANGUAGES = ("zh", "en")


def shapes_turtle(part: str, language: str | None = None) -> bytes:
    """The shapes of a part as Turtle, the same bytes each time."""
    graph = Graph()
    for folder in PARTS[part]:
        for path in sorted((directory("shapes") / folder).glob("*.ttl")):
            graph.parse(path, format="turtle")
    if language is not None:
        for triple in list(graph.triples((None, SH.message, None))):
            if isinstance(triple[2], Literal) and triple[2].language != language:
                graph.remove(triple)
    return graph.serialize(format="turtle", encoding="utf-8")
