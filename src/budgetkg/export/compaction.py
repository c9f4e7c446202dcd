"""Compacting RDF terms by a JSON-LD context: the part of the algorithm that our context uses.

A term is taken only where its definition says exactly what the value is (IRI, datatype, language);
whatever no term fits is written out with a prefixed name and an explicit value object. So a
reader gets the same RDF back whatever the context holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from budgetkg.vocab import RDF, XSD

Json: TypeAlias = Any

_REMEMBERED = 20_000
"""IRIs whose compact form is kept."""


@dataclass(frozen=True, slots=True)
class ContextTerm:
    """A term of the context: its IRI, and the datatype, language and container of its values."""

    name: str
    iri: str
    coercion: str | None
    language: str | None
    container: frozenset[str]


class Context:
    """The prefixes and terms of one context document."""

    def __init__(self, document: Json) -> None:
        definitions: dict[str, Json] = document["@context"]
        self.definitions = definitions
        self._prefixes = {
            name: value
            for name, value in definitions.items()
            if isinstance(value, str) and not name.startswith("@") and value[-1:] in "/#:?"
        }
        self._starts = sorted(
            ((start, name) for name, start in self._prefixes.items()),
            key=lambda each: (len(each[0]), each[1]),
            reverse=True,
        )
        # A file names the same properties, classes and things again and again.
        self._named = lru_cache(maxsize=_REMEMBERED)(self._prefixed)
        self._terms: dict[str, list[ContextTerm]] = {}
        self._names: dict[str, str] = {}
        for name, value in sorted(definitions.items()):
            if not name.startswith("@") and name not in self._prefixes:
                self._add(self._term(name, value))

    def iri(self, iri: str) -> str:
        """An IRI as a prefixed name, by the longest prefix that fits."""
        return self._named(iri)

    def _prefixed(self, iri: str) -> str:
        for start, name in self._starts:
            if iri.startswith(start) and iri != start:
                rest = iri[len(start) :]
                return iri if rest.startswith("//") else f"{name}:{rest}"
        return iri

    def type_name(self, iri: str) -> str:
        """A class as its term, else as a prefixed name."""
        return self._names.get(iri) or self.iri(iri)

    def entry(self, predicate: str, value: NamedNode | BlankNode | Literal) -> tuple[str, str | None, Json]:
        """Key, language key (for a language map) and compacted value of one statement."""
        for term in self._terms.get(predicate, ()):
            fits, compact = self._coerced(term, value)
            if fits:
                language = (
                    value.language if isinstance(value, Literal) and "@language" in term.container else None
                )
                return term.name, language, compact
        return self.iri(predicate), None, self._explicit(value)

    def state(
        self,
        node: dict[str, Json],
        predicate: str,
        value: NamedNode | BlankNode | Literal,
        embed: Callable[[str, str], Json] | None = None,
    ) -> None:
        """Add one statement to a node object.

        ``embed`` gets the key and the IRI of a value that is a node; what it returns, if anything, stands
        in the value's place.
        """
        if predicate == RDF.type.value and isinstance(value, NamedNode):
            put(node, "@type", self.type_name(value.value), as_set=False)
            return
        key, language, compact = self.entry(predicate, value)
        if embed is not None and isinstance(value, NamedNode | BlankNode):
            compact = embed(key, value.value) or compact
        holder = node if language is None else node.setdefault(key, {})
        put(holder, language or key, compact, as_set=self.is_set(key))

    def expanded(self, name: str) -> str:
        """The IRI of a term of the context."""
        definition = self.definitions[name]
        return self._expanded(definition if isinstance(definition, str) else definition["@id"])

    def is_set(self, key: str) -> bool:
        """Whether the values of a key always stand in an array."""
        definition = self.definitions.get(key)
        return isinstance(definition, dict) and "@set" in _container(definition)

    def _add(self, term: ContextTerm) -> None:
        self._terms.setdefault(term.iri, []).append(term)
        if term.coercion is None and term.language is None:
            self._names.setdefault(term.iri, term.name)

    def _term(self, name: str, value: Json) -> ContextTerm:
        definition = {"@id": value} if isinstance(value, str) else value
        language = definition.get("@language")
        coercion = definition.get("@type")
        return ContextTerm(
            name=name,
            iri=self._expanded(definition.get("@id", name)),
            coercion=self._expanded(coercion) if coercion else None,
            language=language.lower() if language else None,
            container=_container(definition),
        )

    def _expanded(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        return self._prefixes[prefix] + rest if colon and prefix in self._prefixes else name

    def _coerced(self, term: ContextTerm, value: NamedNode | BlankNode | Literal) -> tuple[bool, Json]:
        if not isinstance(value, Literal):
            if term.coercion not in ("@id", "@vocab"):
                return False, None
            return True, self._reference(value)
        if "@language" in term.container:
            return value.language is not None, value.value
        if value.language is not None:
            return value.language == term.language, value.value
        if value.datatype.value == XSD.string.value:
            return term.coercion in (None, XSD.string.value) and term.language is None, value.value
        return term.coercion == value.datatype.value, value.value

    def _explicit(self, value: NamedNode | BlankNode | Literal) -> Json:
        if not isinstance(value, Literal):
            return {"@id": self._reference(value)}
        if value.language is not None:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == XSD.string.value:
            return {"@value": value.value}
        return {"@value": value.value, "@type": self.iri(value.datatype.value)}

    def _reference(self, value: NamedNode | BlankNode) -> str:
        return str(value) if isinstance(value, BlankNode) else self.iri(value.value)


def _container(definition: dict[str, Json]) -> frozenset[str]:
    container = definition.get("@container", ())
    return frozenset({container} if isinstance(container, str) else container)


def put(holder: dict[str, Json], key: str, value: Json, *, as_set: bool) -> None:
    """Add a value under a key: one stands alone, several (or any with ``as_set``) stand in an array."""
    if key not in holder:
        holder[key] = [value] if as_set else value
    elif isinstance(holder[key], list):
        holder[key].append(value)
    else:
        holder[key] = [holder[key], value]
