"""catalog: the graph as datasets in all formats, with a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import AsJson, Directory, chosen
from budgetkg.cli.terminal import progress_bar, wrote
from budgetkg.formats import names


def catalog(
    directory: Directory,
    target: Annotated[
        Path | None, typer.Option("--out", "-o", help=say("opt-catalog-out"), metavar="FOLDER")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", help=say("opt-base-url"), metavar="URL")
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", help=say("opt-catalog-format"), metavar="FORMAT")
    ] = None,
    license: Annotated[str | None, typer.Option("--license", help=say("opt-license"), metavar="IRI")] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help=say("opt-publisher"), metavar="NAME")
    ] = None,
    issued: Annotated[str | None, typer.Option("--issued", help=say("opt-issued"), metavar="DATE")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the graph as datasets in all formats, with a catalogue."""
    from budgetkg.catalogue import CatalogueOptions, write_catalogue
    from budgetkg.store.generations import current

    for name in formats or ():
        chosen(name, names())
    given = {"license": license, "publisher": publisher, "issued": issued}
    options = CatalogueOptions(
        base_url=base_url,
        formats=tuple(formats or ()),
        **{key: value for key, value in given.items() if value is not None},
    )
    out = target or directory / "catalog"
    with progress_bar(as_json) as progress:
        write_catalogue(current(directory), out, options, progress)
    wrote(out, as_json)
