"""The site under uvicorn: ready when it says so, ended within five seconds of SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import sys
from contextlib import suppress

import uvicorn

from budgetkg.endpoint.serving import configured, server
from budgetkg.errors import BudgetkgError
from budgetkg.web.app import application
from budgetkg.web.asking import Site
from budgetkg.web.pages import home
from budgetkg.web.pages.names import names
from budgetkg.web.pages.search_index import index


def serve(site: Site, host: str, port: int) -> None:
    """Answer until told to end; raises StoreError where the graph can't be opened."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(site, host, port))


async def _serve(site: Site, host: str, port: int) -> None:
    log = logging.getLogger("budgetkg.web")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    await site.source.begin()
    getting_ready = asyncio.ensure_future(_get_ready(site))
    try:
        config: uvicorn.Config = configured(application(site, begun=True), host, port)
        await server(config).serve()
    finally:
        getting_ready.cancel()
        await site.source.close()


async def _get_ready(site: Site) -> None:
    """Make what every page, the front page and the search need before the first reader waits for it.

    The search comes last: its index takes the processor longest, and a reader begins on the front page.
    """
    if site.version:  # what is made of somebody's endpoint is kept for a minute only
        with suppress(BudgetkgError):
            await names(site)
            await home.answers(site)
            await index(site)
