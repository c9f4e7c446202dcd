"""The protocols behind a real server on loopback, over a graph that was built."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from tests.endpoints import free_port

pytest.importorskip("starlette", reason="the site ([web]) is not installed")
pytest.importorskip("uvicorn", reason="the server of `budgetkg serve` is not installed")

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from budgetkg.endpoint.protocol import status_of
from budgetkg.errors import BudgetkgError, UnknownName
from budgetkg.store.worker import Limits
from budgetkg.web import protocols
from budgetkg.web.asking import Site
from budgetkg.web.guarding import Guard
from budgetkg.web.settings import Settings
from budgetkg.web.source import DirectorySource

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True, slots=True)
class Served:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, method: str = "GET", body: bytes | str | None = None,
        fields: dict[str, str] | None = None, **headers: str,
    ) -> Answered:  # fmt: skip
        """One request; names of headers are written with _."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if fields is not None:
            path = f"{path}?{urlencode(fields)}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, given)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(answer.status, named, answer.read())
        finally:
            connection.close()

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answered:
        return self.ask(path, "POST", urlencode(fields), content_type=FORM, **headers)


def site_over(directory: Path, seconds: float = 10, **settings: Any) -> Site:
    limits = Limits(seconds=seconds)
    return Site(DirectorySource(directory, limits, 2), Settings(limits=limits, **settings))


async def told(request: Request, error: Exception) -> Response:
    """What the site's error page says to programs."""
    status = 404 if isinstance(error, UnknownName) else status_of(cast(BudgetkgError, error))
    return PlainTextResponse(f"{error}\n", status)


@contextmanager
def serving(site: Site) -> Iterator[Served]:
    """The protocols of a site, behind its guard."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await site.source.begin()
        yield
        await site.source.close()

    app = Starlette(
        routes=protocols.routes(site),
        lifespan=lifespan,
        exception_handlers={BudgetkgError: told},
        middleware=[Middleware(Guard, settings=site.settings), Middleware(GZipMiddleware, minimum_size=1000)],
    )
    app.state.site = site
    port = free_port()
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield Served(port)
    finally:
        server.should_exit = True
        thread.join(20)
