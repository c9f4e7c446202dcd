"""The published folder: every link leads to a file, and the same graph gives the same bytes."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from pyoxigraph import RdfFormat, parse

pytest.importorskip("starlette", reason="the site ([web]) is not installed")
pytest.importorskip("jinja2", reason="the site ([web]) is not installed")

import budgetkg
from budgetkg.errors import BudgetkgError
from budgetkg.web import publishing
from budgetkg.web.asking import Site
from budgetkg.web.opened import OpenedSource
from budgetkg.web.pages.links import FileLinks, file_of
from budgetkg.web.settings import Settings

ADDRESS = "https://data.example.org/budget"
_LINK = re.compile(r'(?:href|src)="([^"#]+)')


@pytest.fixture(scope="module")
def small(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("small") / "graph"
    smallest = min(samples, key=lambda path: path.stat().st_size)
    budgetkg.build([smallest], directory)
    return directory


def published(directory: Path, out: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> dict[str, bytes]:
    """The first files of the walk, in Chinese: whole folders take minutes on a busy machine."""
    monkeypatch.setattr(publishing, "LANGUAGES", ("zh",))
    monkeypatch.setattr(publishing, "MOST", most)
    publishing.publish(Site(OpenedSource(directory), Settings(address=ADDRESS)), out)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_links_lead_to_files_and_the_bytes_are_the_same(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = published(small, tmp_path / "a", monkeypatch, 110)
    assert files == published(small, tmp_path / "b", monkeypatch, 110)
    for name in ("index", "questions", "documents", "findings", "compare", "districts"):
        page = files[f"zh/{name}.html"].decode()
        assert "<form" not in page, "nobody answers a form there"
        for link in _LINK.findall(page):
            if not link.startswith(("http", "../en/")):
                target = (tmp_path / "a" / "zh" / unquote(link.replace("&amp;", "&"))).resolve()
                assert target.is_relative_to(tmp_path / "a"), link
    for link in _LINK.findall(files["zh/index.html"].decode()):
        if not link.startswith(("http", "../en/")):
            assert (tmp_path / "a" / "zh" / unquote(link)).resolve().is_file(), link
    pages = [name for name in files if name.startswith("zh/doc/")]
    assert len(pages) > 20
    for page in pages:
        local = page.removeprefix("zh/").removesuffix(".html")
        for ending, form in (
            ("ttl", RdfFormat.TURTLE),
            ("nt", RdfFormat.N_TRIPLES),
            ("jsonld", RdfFormat.JSON_LD),
        ):
            assert len(list(parse(files[f"{local}.{ending}"], form))) > 3
            link = "../" * page.count("/") + quote(f"{local}.{ending}", safe="/:@$,;=~")
            assert f'href="{link}"' in files[page].decode()
    assert f"{ADDRESS}/doc/" in files[f"{pages[0].removeprefix('zh/').removesuffix('.html')}.ttl"].decode()
    assert "budgetkg_language" in files["rules/nginx.conf"].decode()


def test_a_folder_of_another_kind_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(BudgetkgError, match="none of them is a site"):
        publishing.publish(Site(OpenedSource(small)), tmp_path)


def test_files_and_their_links_are_relative() -> None:
    links = FileLinks("/doc/id/plan/1.html", "zh", "https://example.org/")
    assert file_of("/") == "index.html"
    assert file_of("/questions/a.csv") == "questions/a.csv"
    assert links.to("/questions/a", x=1) == "../../../questions/a.html"
    assert links.to("/assets/site.css") == "../../../../assets/site.css"
    assert links.other("en") == "../../../../en/doc/id/plan/1.html"
    assert links.found == {"/questions/a"}
