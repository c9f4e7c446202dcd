"""How soon each kind of page paints, and what it weighs: ``python -m benchmarks.paint DIR [--times 3]``.

Serves a built graph as a user would, opens a page of every kind in Chromium, on a desk (1280 pixels, Chinese,
light) and on a phone (390, English, dark), each time as a reader who comes for the first time, and writes the
table into ``docs/benchmarks.md``: the slowest of so many first contentful paints, and the kilobytes of all
that the page loads, before compression.
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BETWEEN = re.compile(r"(<!-- paint: [^\n]*-->\n).*?(<!-- /paint -->)", re.DOTALL)
SCREENS = ((1280, "zh-CN", "light"), (390, "en-GB", "dark"))
PAGES = (
    "/", "/search?q=电影", "/search", "/compare", "/questions", "/questions/unit-cost",
    "/questions/target-kinds",
    "/questions/largest-projects", "/questions/cost-of-the-same-work", "/findings", "/money", "/districts",
    "/documents", "/signals", "/differences", "/terms", "/structure", "/sparql", "/doc/ontology.html",
)  # fmt: skip
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
_WEIGHT = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]" \
          ".reduce((sum, each) => sum + each.decodedBodySize, 0)"  # fmt: skip
_SEEN = f"[{_PAINT}, ({_WEIGHT}) / 1000]"
_NOTHING = "data:text/html;charset=utf-8,<meta charset=utf-8><h1>字 A</h1><p>字 <b>B</b> <code>C</code></p>"


@contextmanager
def served(directory: Path) -> Iterator[str]:
    """The address of a site over a graph."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "budgetkg", "serve", str(directory), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"{address}/healthz"):
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def kinds(address: str) -> Iterator[str]:
    """The pages, and of each kind of thing the first that the site's map or a page of another kind names."""
    yield from PAGES
    with urllib.request.urlopen(f"{address}/sitemap.xml") as answer:
        found = re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())
    # The map names documents; their projects, tasks, indicators and findings are linked from them.
    first: dict[str, str] = {}
    waiting = sorted({urlsplit(unescape(one)).path for one in found})
    while waiting:
        new = {_kind(place): place for place in reversed(waiting) if place.startswith("/doc/")}
        new = {kind: place for kind, place in new.items() if kind and kind not in first}
        first |= new
        waiting = sorted({link for place in new.values() for link in _links(address, place)})
    yield from (unquote(first[kind]) for kind in sorted(first))


def _kind(place: str) -> str:
    """``doc/id/document/indicator`` of ``/doc/id/document/04e0…/indicator/0a45….html``; empty for others."""
    parts = place.strip("/").split("/")
    is_page = place.endswith(".html") and len(parts) > 3
    return "/".join([*parts[:3], *parts[4:-1:2]]) if is_page else ""


def _links(address: str, place: str) -> set[str]:
    with urllib.request.urlopen(address + place) as answer:
        text = answer.read().decode()
    return {urlsplit(urljoin(place, unescape(one))).path for one in re.findall(r'href="([^"#?]+)', text)}


def look(browser: Any, address: str, path: str, screen: tuple[int, str, str]) -> tuple[float, float]:
    """Milliseconds to the first paint, and kilobytes, for a reader who comes for the first time."""
    width, language, scheme = screen
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale=language, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(address + path)
    seen = page.evaluate(_SEEN)
    while seen[0] < 0:
        page.wait_for_timeout(20)
        seen = page.evaluate(_SEEN)
    context.close()
    return seen[0], seen[1]


def table(address: str, times: int) -> list[str]:
    """The rows of the table."""
    rows = ["| page | 1280: paints after | kB | 390: paints after | kB |", "|---|---|---|---|---|"]
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for screen in SCREENS:  # the browser's own beginning, and its fonts', isn't the site's
            look(browser, "", _NOTHING, screen)
        for path in kinds(address):
            cells = []
            for screen in SCREENS:
                found = [look(browser, address, path, screen) for _ in range(times)]
                cells += [f"{max(paint for paint, _ in found):.0f} ms", f"{found[0][1]:.0f}"]
            rows.append(f"| `{_short(path)}` | {' | '.join(cells)} |")
            print(rows[-1], flush=True)
    return rows


def _short(path: str) -> str:
    """The kind of thing instead of its name, which says nothing."""
    return f"/{kind}/…" if path.startswith("/doc/") and (kind := _kind(path)) else path


def main() -> None:
    """Measure and write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("directory", type=Path)
    asked.add_argument("--times", type=int, default=3)
    given = asked.parse_args()
    with served(given.directory) as address:
        rows = table(address, given.times)
    text = DOCS.read_text("utf-8")
    DOCS.write_text(BETWEEN.sub(lambda found: found[1] + "\n".join(rows) + "\n" + found[2], text), "utf-8")


if __name__ == "__main__":
    main()
