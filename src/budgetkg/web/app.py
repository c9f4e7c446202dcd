"""The site as an ASGI application: the rooms' routes, behind what guards and measures them all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from budgetkg.errors import BudgetkgError
from budgetkg.web import pages, protocols
from budgetkg.web.asking import Site
from budgetkg.web.guarding import Guard
from budgetkg.web.measuring import Counts, Measured, healthz, metrics
from budgetkg.web.pages.errors import error_page

_SMALLEST_GZIP = 1000


def application(site: Site, *, begun: bool = False) -> Starlette:
    """The whole site over one graph; it begins and ends the source unless the caller has ``begun`` it."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await site.source.begin()
        try:
            yield
        finally:
            await site.source.close()

    counts = Counts()
    routes = [
        Route("/healthz", healthz),
        Route("/metrics", metrics),
        *protocols.routes(site),
        *pages.routes(site),
    ]
    app = Starlette(
        routes=routes,
        lifespan=None if begun else lifespan,
        middleware=[
            Middleware(Measured, counts=counts),
            Middleware(Guard, settings=site.settings),
            Middleware(GZipMiddleware, minimum_size=_SMALLEST_GZIP, compresslevel=5),
        ],
        exception_handlers={BudgetkgError: _failed, 404: _failed, 405: _failed, 500: _failed},
    )
    app.state.site, app.state.counts = site, counts
    return app


async def _failed(request: Request, error: Exception) -> Response:
    return await error_page(request, error)
