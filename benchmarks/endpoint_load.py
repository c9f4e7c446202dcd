"""Many clients at once against a running site: ``python -m benchmarks.endpoint_load [--clients 50]``.

Builds a graph of the samples, serves it as a user would (``budgetkg serve``), and has as many threads as
there are clients ask pages, things, searches, stored questions, files and SPARQL in turn, for a minute,
with a pause after each answer. Prints what came of it as JSON: answers, failures, times of each kind, and
the memory of the server and its workers every few seconds. ``--datasette PROGRAM`` then serves the CSVW
tables of the same graph with Datasette, asked for as long, as often, for what it has of the same: tables,
facets, rows, SQL.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import http.client
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ("budget-by-district", "boilerplate-indicators", "same-target-both-periods", "largest-projects")
_PAGES = ("/", "/districts", "/documents", "/findings", "/signals", "/compare", "/questions", "/structure")
_WORDS = ("电影", "经费", "dianying", "满意度", "zzzzz")
_TABLES = ("projects", "indicators", "targets", "findings")
_SETTLED = 10
"""Seconds after which memory has no reason to grow."""

Request = tuple[str, str, dict[str, str]]
"""A kind of request, its path, its headers."""


@dataclass(slots=True)
class Load:
    """What the clients saw: seconds of each answer by kind, and what failed."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)

    def ask(self, port: int, request: Request) -> None:
        """Ask once, over a connection of its own."""
        kind, path, headers = request
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200 or not body:
                self.failures.append(f"{path}: {answer.status}")
            self.seconds[kind].append(time.monotonic() - began)
        except (OSError, http.client.HTTPException) as error:
            self.failures.append(f"{path}: {type(error).__name__}: {error}")
        finally:
            connection.close()


def main(arguments: list[str]) -> int:
    """Put load on a site; 1 where an answer failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a client reads an answer")
    parser.add_argument("--datasette", metavar="PROGRAM", help="the peer's program, of a venv of its own")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graph, program = folder / "graph", [sys.executable, "-m", "budgetkg"]
        _run(*program, "build", *sorted(map(str, (ROOT / "examples").glob("*.txt"))), "--into", str(graph))
        port = _free_port()
        with _serving([*program, "serve", str(graph), "--port", str(port)], port) as pid:
            found = {"budgetkg": _loaded(port, pid, _ours(port), chosen)}
        if chosen.datasette:
            _run(*program, "export", str(graph), "--format", "csvw", "--out", str(folder / "csvw"))
            tables = _database(folder / "csvw", folder / "tables.db")
            port = _free_port()
            command = [chosen.datasette, "serve", str(folder / "tables.db"), "--port", str(port)]
            with _serving(command, port) as pid:
                found["datasette"] = _loaded(port, pid, _theirs(tables), chosen)
    about = {"clients": chosen.clients, "seconds": chosen.seconds, "pause": chosen.pause,
             "processors": os.cpu_count(), "load_average": os.getloadavg()[0]}  # fmt: skip
    print(json.dumps(about | found, indent=1))
    return 1 if found["budgetkg"]["failures"] else 0


def _ours(port: int) -> list[Request]:
    """What is asked of the site: every kind in turn."""
    from budgetkg.queries import questions

    page = {"Accept": "text/html", "Accept-Language": "zh-CN"}
    things = [path for path in _sitemap(port) if path.startswith("/doc/")][::7][:40]
    asked = [("page", path, page) for path in _PAGES]
    asked += [("thing", path, page) for path in things]
    asked += [("search", f"/search?q={quote(word)}", page) for word in _WORDS]
    asked += [("question", f"/questions/{slug}", page) for slug in QUESTIONS]
    asked += [("file", f"/questions/{slug}.csv", {}) for slug in QUESTIONS]
    asked += [("api", f"/api/questions/{slug}?per_page=20", {}) for slug in QUESTIONS]
    texts = {question.slug: question.sparql() for question in questions()}
    rows = {"Accept": "application/sparql-results+json"}
    asked += [("sparql", f"/sparql?{urlencode({'query': texts[slug]})}", rows) for slug in QUESTIONS]
    return asked


def _theirs(tables: Sequence[str]) -> list[Request]:
    """What Datasette has of the same."""
    page = {"Accept": "text/html"}
    asked = [("page", path, page) for path in ("/", "/tables", *(f"/tables/{name}" for name in tables))]
    asked += [("thing", f"/tables/{name}/{row}", page) for name in tables for row in range(1, 11)]
    asked += [("search", f"/tables/projects?name__contains={quote(word)}", page) for word in _WORDS]
    asked += [("question", "/tables/indicators?_facet=tier1", page)] * 4
    asked += [("file", f"/tables/{name}.csv", {}) for name in tables]
    asked += [("api", f"/tables/{name}.json?_size=20", {}) for name in tables]
    sql = "select tier1, count(*) from indicators group by tier1 order by 2 desc"
    asked += [("sparql", f"/tables.json?{urlencode({'sql': sql})}", {})] * 4
    return asked


def _loaded(port: int, pid: int, asked: Sequence[Request], chosen: argparse.Namespace) -> dict[str, object]:
    load, memory = Load(), [_memory(pid)]
    began = time.monotonic()
    end = began + chosen.seconds

    def client(number: int) -> None:
        at = number * len(asked) // chosen.clients
        time.sleep(chosen.pause * number / chosen.clients)
        while time.monotonic() < end:
            load.ask(port, asked[at % len(asked)])
            at += 1
            time.sleep(chosen.pause)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(chosen.clients)]
    for thread in threads:
        thread.start()
    while time.monotonic() < end:
        time.sleep(min(_SETTLED / 2, max(0, end - time.monotonic())))
        memory.append(_memory(pid))
    for thread in threads:
        thread.join()
    everything = [second for one in load.seconds.values() for second in one]
    return {
        "answers": len(everything), "failures": len(load.failures), "first_failures": load.failures[:3],
        **_times(everything), "memory_mib": memory,
        "kinds": {kind: _times(seconds) for kind, seconds in sorted(load.seconds.items())},
    }  # fmt: skip


def _times(seconds: list[float]) -> dict[str, float]:
    cuts = quantiles(seconds, n=100) if len(seconds) > 1 else [0.0] * 99
    found = {"median_s": cuts[49], "p95_s": cuts[94], "slowest_s": max(seconds, default=0.0)}
    return {name: round(value, 3) for name, value in found.items()}


def _sitemap(port: int) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/sitemap.xml")
    text = connection.getresponse().read().decode()
    connection.close()
    root = f"http://127.0.0.1:{port}"
    return [part.partition("<")[0].removeprefix(root) for part in text.split("<loc>")[1:]]


def _database(folder: Path, out: Path) -> list[str]:
    """The tables of a CSVW export in SQLite, columns as text; the names of those that are asked."""
    with contextlib.closing(sqlite3.connect(out)) as base:
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as stream:
                head, *rows = list(csv.reader(stream))
            columns = ", ".join(f'"{name}"' for name in head)
            base.execute(f'CREATE TABLE "{path.stem}" ({columns})')
            base.executemany(f'INSERT INTO "{path.stem}" VALUES ({", ".join("?" * len(head))})', rows)
        base.commit()
    return list(_TABLES)


@contextlib.contextmanager
def _serving(command: Sequence[str], port: int) -> Iterator[int]:
    """A server that answers; its process number."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
                    break
                time.sleep(0.1)
            yield server.pid
        finally:
            server.terminate()


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _memory(pid: int) -> int:
    """The memory in MiB of a process and those below it, each shared page counted in part."""
    total, left = 0, [pid]
    while left:
        one = Path("/proc", str(left.pop()))
        try:
            lines = (one / "smaps_rollup").read_text().splitlines()
            children = [pid for path in one.glob("task/*/children") for pid in path.read_text().split()]
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        left += map(int, children)
    return total >> 10


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
