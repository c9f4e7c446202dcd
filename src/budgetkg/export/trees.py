"""A thing and the things below it as one tree of JSON-LD, shaped by a frame."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from budgetkg.export.compaction import Context, Json
from budgetkg.export.nodes import Nodes
from budgetkg.resources import directory
from budgetkg.vocab import DCTERMS, RDF, RDFS, SKOS

_FIRST = ("@id", "@type", "label", "title", "prefLabel")
_NAMES = (RDFS.label.value, DCTERMS.title.value, SKOS.prefLabel.value)


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a JSON-LD frame that are used here.

    ``below`` are the frames of the values of a property. ``named`` stands for ``@explicit: true``: only the
    names are given; ``iri`` for ``@embed: @never``. ``reverse`` are the frames under ``@reverse``.
    """

    below: Mapping[str, Frame]
    reverse: Mapping[str, Frame]
    named: bool = False
    iri: bool = False


def read_frame(name: str) -> Frame:
    """Read a frame of ``ontology/frames/``."""
    return _frame(json.loads((directory("ontology") / "frames" / f"{name}.json").read_bytes()))


def _frame(document: dict[str, Any]) -> Frame:
    return Frame(
        {key: _frame(value) for key, value in document.items() if isinstance(value, dict) and key[0] != "@"},
        {key: _frame(value) for key, value in document.get("@reverse", {}).items()},
        named=document.get("@explicit") is True,
        iri=document.get("@embed") == "@never",
    )


@dataclass(slots=True)
class Tree:
    """Makes trees of the things in some graphs."""

    nodes: Nodes
    context: Context
    frame: Frame

    def unfolded(self, node: str) -> Json:
        """A node with all its statements, and with the nodes that they lead to as the frame says."""
        return self._unfolded(node, self.frame, ())

    def _unfolded(self, node: str, frame: Frame, above: tuple[str, ...]) -> Json:
        """``above`` are the nodes on the way to this one: they aren't unfolded again."""
        tree: dict[str, Json] = {"@id": self.context.iri(node)}
        inner = (*above, node)
        for predicate, values in self.nodes.statements(node).items():
            for value in values:
                self.context.state(
                    tree, predicate, value, lambda key, iri: self._below(iri, frame.below.get(key), inner)
                )
        for name, below in frame.reverse.items():
            sources = sorted(each.value for each in self.nodes.sources(node, self.context.expanded(name)))
            tree["@reverse"] = {name: [self._unfolded(source, below, inner) for source in sources]}
        return dict(sorted(tree.items(), key=lambda item: (_rank(item[0]), item[0])))

    def _below(self, node: str, frame: Frame | None, above: tuple[str, ...]) -> Json:
        """What stands for a node: its tree, or IRI, class and names; ``None`` where the IRI is all."""
        if frame is None or frame.iri or node in above:
            return None
        if not frame.named and self.nodes.is_here(node):
            return self._unfolded(node, frame, above)
        named: dict[str, Json] = {}
        for predicate in (RDF.type.value, *_NAMES):
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
