"""The site over the sample documents, asked in this process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the site ([web]) is not installed")
pytest.importorskip("jinja2", reason="the site ([web]) is not installed")

from starlette.testclient import TestClient

from budgetkg.web.app import application
from budgetkg.web.asking import Site
from budgetkg.web.settings import Settings
from budgetkg.web.source import DirectorySource


@pytest.fixture(scope="session")
def site(built: Path) -> Site:
    settings = Settings(hosts=frozenset({"testserver"}))
    return Site(DirectorySource(built, settings.limits, 2), settings)


@pytest.fixture(scope="session")
def started(site: Site) -> Iterator[TestClient]:
    with TestClient(application(site), headers={"accept": "text/html"}) as made:
        yield made


@pytest.fixture
def client(started: TestClient) -> TestClient:
    """A reader who comes for the first time: the site remembers the language that one has chosen."""
    started.cookies.clear()
    return started


@dataclass(slots=True)
class Seen:
    """What a page holds: its links, its language, its elements with an id or a label."""

    links: list[str]
    language: str
    elements: list[tuple[str, dict[str, str | None]]]


def seen(html: str) -> Seen:
    found = Seen([], "", [])

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            found.elements.append((tag, given))
            if tag == "a" and given.get("href"):
                found.links.append(str(given["href"]))
            if tag == "html":
                found.language = str(given.get("lang"))

    Reader().feed(html)
    return found
