"""Links from page to page: on a server with their queries, in a published folder from file to file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urlencode

from budgetkg.web.addresses import document_path

_FILES = frozenset({"html", "csv", "xlsx", "json", "svg"})
_DATA = (".ttl", ".jsonld", ".nt", ".csv")
_ROOMS = ("/doc/id/", "/doc/code/", "/doc/ontology")
SEARCH, DATASETS, FEED = "search-index", "catalog", "feed.xml"
"""What a published site holds beside the folders of its languages: the search's index, datasets, the feed."""
_SHARED = ("/assets/", f"/{SEARCH}/", f"/{DATASETS}/", f"/{FEED}")
STATIC = Path(__file__).resolve().parent.parent / "static"


class Links(Protocol):
    """How one page names the others."""

    live: bool
    """Whether a server answers: else there are no forms, no search, no parameters."""

    def to(self, path: str, pairs: Iterable[tuple[str, object]] = (), /, **query: object) -> str:
        """The page at a path of the site (``/questions``), with a query where a server reads it."""

    def thing(self, iri: str) -> str | None:
        """The page of a thing; ``None`` for one that has none."""

    def other(self, language: str) -> str:
        """This page in another language."""


class ServerLinks:
    """Links under the prefix that a proxy publishes the site under."""

    live = True

    def __init__(self, root: str, here: str, query: tuple[tuple[str, str], ...], base: str) -> None:
        self._root, self._here, self._query, self._base = root, here, query, base

    def to(self, path: str, pairs: Iterable[tuple[str, object]] = (), /, **query: object) -> str:
        """The address of a path; empty values are left out."""
        given = [(key, value) for key, value in (*pairs, *query.items()) if value not in (None, "")]
        path = f"/{path.lstrip('/')}"  # two slashes would name another host
        return f"{self._root}{quote(path, safe='/:@$,;=~')}" + (f"?{urlencode(given)}" if given else "")

    def thing(self, iri: str) -> str | None:
        """The HTML document of a thing of ours, another one's own address on the web."""
        path = page_path(iri, self._base)
        if path is not None:
            return f"{self._root}{path}"
        return iri if iri.startswith(("http://", "https://")) else None

    def other(self, language: str) -> str:
        """The same address with the language said."""
        kept = [(key, value) for key, value in self._query if key != "lang"]
        return f"{self._root}{quote(self._here, safe='/:@$,;=~')}?{urlencode([*kept, ('lang', language)])}"


class FileLinks:
    """Links from file to file, relative to the one they stand in; what they lead to is written down."""

    live = False

    def __init__(self, here: str, language: str, base: str) -> None:
        self._here, self._language, self._base = file_of(here), language, base
        self.found: set[str] = set()

    def to(self, path: str, pairs: Iterable[tuple[str, object]] = (), /, **query: object) -> str:
        """The file of a path; nobody reads a query there."""
        up = "../" * self._here.count("/")
        if path.startswith(_SHARED):
            return f"{up}../{path.lstrip('/')}"
        if path.startswith(_ROOMS) and path.endswith(_DATA):  # says the same in every language
            return quote(f"{up}..{path}", safe="/:@$,;=~")
        self.found.add(path)
        return quote(up + file_of(path), safe="/:@$,;=~")

    def thing(self, iri: str) -> str | None:
        """The file of a thing of ours, another one's own address on the web."""
        path = page_path(iri, self._base)
        if path is not None:
            return self.to(unquote(path))
        return iri if iri.startswith(("http://", "https://")) else None

    def other(self, language: str) -> str:
        """The same page in another language, in the folder beside."""
        return quote(f"{'../' * self._here.count('/')}../{language}/{self._here}", safe="/:@$,;=~")


def file_of(path: str) -> str:
    """The file in which a published page is."""
    local = path.strip("/") or "index"
    ending = local.rpartition("/")[2].rpartition(".")[2]
    return local if ending in _FILES else f"{local}.html"


def page_path(iri: str, base: str) -> str | None:
    """The page of a thing: shapes and graphs have documents in RDF, and none."""
    path = document_path(iri, base)
    return path if path is not None and path.startswith(_ROOMS) else None


@cache
def asset_version() -> str:
    """A name of all script and style files together: a browser keeps them until it changes."""
    digest = hashlib.sha256()
    for path in sorted(path for path in STATIC.iterdir() if path.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
