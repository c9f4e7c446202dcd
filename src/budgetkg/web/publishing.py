"""The site as files for any web host: the same templates, followed from the front page from link to link.

Pages are in ``zh/`` and ``en/``, what each thing's document says as RDF in ``doc/`` beside them, the rules
by which web servers lead IRIs there in ``rules/``.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from starlette.routing import Match

from budgetkg.errors import BudgetkgError, UnknownName
from budgetkg.messages import Message
from budgetkg.web import pages
from budgetkg.web.addresses import FOLDER, SAFE
from budgetkg.web.asking import Site
from budgetkg.web.hosting import write_rules
from budgetkg.web.pages.answering import PageRoute
from budgetkg.web.pages.links import STATIC, FileLinks, file_of
from budgetkg.web.pages.rendering import html
from budgetkg.web.pages.view import Download, View
from budgetkg.web.protocols.things import Things
from budgetkg.web.settings import LANGUAGES

MOST = 5_000_000
"""Pages of one language, so that a walk ends."""
_DATA = ("ttl", "jsonld", "nt")
RULES = "rules"
_FRONT = (
    '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>budgetkg</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="stylesheet" href="assets/site.css"></head><body><main>'
    '<h1><a href="zh/index.html">中文</a> · <a href="en/index.html" lang="en">English</a></h1>'
    "</main></body></html>\n"
)


def publish(site: Site, out: Path, step: Callable[[], object] = lambda: None) -> int:
    """Write every page that the front page leads to, in both languages; returns how many files there are.

    ``step`` is called after each. Raises BudgetkgError where a folder of another kind is in the way.
    """
    if out.exists() and any(out.iterdir()) and not (out / "assets" / "site.css").is_file():
        raise BudgetkgError("folder-not-a-site", path=out)
    return asyncio.run(_publish(site, out, step))


async def _publish(site: Site, out: Path, step: Callable[[], object]) -> int:
    for name in ("assets", FOLDER, RULES, *LANGUAGES):
        shutil.rmtree(out / name, ignore_errors=True)
    # Nobody asks SPARQL of files: the editor stays away, built or not.
    shutil.copytree(STATIC, out / "assets", ignore=shutil.ignore_patterns("yasgui"))
    (out / "index.html").write_text(_FRONT, encoding="utf-8", newline="\n")
    if site.settings.address:
        write_rules(out / RULES, site.settings.address)
    count = sum(path.is_file() for path in out.rglob("*"))
    await site.source.begin()
    try:
        async for path, body in _files(site):
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
            count += 1
            step()
    finally:
        await site.source.close()
    return count


async def _files(site: Site) -> AsyncIterator[tuple[str, bytes]]:
    """Every file and its path: the pages of each language, then what they are about as RDF."""
    routes = [route for route in pages.routes(site) if isinstance(route, PageRoute)]
    about: set[str] = set()
    for language in LANGUAGES:
        async for path, body in _walk(site, routes, language):
            yield f"{language}/{file_of(path)}", body
            if path.startswith(f"/{FOLDER}/"):
                about.add(path.removeprefix(f"/{FOLDER}/").removesuffix(".html"))
    things = Things(site)
    for local in sorted(about):
        for ending in _DATA:
            path = f"{FOLDER}/{local}.{ending}"
            yield path, (await things.written(local, ending, _address(site, path)))[1]


def _address(site: Site, path: str) -> str:
    """The whole address of a file; under the base of the IRIs where nobody said where the site will be."""
    return f"{(site.settings.address or site.base).rstrip('/')}/{quote(path, safe=SAFE)}"


async def _walk(site: Site, routes: list[PageRoute], language: str) -> AsyncIterator[tuple[str, bytes]]:
    """Each page and file that is linked from one before it, once."""
    waiting, known = ["/"], {"/"}
    for path in waiting:
        links = FileLinks(path, language, site.base)
        yield path, await _body(site, routes, View(site, language, path, links))
        for found in sorted(links.found - known)[: MOST - len(known)]:
            known.add(found)
            waiting.append(found)


async def _body(site: Site, routes: list[PageRoute], view: View) -> bytes:
    route, place = next(_matching(routes, view.path))
    found = await route.handler(
        View(site, view.language, view.path, view.links, {key: str(value) for key, value in place.items()})
    )
    if isinstance(found, Download):
        return found.body
    if isinstance(found, str):
        raise UnknownName("no-such-thing", path=view.path, choices=Message("there-are-none"))
    return html(found, view).encode()


def _matching(routes: list[PageRoute], path: str) -> Iterator[tuple[PageRoute, dict[str, object]]]:
    for route in routes:
        match, child = route.matches({"type": "http", "method": "GET", "path": path})
        if match is Match.FULL:
            yield route, child["path_params"]
