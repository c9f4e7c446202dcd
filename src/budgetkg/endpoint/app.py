"""The endpoint as an ASGI application: any ASGI server runs it, any framework mounts it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, TypeAlias

from budgetkg.endpoint.crew import Crew
from budgetkg.endpoint.protocol import ROWS, TRIPLES, Refusal, Request, read, status_of
from budgetkg.errors import BudgetkgError, StoreError
from budgetkg.store.worker import Asked

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST_BODY = 1 << 20
PATHS = ("/query", "/sparql")
_BODY_SECONDS = 10
_HELD_BACK = 1 << 20
"""Bytes of an answer that are kept until it is whole or large: up to there an error has a status."""
_PLAIN = "text/plain; charset=utf-8"
_SAFE = ((b"x-content-type-options", b"nosniff"), (b"content-security-policy", b"default-src 'none'"))


class Gone(BudgetkgError):
    """The client has closed its connection."""


class Endpoint:
    """Answers ``/query`` and ``/sparql`` for those who call it by one of the ``hosts``.

    A page of another site can make a browser ask an address of this machine under that site's name; the Host
    header tells.
    """

    def __init__(self, crew: Crew, hosts: frozenset[str]) -> None:
        self._crew, self._hosts = crew, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            if headers.get("host", "").lower() not in self._hosts:
                raise Refusal(421, "host-refused", host=headers.get("host", "")[:80])
            if scope["path"] not in PATHS:
                raise Refusal(404, "no-such-path", path=scope["path"][:80], known=PATHS)
            body = await _body(receive)
            query = scope["query_string"].decode("latin-1")
            asked = read(Request(scope["method"], query, headers, body))
            await self._listening(asked, scope, receive, send)
        except Gone:
            return
        except BudgetkgError as error:
            await _say(send, status_of(error), error)
        except asyncio.CancelledError:  # the server ends, and waits for nobody any longer
            with suppress(RuntimeError):  # the answer has begun: its connection breaks off
                await _say(send, 503, StoreError("server-ending"))

    async def _listening(self, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as long as the client is there."""
        answer = asyncio.ensure_future(self._answer(asked, scope["method"] == "HEAD", send))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait((answer, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not answer.done():
                answer.cancel()
            await asyncio.wait((answer,))
        if not answer.cancelled():
            answer.result()

    async def _answer(self, asked: Asked, headless: bool, send: Send) -> None:
        async with self._crew.answering(asked) as pieces:
            kind = await anext(pieces)
            form = asked.triples_as if kind == b"CONSTRUCT" else asked.rows_as
            if not form:
                offered = ", ".join(TRIPLES if kind == b"CONSTRUCT" else ROWS)
                raise Refusal(406, "not-acceptable", accept=f"({offered})")
            held = bytearray()
            whole = False
            while not whole and len(held) < _HELD_BACK:
                piece = await anext(pieces, None)
                whole = piece is None
                held += piece or b""
            await _begin(send, form, len(held) if whole else None)
            if headless:
                await send({"type": "http.response.body", "body": b""})
                return
            await send({"type": "http.response.body", "body": bytes(held), "more_body": not whole})
            if not whole:
                await _rest(pieces, send)


async def _rest(pieces: AsyncIterator[bytes], send: Send) -> None:
    """What comes after the beginning; an error there breaks the connection, so that no cut looks whole."""
    async for piece in pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _begin(send: Send, form: str, size: int | None) -> None:
    charset = "; charset=utf-8" if form.startswith("text/") else ""
    headers = [(b"content-type", f"{form}{charset}".encode()), (b"vary", b"accept"), *_SAFE]
    if size is not None:
        headers.append((b"content-length", str(size).encode()))
    await send({"type": "http.response.start", "status": 200, "headers": headers})


async def _say(send: Send, status: int, error: BudgetkgError) -> None:
    body = f"{error}\n".encode("utf-8", "replace")
    headers = [(b"content-type", _PLAIN.encode()), (b"content-length", str(len(body)).encode()), *_SAFE]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    if status == 405:
        headers.append((b"allow", b"GET, HEAD, POST"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _body(receive: Receive) -> bytes:
    """The whole body, which may neither be large nor trickle in for long."""
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone("client-gone")
                body += message.get("body", b"")
                if len(body) > LARGEST_BODY:
                    raise Refusal(413, "request-too-large", most=LARGEST_BODY >> 10)
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError as error:
        raise Refusal(408, "request-too-slow", seconds=_BODY_SECONDS) from error


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
