"""The catalogue, VoID, the feed, and what search engines read."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat
from tests.protocols.served import Served, serving, site_over

import budgetkg
from budgetkg.errors import UnknownName
from budgetkg.queries import questions
from budgetkg.store.generations import current
from budgetkg.vocab import DCAT, PREFIXES, RDF, VOID

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void"])
def test_the_catalogue(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert (answer.status, answer.kind) == (200, "text/turtle")
    found = [quad.triple for quad in pyoxigraph.parse(answer.body, RdfFormat.TURTLE)]
    types = {triple.object for triple in found if triple.predicate == RDF.type}
    assert {DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, VOID.Dataset} <= types
    assert served.ask(path, Accept="application/ld+json").kind == "application/ld+json"
    assert served.ask(f"{path}?format=nt").kind == "application/n-triples"
    assert served.ask(path).body == answer.body


def test_every_file_of_the_catalogue_is_there(served: Served) -> None:
    found = [quad.triple for quad in pyoxigraph.parse(served.ask("/catalog").body, RdfFormat.TURTLE)]
    files = {triple.object.value for triple in found
             if triple.predicate == DCAT.downloadURL and isinstance(triple.object, NamedNode)}  # fmt: skip
    assert len(files) >= 3
    for address in files:
        assert address.startswith(f"{served.url}/catalog/")
        assert served.ask(urlsplit(address).path).status == 200, address
    for outside in ("../catalogue", "%2e%2e/%2e%2e/etc/passwd", "/etc/passwd", ""):
        assert served.ask(f"/catalog/{outside}").status in (307, 404)


def test_the_feed(served: Served, built: Path) -> None:
    feed = Xml.fromstring(served.ask("/feed").body)
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    keys = {name.rpartition("/")[2] for name in ids if "/id/document/" in name}
    assert keys == set(current(built).keys)
    assert any("finding" in name for name in ids)
    for needed in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{needed}")
        assert all(entry.findtext(f"{ATOM}{needed}") for entry in feed.iter(f"{ATOM}entry"))
    again = served.ask("/feed", if_none_match=served.ask("/feed").headers["etag"])
    assert again.status == 304


def test_the_feed_since_a_build(samples: list[Path], tmp_path: Path) -> None:
    directory = tmp_path / "graph"
    assert budgetkg.build(samples[:2], directory).ok
    first = current(directory).path.name
    kept = tmp_path / "kept"
    current(directory).path.rename(kept)
    from budgetkg.store.generations import Generation
    from budgetkg.web.protocols.feed import _entries, feed_of

    other = tmp_path / "other"
    assert budgetkg.build(samples, other).ok
    kept.rename(current(other).path.parent / first)
    new = Xml.fromstring(feed_of(current(other), first, "http://x/"))
    ids = {entry.findtext(f"{ATOM}id") for entry in new.iter(f"{ATOM}entry")}
    before = {entry.id for entry in _entries(Generation(current(other).path.parent / first), "http://x/")}
    assert ids
    assert not ids & before
    with pytest.raises(UnknownName, match="no earlier build"):
        feed_of(current(other), "../../etc", "http://x/")


def test_a_date_of_publication_counts(samples: list[Path], tmp_path: Path) -> None:
    table = samples[0].parent / "sources.csv"
    text = f"file,url,issued\n{samples[0]},http://example.org/a.txt,2023-02-03\n"
    listed = tmp_path / "sources.csv"
    listed.write_text(text, encoding="utf-8")
    assert table != listed
    assert budgetkg.build([listed], tmp_path / "graph").ok
    with serving(site_over(tmp_path / "graph")) as server:
        feed = Xml.fromstring(server.ask("/feed").body)
    assert {entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")} == {
        "2023-02-03T00:00:00Z"
    }


def test_the_sitemap_and_robots(served: Served) -> None:
    found = [node.text or "" for node in Xml.fromstring(served.ask("/sitemap.xml").body).iter(f"{MAP}loc")]
    assert len(found) == len(set(found))
    assert f"{served.url}/doc/code/division/440112.html" in found
    assert {f"{served.url}/questions/{one.slug}" for one in questions()} < set(found)
    assert served.ask("/sitemap.xml?part=2").status == 404
    robots = served.ask("/robots.txt").text
    assert f"Sitemap: {served.url}/sitemap.xml\n" in robots
    assert "Disallow: /sparql\n" in robots


def test_the_prefix_of_a_proxy_is_said(built: Path) -> None:
    with serving(site_over(built, address="https://example.org/budget", root_path="/budget")) as server:
        assert "https://example.org/budget/sitemap.xml" in server.ask("/robots.txt").text
        where = server.ask("/code/division/440112").headers["location"]
        assert where == "https://example.org/budget/doc/code/division/440112.ttl"
        assert "https://example.org/budget/reconcile" in server.ask("/reconcile").text
        assert "<https://example.org/budget/sparql>" in server.ask("/sparql", Accept="text/turtle").text
        assert PREFIXES["bkg"] in server.ask("/sparql", Accept="text/turtle").text
