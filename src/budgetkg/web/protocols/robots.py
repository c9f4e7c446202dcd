"""What search engines read: ``robots.txt`` and ``sitemap.xml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from budgetkg.errors import UnknownName
from budgetkg.messages import Message
from budgetkg.queries import questions
from budgetkg.web.addresses import FOLDER
from budgetkg.web.asking import Site
from budgetkg.web.protocols.reconciliation.index import index_of
from budgetkg.web.protocols.where import address_of

_NOT_FOR_ROBOTS = ("/sparql", "/query", "/reconcile", "/api/", "/search", "/compare")
_PAGES = ("", "questions", "catalog", "ontology")
_LONGEST = 40_000
"""Addresses in one sitemap; the protocol allows 50,000."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def routes(site: Site) -> list[BaseRoute]:
    """``/robots.txt`` and ``/sitemap.xml``, in parts where it is long."""

    async def robots(request: Request) -> Response:
        hidden = [f"{site.settings.root_path}{path}" for path in _NOT_FOR_ROBOTS]
        return PlainTextResponse(robots_text(hidden, address_of(site, request, "sitemap.xml")))

    async def sitemap(request: Request) -> Response:
        here = address_of(site, request, "sitemap.xml")
        parts = sitemap_parts(await _addresses(site, address_of(site, request, "")), f"{here}?part={{}}")
        part = request.query_params.get("part", "")
        number = int(part) if part.isascii() and part.isdecimal() and 0 < len(part) < 6 else -1 if part else 0
        if number == 1 and len(parts) == 1:
            number = 0
        if not 0 <= number < len(parts):
            raise UnknownName("no-such-thing", path=f"sitemap {part[:20]}", choices=Message("there-are-none"))
        return Response(parts[number], media_type="application/xml")

    return [Route("/robots.txt", robots), Route("/sitemap.xml", sitemap)]


def robots_text(hidden: Iterable[str], sitemap: str) -> str:
    """``robots.txt``: paths that no robot need ask, the address of the sitemap."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden), f"Sitemap: {sitemap}"]
    return "\n".join(lines) + "\n"


def sitemap_parts(addresses: Sequence[str], part: str) -> list[str]:
    """The sitemap, where it is long with its parts behind it; ``part`` is their address with {} in it."""
    starts = range(0, len(addresses), _LONGEST)
    found = [_xml("urlset", "url", addresses[at : at + _LONGEST]) for at in starts]
    if len(found) == 1:
        return found
    return [_xml("sitemapindex", "sitemap", [part.format(n) for n in range(1, len(found) + 1)]), *found]


async def _addresses(site: Site, root: str) -> list[str]:
    """The pages of the site and of its things, sorted within each kind."""
    things = sorted(thing.id for thing in (await index_of(site)).things)
    generation = site.files()
    documents = [f"id/document/{key}" for key in generation.keys] if generation else []
    return [
        *(f"{root}{page}" for page in _PAGES),
        *(f"{root}questions/{one.slug}" for one in questions()),
        *(f"{root}{FOLDER}/{quote(path, safe='/%')}.html" for path in [*documents, *things]),
    ]


def _xml(whole: str, each: str, addresses: Sequence[str]) -> str:
    lines = "".join(f"<{each}><loc>{escape(address)}</loc></{each}>\n" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_SPACE}">\n{lines}</{whole}>\n'
