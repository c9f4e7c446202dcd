"""What stands before every page: whole and small requests, clients that leave, hosts, headers, rates."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from budgetkg.errors import BudgetkgError
from budgetkg.messages import Message as Sentence
from budgetkg.web.settings import LOOPBACK, Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
)
_MOST_ADDRESSES = 10_000


class Guard:
    """One request: its host, address and size are looked at; it ends when its client leaves."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._rates = Rates(settings.per_second, settings.at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with a status and one line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        _put_under(scope, self._settings.root_path)
        try:
            self._look_at(scope)
            body = await self._body(receive)
        except _Refusal as refused:
            await _say(refused, scope, receive, send)
            return
        except _Gone:
            return
        try:
            await _while_there(self._app, scope, body, receive, send)
        except asyncio.CancelledError:  # the server ends, and waits for nobody any longer
            await _say(_Refusal(503, "server-ending"), scope, receive, send)

    def _look_at(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if self._settings.hosts and host not in self._settings.hosts:
            raise _Refusal(421, "host-refused", host=host[:80])
        address = client_of(scope, self._settings)
        scope["client_address"] = address
        if address not in LOOPBACK and not self._rates.allow(address):
            raise _Refusal(429, "too-many-requests", most=f"{self._settings.per_second:g}")

    async def _body(self, receive: Receive) -> bytes:
        """The whole body, which may neither be large nor trickle in for long."""
        body, most = bytearray(), self._settings.largest_body
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise _Gone("client-gone")
                    body += message.get("body", b"")
                    if len(body) > most:
                        raise _Refusal(413, "request-too-large", most=most >> 10)
                    if not message.get("more_body"):
                        return bytes(body)
        except TimeoutError as error:
            raise _Refusal(408, "request-too-slow", seconds=self._settings.body_seconds) from error


def _put_under(scope: Scope, root: str) -> None:
    """Some proxies hand the path on with its prefix, some without: here it has it."""
    if root:
        scope["root_path"] = root
        if not f"{scope['path']}/".startswith(f"{root}/"):
            scope["path"] = root + scope["path"]


class Rates:
    """How many requests each address may still send: so many at once, so many more each second."""

    def __init__(self, per_second: float, at_once: int) -> None:
        self._per_second, self._at_once = per_second, at_once
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allow(self, address: str, now: float | None = None) -> bool:
        """Whether one more request is allowed now (seconds of any steady clock)."""
        now = time.monotonic() if now is None else now
        left, before = self._left.pop(address, (float(self._at_once), now))
        left = min(self._at_once, left + (now - before) * self._per_second)
        allowed = left >= 1
        self._left[address] = (left - 1 if allowed else left, now)
        if len(self._left) > _MOST_ADDRESSES:
            self._left.popitem(last=False)
        return allowed


def client_of(scope: MutableMapping[str, Any], settings: Settings) -> str:
    """The address a request comes from; what a proxy says of it counts only from a proxy on this machine."""
    address = str((scope.get("client") or ("", 0))[0])
    if settings.behind_proxy and address in ("127.0.0.1", "::1", ""):
        told = Headers(scope=scope).get("x-forwarded-for", "").rpartition(",")[2].strip()
        return told[:60] or address
    return address


class _Refusal(BudgetkgError):
    def __init__(self, status: int, code: str, /, **params: object) -> None:
        super().__init__(code, **params)
        self.status = status


class _Gone(BudgetkgError):
    pass


async def _while_there(app: ASGIApp, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
    """Let the app answer as long as the client is there; then its task is cancelled, and its query ends."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await asyncio.shield(leaving)

    leaving = asyncio.ensure_future(_left(receive))
    answer = asyncio.ensure_future(app(scope, replayed, send))
    try:
        await asyncio.wait((answer, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        if not answer.done():
            answer.cancel()
        await asyncio.wait((answer,))
    if not answer.cancelled():
        answer.result()


async def _left(receive: Receive) -> Message:
    while (message := await receive())["type"] != "http.disconnect":
        pass
    return message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS:
                headers.setdefault(name, value)
        await send(message)

    return sending


async def _say(refused: _Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    more = {"retry-after": "5"} if refused.status in (429, 503) else {}
    answer = PlainTextResponse(f"{Sentence(refused.code, **refused.params)}\n", refused.status, more)
    with suppress(RuntimeError):
        await answer(scope, receive, send)
