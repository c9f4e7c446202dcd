"""The SPARQL 1.1 endpoint of the site: queries answered as they are found, the service description."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from budgetkg.endpoint import protocol
from budgetkg.endpoint.negotiation import best, weight_of
from budgetkg.endpoint.protocol import ROWS, TRIPLES, Refusal, status_of
from budgetkg.errors import BudgetkgError
from budgetkg.resources import internal_query
from budgetkg.store.worker import Asked
from budgetkg.web.asking import Site
from budgetkg.web.protocols.describing import description
from budgetkg.web.protocols.triples import serialized
from budgetkg.web.protocols.where import address_of

PATHS = ("/sparql", "/query")
METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]
_HELD_BACK = 1 << 20
"""Bytes of an answer that are kept until it is whole or large: up to there an error has a status."""
CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "etag, retry-after",
}
_PREFLIGHT = {
    **CORS,
    "access-control-allow-methods": "GET, HEAD, POST",
    "access-control-allow-headers": "accept, content-type, if-none-match",
    "access-control-max-age": "86400",
}


class MachinesRoute(Route):
    """A route for machines: who names HTML in Accept and no form in the address gets a page instead."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Leave a browser's request to the pages, which come after the protocols."""
        match, child = super().matches(scope)
        if match is not Match.NONE and scope["method"] in ("GET", "HEAD") and _wants_page(Request(scope)):
            return Match.NONE, {}
        return match, child


def _wants_page(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return (
        weight_of(accept, "text/html") > 0
        and not request.query_params.get("format")
        and not any(weight_of(accept, kind) >= weight_of(accept, "text/html") for kind in (*ROWS, *TRIPLES))
    )


def routes(site: Site) -> list[BaseRoute]:
    """``/sparql``, and ``/query`` as it was called before."""

    async def answer(request: Request) -> Response:
        try:
            return await _answered(site, request)
        except BudgetkgError as error:
            return refused(error)

    return [
        kind(f"{path}{slash}", answer, methods=METHODS)
        for path, kind in zip(PATHS, (MachinesRoute, Route), strict=True)
        for slash in ("", "/")
    ]


def refused(error: BudgetkgError) -> Response:
    """One line that says why, with the status that fits."""
    status = status_of(error)
    more = dict(CORS)
    if status == 503:
        more["retry-after"] = "5"
    if status == 405:
        more["allow"] = "GET, HEAD, POST, OPTIONS"
    line = " ".join(str(error).split())
    return PlainTextResponse(f"{line}\n".encode("utf-8", "replace"), status, more)


async def _answered(site: Site, request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    address = address_of(site, request, request.url.path.rstrip("/").rpartition("/")[2])
    read = protocol.Request(request.method, request.url.query, request.headers, await request.body(), address)
    if not protocol.is_asked(read):
        return await _description(site, request, address)
    asked = protocol.read(read)
    tag = _tag(site.version, asked)
    headers = {**CORS, "vary": "Accept", **({"etag": tag} if tag else {})}
    if tag and tag in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return await _begun(site, asked, request.method == "HEAD", headers)


async def _begun(site: Site, asked: Asked, headless: bool, headers: dict[str, str]) -> Response:
    """An answer whose beginning is there; what follows comes as it is found."""
    async with AsyncExitStack() as stack:
        pieces = await stack.enter_async_context(site.answering(asked))
        kind = await anext(pieces)
        form = asked.triples_as if kind == b"CONSTRUCT" else asked.rows_as
        if not form:
            offered = ", ".join(TRIPLES if kind == b"CONSTRUCT" else ROWS)
            raise Refusal(406, "not-acceptable", accept=f"({offered})")
        held, whole = bytearray(), False
        while not whole and len(held) < _HELD_BACK:
            piece = await anext(pieces, None)
            whole = piece is None
            held += piece or b""
        if whole or headless:
            response = Response(b"" if headless else bytes(held), media_type=form, headers=headers)
            if headless:
                del response.headers["content-length"]
            return response
        rest = _rest(bytes(held), pieces, stack.pop_all())
        return StreamingResponse(rest, media_type=form, headers=headers)


async def _rest(
    held: bytes, pieces: AsyncGenerator[bytes, None], stack: AsyncExitStack
) -> AsyncGenerator[bytes, None]:
    """The answer from its beginning; an error here breaks the connection, so that no cut looks whole."""
    async with stack:
        yield held
        async for piece in pieces:
            yield piece


async def _description(site: Site, request: Request, address: str) -> Response:
    """What the endpoint is, in the RDF that the client likes best."""
    _, form = protocol.accepted(
        best(request.headers.get("accept", "*/*"), TRIPLES) or "-", request.query_params.getlist("format")
    )
    if not form:
        raise Refusal(406, "not-acceptable", accept=request.headers.get("accept", "")[:80])
    found = await site.rows(internal_query("graphs"))
    graphs = sorted(str(getattr(row[0], "value", "")) for row in found.rows)
    body = serialized(description(address, graphs), form)
    return Response(body, media_type=form, headers={**CORS, "vary": "Accept"})


def _tag(version: str, asked: Asked) -> str:
    """A name of the answer, by the graph's state and what was asked; weak, for rows have no order."""
    if not version:
        return ""
    parts = (version, asked.text, asked.rows_as, asked.triples_as, asked.base,
             str(asked.default_graphs), str(asked.named_graphs))  # fmt: skip
    return f'W/"{hashlib.sha256(chr(31).join(parts).encode("utf-8", "replace")).hexdigest()[:32]}"'


def _tags(header: str) -> set[str]:
    return {tag.strip() for tag in header.split(",")}
