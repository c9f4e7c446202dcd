"""`budgetkg serve` at work: a build or an end meanwhile, clients that don't read or ask too much."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.endpoints import free_port, wait_for

pytest.importorskip("starlette", reason="the site ([web]) is not installed")
pytest.importorskip("uvicorn", reason="the server of `budgetkg serve` is not installed")

import budgetkg

LARGE = "SELECT * { ?s ?p ?o . ?x a bkg:FormKind . ?y a bkg:Project }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c"
PATHS = ("/", "/documents", "/questions/largest-projects", "/questions/budget-by-district.csv",
         "/sparql?query=ASK%7B%7D", "/doc/code/division/440112.ttl", "/healthz")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Running:
    port: int
    process: subprocess.Popen[str]

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Accept": "text/html, */*", **given})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def sparql(self, query: str) -> tuple[int, str]:
        return self.get(f"/sparql?{urlencode({'query': query, 'format': 'csv'})}")


@contextmanager
def running(directory: Path, *options: str) -> Iterator[Running]:
    port = free_port()
    command = [sys.executable, "-m", "budgetkg", "serve", str(directory), "--port", str(port), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            wait_for(port)
            yield Running(port, process)
        finally:
            process.terminate()


@dataclass(slots=True)
class Crowd:
    """Clients that ask one path after the other until they are told to stop."""

    server: Running
    stop: bool = False
    answers: list[tuple[str, int]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def ask(self, number: int) -> None:
        while not self.stop:
            path = PATHS[number % len(PATHS)]
            number += 1
            try:
                self.answers.append((path, self.server.get(path)[0]))
            except (OSError, http.client.HTTPException) as error:
                self.broken.append(f"{path}: {error!r}")

    @contextmanager
    def asking(self, clients: int) -> Iterator[Crowd]:
        threads = [threading.Thread(target=self.ask, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self.stop = True
            for thread in threads:
                thread.join()


def test_a_build_is_seen_without_a_restart_and_without_a_failed_request(
    samples: list[Path], tmp_path: Path
) -> None:
    directory = tmp_path / "graph"
    budgetkg.build(samples[:1], directory)
    with running(directory, "--timeout", "60") as server:
        before = server.get("/healthz")[1]
        with Crowd(server).asking(4) as crowd:
            budgetkg.build(samples, directory)
            seen = server.get("/documents")[1]
            asked = len(crowd.answers)
            while len(crowd.answers) < asked + 8:
                time.sleep(0.05)
        assert not crowd.broken
        assert {status for _, status in crowd.answers} == {200}
        assert samples[-1].name in seen
        assert server.get("/healthz")[1] != before
        assert int(server.sparql("SELECT (COUNT(?p) AS ?n) { ?p a bkg:Project }")[1].split()[1]) == 27


def test_it_ends_under_load_when_told(built: Path) -> None:
    with running(built) as server:
        with Crowd(server).asking(8) as crowd:
            while len(crowd.answers) < 8:
                time.sleep(0.05)
            began = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(20) == 0
            took = time.monotonic() - began
            crowd.stop = True
        assert {status for _, status in crowd.answers} <= {200, 503}
        assert server.process.stderr
        said = server.process.stderr.read()
        assert "Traceback" not in said
    assert took < 6, "five seconds, and one for a busy machine"


def test_clients_that_do_not_read_hold_no_query_for_ever(built: Path) -> None:
    """More of them than there are processes, each with an answer that is larger than what a system takes."""
    with running(built, "--timeout", "4") as server, ExitStack() as held:
        for _ in range(6):
            client = held.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", server.port))
            path = f"/sparql?{urlencode({'query': LARGE, 'format': 'csv'})}"
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        time.sleep(1)
        statuses = []
        while 200 not in statuses and len(statuses) < 6:
            statuses.append(server.sparql("ASK {}")[0])
        assert statuses[-1] == 200, statuses


def test_a_query_that_wants_too_much_ends_and_others_go_on(built: Path) -> None:
    with running(built, "--timeout", "60", "--max-memory", "64") as server:
        status, text = server.sparql(GREEDY)
        assert (status, text.count("\n")) == (503, 1)
        assert re.search(r"64 MiB|memory", text)
        assert server.sparql("ASK {}")[0] == 200
    with running(built, "--timeout", "1") as server:
        endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            server.sparql(endless)  # it has begun: that it breaks off says that it isn't whole
        assert server.sparql("ASK {}")[0] == 200


def test_an_address_that_asks_too_often_waits_and_others_do_not(built: Path) -> None:
    with running(built, "--behind-proxy") as server:
        statuses = [server.get("/robots.txt", X_Forwarded_For="192.0.2.7")[0] for _ in range(900)]
        assert set(statuses) == {200, 429}
        assert statuses[:400] == [200] * 400
        assert server.get("/robots.txt", X_Forwarded_For="192.0.2.8")[0] == 200
        counts = server.get("/metrics")[1]
        assert f'budgetkg_requests_total{{status="429"}} {statuses.count(429)}\n' in counts
        server.process.terminate()
        assert server.process.stderr
        log = server.process.stderr.read()
    assert re.search(r"^192\.0\.2\.7 GET /robots\.txt 429 \d+ \d+\.\d{3}$", log, re.MULTILINE)


def test_a_body_that_trickles_in_is_not_waited_for(built: Path) -> None:
    with running(built) as server, socket.create_connection(("127.0.0.1", server.port), timeout=30) as client:
        head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 500\r\n"
        client.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\nSELECT".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 408")


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    unit = Path(__file__).resolve().parents[2] / "deploy" / "budgetkg.service"
    text = unit.read_text("utf-8")
    place = tmp_path / unit.name
    place.write_text(text.replace("/opt/budgetkg/bin/budgetkg", "/bin/true"), "utf-8")
    done = subprocess.run([program, "verify", str(place)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
