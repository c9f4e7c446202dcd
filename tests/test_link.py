"""`budgetkg link`: linksets with evidence, against a real server and against servers that misbehave."""

from __future__ import annotations

import csv
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph
import pytest
from tests.command_line import budgetkg
from tests.endpoints import server_options, server_program
from tests.test_store_remote import free_port

import budgetkg as package
from budgetkg.export.rdflib_graph import to_rdflib
from budgetkg.links.targets.organisations import parse
from budgetkg.queries import sanity_checks
from budgetkg.store.generations import current, open_directory
from budgetkg.validation import validate_graph

SAMPLE = Path(__file__).parent / "endpoint" / "divisions.ttl"
DIVISION = "https://w3id.org/budgetkg/code/division/"
ITEM = "http://items.example/"


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    """A graph of our own to write to."""
    return Path(shutil.copytree(built, tmp_path / "graph", symlinks=True))


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real SPARQL server over a sample in Wikidata's shape."""
    program = server_program()
    folder = tmp_path_factory.mktemp("endpoint") / "store"
    store = pyoxigraph.Store(str(folder))
    store.load(path=str(SAMPLE), format=pyoxigraph.RdfFormat.TURTLE)
    store.flush()
    del store
    port = free_port()
    url = f"http://127.0.0.1:{port}/query"
    with subprocess.Popen((program, *server_options(folder, port)), stderr=subprocess.DEVNULL) as server:
        while server.poll() is None:
            try:
                urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
        server.terminate()


def table(graph: Path, name: str) -> dict[tuple[str, str], dict[str, str]]:
    with (graph / "links" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["source"], row["target"]): row for row in csv.DictReader(stream)}


def sane(graph: Path) -> list[str]:
    _, store = open_directory(graph)
    try:
        return [check.slug for check in sanity_checks() if getattr(check.ask(store), "rows", ())]
    finally:
        store.close()


def asked(graph: Path, text: str) -> list[tuple[str, ...]]:
    with package.open(graph) as opened:
        return [tuple(str(cell) for cell in row.values()) for row in opened.query(text)]  # type: ignore[union-attr]


def test_divisions_join_by_their_code_only(
    graph: Path, endpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    budgetkg(capsys, "link", graph, "--target", "wikidata", "--endpoint", endpoint, "--pause", "0")
    found = {
        (source.removeprefix(DIVISION), target.removeprefix(ITEM)): (
            row["relation"].rpartition("#")[2], row["confidence"], row["status"],
        )
        for (source, target), row in table(graph, "wikidata").items()
    }  # fmt: skip
    exact, doubtful = ("exactMatch", "1.00", "unverified"), ("closeMatch", "0.50", "unverified")
    assert found == {
        ("440112", "Q1"): exact,
        ("440115", "Q2"): exact,
        ("440116", "Q4"): exact,
        ("440113", "Q5"): exact,  # Q6 has ended
        ("440114", "Q7"): doubtful,
        ("440114", "Q8"): doubtful,
        ("440103", "Q9"): doubtful,  # the label says another place
    }
    assert 'P442 "440112"; 黄埔区' in {row["evidence"] for row in table(graph, "wikidata").values()}
    said = asked(graph, "SELECT ?o { GRAPH ?g { division:440112 skos:exactMatch ?o . ?l a void:Linkset } }")
    assert said == [(f"{ITEM}Q1",)]
    assert not sane(graph)


def test_a_persons_verdict_survives_links_and_builds(
    graph: Path, endpoint: str, samples: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ("link", graph, "--target", "wikidata", "--endpoint", endpoint, "--pause", "0")
    budgetkg(capsys, *ask)
    text = (graph / "links" / "wikidata.csv").read_text(encoding="utf-8")
    lines = [
        line.replace("unverified,", "rejected,an airport") if "Q8" in line
        else line.replace("unverified", "verified") if "Q7" in line else line
        for line in text.splitlines()
    ]  # fmt: skip
    reviewed = tmp_path / "reviewed.csv"
    reviewed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    budgetkg(capsys, "link", graph, "--verdicts", reviewed)
    budgetkg(capsys, *ask, "--refresh")
    budgetkg(capsys, "build", samples[0], "--into", graph)
    judged = {target: row for (_, target), row in table(graph, "wikidata").items()}
    assert judged[f"{ITEM}Q8"]["status"] == "rejected"
    assert judged[f"{ITEM}Q8"]["note"] == "an airport"
    assert judged[f"{ITEM}Q7"]["status"] == "verified"
    direct = asked(graph, "SELECT ?o { GRAPH ?g { division:440114 skos:closeMatch ?o } }")
    assert direct == [(f"{ITEM}Q7",)], "what is rejected is not stated"
    links = "SELECT ?s { GRAPH ?g { ?l bkg:hasLinkTarget <http://items.example/Q8> ; bkg:hasLinkStatus ?s } }"
    assert asked(graph, links) == [("https://w3id.org/budgetkg/code/link-status/rejected",)]


def test_departments_and_policies_need_nobody_else(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = budgetkg(capsys, "link", graph)
    assert "organisations" in out
    bodies = "SELECT ?b { GRAPH ?g { ?d org:subOrganizationOf ?o . ?o rdfs:label ?b } }"
    assert ("中共广州市南沙区委员会",) in asked(graph, bodies)
    law = """SELECT ?n ?y ?m { GRAPH ?g { ?p a schema:Legislation ; schema:legislationIdentifier ?n ;
        dcterms:date ?y ; bkg:issuerMark ?m } }"""
    assert ("穗埔府规〔2021〕14号", "2021", "穗埔府规") in asked(graph, law)
    assert not sane(graph)
    for name in ("organisations", "policies"):
        quads = pyoxigraph.parse(path=str(current(graph).graph(f"links-{name}")))
        assert [*map(str, validate_graph(to_rdflib(list(quads))).results)] == []
    before = (graph / "current").resolve().name
    budgetkg(capsys, "link", graph)
    assert (graph / "current").resolve().name == before, "the same links give the same bytes"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("中共黄埔区委宣传部", ("440112", "中共广州市黄埔区委员会", "宣传部")),
        ("中国共产党广州市南沙区委员会宣传部", ("440115", "中共广州市南沙区委员会", "宣传部")),
        ("三沙市南沙区财政局", ("460303", "三沙市南沙区人民政府", "财政局")),
        ("广州市天河区石牌街道办事处", ("440106", "广州市天河区人民政府", "石牌街道办事处")),
        ("上海市浦东新区财政局", ("310115", "上海市浦东新区人民政府", "财政局")),
        ("白云区教育局", None),
        ("宣传部", None),
    ],
)
def test_a_departments_name_taken_apart(name: str, expected: tuple[str, str, str] | None) -> None:
    organ = parse(name)
    assert (organ and (organ.division, organ.body, organ.organ)) == expected


def test_themes_join_the_functions_of_government_that_a_list_holds(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "functions.ttl"
    head = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    text = '<u:82> a skos:Concept ; skos:notation "08.2" ; skos:prefLabel "Cultural services"@en .'
    path.write_text(head + text, encoding="utf-8")
    budgetkg(capsys, "link", graph, "--target", f"cofog={path}")
    found = table(graph, "cofog")
    assert {target for _, target in found} == {"u:82"}
    row = found["https://w3id.org/budgetkg/code/theme/culture-venues", "u:82"]
    assert (row["relation"].rpartition("#")[2], row["confidence"]) == ("closeMatch", "0.90")
    assert not sane(graph)


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, list[str]]]:
    """A server that answers as it is told, and the user agents that asked."""
    agents: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            agents.append(self.headers["User-Agent"])
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", agents
    finally:
        server.shutdown()
        server.server_close()


def reply(status: int, body: bytes = b"", kind: str = "application/sparql-results+json", **headers: str):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


ROW = b'{"code":{"type":"literal","value":"440112"},"item":{"type":"uri","value":"http://items.example/Q%d"}}'
HEAD = b'{"head":{"vars":["code","item","ended","label"]},"results":{"bindings":['
MANY = HEAD + b",".join(ROW % n for n in range(20000)) + b"]}}"
BAD = {
    "page": (reply(200, b"<html>Welcome</html>", "text/html"), "no query result"),
    "half": (reply(200, HEAD + ROW % 1), "no query result"),
    "busy": (reply(429), "429"),
    "failing": (reply(500, b"oops"), "500"),
    "elsewhere": (reply(302, Location="http://10.0.0.1/sparql"), "redirects to http://10.0.0.1"),
    "million": (reply(200, MANY), "rows for"),
    "stranger": (reply(200, HEAD + (ROW % 1).replace(b"440112", b"111111") + b"]}}"), "no division"),
    "other": (reply(200, b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'), "other columns"),
}


@pytest.mark.parametrize("name", BAD)
def test_an_endpoint_that_misbehaves_leaves_nothing_behind(
    graph: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer, reason = BAD[name]
    before = (graph / "current").resolve().name
    with serving(answer) as (url, agents):
        ask = ("link", graph, "--target", "wikidata", "--endpoint", url, "--pause", "0", "--timeout", "5")
        _, complaint = budgetkg(capsys, *ask, code=1)
    assert reason in complaint
    assert complaint.count("\n") == 1
    assert all(agent.startswith("budgetkg/") for agent in agents)
    assert len(agents) == (4 if name == "busy" else 1), "only a busy endpoint is asked again"
    assert not (graph / "links").exists()
    assert (graph / "current").resolve().name == before


def test_an_endpoint_too_slow(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = threading.Event()
    with serving(lambda handler: ended.wait(20) and None) as (url, _):
        ask = ("link", graph, "--target", "wikidata", "--endpoint", url, "--pause", "0", "--timeout", "1")
        _, complaint = budgetkg(capsys, *ask, code=1)
        ended.set()
    assert "no answer within 1 s" in complaint


def test_an_answer_is_kept_and_a_damaged_one_asked_again(
    graph: Path, endpoint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ("link", graph, "--target", "wikidata", "--endpoint", endpoint, "--pause", "0")
    budgetkg(capsys, *ask)
    expected = table(graph, "wikidata")
    (kept,) = (graph / "links" / "cache").glob("*.json")
    kept.write_bytes(kept.read_bytes()[:40])
    budgetkg(capsys, *ask)
    assert table(graph, "wikidata") == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("u:a,u:b,u:c,,,2,,", "between 0 and 1"),
        ("u:a,u:b,u:c,,,1,maybe,", "'maybe'"),
        ("u:a,u:b,u:c,guess,,1,,", "'guess'"),
        ("a b,u:b,u:c,,,1,,", "no link"),
    ],
)
def test_a_table_with_a_line_that_says_nothing_clear(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, reason: str
) -> None:
    path = tmp_path / "verdicts.csv"
    head = "source,relation,target,method,evidence,confidence,status,note"
    path.write_text(f"{head}\n{line}\n", encoding="utf-8")
    _, complaint = budgetkg(capsys, "link", graph, "--verdicts", path, code=1)
    assert reason in complaint
    assert "verdicts.csv:2" in complaint
