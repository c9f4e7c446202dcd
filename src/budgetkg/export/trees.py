"""A thing with all that belongs to it as one tree of JSON-LD, as a frame says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, NamedNode

from budgetkg.export.compaction import Context, Json, put
from budgetkg.export.nodes import Nodes, Value
from budgetkg.resources import directory
from budgetkg.vocab import DCTERMS, RDF, RDFS, SKOS

_FIRST = ("@id", "@type", "label", "title", "prefLabel")
_NAMES = (RDFS.label.value, DCTERMS.title.value, SKOS.prefLabel.value)


@dataclass(frozen=True, slots=True)
class Frame:
    """What we use of a JSON-LD frame: properties with ``@embed: @never``, and those under ``@reverse``."""

    never: frozenset[str]
    reverse: tuple[str, ...]


def read_frame(name: str) -> Frame:
    """Read a frame of ``ontology/frames/``."""
    document = json.loads((directory("ontology") / "frames" / f"{name}.json").read_bytes())
    never = frozenset(key for key, value in _entries(document) if value.get("@embed") == "@never")
    return Frame(never, tuple(document.get("@reverse", {})))


def _entries(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, value in document.items():
        if isinstance(value, dict):
            yield key, value
            yield from _entries(value)


@dataclass(slots=True)
class Tree:
    """Unfolds things of some graphs."""

    nodes: Nodes
    context: Context
    frame: Frame

    def unfolded(self, node: str, above: tuple[str, ...] = ()) -> Json:
        """A node with all its statements, and the nodes below it unfolded in turn."""
        tree: dict[str, Json] = {"@id": self.context.iri(node)}
        for predicate, values in self.nodes.statements(node).items():
            for value in values:
                self._put(tree, predicate, value, (*above, node))
        for name in () if above else self.frame.reverse:
            predicate = self.context.expanded(name)
            sources = sorted(each.value for each in self.nodes.sources(node, predicate))
            trees = [self.unfolded(source, (node,)) for source in sources]
            tree["@reverse"] = {name: trees}
        return dict(sorted(tree.items(), key=lambda item: (_rank(item[0]), item[0])))

    def _put(self, tree: dict[str, Json], predicate: str, value: Value, above: tuple[str, ...]) -> None:
        if predicate == RDF.type.value and isinstance(value, NamedNode):
            put(tree, "@type", self.context.type_name(value.value), as_set=False)
            return
        key, language, compact = self.context.entry(predicate, value)
        if isinstance(value, NamedNode | BlankNode):
            compact = self._below(key, value.value, above) or compact
        if language is not None:
            tree = tree.setdefault(key, {})
        put(tree, language or key, compact, as_set=self.context.is_set(key))

    def _below(self, key: str, node: str, above: tuple[str, ...]) -> Json:
        """The value for a node: its tree if told in full, else its IRI with its names, if it has any."""
        if self.nodes.is_here(node) and key not in self.frame.never and node not in above:
            return self.unfolded(node, above)
        named: dict[str, Json] = {}
        for predicate in _NAMES:
            for value in self.nodes.values(node, predicate):
                self._put(named, predicate, value, above)
        return {"@id": self.context.iri(node), **named} if named else None


def _rank(key: str) -> int:
    return _FIRST.index(key) if key in _FIRST else len(_FIRST)


def with_context(tree: Json, context: Context) -> Json:
    """The tree with the part of the context that it uses: a file that needs nothing else."""
    terms = set(_keys(tree)) & set(context.definitions)
    used = {name: context.definitions[name] for name in sorted(terms)}
    text = json.dumps([tree, used], ensure_ascii=False)
    prefixes = {name: value for name, value in context.definitions.items() if f'"{name}:' in text}
    return {"@context": {"@version": 1.1, **prefixes, **used}, **tree}


def _keys(tree: Json) -> Iterable[str]:
    if isinstance(tree, list):
        for each in tree:
            yield from _keys(each)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from _keys(value)
        types = tree.get("@type", ())
        yield from [types] if isinstance(types, str) else types
