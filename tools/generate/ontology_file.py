"""The ontology as one Turtle file, as it is published.

The vocabulary, the axioms that need blank nodes, and the terms of other vocabularies that it uses, declared.
"""

from __future__ import annotations

from budgetkg.resources import PUBLISHED_FILES, directory
from tools.generate.terms import prefixes

_BASE = "@base <https://w3id.org/budgetkg/> ."


def render() -> str:
    """The files joined, with their comments, behind one table of prefixes: no clock, no serialiser."""
    bodies = [_body((directory("ontology") / name).read_text(encoding="utf-8")) for name in PUBLISHED_FILES]
    text = "\n\n".join(bodies)
    table = [f"@prefix {name}: <{iri}> ." for name, iri in prefixes().items() if f"{name}:" in text]
    return "\n".join([_BASE, *table, "", text]) + "\n"


def _body(text: str) -> str:
    """What stands below the head of a file: each begins with its base and its prefixes."""
    lines = [line for line in text.splitlines() if not line.startswith(("@base ", "@prefix "))]
    return "\n".join(lines).strip()
