"""Two documents side by side: what the one says otherwise than the other, as ``budgetkg diff`` finds it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from budgetkg.errors import UnknownName
from budgetkg.messages import said
from budgetkg.pipeline.differing import Difference, differences
from budgetkg.store.generations import Generation, read_json
from budgetkg.web.pages.names import names
from budgetkg.web.pages.view import Page, View

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """A document that can be compared: its IRI and its file name."""

    iri: str
    name: str


async def show(view: View) -> Page:
    """The form, and what differs between the two documents that it names."""
    known = {iri: name for (kind, name), iri in (await names(view.site)).things.items() if kind == "document"}
    choices = sorted((Choice(iri, name) for iri, name in known.items()), key=lambda one: (one.name, one.iri))
    one, other = view.get("one"), view.get("other")
    generation = view.site.files()
    found: tuple[Difference, ...] | None = None
    problem = ""
    if generation is None:
        problem = str(view.say("differences.endpoint"))
    elif one and other:
        try:
            found = await asyncio.to_thread(_differences, generation, one, other)
        except UnknownName as error:
            problem = said(error.message, view.language)
    return Page(
        "differences.html",
        {
            "choices": choices if generation is not None else [],
            "one": one,
            "other": other,
            "found": found[:MOST_ROWS] if found is not None else None,
            "left": max(0, len(found or ()) - MOST_ROWS),
            "problem": problem,
            "sides": [_side(view, iri, known) for iri in (one, other) if iri],
        },
    )


def _differences(generation: Generation, one: str, other: str) -> tuple[Difference, ...]:
    first, second = (read_json(generation.document(generation.key_of(name))) for name in (one, other))
    return differences(first, second)


def _side(view: View, iri: str, known: Mapping[str, str]) -> tuple[str, str | None]:
    return known.get(iri, iri), view.links.thing(iri) if iri in known else None
