"""Every page as a file: the same templates, followed from the front page from link to link."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from starlette.routing import Match

from budgetkg.errors import UnknownName
from budgetkg.messages import Message
from budgetkg.web import pages
from budgetkg.web.asking import Site
from budgetkg.web.pages.answering import PageRoute
from budgetkg.web.pages.links import FileLinks
from budgetkg.web.pages.rendering import html
from budgetkg.web.pages.view import Download, Page, View

MOST = 5_000_000
"""Pages in each language, so that a walk ends."""

Own: TypeAlias = Callable[[View], Awaitable["Page | Download"]]
"""A page that only the published site has, or has in another way than the server."""


class Walk:
    """The pages of a site; ``own`` are those that stand in for the server's, by path.

    A page is made in all languages before the next: they ask the graph the same.
    """

    def __init__(self, site: Site, languages: Sequence[str], own: Mapping[str, Own]) -> None:
        self._site, self._languages, self._own = site, languages, own
        self._routes = [route for route in pages.routes(site) if isinstance(route, PageRoute)]

    async def files(self, seeds: Iterable[str]) -> AsyncIterator[tuple[str, str, bytes]]:
        """Each page and file that is linked from one before it, once, and the ``seeds``, linked or not.

        Its language, its path and what is in it.
        """
        waiting = list(dict.fromkeys(("/", *seeds)))[:MOST]
        known = set(waiting)
        for path in waiting:
            linked: set[str] = set()
            for language in self._languages:
                links = FileLinks(path, language, self._site.base)
                yield language, path, await self._body(View(self._site, language, path, links))
                linked |= links.found
            for found in sorted(linked - known)[: MOST - len(known)]:
                known.add(found)
                waiting.append(found)

    async def _body(self, view: View) -> bytes:
        found = await self._shown(view)
        if isinstance(found, Download):
            return found.body
        if isinstance(found, str):
            raise UnknownName("no-such-thing", path=view.path, choices=Message("there-are-none"))
        return html(found, view).encode()

    async def _shown(self, view: View) -> Page | Download | str:
        if view.path in self._own:
            return await self._own[view.path](view)
        route, place = next(self._matching(view.path))
        given = {key: str(value) for key, value in place.items()}
        return await route.handler(View(view.site, view.language, view.path, view.links, given))

    def _matching(self, path: str) -> Iterator[tuple[PageRoute, dict[str, object]]]:
        for route in self._routes:
            match, child = route.matches({"type": "http", "method": "GET", "path": path})
            if match is Match.FULL:
                yield route, child["path_params"]
