"""The search of a published site, in a browser over a server that knows nothing but files."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("starlette", reason="the site ([web]) is not installed")
pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import sync_playwright
from starlette.testclient import TestClient

from budgetkg.web.asking import Site
from budgetkg.web.opened import OpenedSource
from budgetkg.web.publishing import publish, walking

BROWSER = shutil.which("chromium")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("found") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "MOST", 4)
        publish(Site(OpenedSource(built)), out)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Any]:
    if BROWSER is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()


def hits(page: Any, address: str, text: str, language: str = "zh") -> list[str]:
    page.goto(f"{address}/{language}/search.html?q={quote(text)}")
    page.wait_for_selector("#found[data-done], #none:not([hidden])", state="attached", timeout=10_000)
    return [item.inner_text() for item in page.query_selector_all("ul.hits a")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("电影", "电影放映工作经费"),
        ("电影放映", "电影放映工作经费"),
        ("dianying", "电影放映工作经费"),
        ("dyfy", "电影放映工作经费"),
        ("電影放映", "电影放映工作经费"),
        ("电影 经费", "电影放映工作经费"),
        ("黄埔", "黄埔区"),
        ("<b>电影</b>", None),
        ("qqqq", None),
    ],
)
def test_a_text_is_found(page: Any, address: str, text: str, found: str | None) -> None:
    names = hits(page, address, text)
    assert found in names if found else not names
    if not found:
        assert page.query_selector("#none:not([hidden])")


def test_a_hit_leads_to_its_page_and_more_can_be_listed(page: Any, address: str) -> None:
    few = hits(page, address, "经费", "en")
    link = page.query_selector("ul.hits a").get_attribute("href")
    assert link.startswith("../en/doc/")
    button = page.query_selector("section:not([hidden]) button:not([hidden])")
    if button is not None:
        button.click()
        page.wait_for_timeout(500)
        assert len(page.query_selector_all("ul.hits a")) > len(few)


def test_the_field_of_every_page_asks_it(page: Any, address: str) -> None:
    page.goto(f"{address}/zh/index.html")
    page.fill("#q", "电影")
    page.press("#q", "Enter")
    page.wait_for_selector("ul.hits a")
    assert "/zh/search.html?q=" in page.url
    assert page.input_value("#q") == "电影"


def test_hits_are_narrowed_as_on_the_served_site(page: Any, address: str, client: TestClient) -> None:
    """The same choices with the same counts, and as many hits with one of them chosen."""
    for language in ("zh", "en"):
        hits(page, address, "经费", language)
        links = page.query_selector_all("#facets a")
        found = {
            (link.text_content(), link.evaluate("a => a.nextElementSibling.textContent")) for link in links
        }
        served = client.get("/search", params={"q": "经费", "lang": language}).text
        known = re.findall(r'nofollow"[^>]*>([^<]+)</a> <span class="count">([0-9]+)', served)
        assert found == {(unescape(text), count) for text, count in known}
        assert len(found) > 10
        name, count = links[1].text_content(), links[1].evaluate("a => a.nextElementSibling.textContent")
        page.goto(f"{address}/{language}/search.html{links[1].get_attribute('href')}")
        page.wait_for_selector("#found[data-done]", state="attached")
        assert page.query_selector('#facets a[aria-current="true"]').text_content() == name
        assert count in page.inner_text("#count")
