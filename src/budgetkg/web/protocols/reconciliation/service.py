"""The addresses of the reconciliation service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from budgetkg.endpoint.protocol import Refusal, status_of
from budgetkg.errors import BudgetkgError
from budgetkg.web.asking import Site
from budgetkg.web.protocols.reconciliation import asked, matching, showing
from budgetkg.web.protocols.reconciliation.index import Index, Thing, folded, index_of
from budgetkg.web.protocols.reconciliation.properties import known_of, properties
from budgetkg.web.protocols.reconciliation.types import TYPES, manifest, type_of
from budgetkg.web.protocols.where import address_of

PATH = "/reconcile"
_CORS = {"access-control-allow-origin": "*"}
_SUGGESTED = 12
_FORM = "application/x-www-form-urlencoded"
Json: TypeAlias = dict[str, Any]
Answer: TypeAlias = Callable[[Request, Index], Awaitable[Response]]


def routes(site: Site) -> list[BaseRoute]:
    """``/reconcile`` and what its manifest names."""
    service = Service(site)
    here: dict[str, Answer] = {
        "": service.reconcile,
        "/suggest/entity": service.suggest_entity,
        "/suggest/type": service.suggest_type,
        "/suggest/property": service.suggest_property,
        "/flyout/{kind}": service.flyout,
        "/preview": service.preview,
        "/properties": service.proposed,
    }
    return [
        Route(PATH + path, service.answering(answer), methods=["GET", "POST"] if not path else ["GET"])
        for path, answer in here.items()
    ]


class Service:
    """What the service answers over one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def answering(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """An answer with the graph's index, or an error as JSON."""

        async def respond(request: Request) -> Response:
            try:
                response = await answer(request, await index_of(self._site))
            except BudgetkgError as error:
                told = {"status": "error", "message": str(error), "code": error.code}
                response = JSONResponse(told, status_of(error))
            response.headers.update(_CORS)
            return response

        return respond

    async def reconcile(self, request: Request, index: Index) -> Response:
        """The manifest, a batch of queries, or a data extension."""
        fields = await _fields(request)
        if "queries" in fields:
            return _json(await self._batch(asked.batch(fields["queries"]), index))
        if "extend" in fields:
            return _json(await self._extend(asked.extension(fields["extend"]), index))
        site, root = self._site, address_of(self._site, request, "")
        return _json(manifest(address_of(site, request, PATH), root.rstrip("/"), site.base))

    async def _batch(self, batch: dict[str, asked.Wanted], index: Index) -> Json:
        found = {key: matching.considered(index, wanted) for key, wanted in batch.items()}
        things = {thing.id: thing for key, near in found.items() if batch[key].values for _, thing in near}
        known = await known_of(self._site, index, things.values())
        return {key: {"result": matching.candidates(near, batch[key], known)} for key, near in found.items()}

    async def _extend(self, wanted: asked.Extension, index: Index) -> Json:
        things = {name: index.by_id(name) for name in wanted.ids}
        known = await known_of(self._site, index, [thing for thing in things.values() if thing])
        names = {property.id: property.name for property in properties()}
        meta = [{"id": name, "name": names.get(name, name)} for name, _ in wanted.properties]
        rows: Json = {}
        for given, thing in things.items():
            rows[given] = {}
            for name, most in wanted.properties:
                values = known.get((thing.id, name), []) if thing else []
                rows[given][name] = [value.json() for value in (values[:most] if most else values)]
        return {"meta": meta, "rows": rows}

    async def suggest_entity(self, request: Request, index: Index) -> Response:
        """Things whose names begin with, hold or come near to what is typed."""
        found = index.beginning(request.query_params.get("prefix", ""), _most(request))
        result = [{"id": one.id, "name": one.name, "notable": [type_of(one.type)]} for one in found]
        return _json({"result": result[_start(request) :]})

    async def suggest_type(self, request: Request, _: Index) -> Response:
        """Types whose names hold what is typed."""
        key = folded(request.query_params.get("prefix", ""))
        kinds = [type_of(name) for name in TYPES]
        found = [kind for kind in kinds if key in folded(kind["name"]) or key in folded(kind["id"])]
        return _json({"result": found[_start(request) :]})

    async def suggest_property(self, request: Request, _: Index) -> Response:
        """Properties whose names hold what is typed."""
        key = folded(request.query_params.get("prefix", ""))
        found = [
            {"id": one.id, "name": one.name}
            for one in properties() if key in folded(one.name) or key in one.id
        ]  # fmt: skip
        return _json({"result": found[_start(request) :]})

    async def proposed(self, request: Request, _: Index) -> Response:
        """The properties that things of a type have."""
        kind = request.query_params.get("type", "").rpartition("#")[2]
        found = [{"id": one.id, "name": one.name} for one in properties() if not kind or kind in one.types]
        limit = request.query_params.get("limit", "")
        most = int(limit) if limit.isdecimal() and len(limit) < 6 else len(found)
        return _json({"type": kind, "limit": most, "properties": found[:most]})

    async def flyout(self, request: Request, index: Index) -> Response:
        """What a client shows beside a suggestion."""
        name, kind = request.query_params.get("id", ""), request.path_params["kind"]
        if kind == "entity":
            return _json({"id": name, "html": await self._card(request, index)})
        labels = {one.id: one.name for one in properties()} if kind == "property" else {
            one: str(type_of(one)["name"]) for one in TYPES
        }  # fmt: skip
        if name not in labels:
            raise Refusal(404, "reconcile-unknown", name=name[:80])
        return _json({"id": name, "html": f"<p><b>{labels[name]}</b> {name}</p>"})

    async def preview(self, request: Request, index: Index) -> Response:
        """A thing in brief, to be framed by the client's page."""
        headers = {"content-security-policy": showing.FRAMED}
        return HTMLResponse(showing.page(await self._card(request, index)), headers=headers)

    async def _card(self, request: Request, index: Index) -> str:
        name = request.query_params.get("id", "")
        thing: Thing | None = index.by_id(name)
        if thing is None:
            raise Refusal(404, "reconcile-unknown", name=name[:80])
        known = await known_of(self._site, index, [thing])
        return showing.card(thing, known, address_of(self._site, request, thing.id))


async def _fields(request: Request) -> dict[str, str]:
    """The fields of the address and, of a POST, of the form."""
    fields = dict(request.query_params)
    if request.method != "POST":
        return fields
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise Refusal(415, "reconcile-form", kind=kind[:80] or "-")
    try:
        body = parse_qs((await request.body()).decode("utf-8"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise Refusal(400, "reconcile-json", error=str(error)[:80]) from error
    return fields | {name: values[0] for name, values in body.items()}


def _start(request: Request) -> int:
    cursor = request.query_params.get("cursor", "")
    return int(cursor) if cursor.isdecimal() and len(cursor) < 6 else 0


def _most(request: Request) -> int:
    return _SUGGESTED + _start(request)


def _json(value: Json) -> JSONResponse:
    return JSONResponse(value)
