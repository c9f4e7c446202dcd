"""serve: a read-only SPARQL endpoint on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import AsJson, Directory
from budgetkg.cli.terminal import note, print_json
from budgetkg.errors import StoreError, why


def serve(
    directory: Directory,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("opt-port"))] = 7878,
    as_json: AsJson = False,
) -> None:
    """Serve a graph until interrupted."""
    from budgetkg.store.generations import open_directory

    program = server_program()
    _check_free(port)
    generation, store = open_directory(directory)
    # The server holds the generation from now on: a build leaves in place what it reads.
    store.pass_on()
    url = f"http://127.0.0.1:{port}/query"
    if as_json:
        print_json({"url": url})
    else:
        note(say("serving", url=url))
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(program, (program, *server_options(generation.store, port)))


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise StoreError("port-taken", port=port, reason=why(error)) from error


def server_options(store: Path, port: int) -> tuple[str, ...]:
    """Read-only, on this machine only, and over the union of the named graphs as everywhere else."""
    return (
        "serve-read-only",
        f"--location={store}",
        f"--bind=127.0.0.1:{port}",
        "--union-default-graph",
    )


def server_program() -> str:
    """The server beside this Python, else the one on the path."""
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if program is None:
        raise StoreError("no-server")
    return program
