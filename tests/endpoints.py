"""A real SPARQL server on loopback over a graph that was built."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

UNION = "--union-default-graph"


def server_program() -> str:
    """The ``oxigraph`` server beside this Python, else the one on the path; a test without it is skipped."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if program is None:
        pytest.skip("the oxigraph server is not installed")
    return program


def server_options(store: Path, port: int) -> tuple[str, ...]:
    """Read-only, on this machine only, over the union of the named graphs."""
    return ("serve-read-only", f"--location={store}", f"--bind=127.0.0.1:{port}", UNION)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until somebody listens there."""
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)


@contextmanager
def serving(built: Path, *more: str) -> Iterator[str]:
    """The server without its union default graph, but with the options given."""
    program = server_program()
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
