"""The page of a document as it was read: of its very bytes, drawn with nothing but our own script."""

from __future__ import annotations

import asyncio
import html
import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import seen

import budgetkg
from budgetkg.picture import inline_parts
from budgetkg.web.app import application
from budgetkg.web.asking import Site
from budgetkg.web.opened import OpenedSource
from budgetkg.web.pages.pictures import PDF, at_hand, policy
from budgetkg.web.settings import Settings
from budgetkg.web.source import DirectorySource
from budgetkg.web.sources import by_digest


@pytest.fixture(scope="module")
def looked_at(
    built: Path, samples: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """The site with one document at hand under another name, and another's name over other bytes."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "deep").mkdir()
    shutil.copy(samples[0], folder / "deep" / "renamed.txt")
    (folder / samples[1].name).write_text("other bytes", "utf-8")
    outside = tmp_path_factory.mktemp("outside") / samples[2].name
    shutil.copy(samples[2], outside)
    (folder / "link.txt").symlink_to(outside)
    settings = Settings(sources=folder)
    site = Site(DirectorySource(built, settings.limits, 1), settings)
    with TestClient(application(site), headers={"accept": "text/html"}) as client:
        yield client


def path_of(document: Path) -> str:
    return f"/doc/id/document/{sha256(document.read_bytes()).hexdigest()[:16]}"


def test_a_document_at_hand_is_shown_as_it_was_read(looked_at: TestClient, samples: list[Path]) -> None:
    page = looked_at.get(f"{path_of(samples[0])}.html")
    assert f"{path_of(samples[0])}/picture?page=1" in seen(page.text).links
    answer = looked_at.get(f"{path_of(samples[0])}/picture?page=1")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == policy()
    style, script = inline_parts()
    assert re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL) == [style]
    assert re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL) == [script]
    assert "style=" not in answer.text
    things = [link for link in seen(page.text).links if "/project/" in link or "/task/" in link]
    thing = looked_at.get(things[0]).text
    marked = next(link for link in seen(thing).links if "&mark=" in link)
    title = html.unescape(re.findall(r"<h1>(.*?)</h1>", thing)[0])
    framed = re.findall(r'<span class="[rfnu] here"[^>]*>(.*?)</span>', looked_at.get(marked).text, re.DOTALL)
    assert title in html.unescape("".join(framed))
    assert marked.endswith("#here")


def test_only_the_very_file_is_shown(looked_at: TestClient, client: TestClient, samples: list[Path]) -> None:
    for document in samples[1:3]:
        assert looked_at.get(f"{path_of(document)}/picture").status_code == 404
        assert "/picture" not in looked_at.get(f"{path_of(document)}.html").text
    for path in ("/doc/../../etc/passwd/picture", "/doc/id/document/renamed.txt/picture",
                 f"{path_of(samples[0])}/picture?page=9999",
                 f"{path_of(samples[0])}/picture?page=-1"):  # fmt: skip
        assert looked_at.get(path).status_code == 404, path
    assert client.get(f"{path_of(samples[0])}/picture").status_code == 404, "nobody said where the files are"


def test_a_link_out_of_the_folder_is_no_source(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out.txt"
    inside.mkdir()
    outside.write_text("secret", "utf-8")
    (inside / "a.txt").symlink_to(outside)
    (inside / "b.txt").write_text("ours", "utf-8")
    assert by_digest(inside) == {sha256(b"ours").hexdigest(): inside / "b.txt"}


def test_an_edition_that_is_not_counted_is_drawn_too(tmp_path: Path) -> None:
    """The graph says of it which bytes it has, and little else."""
    formats = Path(__file__).resolve().parents[2] / "examples" / "formats"
    budgetkg.build(sorted(formats.iterdir()), tmp_path / "graph")
    site = Site(OpenedSource(tmp_path / "graph"), Settings(sources=formats))
    found = asyncio.run(at_hand(site))
    assert len(found) == len(list(formats.iterdir()))
    assert {path.suffix for path, _, kind in found.values() if kind == PDF} == {".pdf"}
