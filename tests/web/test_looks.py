"""Pages in a browser: nothing wider than the screen, nothing that axe calls serious, in both languages."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the site ([web]) is not installed")
pytest.importorskip("playwright", reason="playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe is not installed")

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect, sync_playwright
from tests.endpoints import free_port

from budgetkg.web.app import application
from budgetkg.web.asking import Site
from budgetkg.web.pages.editor import built
from budgetkg.web.settings import Settings
from budgetkg.web.source import DirectorySource

BROWSER = shutil.which("chromium")
PAGES = ("/", "/questions", "/questions/target-kinds", "/compare", "/search?q=电影", "/findings", "/sparql",
         "/signals", "/structure", "/money", "/districts", "/differences", "/terms")  # fmt: skip
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    port = free_port()
    site = Site(DirectorySource(built, Settings().limits, 2), Settings())
    server = uvicorn.Server(uvicorn.Config(application(site), port=port, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if BROWSER is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as started:
        yield started.chromium.launch(executable_path=BROWSER, args=_OPTIONS)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "language", "scheme"), [(1280, "zh-CN", "light"), (390, "en-GB", "dark")])
def test_a_page_fits_its_screen_and_everybody_can_use_it(
    address: str, browser: Any, path: str, width: int, language: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=language, color_scheme=scheme
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, {"exclude": [["#editor"]]}).response["violations"]  # Yasgui is other people's
    grave = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found
             if each["impact"] in ("serious", "critical")]  # fmt: skip
    context.close()
    assert not grave
    assert not said


def test_the_editor_knows_our_prefixes_terms_and_questions_and_asks_nobody_else(
    address: str, browser: Any
) -> None:
    if not built():
        pytest.skip("the editor is not built (make web)")
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN")
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/sparql")
    assert not page.locator("#plain").is_visible()
    page.locator("a[data-query]").first.click()
    page.locator(".yasqe_queryButton:visible").click()
    page.wait_for_selector(".yasr:visible tbody tr")
    page.locator(".CodeMirror:visible").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?plan bkg:hasPro")
    # A machine that is busy shows the names of fewer letters first. (A script of ours that waited in the page
    # would be refused by its policy of content.)
    first = page.locator(".CodeMirror-hints li").first
    expect(first).to_have_text(re.compile("^bkg:hasProject"), timeout=20_000)
    context.close()
    assert not said
    assert all(url.startswith((address, "data:")) for url in asked)


def test_who_has_no_mouse_comes_through_the_page_of_the_editor(address: str, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/sparql")
    passed = []
    for _ in range(60):
        page.keyboard.press("Tab")
        passed.append(
            page.evaluate("document.activeElement.className + document.activeElement.dataset.query")
        )
    context.close()
    assert passed[0].startswith("skip"), "the page begins at its beginning"
    assert any("SELECT" in each for each in passed), "and the examples behind the editor are reached"


def test_a_chart_is_taken_away_as_png_and_pages_work_without_scripts(address: str, browser: Any) -> None:
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    page = context.new_page()
    page.goto(f"{address}/compare")
    with page.expect_download() as taken:
        page.get_by_text("PNG", exact=True).click()
    assert taken.value.suggested_filename == "compare.png"
    assert Image.open(taken.value.path()).format == "PNG"
    context.close()
    plain = browser.new_context(locale="en-GB", java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{address}/sparql")
    page.locator("#plain button").click()
    assert page.locator("tbody tr").count() > 1
    page.goto(f"{address}/compare")
    page.select_option("#c-theme", ["电影放映"])
    page.locator(".ask button").click()
    assert "theme=" in page.url
    assert page.locator("#compare-money tbody tr").count() > 0
    plain.close()


SHOTS = {
    "home": ("/", 860),
    "question": ("/questions/target-kinds", 860),
    "project": ("/search?q=电影", 1080),
}
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "img"
LARGEST_IMAGE = 200_000


@pytest.mark.parametrize("name", SHOTS)
def test_the_pictures_in_the_docs_are_pages_of_today(address: str, browser: Any, name: str) -> None:
    """``BUDGETKG_UPDATE_DOCS=1`` takes them anew; fonts differ by machine, so no pixels are compared."""
    path, height = SHOTS[name]
    context = browser.new_context(
        viewport={"width": 1200, "height": height}, locale="en-GB", color_scheme="light"
    )
    page = context.new_page()
    assert page.goto(address + path).status == 200
    if name == "project":
        page.goto(address + page.locator('a[href*="/project/"]').first.get_attribute("href"))
    assert page.locator("h1").count() == 1
    taken = Image.open(BytesIO(page.screenshot())).convert("P", palette=Image.Palette.ADAPTIVE, colors=128)
    context.close()
    image = IMAGES / f"site-{name}.png"
    if os.environ.get("BUDGETKG_UPDATE_DOCS"):
        taken.save(image, optimize=True)
    assert image.stat().st_size < LARGEST_IMAGE
    with Image.open(image) as kept:
        assert kept.size == taken.size
