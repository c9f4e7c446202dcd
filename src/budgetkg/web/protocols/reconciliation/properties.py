"""What is known of the things: the properties that the query's header names, asked for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode

from budgetkg.queries import header_of
from budgetkg.resources import internal_query
from budgetkg.vocab import XSD
from budgetkg.web.addresses import path_of
from budgetkg.web.asking import Site
from budgetkg.web.protocols.reconciliation.index import Index, Thing

_QUERY = "reconcilable-properties"
Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the things of a type, by the name that requests use."""

    id: str
    types: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value: a thing with its label, a number, or text."""

    text: str
    label: str = ""
    path: str = ""
    is_number: bool = False

    def json(self) -> Json:
        """The value as data extension gives it."""
        if self.path:
            return {"id": self.path, "name": self.label or self.path}
        return {"float": float(self.text)} if self.is_number else {"str": self.text}


Known: TypeAlias = dict[tuple[str, str], list[Value]]


@cache
def properties() -> tuple[Property, ...]:
    """All properties, in the order of the header."""
    types: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for line in header_of(internal_query(_QUERY)).get("property", ()):
        said, english, chinese = (part.strip() for part in line.split("|"))
        kind, name = said.split()
        types[name].append(kind)
        names.setdefault(name, f"{chinese} {english}")
    return tuple(Property(name, tuple(types[name]), names[name]) for name in names)


async def known_of(site: Site, index: Index, things: Iterable[Thing]) -> Known:
    """The values of every property of some things, by the thing's path and the property's name."""
    wanted = {index.iri(thing): thing.id for thing in things}
    if not wanted:
        return {}
    nodes = tuple(sorted(wanted, key=str))
    answer = await site.rows(internal_query(_QUERY), {"thing": nodes})
    known: Known = defaultdict(list)
    for thing, name, value, label in answer.rows:
        if isinstance(thing, NamedNode) and isinstance(name, Literal):
            known[wanted[thing], name.value].append(_value(value, label, index.base))
    return dict(known)


def _value(value: object, label: object, base: str) -> Value:
    said = label.value if isinstance(label, Literal) else ""
    if isinstance(value, NamedNode):
        return Value(value.value, said, path_of(value.value, base) or value.value)
    if isinstance(value, Literal):
        return Value(value.value, is_number=value.datatype in (XSD.decimal, XSD.integer))
    return Value("")
