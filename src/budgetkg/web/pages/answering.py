"""Requests become views, pages become responses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from budgetkg.web.asking import Site
from budgetkg.web.pages.links import ServerLinks
from budgetkg.web.pages.rendering import html
from budgetkg.web.pages.view import Download, Page, View
from budgetkg.web.settings import LANGUAGES

Handler: TypeAlias = Callable[[View], Awaitable["Page | Download | str"]]
"""A page, a file, or the path of the page that the reader is sent to."""

_YEAR = 365 * 24 * 3600


class PageRoute(Route):
    """The route of a page, which knows its page; HEAD is answered like GET."""

    def __init__(self, path: str, handler: Handler) -> None:
        super().__init__(path, partial(_answer, handler), methods=["GET"])
        self.handler = handler


def route(path: str, handler: Handler) -> PageRoute:
    """A page at a path."""
    return PageRoute(path, handler)


async def _answer(handler: Handler, request: Request) -> Response:
    view = view_of(request)
    found = await handler(view)
    response = respond(found, view)
    if request.query_params.get("lang") in LANGUAGES:
        path = f"{view.site.settings.root_path}/"
        response.set_cookie("lang", view.language, max_age=_YEAR, path=path, samesite="lax", httponly=True)
    return response


def view_of(request: Request) -> View:
    """What a request asks to see."""
    site: Site = request.app.state.site
    query = tuple(request.query_params.multi_items())
    path = request.scope["path"].removeprefix(site.settings.root_path) or "/"
    place = {key: str(value) for key, value in request.path_params.items()}
    links = ServerLinks(site.settings.root_path, path, query, site.base)
    return View(site, language_of(request, site.settings.language), path, links, place, query)


def respond(found: Page | Download | str, view: View) -> Response:
    """The response of HTTP for what a page gave."""
    if isinstance(found, str):
        return RedirectResponse(found, 303)
    if isinstance(found, Download):
        headers = {}
        if found.name:
            headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
        return Response(found.body, media_type=found.media_type, headers=headers)
    headers = {"vary": "accept-language, cookie", "content-language": view.language, **found.headers}
    return HTMLResponse(html(found, view), found.status, headers)


def language_of(request: Request, default: str) -> str:
    """``?lang=``, what was chosen before, what the browser prefers, what the site was told; in this order."""
    for said in (request.query_params.get("lang"), request.cookies.get("lang")):
        if said in LANGUAGES:
            return said
    wishes = []
    for place, part in enumerate(request.headers.get("accept-language", "").split(",")[:20]):
        name, _, weight = part.partition(";q=")
        short = name.strip().lower()[:2]
        if short in LANGUAGES:
            wishes.append((-_weight(weight), place, short))
    return min(wishes)[2] if wishes else default


def _weight(text: str) -> float:
    text = text.strip()
    return float(text) if text.replace(".", "", 1).isdecimal() and len(text) <= 5 else 1.0
