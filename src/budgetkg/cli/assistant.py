"""mcp: the graph for an assistant, by standard input and output."""

from __future__ import annotations

import importlib.util
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import Directory
from budgetkg.errors import StoreError


def mcp(
    directory: Directory,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help=say("opt-serve-timeout"))] = 10,
    max_memory: Annotated[int, typer.Option("--max-memory", min=64, help=say("opt-query-memory"))] = 2048,
) -> None:
    """Speak the Model Context Protocol until the assistant leaves."""
    from budgetkg.store.generations import current
    from budgetkg.store.worker import Limits

    if importlib.util.find_spec("mcp") is None:
        raise StoreError("no-mcp")
    from budgetkg.web.assistants.server import serve

    current(directory)
    serve(directory, Limits(timeout, max_memory))
