"""serve: a read-only SPARQL endpoint on this machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import Directory
from budgetkg.cli.terminal import note
from budgetkg.errors import StoreError


def serve(
    directory: Directory,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("opt-port"))] = 7878,
) -> None:
    """Serve a graph until interrupted."""
    from budgetkg.store.generations import open_directory

    program = server_program()
    # Held open while the server runs, so that a build leaves the generation it reads in place.
    generation, held = open_directory(directory)
    address = f"127.0.0.1:{port}"
    options = (
        "serve-read-only",
        "--location",
        str(generation.store),
        "--bind",
        address,
        "--union-default-graph",
    )
    note(say("serving", url=f"http://{address}/query"))
    try:
        ended = subprocess.run((program, *options), check=False).returncode
    except KeyboardInterrupt:
        ended = 0
    finally:
        held.close()
    if ended:
        raise StoreError(say("server-ended", status=ended))


def server_program() -> str:
    """The server beside this Python, else the one on the path."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if found is None:
        raise StoreError(say("no-server"))
    return found
