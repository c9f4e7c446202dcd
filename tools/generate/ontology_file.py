"""The ontology as it is published: its files joined into one in Turtle."""

from __future__ import annotations

from budgetkg.resources import PUBLISHED_FILES, directory
from tools.generate.terms import prefixes

_BASE = "@base <https://w3id.org/budgetkg/> ."


def render() -> str:
    """The files with their comments, below one base and one table of prefixes."""
    bodies = [_body((directory("ontology") / name).read_text(encoding="utf-8")) for name in PUBLISHED_FILES]
    text = "\n\n".join(bodies)
    table = [f"@prefix {name}: <{iri}> ." for name, iri in prefixes().items() if f"{name}:" in text]
    return "\n".join([_BASE, *table, "", text]) + "\n"


def _body(text: str) -> str:
    """The text of a file without its base and prefixes."""
    lines = [line for line in text.splitlines() if not line.startswith(("@base ", "@prefix "))]
    return "\n".join(lines).strip()
