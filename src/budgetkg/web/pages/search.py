"""Search: hits grouped by kind, narrowed by district, department, year, theme and tier."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgetkg.report.wording import cell_of
from budgetkg.report.years import Row
from budgetkg.web.pages.cells import shown
from budgetkg.web.pages.search_index import KINDS, MOST_HITS, index
from budgetkg.web.pages.tables import Table, addressed, chosen_rows
from budgetkg.web.pages.view import Download, Page, View

FACETS = ("kind", "district", "department", "fiscal_year", "theme", "tier1")
"""By what hits can be narrowed."""
_FEW = 6
_ON_A_PAGE = 50


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
    rows = [{**row, "of": row["kind"], "kind": str(view.say(f"search.{row['kind']}"))} for row in found]
    table: Table = addressed(view, rows, FACETS, FACETS)
    left = chosen_rows(view, rows, FACETS)
    given = {"text": text, "table": table, "groups": list(_groups(view, left)), "total": len(left)}
    return Page("search.html", {**given, "cut": MOST_HITS if len(found) == MOST_HITS else 0})


def _groups(view: View, rows: Sequence[Row]) -> Iterator[Group]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row["of"])].append(row)
    one = len(found) == 1
    for kind in KINDS:
        members = found.get(kind, [])
        if members:
            some = members[: _ON_A_PAGE if one else _FEW]
            more = (
                view.address_with("_is.kind", (str(members[0]["kind"]),))
                if len(members) > len(some) and not one
                else ""
            )
            yield Group(kind, len(members), tuple(_hit(view, row) for row in some), more)


def _hit(view: View, row: Row) -> Hit:
    names = ("also", "owner", "district", "fiscal_year", "theme")
    more = " · ".join(
        filter(None, (cell_of(row, name, view.language) for name in names if row.get(name) is not None))
    )
    return Hit(shown(row, "name", view.language).text, more, view.links.thing(str(row["thing"])))


async def suggest(view: View) -> Download:
    """Names for a field in which somebody is typing: a list as JSON."""
    known = await index(view.site)
    names = await asyncio.to_thread(known.names, view.get("q").strip()[:80])
    return Download(json.dumps(names, ensure_ascii=False).encode(), "application/json")
