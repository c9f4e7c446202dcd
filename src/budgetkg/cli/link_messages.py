"""What the commands that join the graph with others' data say, in both languages."""

from __future__ import annotations

# key: (English, Chinese)
CATALOGUE: dict[str, tuple[str, str]] = {
    "match": (
        "Find which concept of one SKOS code list is which of another.",
        "找出两份 SKOS 代码表中相互对应的概念。",
    ),
    "arg-list": (
        "A code list in SKOS: Turtle, TriG, N-Triples, RDF/XML or JSON-LD.",
        "SKOS 代码表：Turtle、TriG、N-Triples、RDF/XML 或 JSON-LD。",
    ),
}
