"""The remote store against a real SPARQL server on loopback, and against servers that misbehave."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pyoxigraph import Literal
from tests.endpoints import UNION, free_port, serving, wait_for

import budgetkg
from budgetkg.errors import BudgetkgError, QueryError, StoreError
from budgetkg.queries import questions
from budgetkg.store.explain import explain
from budgetkg.store.generations import open_directory
from budgetkg.store.remote import RemoteStore, connect
from budgetkg.store.results import Answer, Solutions

RESULT = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def endpoint(built: Path) -> Iterator[str]:
    """The server that `budgetkg serve` starts, over the graph of the samples."""
    with serving(built, UNION) as url:
        yield url


@pytest.fixture(scope="module", params=[(UNION,), ()], ids=["union", "empty-default-graph"])
def either(request: pytest.FixtureRequest, built: Path) -> Iterator[str]:
    """The same server, and one whose default graph is empty because nobody put a statement there."""
    with serving(built, *request.param) as url:
        yield url


@pytest.mark.parametrize("slug", [question.slug for question in questions()])
def test_the_same_answers_as_the_embedded_store(built: Path, either: str, slug: str) -> None:
    asked = next(question for question in questions() if question.slug == slug)
    _, embedded = open_directory(built)
    assert asked.ask(connect(either)) == asked.ask(embedded)


def test_the_same_places_as_from_the_embedded_store(built: Path, either: str) -> None:
    asked = next(question for question in questions() if question.slug == "indicators-by-tier")
    _, embedded = open_directory(built)
    answer = asked.ask(connect(either), evidence=True)
    assert answer == asked.ask(embedded, evidence=True)


def test_an_empty_default_graph_is_noticed(built: Path) -> None:
    _, embedded = open_directory(built)
    count = "SELECT (COUNT(*) AS ?n) { ?s a bkg:Project }"
    with serving(built) as url:
        assert _number(RemoteStore(url).query(count)) == 0
        assert _number(connect(url).query(count)) == _number(embedded.query(count)) > 0
        for graph in embedded.graphs()[:3]:
            chosen = count.replace("{", f"FROM <{graph}> {{")
            assert connect(url).query(chosen) == embedded.query(chosen)


def _number(answer: Answer) -> int:
    assert isinstance(answer, Solutions)
    ((cell,),) = answer.rows
    assert isinstance(cell, Literal)
    return int(cell.value)


def test_things_are_explained_whatever_the_default_graph(built: Path, either: str) -> None:
    with budgetkg.open(built) as graph:
        assert explain(connect(either), "tier:31") == graph.explain("tier:31")


def test_parameters_are_bound_there_too(built: Path, endpoint: str) -> None:
    asked = next(question for question in questions() if question.slug == "boilerplate-indicators")
    few, many = (asked.ask(RemoteStore(endpoint), {"at_least": least}) for least in (2, 9))
    assert isinstance(few, Solutions)
    assert isinstance(many, Solutions)
    assert len(few.rows) > len(many.rows)
    assert few == asked.ask(open_directory(built)[1], {"at_least": 2})


def test_every_form_of_query(built: Path, endpoint: str) -> None:
    _, embedded = open_directory(built)
    remote = RemoteStore(endpoint)
    for text in (
        "ASK { ?s a bkg:Project }",
        "ASK { ?s a bkg:Nothing }",
        "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a bkg:Project ; rdfs:label ?l }",
        "SELECT ?l { ?s a bkg:Project ; rdfs:label ?l } ORDER BY ?l",
        "SELECT ?nothing { ?s a bkg:Project } ORDER BY ?s",
    ):
        assert remote.query(text) == embedded.query(text)
    assert remote.query("DESCRIBE tier:11") == embedded.query("DESCRIBE tier:11")
    assert remote.graphs() == embedded.graphs()


def test_hostile_literals_come_back_as_they_went(endpoint: str) -> None:
    for text in ("'''\"\"\"\\ } INSERT { \u202e <x>", "中文 &amp; + %2B"):
        found = RemoteStore(endpoint).query("SELECT ?x { VALUES ?x { 1 } }", {"x": Literal(text)})
        assert isinstance(found, Solutions)
        assert found.rows == ((Literal(text),),)


def test_updates_are_refused_before_anything_is_sent() -> None:
    store = RemoteStore("http://127.0.0.1:9/nobody-listens")
    with pytest.raises(QueryError, match="read-only"):
        store.query("INSERT DATA { <http://e/a> <http://e/b> 1 }")
    with pytest.raises(QueryError, match="SERVICE"):
        store.query("SELECT * { SERVICE <http://e/x> { ?s ?p ?o } }")


def test_malformed_query_is_the_querys_fault(endpoint: str) -> None:
    with pytest.raises(QueryError, match="malformed"):
        RemoteStore(endpoint).query("SELECT * { nonsense }")


def test_serve_answers_until_it_is_ended(built: Path, endpoint: str) -> None:
    port = free_port()
    command = [sys.executable, "-m", "budgetkg", "serve", str(built), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            assert f"http://127.0.0.1:{port}/" in server.stderr.readline()
            wait_for(port)
            assert RemoteStore(f"http://127.0.0.1:{port}/query").query("ASK { ?s a bkg:Project }") is True
            server.terminate()
            server.wait(10)
        finally:
            server.kill()  # a server that goes on would be waited for without end
    with pytest.raises(StoreError, match="out of reach"):
        RemoteStore(f"http://127.0.0.1:{port}/query").query("ASK {}")


@contextmanager
def answering(status: int, media_type: str, body: bytes, delay: float = 0, cut: int = 0) -> Iterator[str]:
    """A server that gives everybody the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            time.sleep(delay)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body) + cut))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Nothing on the terminal of the tests."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *words: object) -> None:
            """A client that gave up waiting is what one test wants."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "media_type", "body", "words"),
    [
        (200, "text/html", b"<html>Welcome</html>", "no query result"),
        (200, JSON, RESULT[:20], "no query result"),
        (200, JSON, b"", "no query result"),
        (200, JSON, b'{"head":{},"boolean":true}', "not what the query asks for"),
        (400, "text/plain", b"parse error at 1", "malformed.*parse error at 1"),
        (401, "text/plain", b"", "login"),
        (403, "text/plain", b"", "refuses"),
        (404, "text/html", b"<html>", "no endpoint there"),
        (418, "text/plain", b"", "HTTP 418"),
        (429, "text/plain", b"", "too often"),
        (500, "text/html", b"<html>stack trace</html>", r"failed \(HTTP 500\)$"),
        (503, "text/plain", b"", "busy or down"),
    ],
)
def test_a_server_that_misbehaves_is_one_clear_line(
    status: int, media_type: str, body: bytes, words: str
) -> None:
    with answering(status, media_type, body) as url, pytest.raises(BudgetkgError, match=words) as raised:
        RemoteStore(url).query("SELECT ?x { ?x ?y ?z }")
    assert str(raised.value).startswith(url)
    assert "\n" not in str(raised.value)


def test_an_answer_that_breaks_off() -> None:
    with answering(200, JSON, RESULT[:20], cut=100) as url, pytest.raises(StoreError, match="broke"):
        RemoteStore(url).query("SELECT ?x { ?x ?y ?z }")


def test_a_server_that_is_slow() -> None:
    with answering(200, JSON, RESULT, delay=3) as url, pytest.raises(StoreError, match="within 1 s"):
        RemoteStore(url, timeout=1).query("SELECT ?x { ?x ?y ?z }")


def test_nobody_there() -> None:
    with pytest.raises(StoreError, match="out of reach"):
        RemoteStore(f"http://127.0.0.1:{free_port()}/").query("SELECT ?x { ?x ?y ?z }")
    with pytest.raises(StoreError, match="http://"):
        RemoteStore("file:///etc/passwd")
