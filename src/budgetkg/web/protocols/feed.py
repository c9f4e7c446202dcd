"""What is new, as an Atom feed: documents, and what a careful reader would report of them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from budgetkg.errors import UnknownName
from budgetkg.findings import where_said
from budgetkg.store.generations import Generation
from budgetkg.store.manifest import DIGEST
from budgetkg.text import writable_in_xml
from budgetkg.web.asking import Site
from budgetkg.web.protocols.where import address_of

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 500
_TOLD = ("Violation", "Warning")
"""Findings of these severities are news; remarks on how something was read are not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document or a finding: its name for ever, and when it was published, else read."""

    id: str
    title: str
    when: str
    link: str
    text: str


def routes(site: Site) -> list[BaseRoute]:
    """``/feed``: all, or by ``?since=`` what an earlier build hadn't."""

    async def feed(request: Request) -> Response:
        generation = site.files()
        if generation is None:
            raise UnknownName("no-files")
        since = request.query_params.get("since", "")
        body = await asyncio.to_thread(feed_of, generation, since, address_of(site, request, ""))
        tag = f'"{site.version}-{since}"' if DIGEST.fullmatch(since) or not since else '""'
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"etag": tag})
        return Response(body, media_type="application/atom+xml", headers={"etag": tag})

    return [Route("/feed", feed)]


def feed_of(
    generation: Generation, since: str, address: str, name: str = "feed", pages: str = "doc/"
) -> bytes:
    """The feed of all, or of what is newer than an earlier build; raises UnknownName for one not kept.

    ``address`` is where the site is, ``name`` and ``pages`` where in it the feed and the pages of things are.
    """
    root = f"{address}{pages}"
    earlier = _earlier(generation, since) if since else None
    known = {entry.id for entry in _entries(earlier, root)} if earlier else frozenset()
    found = [entry for entry in _entries(generation, root) if entry.id not in known]
    found.sort(key=lambda entry: entry.id)
    found.sort(key=lambda entry: entry.when, reverse=True)
    return atom(found[:_MOST], generation.path.name, address, name)


def _earlier(generation: Generation, name: str) -> Generation:
    """An earlier build that is still kept; raises UnknownName for any other."""
    path = generation.path.parent / name
    if not DIGEST.fullmatch(name) or not path.is_dir():
        raise UnknownName("no-such-build", name=name[:40])
    return Generation(path)


def _entries(generation: Generation, pages: str) -> Iterator[Entry]:
    """The documents that count, each with its findings."""
    when = {}
    for one in generation.counted():
        when[one["sha256"]] = _when(one, generation.document(one["key"]))
        link = f"{pages}id/document/{one['key']}.html"
        parts = (one["department"] or one["source"], str(one["year"] or ""), one["source"])
        title = " ".join(dict.fromkeys(part for part in parts if part))
        counts = f"{one['projects']} projects, {one['tasks']} tasks, {one['indicators']} indicators"
        yield Entry(f"{one['base']}id/document/{one['key']}", title, when[one["sha256"]], link, counts)
    for finding in generation.all_findings():
        if finding["severity"] in _TOLD and finding["sha256"] in when:
            yield _finding(finding, when[finding["sha256"]], pages)


def _finding(finding: Mapping[str, Any], when: str, pages: str) -> Entry:
    parts = (
        finding["sha256"],
        finding["code"],
        finding["where"],
        finding["message"]["en"],
        str(finding["evidence"]),
    )
    name = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    title = f"{finding['document']}: {finding['label']['zh']} {finding['label']['en']}"
    link = f"{pages}id/document/{finding['sha256'][:16]}.html"
    text = " ".join(_said(finding, language) for language in ("zh", "en"))
    return Entry(f"urn:budgetkg:finding:{name}", title, when, link, text)


def _said(finding: Mapping[str, Any], language: str) -> str:
    """What a finding says and what of: a thing once, with the Chinese; a page in the language's words."""
    where = where_said(finding["where"], language)
    named = language == "zh" or where != where_said(finding["where"], "zh")
    return f"{where if named else ''} {finding['message'][language]}".strip()


def _when(entry: Mapping[str, Any], record: Path) -> str:
    """The day on which a document was published, where its source says it; else when it was read."""
    issued = str(entry.get("origin", {}).get("issued", ""))
    if len(issued) == len("2024-03-01"):
        return f"{issued}T00:00:00Z"
    seconds = int(record.stat().st_mtime) if record.exists() else 0
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def atom(entries: list[Entry], version: str, address: str, name: str = "feed") -> bytes:
    """The feed of some entries, the newest first."""
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", f"{address}{name}")
    _add(feed, "title", "预算绩效知识图谱 budgetkg")
    _add(feed, "subtitle", f"build {version}; the newest {_MOST} entries at most")
    _add(feed, "updated", max((entry.when for entry in entries), default="1970-01-01T00:00:00Z"))
    author = Xml.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "budgetkg")
    Xml.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=f"{address}{name}")
    for entry in entries:
        node = Xml.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(node, "id", entry.id)
        _add(node, "title", entry.title)
        _add(node, "updated", entry.when)
        Xml.SubElement(node, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=entry.link)
        _add(node, "summary", entry.text)
    body: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = writable_in_xml(text)
