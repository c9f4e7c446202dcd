"""The docs as a site: it builds, its links lead somewhere, and nothing on it is loaded from other hosts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOADED = re.compile(
    r"""(?:\bsrc|<link[^>]*\bhref)=["']?(https?:|//)|url\(["']?(https?:|//)|@import\s+["']?http"""
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return folder


def test_every_page_of_the_docs_is_there_and_in_reach(site: Path) -> None:
    made = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix("").as_posix()
        assert name.replace("README", "index") in made
    start = (site / "index.html").read_text("utf-8")
    for word in ("Get started", "How to", "Reference", "Explanation"):
        assert word in start


def test_links_lead_somewhere(site: Path) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    astray = []
    for name in sorted(name for name in files if name.endswith(".html") and name != "404.html"):
        text = (site / name).read_text("utf-8")
        targets = re.findall(r'(?:href|src)="([^"#?]+)[#?"]', text)
        local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
        astray += [f"{name}: {at}" for at in local if normpath(join(dirname(name), at)) not in files | {"."}]
    assert not astray


def test_nothing_is_loaded_from_other_hosts(site: Path) -> None:
    loading = [
        path.name
        for path in site.rglob("*")
        if path.suffix in (".html", ".css") and LOADED.search(path.read_text("utf-8", errors="replace"))
    ]
    assert not loading
