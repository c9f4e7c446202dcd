"""serve: the graph as a site, with its SPARQL endpoint and the other protocols."""

from __future__ import annotations

import importlib.util
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias
from urllib.parse import urlsplit

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import AsJson, Directory, chosen
from budgetkg.cli.terminal import note, print_json, wrote
from budgetkg.errors import StoreError, why

if TYPE_CHECKING:
    from budgetkg.store.worker import Limits
    from budgetkg.web.source import Source

SomeDirectory: TypeAlias = Annotated[Path | None, typer.Argument(help=say("arg-directory"), metavar="DIR")]


def serve(
    directory: SomeDirectory = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=say("opt-port"))] = 7878,
    host: Annotated[str, typer.Option("--host", help=say("opt-host"))] = "127.0.0.1",
    root_path: Annotated[str, typer.Option("--root-path", help=say("opt-root-path"), metavar="PATH")] = "",
    address: Annotated[str, typer.Option("--address", help=say("opt-address"), metavar="URL")] = "",
    sources: Annotated[
        Path | None, typer.Option("--sources", help=say("opt-sources"), metavar="FOLDER", exists=True)
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", help=say("opt-serve-endpoint"), metavar="URL")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help=say("opt-lang"))] = "zh",
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help=say("opt-behind-proxy"))] = False,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help=say("opt-serve-timeout"))] = 10,
    max_memory: Annotated[int, typer.Option("--max-memory", min=64, help=say("opt-query-memory"))] = 2048,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help=say("opt-serve-workers"))] = 4,
    as_json: AsJson = False,
) -> None:
    """Serve a graph until interrupted."""
    from budgetkg.store.worker import Limits

    if any(importlib.util.find_spec(name) is None for name in ("uvicorn", "starlette", "jinja2")):
        raise StoreError("no-server")
    from budgetkg.web.asking import Site
    from budgetkg.web.serving import serve as serve_site
    from budgetkg.web.settings import LANGUAGES, Settings, names

    limits = Limits(timeout, max_memory)
    source = _source(directory, endpoint, limits, workers)
    root = "/" + root_path.strip("/") if root_path.strip("/") else ""
    settings = Settings(
        names(host, port) | _named(address), root, address.rstrip("/"), chosen(lang, LANGUAGES), sources,
        limits, workers, behind_proxy=behind_proxy,
    )  # fmt: skip
    _check_free(host, port)
    url = f"http://{host}:{port}{root}/"
    if as_json:
        print_json({"url": url, "sparql": f"{url}sparql"})
        sys.stdout.flush()
    else:
        note(say("serving", url=url))
    serve_site(Site(source, settings), host, port)


def _source(directory: Path | None, endpoint: str | None, limits: Limits, workers: int) -> Source:
    from budgetkg.store.generations import current
    from budgetkg.web.source import DirectorySource, EndpointSource

    if (directory is None) == (endpoint is None):
        raise typer.BadParameter(say("directory-or-endpoint"))
    if endpoint is not None:
        return EndpointSource(endpoint, limits)
    place = directory or Path()
    current(place)
    return DirectorySource(place, limits, workers)


def _named(address: str) -> frozenset[str]:
    """The name by which others know the site, where a proxy publishes it under one."""
    return frozenset(filter(None, (urlsplit(address).netloc.lower(),)))


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StoreError("port-taken", port=port, reason=why(error)) from error


def publish(
    directory: Directory,
    target: Annotated[Path, typer.Option("--out", "-o", help=say("opt-site-out"), metavar="FOLDER")],
    address: Annotated[str, typer.Option("--address", help=say("opt-site-address"), metavar="URL")] = "",
    as_json: AsJson = False,
) -> None:
    """Write the site as files for any web host."""
    if any(importlib.util.find_spec(name) is None for name in ("starlette", "jinja2")):
        raise StoreError("no-server")
    from budgetkg.web.asking import Site
    from budgetkg.web.opened import OpenedSource
    from budgetkg.web.publishing import publish as publish_site
    from budgetkg.web.settings import Settings

    publish_site(Site(OpenedSource(directory), Settings(address=address.rstrip("/"))), target)
    wrote(target, as_json)
