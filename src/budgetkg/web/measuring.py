"""What runs is counted: a line for each request, and the counts at ``/metrics``."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from budgetkg.resources import internal_query
from budgetkg.web.asking import Site

_log = logging.getLogger("budgetkg.web.access")
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Measured:
    """Counts requests by status and their time, and writes a line for each to the access log."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self._app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, and write down how."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.monotonic(), 499, 0  # 499: the client left before an answer began

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        self._counts.running += 1
        try:
            await self._app(scope, receive, watched)
        finally:
            self._counts.running -= 1
            seconds = time.monotonic() - began
            self._counts.answered[status] += 1
            self._counts.seconds += seconds
            address = scope.get("client_address") or (scope.get("client") or ("-",))[0]
            path = scope.get("raw_path", b"").decode("latin-1") or "-"
            _log.info(
                "%s %s %s %d %d %.3f", address, scope["method"], path[:500], status, size, seconds
            )  # fmt: skip


class Counts:
    """Requests since the server began."""

    def __init__(self) -> None:
        self.answered: Counter[int] = Counter()
        self.seconds = 0.0
        self.running = 0

    def lines(self, site: Site) -> Iterator[str]:
        """The counts as Prometheus reads them."""
        yield "# TYPE budgetkg_requests_total counter"
        for status, count in sorted(self.answered.items()):
            yield f'budgetkg_requests_total{{status="{status}"}} {count}'
        yield "# TYPE budgetkg_request_seconds_total counter"
        yield f"budgetkg_request_seconds_total {self.seconds:.6f}"
        yield "# TYPE budgetkg_requests_running gauge"
        yield f"budgetkg_requests_running {self.running}"
        yield "# TYPE budgetkg_answers_kept_total counter"
        yield f'budgetkg_answers_kept_total{{result="hit"}} {site.remembered.hits}'
        yield f'budgetkg_answers_kept_total{{result="miss"}} {site.remembered.misses}'


async def metrics(request: Request) -> Response:
    """``/metrics``: counts for whoever watches the server."""
    state = request.app.state
    return PlainTextResponse("\n".join(state.counts.lines(state.site)) + "\n", media_type=_TEXT)


async def healthz(request: Request) -> Response:
    """``/healthz``: ``ok`` where the graph answers a question."""
    site: Site = request.app.state.site
    await site.source.ask(internal_query("alive"), {})
    return PlainTextResponse(f"ok {site.version}".strip() + "\n")
