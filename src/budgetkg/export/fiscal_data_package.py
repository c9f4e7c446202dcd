"""Fiscal Data Package 1.0.0rc1: one CSV of amounts that may be added up, and a descriptor.

A plan prints a total, its sources, and the projects or tasks that make it up. Of these the package
takes the finest, each once; ``queries/export/fiscal-data-package.rq`` says which. No phase of the budget
is stated, because the forms print none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.export.csvfile import CsvFile, file_name
from budgetkg.export.files import write_json
from budgetkg.export.pieces import document_stores
from budgetkg.export.tables import ExportColumn, ExportTable, read_table
from budgetkg.formats import LICENSE
from budgetkg.resources import directory
from budgetkg.store.generations import Generation

Json: TypeAlias = dict[str, Any]

_TYPES = {"decimal": "number", "year": "integer", "integer": "integer", "boolean": "boolean"}
_TABLES = ("fiscal-data-package", "fiscal-totals")
_DESCRIPTION = (
    "金额表取印出的最细金额，可以相加；只有部分任务印有金额时，其余不在表中。"
    "每个文件印出的总额、本包之和及差异原因见 plans。"
    " / The table of amounts has the finest amounts that are printed, to be added up; where only some tasks"
    " print one, the rest is in no row. For each document, plans has the printed total, the sum in this"
    " package and why they differ."
)
_LICENCE = {
    "name": "CC-BY-4.0",
    "path": LICENSE,
    "title": "Creative Commons Attribution 4.0",
}
_CONSTANTS = (("direction", "direction", "expenditure"), ("currency", "value-currency:code", "CNY"))
# A column type with the first ending names what the one with the second ending has the code of.
_LABEL, _CODE = ":label", ":code"


def write(generation: Generation, folder: Path, *, spreadsheet: bool = False) -> None:
    """Write the table and its descriptor into a folder."""
    amounts, totals = (read_table(directory("queries") / "export" / f"{name}.rq") for name in _TABLES)
    files = [CsvFile(folder, table, spreadsheet=spreadsheet) for table in (amounts, totals)]
    try:
        for store in document_stores(generation):
            for file, table in zip(files, (amounts, totals), strict=True):
                file.write(table.rows(store))
    finally:
        for file in files:
            file.close()
    said = descriptor(amounts, files[0].path)
    said["sources"] = [_source(entry) for entry in generation.counted()]
    said["resources"].append(_resource(totals, files[1].path))
    write_json(folder / "datapackage.json", said)


def _source(entry: Mapping[str, Any]) -> Json:
    """A document that the figures come from, with its address where a list of sources says it."""
    source: Json = {"title": entry["source"]}
    address = entry.get("origin", {}).get("url")
    return {**source, "path": address} if address else source


def _resource(table: ExportTable, path: Path) -> Json:
    """A table without column types: for readers, not for adding up."""
    fields = [{key: value for key, value in _field(c).items() if key != "columnType"} for c in table.columns]
    return {
        "name": table.name,
        "title": f"{table.zh} {table.en}",
        "path": file_name(table),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": [table.columns[0].name]},
    }


def descriptor(table: ExportTable, path: Path) -> Json:
    """The content of ``datapackage.json``.

    The column types in use are defined in it, because the address of their taxonomy is dead.
    """
    return {
        "profile": "tabular-data-package",
        "name": "budgetkg",
        "title": f"{table.zh} {table.en}",
        "description": _DESCRIPTION,
        "licenses": [_LICENCE],
        "columnTypes": [[*_column_types(table.columns), *map(_constant_type, _CONSTANTS)]],
        "resources": [
            {
                "name": table.name,
                "path": file_name(table),
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": path.stat().st_size,
                "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
                "schema": {
                    "fields": [_field(column) for column in table.columns],
                    "extraFields": [_constant(*each) for each in _CONSTANTS],
                    "missingValues": [""],
                    "primaryKey": [table.columns[0].name],
                },
            }
        ],
    }


def _field(column: ExportColumn) -> Json:
    field: Json = {
        "name": column.name,
        "title": column.en,
        "description": f"{column.en} / {column.zh}",
        "type": _TYPES.get(column.type, "string"),
        "columnType": column.fiscal,
    }
    if column.type == "iri":
        field["format"] = "uri"
    if column.required:
        field["constraints"] = {"required": True}
    return field


def _constant(name: str, kind: str, value: str) -> Json:
    return {"name": name, "type": "string", "columnType": kind, "constant": value}


def _constant_type(constant: tuple[str, str, str]) -> Json:
    _, column_type, _ = constant
    return {"name": column_type, "dataType": "string", "unique": True}


def _column_types(columns: Iterable[ExportColumn]) -> Iterator[Json]:
    for column in columns:
        name = str(column.fiscal)
        column_type: Json = {"name": name, "dataType": _TYPES.get(column.type, "string")}
        if name.endswith(_LABEL):
            column_type["labelOf"] = name.removesuffix(_LABEL) + _CODE
        elif name != "value":
            column_type["unique"] = True
        yield column_type


WRITERS = {"fiscal-data-package": write}
