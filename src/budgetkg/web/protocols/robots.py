"""What search engines read: ``robots.txt`` and ``sitemap.xml``."""

from __future__ import annotations

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
        lines = ["User-agent: *", *(f"Disallow: {site.settings.root_path}{path}" for path in _NOT_FOR_ROBOTS)]
        lines.append(f"Sitemap: {address_of(site, request, 'sitemap.xml')}")
        return PlainTextResponse("\n".join(lines) + "\n")

    async def sitemap(request: Request) -> Response:
        found = await _addresses(site, address_of(site, request, ""))
        part = request.query_params.get("part", "")
        parts = range(0, len(found), _LONGEST)
        if not part and len(parts) > 1:
            here = address_of(site, request, "sitemap.xml")
            return _xml("sitemapindex", "sitemap", [f"{here}?part={n}" for n in range(1, len(parts) + 1)])
        number = int(part) if part.isascii() and part.isdecimal() and len(part) < 6 else 0 if part else 1
        if not 1 <= number <= len(parts):
            raise UnknownName("no-such-thing", path=f"sitemap {part[:20]}", choices=Message("there-are-none"))
        return _xml("urlset", "url", found[(number - 1) * _LONGEST : number * _LONGEST])

    return [Route("/robots.txt", robots), Route("/sitemap.xml", sitemap)]


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


def _xml(whole: str, each: str, addresses: list[str]) -> Response:
    lines = "".join(f"<{each}><loc>{escape(address)}</loc></{each}>\n" for address in addresses)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{_SPACE}">\n{lines}</{whole}>\n'
    return Response(text, media_type="application/xml")
