"""What an assistant may ask; every answer says where it comes from, and says so where it is cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from budgetkg.errors import QueryError
from budgetkg.queries import question, questions
from budgetkg.store.explain import explain
from budgetkg.store.results import Solutions
from budgetkg.web.asking import Site
from budgetkg.web.protocols.api.cells import cell
from budgetkg.web.protocols.api.description import described
from budgetkg.web.protocols.reconciliation.index import index_of
from budgetkg.web.strangers import open_parameters

Json: TypeAlias = dict[str, Any]
MOST_ROWS = 200
_MOST_STATEMENTS = 200


class Tools:
    """The tools over one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def search(self, text: str, limit: int = 10) -> Json:
        """Find districts, departments, projects, themes and funding sources by name (Chinese or English).

        Gives for each its IRI, type and name; `explain` takes the IRI.
        """
        index = await index_of(self._site)
        found = index.beginning(text[:200], min(max(limit, 1), 50))
        return {"results": [
            {"iri": index.iri(thing).value, "type": thing.type, "name": thing.name} for thing in found
        ]}  # fmt: skip

    async def list_questions(self) -> Json:
        """List the stored questions with their parameters: try these before writing SPARQL."""
        return {"questions": [described(one) for one in questions()]}

    async def ask(self, slug: str, parameters: dict[str, str] | None = None, page: int = 1) -> Json:
        """Answer a stored question (`list_questions`), with file, page and quote for each row."""
        asked = question(slug)
        open_names = {parameter.name for parameter in open_parameters(asked)}
        given = parameters or {}
        for name in given:
            if name not in open_names:
                raise QueryError("assistant-parameter", slug=slug, name=name, known=sorted(open_names))
        evidence = bool(asked.subjects)
        answer = await self._site.asking(lambda store: asked.ask(store, given, evidence=evidence))
        return _rows(answer, page)

    async def explain(self, name: str) -> Json:
        """Say what is known of a thing (IRI, prefixed name or label), with the place of each statement."""
        found: Json = asdict(await self._site.asking(lambda store: explain(store, name)))
        for key in ("statements", "mentions", "candidates"):
            if len(found[key]) > _MOST_STATEMENTS:
                found[f"{key}_in_all"] = len(found[key])
                found[key] = found[key][:_MOST_STATEMENTS]
        return {key: _plain(value) for key, value in found.items()}

    async def sparql(self, query: str, page: int = 1) -> Json:
        """Answer a SPARQL query, read-only; our prefixes (bkg:, division:, theme:, …) need no PREFIX lines.

        Within limits of time, memory and size; SERVICE is refused.
        """
        return _rows(await self._site.source.ask(query, {}), page)


def _rows(answer: object, page: int) -> Json:
    if isinstance(answer, bool):
        return {"boolean": answer}
    start = (max(page, 1) - 1) * MOST_ROWS
    if not isinstance(answer, Solutions):
        triples = answer if isinstance(answer, tuple) else ()
        rest = triples[start : start + MOST_ROWS]
        return {"triples": [str(triple) for triple in rest], "page": max(page, 1), "total": len(triples)}
    rows = answer.rows[start : start + MOST_ROWS]
    return {
        "columns": list(answer.variables),
        "rows": [dict(zip(answer.variables, map(cell, row), strict=True)) for row in rows],
        "page": max(page, 1),
        "total": len(answer.rows),
        "is_cut": start + len(rows) < len(answer.rows),
    }


def _plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
