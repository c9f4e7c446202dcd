"""A thing and the things below it as one tree of JSON-LD, shaped by a frame."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from budgetkg.export.compaction import Context, Json
from budgetkg.export.nodes import Nodes
from budgetkg.resources import directory
from budgetkg.vocab import DCTERMS, RDFS, SKOS

_FIRST = ("@id", "@type", "label", "title", "prefLabel")
_NAMES = (RDFS.label.value, DCTERMS.title.value, SKOS.prefLabel.value)


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a JSON-LD frame that are used here.

    ``never`` are the properties with ``@embed: @never``, ``reverse`` those under ``@reverse``.
    """

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
    """Makes trees of the things in some graphs."""

    nodes: Nodes
    context: Context
    frame: Frame

    def unfolded(self, node: str, above: tuple[str, ...] = ()) -> Json:
        """A node with all its statements, and with the nodes that they lead to unfolded in turn.

        ``above`` are the nodes on the way to this one: they aren't unfolded again.
        """
        tree: dict[str, Json] = {"@id": self.context.iri(node)}
        for predicate, values in self.nodes.statements(node).items():
            for value in values:
                self.context.state(
                    tree, predicate, value, lambda key, iri: self._below(key, iri, (*above, node))
                )
        for name in () if above else self.frame.reverse:
            predicate = self.context.expanded(name)
            sources = sorted(each.value for each in self.nodes.sources(node, predicate))
            trees = [self.unfolded(source, (node,)) for source in sources]
            tree["@reverse"] = {name: trees}
        return dict(sorted(tree.items(), key=lambda item: (_rank(item[0]), item[0])))

    def _below(self, key: str, node: str, above: tuple[str, ...]) -> Json:
        """What stands for a node: its tree, or its IRI with its names; ``None`` where the IRI is all."""
        if self.nodes.is_here(node) and key not in self.frame.never and node not in above:
            return self.unfolded(node, above)
        named: dict[str, Json] = {}
        for predicate in _NAMES:
            for value in self.nodes.values(node, predicate):
                self.context.state(named, predicate, value)
        return {"@id": self.context.iri(node), **named} if named else None


def _rank(key: str) -> int:
    return _FIRST.index(key) if key in _FIRST else len(_FIRST)


def with_context(tree: Json, context: Context) -> Json:
    """The tree with the part of the context that it uses, so that the file can be read by itself."""
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
