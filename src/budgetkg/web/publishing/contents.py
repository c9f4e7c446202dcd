"""What a published site holds: pages, documents in RDF, the search, the report, the datasets, the feed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from budgetkg.catalogue import CatalogueOptions, write_catalogue
from budgetkg.report import render
from budgetkg.resources import internal_query
from budgetkg.web.addresses import FOLDER, SAFE, path_of
from budgetkg.web.asking import Site
from budgetkg.web.hosting import write_rules
from budgetkg.web.opened import OpenedSource
from budgetkg.web.pages.links import DATASETS, FEED, SEARCH, file_of, page_path
from budgetkg.web.pages.view import Download, Page, View
from budgetkg.web.protocols.feed import feed_of
from budgetkg.web.protocols.files import subjects_in_files
from budgetkg.web.protocols.robots import robots_text, sitemap_parts
from budgetkg.web.protocols.things import TABLE, WITHOUT_PAGES, Things
from budgetkg.web.publishing import searching
from budgetkg.web.publishing.walking import Walk
from budgetkg.web.settings import LANGUAGES

_DATA = ("ttl", "jsonld", "nt")
RULES = "rules"
_FRONT = "index.html"
_ROBOTS, _SITEMAP = "robots.txt", "sitemap.xml"
OURS = (_FRONT, "assets", FOLDER, RULES, *LANGUAGES, SEARCH, DATASETS, FEED, _ROBOTS, _SITEMAP, ".nojekyll")
"""The names in a published folder that are ours."""
_FRONT_PAGE = (
    '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>budgetkg</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="stylesheet" href="assets/site.css"></head><body><main>'
    '<h1><a href="zh/index.html">中文</a> · <a href="en/index.html" lang="en">English</a></h1>'
    "</main></body></html>\n"
)


async def contents(site: Site, out: Path) -> AsyncIterator[tuple[str, bytes]]:
    """Every file and its path within ``out``, into which the datasets and rules are written at once."""
    yield _FRONT, _FRONT_PAGE.encode()
    yield ".nojekyll", b""  # GitHub's pages leave out names with an underscore else
    about: set[str] = set()
    walk = Walk(site, LANGUAGES, {"/search": _search, "/report": _report})
    things = Things(site)
    async for language, path, body in walk.files(await _seeds(site)):
        yield f"{language}/{file_of(path)}", body
        if path.startswith(f"/{FOLDER}/") and language == LANGUAGES[-1]:
            # Beside the page, while what it asked is still kept.
            about.add(local := path.removeprefix(f"/{FOLDER}/").removesuffix(".html"))
            for ending in (*_DATA, TABLE):
                yield await _document(site, things, local, ending)
    for local in sorted(await _without_pages(site)):
        for ending in _DATA:
            yield await _document(site, things, local, ending)
    async for found in searching.files(site):
        yield found
    for found in _for_machines(site, out, sorted(about)):
        yield found


async def _document(site: Site, things: Things, local: str, ending: str) -> tuple[str, bytes]:
    """What is said of a thing in one form, and its path."""
    path = f"{FOLDER}/{local}.{ending}"
    return path, (await things.written(local, ending, _address(site, path)))[1]


def _for_machines(site: Site, out: Path, about: list[str]) -> list[tuple[str, bytes]]:
    """The datasets with their catalogue, the feed; with an address what needs whole addresses."""
    generation = site.files()
    found: list[tuple[str, bytes]] = []
    root = _address(site, "")
    if generation is not None:
        base = _address(site, DATASETS) if site.settings.address else None
        write_catalogue(generation, out / DATASETS, CatalogueOptions(base_url=base))
        found.append((FEED, feed_of(generation, "", root, FEED, f"{LANGUAGES[0]}/{FOLDER}/")))
    if site.settings.address:
        write_rules(out / RULES, site.settings.address)
        pages = [
            _address(site, f"{language}/{FOLDER}/{path}.html") for language in LANGUAGES for path in about
        ]
        fronts = [_address(site, f"{language}/{_FRONT}") for language in LANGUAGES]
        parts = sitemap_parts(
            [*fronts, *pages], _address(site, f"{SEARCH}/sitemap-{{}}.xml").replace("%7B%7D", "{}")
        )
        names = (_SITEMAP, *(f"{SEARCH}/sitemap-{number}.xml" for number in range(1, len(parts))))
        found += [(name, text.encode()) for name, text in zip(names, parts, strict=True)]
        found.append((_ROBOTS, robots_text((), _address(site, _SITEMAP)).encode()))
    return found


def _address(site: Site, path: str) -> str:
    """The whole address of a file; under the base of the IRIs where nobody said where the site will be."""
    return f"{(site.settings.address or site.base).rstrip('/')}/{quote(path, safe=SAFE)}"


async def _seeds(site: Site) -> list[str]:
    """Pages to which no other need lead: the search, the report, everything that has a page."""
    answer = await site.rows(internal_query("things"))
    iris = {row[0].value for row in answer.rows if isinstance(row[0], NamedNode)} | subjects_in_files(
        "ontology"
    )
    found = {unquote(path) for iri in iris if (path := page_path(iri, site.base))}
    return ["/search", "/report", *sorted(found)]


async def _without_pages(site: Site) -> set[str]:
    """Paths of what has documents in RDF only: shapes, parts of the cube, graphs."""
    answer = await site.rows(internal_query("graphs"))
    iris = {row[0].value for row in answer.rows if isinstance(row[0], NamedNode)}
    iris |= subjects_in_files("shape") | subjects_in_files("cube")
    paths = (path_of(iri, site.base) for iri in iris)
    return {unquote(path) for path in paths if path and path.startswith(WITHOUT_PAGES)}


async def _search(view: View) -> Page:
    return Page("search-files.html", {"kinds": searching.KINDS, "index": view.links.to(f"/{SEARCH}/")})


async def _report(view: View) -> Download:
    source = view.site.source
    text = render(source.graph, "html", view.language) if isinstance(source, OpenedSource) else ""
    return Download(text.encode(), "text/html")
