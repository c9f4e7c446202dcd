"""`budgetkg serve` as strangers meet it: its protocol, its limits, and clients that mean no good."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.endpoints import free_port, wait_for
from tests.listener import listening
from tests.test_service_guard import variants

pytest.importorskip("uvicorn", reason="the server of `budgetkg serve` is not installed")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PROJECTS = "SELECT ?s { ?s a bkg:Project } ORDER BY ?s LIMIT 3"
DEEP = "SELECT * " + "{" * 20_000 + "}" * 20_000


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    process: subprocess.Popen[str]

    def ask(
        self, query: str | None = None, *, path: str = "/query", body: bytes | None = None, **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers of an answer; names of headers are written with _."""
        fields = "" if query is None else "?" + urllib.parse.urlencode({"query": query})
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}{fields}", body, given)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), dict(error.headers)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


@pytest.fixture(scope="module")
def server(built: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "budgetkg", "serve", str(built), "--port", str(port), "--timeout", "4"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        wait_for(port)
        yield Server(port, process)
        process.terminate()


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        ("application/sparql-results+json", '{"head":{"vars":["s"]}'),
        ("application/sparql-results+xml;q=0.9, text/plain", "<sparql"),
        ("text/csv", "s\r\nhttps://"),
        ("text/*", "s\r\nhttps://"),
        ("text/tab-separated-values", "?s\n<https://"),
    ],
)
def test_rows_come_in_the_form_that_is_wanted(server: Server, accept: str, words: str) -> None:
    status, body, headers = server.ask(PROJECTS, Accept=accept)
    assert (status, words in body) == (200, True)
    assert headers["content-type"].partition(";")[0] in accept or accept == "text/*"
    assert headers["x-content-type-options"] == "nosniff"


def test_triples_by_every_way_to_ask(server: Server) -> None:
    query = b"CONSTRUCT { ?s a bkg:Project } WHERE { ?s a bkg:Project }"
    for body, kind in ((query, "application/sparql-query"),
                       (b"query=" + query, "application/x-www-form-urlencoded")):  # fmt: skip
        found = server.ask(body=body, path="/sparql", Content_Type=kind, Accept="application/n-triples")
        assert found[0] == 200
        assert found[1].count("bkg") == 0
        assert found[1].count(" .\n") > 3


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (400, {"query": "SELECT * { nonsense }"}),
        (400, {"body": b"", "Content_Type": "application/x-www-form-urlencoded"}),
        (400, {"query": DEEP[:30_000]}),
        (400, {"body": DEEP.encode(), "Content_Type": "application/sparql-query"}),
        (403, {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"}),
        (403, {"query": "INSERT DATA { <u:a> <u:b> <u:c> }"}),
        (403, {"body": b"update=CLEAR+ALL", "Content_Type": "application/x-www-form-urlencoded"}),
        (404, {"query": "ASK {}", "path": "/../../etc/passwd"}),
        (406, {"query": "ASK {}", "Accept": "image/png"}),
        (406, {"query": "ASK {}", "Accept": "text/turtle"}),
        (413, {"body": b" " * (2 << 20), "Content_Type": "application/sparql-query"}),
        (415, {"body": b"ASK {}", "Content_Type": "text/plain"}),
        (421, {"query": "ASK {}", "Host": "evil.example"}),
        (421, {"query": "ASK {}", "Host": "127.0.0.1.evil.example:80"}),
        (503, {"query": ENDLESS}),
    ],
)
def test_what_is_refused_is_said_in_one_line(server: Server, status: int, asked: dict[str, str]) -> None:
    found, body, headers = server.ask(**asked)
    assert found == status, body
    assert body.count("\n") == 1
    assert headers["content-type"].startswith("text/plain")
    assert server.ask("ASK {}")[0] == 200, "and the server goes on"


def test_no_query_reaches_out(server: Server) -> None:
    with listening() as listener:
        for text in list(variants(listener.url))[::5]:
            server.ask(text)
        assert listener.visits == []


def test_connections_that_only_wait_lock_nobody_out(server: Server) -> None:
    """385 that say nothing, 100 that drip a header: a new client is answered, the waiting ones are let go."""
    with ExitStack() as held:
        idle = [held.enter_context(server.connect()) for _ in range(385)]
        dripping = [held.enter_context(server.connect()) for _ in range(100)]
        for one in dripping:
            one.sendall(b"GET /query HTTP/1.1\r\nX-A: ")
        began = time.monotonic()
        assert server.ask("ASK {}")[0] == 200
        assert time.monotonic() - began < 5
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not _closed(dripping[0]):
            time.sleep(1)
            if not _closed(dripping[0]):
                try:
                    dripping[0].sendall(b"a")
                except OSError:
                    break
        assert _closed(idle[0])
        assert _closed(dripping[0])


def _closed(connection: socket.socket) -> bool:
    connection.settimeout(0.05)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def test_a_client_that_leaves_ends_its_query(server: Server) -> None:
    target = "/query?" + urllib.parse.urlencode({"query": ENDLESS})
    for _ in range(12):  # more than there are processes
        with server.connect() as client:
            client.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
    began = time.monotonic()
    assert server.ask(PROJECTS)[0] == 200
    assert time.monotonic() - began < 5


def test_long_queries_do_not_stop_short_ones(server: Server) -> None:
    """On a machine that does other work too, one of several tries shows it."""
    for _ in range(4):
        long = [threading.Thread(target=server.ask, args=(ENDLESS,)) for _ in range(3)]
        for one in long:
            one.start()
        assert server.ask(PROJECTS)[0] == 200
        overtaken = any(one.is_alive() for one in long)
        for one in long:
            one.join()
        if overtaken:
            return
    raise AssertionError("the short query waited for the long ones each time")


def test_it_ends_cleanly_when_told(built: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "budgetkg", "serve", str(built), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        wait_for(port)
        target = "/query?" + urllib.parse.urlencode({"query": ENDLESS})
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            time.sleep(0.5)
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
            assert time.monotonic() - began < 6
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
