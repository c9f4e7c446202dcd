"""A document's page as it was read, drawn from its own file where that is at hand: ``…/picture?page=2``."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from base64 import b64encode
from collections import OrderedDict
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.requests import Request
from starlette.responses import Response

from budgetkg.errors import BudgetkgError, UnknownName
from budgetkg.messages import Message
from budgetkg.picture import inline_parts
from budgetkg.resources import page_query
from budgetkg.web.addresses import iri_of
from budgetkg.web.asking import Site
from budgetkg.web.sources import by_digest

SECONDS = 60  # for one page: as long as a slow PDF takes, and its reader waits
_AT_ONCE = 2  # drawings, each a process of its own with a processor to itself
_KEPT = 32  # pictures, of a few hundred kB each
_LARGEST_PAGE = 100_000  # no document has so many pages
PDF, _MAGIC = "application/pdf", b"%PDF-"


class Pictures:
    """Draws pages, each in a process of its own that ends with its time or with its reader."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._kept: OrderedDict[tuple[str, tuple[int, ...], str], bytes] = OrderedDict()

    async def show(self, request: Request) -> Response:
        """The picture; raises UnknownName where the graph has no such document or the folder no such file."""
        iri = iri_of(request.path_params["path"], self._site.base)
        page = request.query_params.get("page", "1")
        mark = span_of(request.query_params.get("mark", ""))
        source = (await at_hand(self._site)).get(iri or "")
        if source is None or not page.isdecimal() or not 0 < int(page[:9]) <= _LARGEST_PAGE:
            raise UnknownName("no-such-thing", path=request.url.path[:200], choices=Message("there-are-none"))
        path, digest, kind = source
        ending = ".png" if kind == PDF else ".html"
        body = await self._drawn(path, digest, (int(page), *mark), ending)
        if ending == ".png":
            return Response(body, media_type="image/png")
        return Response(body, media_type="text/html", headers={"content-security-policy": policy()})

    async def _drawn(self, path: Path, digest: str, place: tuple[int, ...], ending: str) -> bytes:
        key = (digest, place, ending)
        async with self._turn:
            if key not in self._kept:
                self._kept[key] = await _draw(path, place, ending)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


async def at_hand(site: Site) -> dict[str, tuple[Path, str, str]]:
    """The documents whose very bytes are in the folder of sources: IRI → file, SHA-256, media type."""
    if site.settings.sources is None:
        return {}
    files = await asyncio.to_thread(by_digest, site.settings.sources)
    found = {}
    for row in (await site.rows(page_query("fingerprints"))).rows:
        thing, fingerprint, kind = (str(getattr(term, "value", "")) for term in row[:3])
        digest = fingerprint.removeprefix("sha256:")
        if digest in files:
            found[thing] = (files[digest], digest, kind or _kind(files[digest], digest))
    return found


@lru_cache(10_000)
def _kind(path: Path, digest: str) -> str:
    """What a file is of which the graph says little: an edition that isn't counted."""
    with path.open("rb") as file:
        return PDF if file.read(len(_MAGIC)) == _MAGIC else ""


def span_of(text: str) -> tuple[int, ...]:
    """``12-40`` as two numbers; none where it isn't that."""
    start, _, end = text.partition("-")
    both = start, end
    if not all(number.isascii() and number.isdecimal() and len(number) < 9 for number in both):
        return ()
    return int(start), int(end)


@cache
def policy() -> str:
    """What the browser lets a picture do: its one style and its one script, word for word, nothing else."""
    style, script = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline_parts())
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )


async def _draw(path: Path, place: tuple[int, ...], ending: str) -> bytes:
    page, *mark = place
    with TemporaryDirectory(prefix="budgetkg-picture-") as folder:
        out = Path(folder) / f"page{ending}"
        command = (
            sys.executable,
            "-m",
            "budgetkg",
            "parse",
            str(path),
            "--picture",
            str(out),
            "--page",
            str(page),
            *(("--mark", *map(str, mark)) if mark else ()),
        )
        nowhere = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            *command, stdin=nowhere, stdout=nowhere, stderr=nowhere
        )
        try:
            await asyncio.wait_for(process.wait(), SECONDS)
        except TimeoutError as error:
            raise BudgetkgError("picture-too-slow", seconds=SECONDS) from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if not out.is_file():  # no such page, or nothing to draw
            raise UnknownName(
                "no-such-thing", path=Message("a-page", number=page), choices=Message("there-are-none")
            )
        return out.read_bytes()
