"""The things that names are reconciled with, found by pairs of characters that a name shares with theirs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from budgetkg.links.similarity import nearness
from budgetkg.resources import internal_query
from budgetkg.store.results import Solutions
from budgetkg.text import comparison_key
from budgetkg.web.addresses import iri_of, path_of
from budgetkg.web.asking import Site

_LOOKED_AT = 200
"""Things whose names are compared in full: those that share most pairs of characters."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing by its IRI's path, with its class's name, its main name and the folded forms of all names."""

    id: str
    type: str
    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """All things, and for each pair of characters those that have it in a name."""

    base: str
    things: tuple[Thing, ...]
    places: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, list[int]] = field(default_factory=dict)

    def by_id(self, name: str) -> Thing | None:
        """A thing by its path or its whole IRI."""
        path = path_of(name, self.base) if ":" in name else name
        place = self.places.get(path or "")
        return None if place is None else self.things[place]

    def iri(self, thing: Thing) -> NamedNode:
        """Its IRI."""
        return NamedNode(iri_of(thing.id, self.base) or self.base + thing.id)

    def near(self, text: str, types: Collection[str], most: int) -> list[tuple[float, Thing]]:
        """The things whose names come nearest, with scores from 0 to 100; of any type where none is named."""
        key = folded(text)
        shared = Counter(place for pair in pairs_of(key) for place in self.pairs.get(pair, ()))
        fitting = [
            (count, place) for place, count in shared.items() if not types or self.things[place].type in types
        ]
        chosen = sorted(fitting, key=lambda one: (-one[0], len(self.things[one[1]].name), one[1]))
        scored = [
            (round(nearness(key, self.things[place].keys), 1), self.things[place])
            for _, place in chosen[:_LOOKED_AT]
        ]
        return sorted(scored, key=lambda one: (-one[0], len(one[1].name), one[1].id))[:most]

    def beginning(self, text: str, most: int) -> list[Thing]:
        """Things with a name that begins with these words, then those that hold them, then the nearest."""
        key = folded(text)
        if not key:
            return []
        ranked = [
            (0 if any(name.startswith(key) for name in thing.keys) else 1, len(thing.name), thing.id, thing)
            for thing in self.things
            if any(key in name for name in thing.keys)
        ]
        found = [one[3] for one in sorted(ranked, key=lambda one: one[:3])]
        more = [thing for _, thing in self.near(text, (), most) if thing not in found[:most]]
        return [*found, *more][:most]


def folded(text: str) -> str:
    """The form in which names are compared: without white space, width or case."""
    return comparison_key(text).casefold()


def pairs_of(key: str) -> set[str]:
    """Each two characters that stand side by side, and a single one at the beginning."""
    return {key[:1], *(key[place : place + 2] for place in range(len(key) - 1))} - {""}


async def index_of(site: Site) -> Index:
    """The index of the graph as it is now."""

    async def make() -> Index:
        return made(await site.rows(internal_query("reconcilable")), site.base)

    return await site.made("reconciliation", make)


def made(answer: Solutions, base: str) -> Index:
    """The index of the rows of ``queries/internal/reconcilable.rq``."""
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node, kind, name, _ in answer.rows:
        if isinstance(node, NamedNode) and isinstance(kind, NamedNode) and isinstance(name, Literal):
            names[node.value, kind.value.rpartition("#")[2]].append(name.value)
    things = tuple(_things(names, base))
    pairs: dict[str, list[int]] = defaultdict(list)
    for place, thing in enumerate(things):
        for pair in sorted({pair for key in thing.keys for pair in pairs_of(key)}):
            pairs[pair].append(place)
    return Index(base, things, {thing.id: place for place, thing in enumerate(things)}, dict(pairs))


def _things(names: dict[tuple[str, str], list[str]], base: str) -> Iterable[Thing]:
    for (iri, kind), texts in names.items():
        path = path_of(iri, base)
        if path is not None:
            keys = tuple(dict.fromkeys(key for text in texts if (key := folded(text))))
            yield Thing(path, kind, texts[0], keys)
