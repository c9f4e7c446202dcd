"""Words for things that have no name: what they are, and the concept that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from budgetkg.graph import Rows
from budgetkg.resources import page_query
from budgetkg.store.explain import Statement
from budgetkg.terms import short
from budgetkg.web.pages.view import View
from budgetkg.web.pages.words import catalogue

_MOST = 200


async def said(view: View, statements: Iterable[Statement]) -> Mapping[str, str]:
    """What to call the nameless values of statements, by IRI: "theme assignment: Film screening"."""
    nameless = {
        statement.value.value
        for statement in statements
        if isinstance(statement.value, NamedNode)
        and not statement.value_label
        and statement.value.value.startswith(view.site.base)
    }
    if not nameless:
        return {}
    chosen = tuple(NamedNode(iri) for iri in sorted(nameless)[:_MOST])
    rows = Rows(await view.site.rows(page_query("nameless"), {"value": chosen}))
    found = {}
    for row in rows:
        kind = str(row[f"kind_{view.language}"] or "") or word(view, short(str(row["class"])))
        about = str(row[f"about_{view.language}"] or row["about_zh"] or "")
        name = view.pick("：", ": ").join(filter(None, (kind, about)))
        if name:
            found[str(row["value"])] = name
    return found


def word(view: View, term: str) -> str:
    """What a term of another vocabulary is called; empty where nobody said."""
    name = f"value.{term}"
    return str(view.say(name)) if name in catalogue() else ""
