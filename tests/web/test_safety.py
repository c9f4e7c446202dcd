"""What strangers send, and what documents hold: neither reaches a page as anything but text."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import seen

import budgetkg
from budgetkg.store.worker import Limits
from budgetkg.web.app import application
from budgetkg.web.asking import Site
from budgetkg.web.guarding import Rates
from budgetkg.web.settings import Settings, names
from budgetkg.web.source import DirectorySource

LONG = Limits(seconds=60)
SCRIPT = '<script>alert("预算")</script>'


@pytest.mark.parametrize("path", ["/search?q=", "/questions/unit-cost?theme=", "/sparql?query=",
                                  "/findings?_has=",
                                  "/questions/largest-projects?_is.district=", "/questions/"])  # fmt: skip
def test_what_a_stranger_writes_is_text(client: TestClient, path: str) -> None:
    answer = client.get(path + SCRIPT.replace("/", "%2F").replace("&", "%26"))
    assert SCRIPT not in answer.text
    assert answer.status_code in (200, 400, 404)


def test_nobody_outside_names_a_file_of_this_machine(client: TestClient, tmp_path: Path) -> None:
    """A table that a question takes is a file: a page neither reads it nor says whether it is there."""
    given = tmp_path / "people.csv"
    given.write_text("district,people\n番禺区,2658397\n", "utf-8")
    plain = client.get("/questions/budget-per-head")
    assert 'name="population"' not in plain.text
    for path in (given, tmp_path / "nothing.csv"):
        page = client.get("/questions/budget-per-head", params={"population": str(path)})
        assert 'role="alert"' in page.text
        assert "2658397" not in page.text
        assert str(path) not in page.text
        file = client.get("/questions/budget-per-head.csv", params={"population": str(path)})
        assert file.status_code == 400
        assert "2658397" not in file.text


def test_headers_let_no_script_in(client: TestClient) -> None:
    for path in ("/", "/questions/largest-projects.csv", "/healthz", "/nothing"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "referrer-policy" in headers
    page = client.get("/").text
    assert "style=" not in page
    assert "onclick" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_hostile_names_of_a_document_are_text(tmp_path: Path, samples: list[Path]) -> None:
    text = next(path for path in samples if "panyu" in path.name).read_text("gb18030")
    source = tmp_path / "a.txt"
    source.write_text(text.replace("电影", "<img/src=x>影"), "utf-8")
    report = budgetkg.build([source], tmp_path / "graph")
    assert report.ok
    site = Site(DirectorySource(tmp_path / "graph", Settings().limits, 1), Settings())
    with TestClient(application(site), headers={"accept": "text/html"}) as client:
        found = client.get("/search?q=src=x")
        assert "&lt;img/src=x&gt;" in found.text
        assert "<img/src=x>" not in found.text
        assert "<img/src=x>" not in client.get("/questions/largest-projects?limit=99").text


@pytest.mark.parametrize(
    "hostile",
    ["</script><script>alert(1)</script>", '"><svg/onload=alert(1)>', "javascript:alert(1)//", "{{7*7}}"],
)
def test_hostile_names_are_text_in_every_page_and_file(
    tmp_path: Path, samples: list[Path], hostile: str
) -> None:
    """A project's name holds markup: on no page, in no feed and no published file is it anything but text."""
    text = next(path for path in samples if "panyu" in path.name).read_text("gb18030")
    source = tmp_path / "a.txt"
    source.write_text(text.replace("电影", f"{hostile}影"), "utf-8")
    assert budgetkg.build([source], tmp_path / "graph").ok
    site = Site(DirectorySource(tmp_path / "graph", LONG, 1), Settings(limits=LONG))
    with TestClient(application(site), headers={"accept": "text/html"}) as client:
        asked = "SELECT ?p ?n { ?p a bkg:Project ; rdfs:label ?n FILTER (CONTAINS(?n, '影')) }"
        rows = client.get("/sparql", params={"query": asked, "format": "json"}).json()["results"]["bindings"]
        name = rows[0]["n"]["value"]
        things = [row["p"]["value"].split("budgetkg", 1)[1] for row in rows]
        paths = ["/search?q=影", "/questions/largest-projects?limit=99", "/documents", "/compare"]
        paths += ["/findings", *(f"/doc{path}.html" for path in things[:2])]
        for path in paths:
            page = client.get(path)
            assert page.status_code == 200
            _is_harmless(page.text)
        assert hostile.replace(" ", "")[:6] in name.replace(" ", "")
        assert Xml.fromstring(client.get("/feed").content) is not None
        found = client.get("/questions/largest-projects.csv?limit=99").text
        assert all(not line.startswith(("=", "@", "+")) for line in found.splitlines())


def _is_harmless(page: str) -> None:
    """The elements and attributes are those of our templates, whatever the texts hold."""
    for tag, given in seen(page).elements:
        assert not any(name.startswith("on") for name in given), (tag, given)
        for name in ("href", "src", "action"):
            assert not str(given.get(name) or "").strip().lower().startswith(("javascript:", "data:")), given
        if tag == "script":
            assert str(given.get("src") or "").startswith("/assets/") or given.get("type") == (
                "application/ld+json"
            )


def test_no_header_is_written_by_a_stranger(client: TestClient) -> None:
    """Line ends in an address, a language or a name of a file stay in their place."""
    for path in ("/questions/x%0d%0aSet-Cookie:%20a=b.csv", "/id/x%0d%0aLocation:%20http://evil.example/",
                 "/zh/%0d%0aX-Evil:1.html", "/code/division/440112%0d%0aX-Evil:1",
                 "/questions/largest-projects?lang=en%0d%0aX-Evil:1"):  # fmt: skip
        answer = client.get(path, follow_redirects=False)
        assert "x-evil" not in answer.headers
        assert not answer.headers.get("location", "").startswith("http://evil")
        assert "a=b" not in answer.headers.get("set-cookie", "")
        assert answer.status_code < 500


def test_no_redirect_leads_elsewhere(client: TestClient) -> None:
    for path in ("/zh//evil.example/", "/en/%2F%2Fevil.example", "//evil.example/x", "/id//evil.example",
                 "/zh/https://evil.example"):  # fmt: skip
        answer = client.get(path, follow_redirects=False)
        where = answer.headers.get("location", "/")
        assert not where.startswith("//"), (path, where)
        assert urlsplit(where).hostname in (None, "testserver"), (path, where)


def test_large_and_odd_queries_are_refused_in_a_line(client: TestClient) -> None:
    large, deep = "SELECT * { " + "?a ?b ?c . " * 50_000 + "}", "SELECT * " + "{" * 9000 + "}" * 9000
    for query in (large, deep, "ASK { FILTER (" + "!" * 60_000 + "true) }", "\0"):
        body = query.encode("utf-8", "surrogatepass")
        given = {"content-type": "application/sparql-query", "accept": "*/*"}
        answer = client.post("/sparql", content=body, headers=given)
        assert answer.status_code in (400, 503), query[:30]
        assert answer.text.count("\n") == 1
    assert client.get("/sparql", params={"query": "ASK {}"}, headers={"accept": "*/*"}).status_code == 200


def test_another_host_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_hosts_are_those_of_the_address() -> None:
    assert "127.0.0.1:80" in names("127.0.0.1", 80)
    assert "127.0.0.1" not in names("127.0.0.1", 7878)
    assert names("0.0.0.0", 80) == frozenset()


def test_a_large_body_is_refused(client: TestClient) -> None:
    assert client.post("/sparql", content=b" " * (2 << 20)).status_code == 413


def test_an_address_that_asks_too_often_waits() -> None:
    rates = Rates(per_second=2, at_once=3)
    assert [rates.allow("a", now) for now in (0, 0, 0, 0, 1, 1, 1)] == [
        True,
        True,
        True,
        False,
        True,
        True,
        False,
    ]
    assert rates.allow("b", 1)


def test_no_path_leads_out_of_the_files(client: TestClient) -> None:
    for path in (
        "/assets/../pages/words.toml",
        "/assets/%2e%2e/pages/words.toml",
        "/doc/../../etc/passwd.html",
        "/assets/%252e%252e/pages/words.toml",
        "/assets/..%5c..%5cpages/words.toml",
        "/assets//etc/passwd",
        "/doc/id/document/%2e%2e/%2e%2e/etc/passwd.ttl",
        "/catalog/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%00",
    ):
        assert client.get(path).status_code == 404


def test_a_proxy_may_publish_under_a_prefix(built: Path) -> None:
    settings = Settings(root_path="/budget")
    site = Site(DirectorySource(built, settings.limits, 1), settings)
    with TestClient(application(site), headers={"accept": "text/html"}) as client:
        for path in ("/budget/questions", "/questions"):
            page = client.get(path)
            assert page.status_code == 200
            assert 'href="/budget/questions/largest-projects"' in page.text
            assert 'href="/questions' not in page.text


def test_health_and_counts(client: TestClient) -> None:
    assert client.get("/healthz").text.startswith("ok ")
    assert 'budgetkg_requests_total{status="200"}' in client.get("/metrics").text


def test_a_build_is_seen_with_the_next_page(tmp_path: Path, samples: list[Path]) -> None:
    budgetkg.build(samples[:1], tmp_path / "graph")
    site = Site(DirectorySource(tmp_path / "graph", Settings().limits, 1), Settings())
    with TestClient(application(site), headers={"accept": "text/html"}) as client:
        before = client.get("/documents").text
        budgetkg.build(samples, tmp_path / "graph")
        after = client.get("/documents").text
        assert samples[-1].name not in before
        assert samples[-1].name in after
        began = time.monotonic()
        client.get("/documents")
        assert time.monotonic() - began < 2
