"""What strangers send, and what documents hold: neither reaches a page as anything but text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import budgetkg
from budgetkg.web.app import application
from budgetkg.web.asking import Site
from budgetkg.web.guarding import Rates
from budgetkg.web.settings import Settings, names
from budgetkg.web.source import DirectorySource

SCRIPT = '<script>alert("预算")</script>'


@pytest.mark.parametrize("path", ["/search?q=", "/questions/unit-cost?theme=", "/sparql?query=",
                                  "/findings?_has=",
                                  "/questions/largest-projects?_is.district=", "/questions/"])  # fmt: skip
def test_what_a_stranger_writes_is_text(client: TestClient, path: str) -> None:
    answer = client.get(path + SCRIPT.replace("/", "%2F").replace("&", "%26"))
    assert SCRIPT not in answer.text
    assert answer.status_code in (200, 404)


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
