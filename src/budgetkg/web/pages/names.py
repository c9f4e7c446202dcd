"""Names that lead to a page: of districts, departments, themes and documents, wherever a table has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from budgetkg.resources import page_query
from budgetkg.web.asking import Site

_KINDS = {
    "district": "district", "other_district": "district", "district_a": "district", "district_b": "district",
    "division": "district", "department": "department", "other_department": "department",
    "department_a": "department", "department_b": "department", "theme": "theme", "theme_en": "theme",
    "document": "document", "file": "document",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What names mean in this graph; a name that means several things leads nowhere."""

    things: Mapping[tuple[str, str], str]
    choices: Mapping[str, tuple[str, ...]]
    """The names of each kind, to choose among: ``district``, ``department``, ``theme``, ``year``."""

    def thing(self, column: str, name: str) -> str | None:
        """The IRI of what a name in a column means."""
        return self.things.get((_KINDS.get(column, ""), name))


async def names(site: Site) -> Names:
    """The names in the graph as it is now."""
    return await site.made("names", lambda: _names(site))


async def _names(site: Site) -> Names:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    choices: dict[str, set[str]] = defaultdict(set)
    for row in (await site.rows(page_query("names"))).rows:
        kind, label, thing = (getattr(term, "value", "") for term in row[:3])
        found[kind, label].add(thing)
        choices[kind].add(label)
    known = {key: next(iter(things)) for key, things in found.items() if len(things) == 1}
    return Names(known, {kind: tuple(sorted(labels)) for kind, labels in choices.items()})
