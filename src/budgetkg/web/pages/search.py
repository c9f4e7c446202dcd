"""Search: hits grouped by kind, narrowed by district, department, year, theme and tier."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetkg.report.years import Row
from budgetkg.web.pages.languages import readable
from budgetkg.web.pages.names import Names, names
from budgetkg.web.pages.search_index import KINDS, MOST_HITS, index, said
from budgetkg.web.pages.tables import Table, addressed, chosen_rows
from budgetkg.web.pages.view import Download, Page, View

FACETS = ("kind", "district", "department", "fiscal_year", "theme", "tier1")
"""By what hits can be narrowed."""
_FEW = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: its name, where it belongs, where its page is."""

    name: str
    more: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, or the first of them."""

    kind: str
    count: int
    hits: tuple[Hit, ...]
    all: str


async def show(view: View) -> Page:
    """What holds the words of ``q``."""
    text = view.get("q").strip()[:200]
    known = await index(view.site)
    found = await asyncio.to_thread(known.hits, text)
    things = await names(view.site)
    kinds = [{**row, "of": row["kind"], "kind": str(view.say(f"search.{row['kind']}"))} for row in found]
    view, rows = readable(view, kinds, FACETS, things)
    table: Table = addressed(view, rows, FACETS, FACETS)
    left = chosen_rows(view, rows, FACETS)
    groups = list(_groups(view, left, table, things))
    given = {"text": text, "table": table, "groups": groups, "total": len(left)}
    return Page("search.html", {**given, "cut": MOST_HITS if len(found) == MOST_HITS else 0})


def _groups(view: View, rows: Sequence[Row], table: Table, things: Names) -> Iterator[Group]:
    """The hits by kind: the first of each, or of one kind alone the page that the table is at."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row["of"])].append(row)
    one = len(found) == 1
    for kind in KINDS:
        members = found.get(kind, [])
        if members:
            some = members[table.first - 1 : table.last] if one else members[:_FEW]
            more = (
                view.address_with("_is.kind", (str(members[0]["kind"]),))
                if len(members) > len(some) and not one
                else ""
            )
            yield Group(kind, len(members), tuple(_hit(view, row, things) for row in some), more)


def _hit(view: View, row: Row, things: Names) -> Hit:
    name, more = said({**row, "kind": row["of"]}, things, view.language)
    return Hit(name, more, view.links.thing(str(row["thing"])))


async def suggest(view: View) -> Download:
    """Names for a field in which somebody is typing: a list as JSON."""
    known = await index(view.site)
    found = await asyncio.to_thread(known.names, view.get("q").strip()[:80])
    return Download(json.dumps(found, ensure_ascii=False).encode(), "application/json")
