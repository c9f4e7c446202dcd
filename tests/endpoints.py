"""A real SPARQL server on loopback over a graph that was built."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from budgetkg.cli.serve import server_options, server_program
from budgetkg.errors import BudgetkgError

UNION = "--union-default-graph"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(built: Path, *more: str) -> Iterator[str]:
    """The server of `budgetkg serve` without its union default graph, but with the options given."""
    try:
        program = server_program()
    except BudgetkgError as error:
        pytest.skip(str(error))
    port = free_port()
    address = f"127.0.0.1:{port}"
    options = [option for option in server_options(built / "store", port) if option != UNION]
    with subprocess.Popen((program, *options, *more), stderr=subprocess.DEVNULL) as server:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://{address}/query?query=ASK%7B%7D", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://{address}/query"
        server.terminate()
