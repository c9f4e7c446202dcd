"""Names that lead to a page: of districts, departments, themes and documents, wherever a table has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from budgetkg.report.years import Row
from budgetkg.resources import page_query
from budgetkg.web.asking import Site

_KINDS = {
    "district": "district", "other_district": "district", "district_a": "district", "district_b": "district",
    "division": "district", "department": "department", "other_department": "department",
    "department_a": "department", "department_b": "department", "theme": "theme", "theme_en": "theme",
    "document": "document", "file": "document", "meaning": "meaning", "meaning_zh": "meaning",
}  # fmt: skip
_ENGLISH = "_en"


@dataclass(frozen=True, slots=True)
class Names:
    """What names mean in this graph; a name that means several things leads nowhere."""

    things: Mapping[tuple[str, str], str]
    choices: Mapping[str, tuple[str, ...]]
    """The names of each kind, to choose among: ``district``, ``department``, ``theme``, ``year``."""

    english: Mapping[str, str] = field(default_factory=dict)
    """The English name of each district and theme that has one, by IRI; forms print the Chinese."""

    def thing(self, column: str, name: str) -> str | None:
        """The IRI of what a name in a column means."""
        return self.things.get((_KINDS.get(column, ""), name))

    def said(self, column: str, name: str, language: str) -> str:
        """A name in a column as a reader of a language knows the thing."""
        iri = self.thing(column, name) if language == "en" else None
        return self.english.get(iri or "", name)

    def same(self, column: str, names: Sequence[str]) -> set[str]:
        """Whatever else the things of these names are called."""
        kind = _KINDS.get(column, "")
        meant = {self.things.get((kind, name)) for name in names} - {None}
        return {*names, *(name for (each, name), iri in self.things.items() if each == kind and iri in meant)}

    def rows(self, rows: Sequence[Row], language: str) -> Sequence[Row]:
        """Rows with the districts and themes as a reader of a language knows them."""
        columns = [name for name in (rows[0] if rows else ()) if _KINDS.get(name) in ("district", "theme")]
        if language != "en" or not columns:
            return rows
        return [
            {**row, **{name: self.said(name, str(row[name]), language) for name in columns if row[name]}}
            for row in rows
        ]


async def names(site: Site) -> Names:
    """The names in the graph as it is now."""
    return await site.made("names", lambda: _names(site))


async def _names(site: Site) -> Names:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    choices: dict[str, set[str]] = defaultdict(set)
    english: dict[str, str] = {}
    for row in (await site.rows(page_query("names"))).rows:
        kind, label, thing = (getattr(term, "value", "") for term in row[:3])
        if kind.endswith(_ENGLISH):
            english.setdefault(thing, label)
            found[kind.removesuffix(_ENGLISH), label].add(thing)
            continue
        found[kind, label].add(thing)
        choices[kind].add(label)
    known = {key: next(iter(things)) for key, things in found.items() if len(things) == 1}
    return Names(known, {kind: _chosen(kind, labels, known) for kind, labels in choices.items()}, english)


def _chosen(kind: str, labels: Iterable[str], known: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """The names to choose among: of several names of one thing the shortest, for all mean the same."""
    things: dict[str, str] = {}
    for label in sorted(labels, key=lambda label: (len(label), label)):
        things.setdefault(known.get((kind, label), label), label)
    return tuple(sorted(things.values()))
