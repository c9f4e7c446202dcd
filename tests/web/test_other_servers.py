"""`budgetkg serve --endpoint`: the same pages and answers over other people's SPARQL servers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from tests import endpoints
from tests.endpoints import free_port, wait_for

pytest.importorskip("starlette", reason="the site ([web]) is not installed")
pytest.importorskip("uvicorn", reason="the server of `budgetkg serve` is not installed")

import budgetkg

TOOLS = Path(__file__).resolve().parents[1] / "tools"
PAGES = ("/", "/questions", "/questions/largest-projects", "/districts", "/documents", "/findings",
         "/signals", "/compare", "/structure", "/sparql", f"/search?q={quote('电影')}",
         "/doc/code/division/440112.html", "/doc/ontology/Project.html")  # fmt: skip


def get(address: str, accept: str = "text/html") -> tuple[int, str]:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, headers={"Accept": accept}), timeout=60
        ) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@contextmanager
def served(*options: str) -> Iterator[str]:
    """The address of a site that was begun with these options."""
    port = free_port()
    command = [sys.executable, "-m", "budgetkg", "serve", "--port", str(port), *options]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def virtuoso(built: Path, folder: Path) -> Iterator[str]:
    """Virtuoso over the N-Quads of a graph, loaded as its handbook has it (ld_dir)."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
    with budgetkg.open(built) as graph:
        graph.export("nquads", folder / "graph.nq")
    sql, http = free_port(), free_port()
    text = (TOOLS / "virtuoso.ini").read_text("ascii")
    for name, value in (("folder", folder), ("sql", sql), ("http", http)):
        text = text.replace(f"@{name}@", str(value))
    ini = folder / "virtuoso.ini"
    ini.write_text(text, "ascii")
    load = f"ld_dir('{folder}', 'graph.nq', 'http://unused.example/'); rdf_loader_run(); checkpoint;"
    loader = ("isql-vt", str(sql), "dba", "dba", f"exec={load}")
    command = ("virtuoso-t", "+configfile", ini, "+foreground")
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(http)
            for _ in range(50):  # it listens before it lets anybody in
                if subprocess.run(loader, capture_output=True).returncode == 0:
                    break
                time.sleep(0.5)
            yield f"http://127.0.0.1:{http}/sparql"
        finally:
            server.terminate()
            server.wait(60)


@pytest.fixture(scope="module")
def ours(built: Path) -> Iterator[str]:
    with served(str(built), "--timeout", "60") as address:
        yield address


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def theirs(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A site over somebody's server."""
    if request.param == "oxigraph":
        server = endpoints.serving(built, endpoints.UNION)
    else:
        server = virtuoso(built, tmp_path_factory.mktemp("virtuoso"))
    with server as endpoint, served("--endpoint", endpoint, "--timeout", "60") as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there(theirs: str, path: str) -> None:
    status, text = get(theirs + path)
    assert status == 200, text[:500]
    assert 'role="alert"' not in text


@pytest.mark.parametrize("slug", ["largest-projects", "budget-by-district", "target-kinds"])
def test_answers_are_the_same(ours: str, theirs: str, slug: str) -> None:
    assert get(f"{theirs}/questions/{slug}.csv")[1] == get(f"{ours}/questions/{slug}.csv")[1]
    asked = f"/api/questions/{slug}?per_page=5"
    rows = [json.loads(get(address + asked, "application/json")[1])["rows"] for address in (ours, theirs)]
    assert rows[0] == rows[1]


def test_places_are_the_same(ours: str, theirs: str) -> None:
    """Page, lines and words of rows, whose IRIs have no place in a quote, and of the cells of facts."""
    asked = "/api/questions/largest-projects?per_page=5&evidence=true"
    rows = [json.loads(get(address + asked, "application/json")[1])["rows"] for address in (ours, theirs)]
    assert rows[0] == rows[1]
    assert all(row["quote"] and row["lines"] for row in rows[0])
    cells = "?t bkg:targetPrinted ?p ; bkg:hasEvidence ?c FILTER (CONTAINS(STR(?c), '#'))"
    query = quote(f"SELECT ?t {{ {cells} }} ORDER BY ?t LIMIT 1")
    iri = get(f"{ours}/sparql?query={query}&format=csv", "*/*")[1].split()[1]
    path = f"/doc/id/{iri.partition('/id/')[2]}.csv"
    tables = [get(address + path, "*/*")[1] for address in (ours, theirs)]
    assert tables[0] == tables[1]
    assert "targetPrinted" in tables[0]


def test_things_and_searches_are_the_same(ours: str, theirs: str) -> None:
    for path in ("/doc/code/division/440112.nt", "/search.json?q=dianying"):
        found = [get(address + path, "*/*")[1].replace(address, "") for address in (ours, theirs)]
        assert found[0] == found[1]
        assert "黄埔" in found[0] or "电影" in found[0]


def test_the_protocol_is_handed_on(ours: str, theirs: str) -> None:
    query = quote("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a bkg:Project }")
    for address in (ours, theirs):
        status, text = get(f"{address}/sparql?query={query}&format=csv", "*/*")
        assert (status, text.split()) == (200, ["n", "27"])
        for asked, answer in (("ASK { ?p a bkg:Project }", True), ("ASK { ?p a bkg:Nothing }", False)):
            body = get(f"{address}/sparql?query={quote(asked)}&format=json", "*/*")[1]
            assert json.loads(body)["boolean"] is answer
    assert get(f"{theirs}/sparql?query={quote('SELECT * { nonsense }')}", "*/*")[0] == 400
    assert get(f"{theirs}/sparql?query={quote('DROP ALL')}", "*/*")[0] == 403
    assert get(f"{theirs}/reconcile?queries={quote(json.dumps({'q': {'query': '黄埔区'}}))}", "*/*")[0] == 200
    assert get(f"{theirs}/healthz")[1].startswith("ok")


def test_what_needs_files_says_so(theirs: str) -> None:
    for path in ("/catalog", "/feed"):
        status, text = get(theirs + path, "*/*")
        assert (status, bool(text)) == (404, True)


def test_an_endpoint_that_is_gone_is_said(built: Path) -> None:
    with endpoints.serving(built, endpoints.UNION) as endpoint:
        context = served("--endpoint", endpoint, "--timeout", "2")
        address = context.__enter__()
    try:
        status, text = get(f"{address}/questions/largest-projects")
        assert (status, "Traceback" in text) == (503, False)
        assert get(f"{address}/healthz")[0] == 503
    finally:
        context.__exit__(None, None, None)
