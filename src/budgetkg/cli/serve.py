"""serve: a read-only SPARQL endpoint on this machine."""

from __future__ import annotations

import importlib.util
import socket
import sys
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import AsJson, Directory
from budgetkg.cli.terminal import note, print_json
from budgetkg.errors import StoreError, why


def serve(
    directory: Directory,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("opt-port"))] = 7878,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help=say("opt-serve-timeout"))] = 10,
    max_memory: Annotated[int, typer.Option("--max-memory", min=64, help=say("opt-query-memory"))] = 2048,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help=say("opt-serve-workers"))] = 4,
    as_json: AsJson = False,
) -> None:
    """Serve a graph until interrupted."""
    from budgetkg.store.generations import current
    from budgetkg.store.worker import Limits

    if importlib.util.find_spec("uvicorn") is None:
        raise StoreError("no-server")
    from budgetkg.endpoint.serving import serve as serve_directory

    current(directory)
    _check_free(port)
    url = f"http://127.0.0.1:{port}/query"
    if as_json:
        print_json({"url": url})
        sys.stdout.flush()
    else:
        note(say("serving", url=url))
    serve_directory(directory, port, Limits(timeout, max_memory), workers)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise StoreError("port-taken", port=port, reason=why(error)) from error
