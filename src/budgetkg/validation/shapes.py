"""The shapes of a validation: their triples, and what a report repeats of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from budgetkg.resources import directory, shape_files
from budgetkg.validation.report import bracketed
from budgetkg.vocab import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph

Node: TypeAlias = NamedNode | BlankNode | Literal | Triple
_SH = "http://www.w3.org/ns/shacl#"
_PATH, _MESSAGE, _SPARQL = (NamedNode(_SH + name) for name in ("path", "message", "sparql"))
_FIRST, _REST = (NamedNode(PREFIXES["rdf"] + name) for name in ("first", "rest"))
_SEE_ALSO = NamedNode(PREFIXES["rdfs"] + "seeAlso")
_HOLE = re.compile(r"\{[?$]\w+\}")


@dataclass(frozen=True, eq=False)
class Shapes:
    """Shapes as triples. ``packaged`` ones are ours, on which all engines are known to agree.

    Every shape and constraint of ours that can be reported has an IRI, and each hole in a message of
    ours is filled by a sum or an IRI; tests hold both.
    """

    triples: tuple[Triple, ...]
    packaged: bool = False

    @cached_property
    def ntriples(self) -> str:
        """The shapes as N-Triples."""
        return serialized(self.triples)

    @cached_property
    def _facts(self) -> dict[tuple[Node, NamedNode], list[Node]]:
        facts: dict[tuple[Node, NamedNode], list[Node]] = defaultdict(list)
        for triple in self.triples:
            facts[triple.subject, triple.predicate].append(triple.object)
        return facts

    def objects(self, node: Node, predicate: NamedNode) -> list[Node]:
        """What the shapes say of a node by one property."""
        return self._facts.get((node, predicate), [])

    def path(self, shape: Node) -> str | None:
        """The path of a property shape: an IRI, or Turtle where it is no single property."""
        return next((self.written(path) for path in self.objects(shape, _PATH)), None)

    def templates(self, node: Node) -> list[Literal]:
        """The messages of a shape or constraint, with their holes."""
        return [text for text in self.objects(node, _MESSAGE) if isinstance(text, Literal)]

    def findings(self, node: Node) -> tuple[str, ...]:
        """The kinds of findings that say the same (their notations)."""
        alike = (term for term in self.objects(node, _SEE_ALSO) if isinstance(term, NamedNode))
        return tuple(sorted(term.value.rpartition("/")[2] for term in alike))

    def written(self, path: Node) -> str:
        """A path as text."""
        if not isinstance(path, BlankNode):
            return getattr(path, "value", str(path))
        if self.objects(path, _FIRST):
            steps = " ".join(bracketed(self.written(step)) for step in self._items(path))
            return f"( {steps} )"
        ((predicate, inner),) = (
            (predicate, inner)
            for (subject, predicate), values in self._facts.items()
            if subject == path
            for inner in values
        )
        return f"[ <{predicate.value}> {bracketed(self.written(inner))} ]"

    def _items(self, listed: Node) -> Iterable[Node]:
        while found := self.objects(listed, _FIRST):
            yield found[0]
            listed = self.objects(listed, _REST)[0]


def fits(template: str, text: str) -> re.Match[str] | None:
    """The match of a message with its template; a group for what filled each hole."""
    parts = (re.escape(part) for part in _HOLE.split(template))
    return re.fullmatch("(.*)".join(parts), text, re.DOTALL)


def serialized(triples: Iterable[Triple]) -> str:
    """Triples as N-Triples."""
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def parsed(ntriples: str) -> list[Quad]:
    """N-Triples as terms."""
    return list(parse(ntriples.encode(), format=RdfFormat.N_TRIPLES))


_PACKAGED: list[Shapes] = []


def packaged() -> Shapes:
    """The packaged shapes, parsed once in a process."""
    if not _PACKAGED:
        _PACKAGED.append(Shapes(tuple(t for path in shape_files() for t in _parsed(path)), packaged=True))
    return _PACKAGED[0]


def others(triples: Iterable[Triple]) -> Shapes:
    """Somebody's shapes: their SPARQL constraints may take their prefixes from our table."""
    return Shapes((*triples, *_parsed(directory("ontology") / "prefixes.ttl")))


def of_graph(graph: Graph | None) -> Shapes:
    """The shapes in an rdflib graph; ``None`` means the packaged ones."""
    if graph is None:
        return packaged()
    text = graph.serialize(format="nt")
    return others(quad.triple for quad in parsed(text))


def _parsed(path: object) -> Iterable[Triple]:
    # Each file has blank nodes of its own.
    found = parse(path=str(path), format=RdfFormat.TURTLE, rename_blank_nodes=True)
    return [quad.triple for quad in found]
