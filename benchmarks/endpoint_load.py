"""Many clients at once against a running endpoint: ``python -m benchmarks.endpoint_load [--clients 50]``.

Builds a graph of the samples, serves it as a user would (``budgetkg serve``), asks it stored questions over
HTTP for some time from as many threads as there are clients, and prints what came of it as JSON: answers,
failures, times, and the memory of the server and its workers at the beginning, midway and at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ("budget-by-district", "boilerplate-indicators", "same-target-both-periods", "largest-projects")
_JSON = "application/sparql-results+json"


@dataclass(slots=True)
class Load:
    """What the clients saw: seconds of each answer, and what failed."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def ask(self, url: str, query: str) -> None:
        """Ask once."""
        began = time.monotonic()
        body = urllib.parse.urlencode({"query": query}).encode()
        try:
            request = urllib.request.Request(url, body, {"Accept": _JSON})
            with urllib.request.urlopen(request, timeout=60) as answer:
                json.load(answer)
            self.seconds.append(time.monotonic() - began)
        except (OSError, ValueError) as error:
            self.failures.append(f"{type(error).__name__}: {error}")


def main(arguments: list[str]) -> int:
    """Put load on an endpoint; 1 where an answer failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a client reads an answer")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        program = [sys.executable, "-m", "budgetkg"]
        samples = sorted((ROOT / "examples").glob("*.txt"))
        subprocess.run([*program, "build", *map(str, samples), "--into", str(graph)], check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        port = _free_port()
        with subprocess.Popen([*program, "serve", str(graph), "--port", str(port)],
                              stderr=subprocess.DEVNULL) as server:  # fmt: skip
            try:
                found = _loaded(f"http://127.0.0.1:{port}/query", server.pid, chosen)
            finally:
                server.terminate()
    print(json.dumps(found, indent=1))
    return 1 if found["failures"] else 0


def _loaded(url: str, pid: int, chosen: argparse.Namespace) -> dict[str, object]:
    from budgetkg.queries import questions

    texts = [question.sparql() for question in questions() if question.slug in QUESTIONS]
    _wait(url)
    load = Load()
    memory = [_memory(pid)]
    end = time.monotonic() + chosen.seconds

    def client(number: int) -> None:
        at = number
        time.sleep(chosen.pause * number / chosen.clients)
        while time.monotonic() < end:
            load.ask(url, texts[at % len(texts)])
            at += 1
            time.sleep(chosen.pause)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(chosen.clients)]
    for thread in threads:
        thread.start()
    time.sleep(chosen.seconds / 2)
    memory.append(_memory(pid))
    for thread in threads:
        thread.join()
    memory.append(_memory(pid))
    cuts = statistics.quantiles(load.seconds, n=100)
    return {
        "clients": chosen.clients, "seconds": chosen.seconds, "pause": chosen.pause,
        "processors": os.cpu_count(), "answers": len(load.seconds), "failures": len(load.failures),
        "first_failures": load.failures[:3], "median_s": round(cuts[49], 3), "p95_s": round(cuts[94], 3),
        "slowest_s": round(max(load.seconds), 3), "memory_mib": memory,
    }  # fmt: skip


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the endpoint doesn't answer")


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
