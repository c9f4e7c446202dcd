"""export and remove: the graph in an RDF format or as tables, and documents taken out of it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.options import AsJson, Directory, chosen, completing
from budgetkg.cli.terminal import note, print_json, wrote
from budgetkg.formats import EDITIONS, SPREADSHEETS, names

# What people ask for who want tables: the format that has them, and that of a single answer.
_TABLES = {
    "csv": {"folder": "csvw --out FOLDER", "answer": "csv"},
    "excel": {"folder": "csvw --spreadsheet --out FOLDER", "answer": "xlsx --out FILE.xlsx"},
    "xlsx": {"folder": "csvw --spreadsheet --out FOLDER", "answer": "xlsx --out FILE.xlsx"},
    "json": {"folder": "framed --out FOLDER", "answer": "json"},
}


def _formats() -> str:
    return f"{say('opt-format')} {'|'.join(names())}"


def export(
    directory: Annotated[
        Path | None, typer.Argument(help=say("arg-directory"), metavar="DIR", show_default=False)
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help=_formats(), autocompletion=completing(*names())),
    ] = None,
    out: Annotated[str | None, typer.Option("--out", "-o", help=say("opt-out"), metavar="PATH")] = None,
    spreadsheet: Annotated[bool, typer.Option("--spreadsheet", help=say("opt-spreadsheet"))] = False,
    check: Annotated[bool, typer.Option("--check", help=say("opt-check"))] = False,
    all_editions: Annotated[bool, typer.Option("--all-editions", help=say("opt-all-editions"))] = False,
    shapes: Annotated[
        str | None, typer.Option("--shapes", help=say("opt-export-shapes"), metavar="all|core|sparql")
    ] = None,
    messages: Annotated[
        str | None, typer.Option("--messages", help=say("opt-messages"), metavar="zh|en")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the graph out, or the shapes that it keeps."""
    from budgetkg.cluster.places import is_address
    from budgetkg.export import export_to, writer
    from budgetkg.store.generations import current

    if as_json and out is None:
        raise typer.BadParameter(say("json-needs-out"))
    if out is not None and is_address(out):
        _to_address(directory, format, out, as_json)
        return
    target = Path(out) if out is not None else None
    if shapes is not None:
        _shapes(shapes, messages, target, as_json)
        return
    if directory is None or format is None:
        raise typer.BadParameter(say("export-needs"))
    _check_format(format, directory)
    _check_target(format, target, check=check)
    _check_choices(format, spreadsheet=spreadsheet, all_editions=all_editions)
    generation = replace(current(directory), all_editions=all_editions)
    if target is None:
        _to_stdout(partial(writer(format), generation))
    else:
        export_to(generation, format, target, spreadsheet=spreadsheet)
        wrote(target, as_json)
    if check and target:
        _check(target)


def _to_address(directory: Path | None, format: str | None, address: str, as_json: bool) -> None:
    """A format of several files on another machine; written here first: only what is whole is sent."""
    from budgetkg.cluster.places import carried
    from budgetkg.export import FOLDERS, export_to
    from budgetkg.store.generations import current

    if format is None or directory is None or format not in FOLDERS:
        raise typer.BadParameter(say("address-needs-folder", choices=", ".join(FOLDERS)))
    with tempfile.TemporaryDirectory(prefix="budgetkg-") as folder:
        made = Path(folder, format)
        export_to(current(directory), format, made)
        carried(made, address, FOLDERS[format])
    wrote(address, as_json)


def _check_format(format: str, directory: Path) -> None:
    """A format that there is; for the name of a kind of table, say which formats have tables."""
    if format in _TABLES:
        raise typer.BadParameter(say("export-tables", format=format, directory=directory, **_TABLES[format]))
    chosen(format, names())


def _check_target(format: str, target: Path | None, *, check: bool) -> None:
    """Formats of several files need a folder, and only the cube is checked once it is there."""
    from budgetkg.export import FOLDERS

    if format in FOLDERS and target is None:
        raise typer.BadParameter(say("needs-folder", format=format))
    if check and (format != "cube" or target is None):
        raise typer.BadParameter(say("check-cube"))


def _check_choices(format: str, *, spreadsheet: bool, all_editions: bool) -> None:
    """What only some formats have."""
    if spreadsheet and format not in SPREADSHEETS:
        raise typer.BadParameter(say("no-spreadsheet", choices=", ".join(SPREADSHEETS)))
    if all_editions and format not in EDITIONS:
        raise typer.BadParameter(say("no-editions", choices=", ".join(EDITIONS)))


def _to_stdout(write: Callable[[BinaryIO], None]) -> None:
    sys.stdout.flush()
    write(sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _shapes(part: str, language: str | None, target: Path | None, as_json: bool) -> None:
    """The shapes in one file, for other engines."""
    from budgetkg.export.files import replacing
    from budgetkg.export.shapes import LANGUAGES, PARTS, shapes_turtle

    chosen(part, tuple(PARTS))
    if language is not None:
        chosen(language, LANGUAGES)
    data = shapes_turtle(part, language)
    if target is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        with replacing(target) as stream:
            stream.write(data)
        wrote(target, as_json)


def remove(
    directory: Directory,
    documents: Annotated[list[str], typer.Argument(help=say("arg-documents"), metavar="DOCUMENT…")],
    as_json: AsJson = False,
) -> None:
    """Take documents out of the graph."""
    from budgetkg.pipeline import remove as take

    gone = take(directory, documents)
    if as_json:
        print_json([{name: entry[name] for name in ("source", "sha256", "key")} for entry in gone])
        return
    for entry in gone:
        note(say("removed", name=entry["source"]))


def _check(cube: Path) -> None:
    """The integrity constraints of the file that was written."""
    from budgetkg.export.cube_check import breaches

    breached = breaches(cube)
    for breach in breached:
        note(f"{breach.summary}: {breach.thing}")
    if breached:
        raise typer.Exit(1)
    note(say("cube-checked"))
