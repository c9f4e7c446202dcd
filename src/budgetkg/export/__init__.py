"""Export of a graph into a file or a folder, in a format chosen by its name."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from budgetkg.errors import UnknownName
from budgetkg.export.files import clear_leftovers, replacing, replacing_folder
from budgetkg.export.quads import graph_files
from budgetkg.formats import FOLDERS, FORMATS, check, file_name, names
from budgetkg.store.generations import Generation, whole

Writer: TypeAlias = Callable[[Generation, BinaryIO], None]

# The module of this package that writes each format (else rdf.py); its WRITERS has the function.
_MODULES = {
    "jsonld": "jsonld",
    "cube": "views",
    "web-annotation": "views",
    "schema-org": "schema_org",
    "csvw": "csvw",
    "fiscal-data-package": "fiscal_data_package",
    "framed": "framed",
    "parquet": "parquet",
    "shards": "shards",
}

__all__ = [
    "FOLDERS", "FORMATS", "check", "clear_leftovers", "export_file", "export_to", "file_name", "names",
    "replacing", "writer",
]  # fmt: skip


def writer(name: str) -> Writer:
    """The function that writes a format to a binary stream; what is damaged is refused, not exported.

    Raises :class:`UnknownName` for an unknown format and for one that needs a folder.
    """
    check(name)
    if name in FOLDERS:
        raise UnknownName("format-is-a-folder", name=name)
    write_stream: Writer = _writers(name)

    def write(generation: Generation, stream: BinaryIO) -> None:
        whole(generation, graph_files(generation))
        write_stream(generation, stream)

    return write


def export_to(generation: Generation, name: str, out: Path, *, spreadsheet: bool = False) -> None:
    """Write one format to a file or a folder, as the format needs; it appears only when it is whole.

    With ``spreadsheet`` tables open safely in a spreadsheet (see :mod:`budgetkg.export.csvfile`).
    """
    check(name)
    if name not in FOLDERS:
        export_file(generation, name, out)
        return
    whole(generation, graph_files(generation))
    with replacing_folder(out, FOLDERS[name]) as folder:
        _writers(name)(generation, folder, spreadsheet=spreadsheet)


def export_file(generation: Generation, name: str, out: Path) -> None:
    """Write one format to a file that appears only when it is whole."""
    write = writer(name)
    with replacing(out) as stream:
        write(generation, stream)


def _writers(name: str) -> Any:
    """The writer of a format. Its module is imported only now: some need libraries that are optional."""
    module = importlib.import_module(f"budgetkg.export.{_MODULES.get(name, 'rdf')}")
    return module.WRITERS[name]
