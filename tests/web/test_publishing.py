"""The published folder: whole or not at all, each link leads to a file, one graph gives the same bytes."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as Xml

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

pytest.importorskip("starlette", reason="the site ([web]) is not installed")
pytest.importorskip("jinja2", reason="the site ([web]) is not installed")

import budgetkg
from budgetkg.errors import BudgetkgError
from budgetkg.export import exchanging
from budgetkg.queries import questions as questions_of_the_package
from budgetkg.web.asking import Site
from budgetkg.web.opened import OpenedSource
from budgetkg.web.pages import questions
from budgetkg.web.pages.links import FileLinks, file_of
from budgetkg.web.pages.rendering import html
from budgetkg.web.pages.view import View
from budgetkg.web.protocols.files import described_in_files, subjects_in_files
from budgetkg.web.publishing import contents, publish, walking
from budgetkg.web.publishing.searching import shard_of
from budgetkg.web.settings import Settings

ADDRESS = "https://data.example.org/budget"
_LINK = re.compile(r'(?:href|src|action|data-index)="([^"#]+)')


@pytest.fixture(scope="module")
def small(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("small") / "graph"
    smallest = min(samples, key=lambda path: path.stat().st_size)
    budgetkg.build([smallest], directory)
    return directory


@pytest.fixture(scope="module")
def whole(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site of one document, in Chinese: English has the same templates, and takes as long again."""
    out = tmp_path_factory.mktemp("published") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "LANGUAGES", ("zh",))
        count = publish(Site(OpenedSource(small), Settings(address=ADDRESS)), out)
    assert count == len(files(out))
    return out


def files(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def part(directory: Path, out: Path, monkeypatch: pytest.MonkeyPatch, most: int = 60) -> dict[str, bytes]:
    """The site with the first pages only."""
    monkeypatch.setattr(walking, "MOST", most)
    publish(Site(OpenedSource(directory), Settings(address=ADDRESS)), out)
    return files(out)


def test_every_link_of_every_page_leads_to_a_file(whole: Path) -> None:
    there = files(whole)
    pages = [name for name in there if name.endswith(".html")]
    assert len(pages) > 800
    broken = []
    for name in pages:
        for link in set(_LINK.findall(there[name].decode())):
            found = urlsplit(unescape(link))
            if found.scheme or "../en/" in link or link.startswith("en/"):
                continue
            target = (whole / name).parent.joinpath(unquote(found.path)).resolve()
            if not target.is_relative_to(whole) or not target.exists():
                broken.append((name, link))
    assert not broken, broken[:10]


def test_each_thing_has_its_document_in_every_form(whole: Path) -> None:
    there = files(whole)
    documents = [name for name in there if name.startswith("zh/doc/")]
    assert len(documents) > 500
    for name in documents:
        local = name.removeprefix("zh/").removesuffix(".html")
        for ending in ("ttl", "nt", "jsonld"):
            assert f"{local}.{ending}" in there
            link = "../" * name.count("/") + quote(f"{local}.{ending}", safe="/:@$,;=~")
            assert f'href="{link}"'.encode() in there[name]
    for name in list(there)[::97]:
        form = RdfFormat.from_extension(name.rpartition(".")[2])
        if form is not None and name.startswith("doc/"):
            assert len(list(parse(there[name], form))) > 3
            assert f"{ADDRESS}/doc/".encode() in there[name]


def test_what_is_not_a_page_is_there_too(whole: Path) -> None:
    there = files(whole)
    for name in ("zh/report.html", "zh/doc/ontology.html", "doc/ontology.ttl",
                 "zh/doc/ontology/Project.html", "catalog/catalog.ttl", "feed.xml", "sitemap.xml",
                 "robots.txt", "rules/nginx.conf", "search-index/about.json", ".nojekyll"):  # fmt: skip
        assert name in there, name
    assert any(name.startswith("doc/shape/") for name in there)
    assert any(name.startswith("doc/graph/") for name in there)
    for address in _addresses(there["sitemap.xml"]) + _addresses(there["feed.xml"]):
        if address.startswith(ADDRESS):
            assert unquote(address.removeprefix(f"{ADDRESS}/")) in there, address
    for quad in parse(there["catalog/catalog.ttl"], RdfFormat.TURTLE):
        if quad.predicate.value.endswith("downloadURL"):
            assert unquote(quad.object.value.removeprefix(f"{ADDRESS}/")) in there
    assert f"Sitemap: {ADDRESS}/sitemap.xml\n" in there["robots.txt"].decode()


def _addresses(xml: bytes) -> list[str]:
    """The addresses of a sitemap or a feed."""
    return [
        text for node in Xml.fromstring(xml).iter() for text in (node.get("href"), node.text)
        if text and text.startswith("http") and node.tag.rpartition("}")[2] in ("loc", "link")
    ]  # fmt: skip


def test_the_same_graph_gives_the_same_bytes(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = part(small, tmp_path / "a", monkeypatch)
    assert first == part(small, tmp_path / "b", monkeypatch)
    assert first == part(small, tmp_path / "a", monkeypatch), "and over the one from before"


def test_nameless_nodes_of_packaged_files_have_the_same_names_in_every_process() -> None:
    """The parser names them by chance, so two runs of ``publish`` gave other bytes."""
    for room in ("shape", "cube"):
        nameless = {
            node.value for iri in subjects_in_files(room) for triple in described_in_files(room, iri)
            for node in (triple.subject, triple.object) if isinstance(node, BlankNode)
        }  # fmt: skip
        assert nameless <= {f"{room}{number}" for number in range(10_000)}


def test_a_site_that_fails_or_is_killed_leaves_the_old_one(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    before = part(small, out, monkeypatch, 5)

    def fail() -> None:
        raise BudgetkgError("no-files")

    with pytest.raises(BudgetkgError):
        publish(Site(OpenedSource(small)), out, fail)
    assert files(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"], "and nothing beside it"

    command = [sys.executable, "-m", "budgetkg", "publish", str(small), "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(tmp_path.glob(".site.*/new/zh/*.html")):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert files(out) == before
    assert list(tmp_path.glob(".site.*"))
    part(small, out, monkeypatch, 5)
    assert [path.name for path in tmp_path.iterdir()] == ["site"], "what was left behind is gone"


def test_a_folder_is_exchanged_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    for way in (exchanging._in_one_step, lambda fresh, out: False):
        monkeypatch.setattr(exchanging, "_in_one_step", way)
        for text in ("one", "two"):
            with exchanging.exchanging(out) as fresh:
                (fresh / text).write_text(text, "utf-8")
            assert [path.name for path in out.iterdir()] == [text]
    with pytest.raises(BudgetkgError), exchanging.exchanging(Path("/proc/self/none/out")):
        pass


def test_a_folder_of_another_kind_is_left_alone(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(BudgetkgError, match="none of them is a site"):
        publish(Site(OpenedSource(small)), tmp_path)
    with pytest.raises(BudgetkgError, match="a file"):
        publish(Site(OpenedSource(small)), tmp_path / "mine.txt")
    out = tmp_path / "site"
    part(small, out, monkeypatch, 3)
    (out / "CNAME").write_text("data.example.org", "utf-8")
    (out / "zh" / "old.html").write_text("old", "utf-8")
    assert part(small, out, monkeypatch, 3)["CNAME"] == b"data.example.org"
    assert not (out / "zh" / "old.html").exists()


def test_the_index_of_the_search_is_read_in_few_files(whole: Path) -> None:
    about = json.loads((whole / "search-index" / "about.json").read_text("utf-8"))
    names = [name for name in files(whole) if name.startswith("search-index/entries/")]
    entries = [one for name in sorted(names, key=lambda name: int(name.split("/")[2][:-5]))
               for one in json.loads((whole / name).read_text("utf-8"))]  # fmt: skip
    assert len(entries) == sum(about["counts"]) > 50
    run = next(entry[-3][:2] for entry in entries if len(entry[-3]) > 4)
    shard = whole / "search-index" / "places" / f"{shard_of(run, about['shards'])}.json"
    steps = json.loads(shard.read_text("utf-8"))[run]
    places = [sum(steps[: number + 1]) for number in range(len(steps))]
    assert places == [
        number for number, entry in enumerate(entries) if any(run in text for text in entry[-3:])
    ]
    assert all((whole / f"zh{unquote(entry[0])}").is_file() for entry in entries)


def test_files_and_their_links_are_relative() -> None:
    links = FileLinks("/doc/id/plan/1.html", "zh", "https://example.org/")
    assert file_of("/") == "index.html"
    assert file_of("/questions/a.csv") == "questions/a.csv"
    assert links.to("/questions/a", x=1) == "../../../questions/a.html"
    assert links.to("/assets/site.css") == "../../../../assets/site.css"
    assert links.to("/catalog/catalog.ttl") == "../../../../catalog/catalog.ttl"
    assert links.other("en") == "../../../../en/doc/id/plan/1.html"
    assert links.found == {"/questions/a"}


def test_published_places_stay_within_the_weight_of_a_page(built: Path) -> None:
    """A table of places is cut where it would weigh too much, and says that the downloads have the rest."""

    async def pages() -> dict[str, str]:
        site = Site(OpenedSource(built), Settings())
        found = {}
        for item in questions_of_the_package():
            if item.subjects:
                path = f"/questions/{item.slug}/places"
                view = View(site, "zh", path, FileLinks(path, "zh", site.base), {"slug": item.slug})
                found[item.slug] = html(await questions.show(view), view)
        return found

    made = asyncio.run(pages())
    assert {slug: len(text.encode()) for slug, text in made.items() if len(text.encode()) > 200_000} == {}
    cut = [slug for slug, text in made.items() if "下载的文件有全部" in text]
    assert "tier-shares" in cut
    assert "largest-projects" not in cut
    assert all('places.csv"' in made[slug] for slug in cut)
