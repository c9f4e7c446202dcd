"""CSV on the Web: a CSV file for each table, and the metadata that says what their columns mean.

By the metadata, a CSVW processor turns the tables into RDF again: a column whose values are one
property of the row's node becomes that property; one that is reached over several properties is there for
people and gives no RDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.export.csvfile import CsvFile, file_name, separator
from budgetkg.export.files import write_json
from budgetkg.export.tables import ExportColumn, ExportTable, filled, table, tables_of
from budgetkg.store.generations import Generation

Json: TypeAlias = dict[str, Any]

METADATA = "csv-metadata.json"
_DATATYPES = {
    "string": "string", "integer": "integer", "decimal": "decimal", "boolean": "boolean",
    "year": "gYear", "iri": "anyURI", "name": "string",
}  # fmt: skip


def write(generation: Generation, folder: Path, *, spreadsheet: bool = False) -> None:
    """Write the tables and their metadata into a folder."""
    write_tables(generation, folder, spreadsheet=spreadsheet)
    write_json(folder / METADATA, metadata(tables_of(generation)))


def write_tables(generation: Generation, folder: Path, *, spreadsheet: bool = False) -> None:
    """Write the tables, piece by piece."""
    with ExitStack() as stack:
        files = {each.name: CsvFile(folder, each, spreadsheet=spreadsheet) for each in tables_of(generation)}
        for file in files.values():
            stack.callback(file.close)
        for each, rows in filled(generation):
            files[each.name].write(rows)


def metadata(written: Iterable[ExportTable]) -> Json:
    """The description of the tables in the vocabulary of https://www.w3.org/TR/tabular-metadata/."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"'},
        "tables": [_table(each) for each in written],
    }


def _table(table: ExportTable) -> Json:
    first = table.columns[0]
    names = [column.name for column in table.columns]
    schema: Json = {
        "aboutUrl": f"{{+{first.name}}}",
        "columns": [_column(table, column) for column in table.columns],
        "primaryKey": first.name,
        "foreignKeys": [_foreign(column) for column in table.columns if column.refers],
        "rowTitles": [name for name in ("name", "title") if name in names],
    }
    if len(table.classes) == 1:
        schema["columns"].append(
            {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": table.classes[0]}
        )
    return {
        "url": file_name(table),
        "dc:title": _both(table.zh, table.en),
        "tableSchema": {key: value for key, value in schema.items() if value},
    }


def _column(table: ExportTable, column: ExportColumn) -> Json:
    description: Json = {
        "name": column.name,
        "titles": column.name,
        "dc:title": _both(column.zh, column.en),
        "datatype": _DATATYPES[column.type],
    }
    if column.required:
        description["required"] = True
    if column.many:
        description["separator"] = separator(column)
    if column.property is None:
        description["suppressOutput"] = True
        return description
    description["propertyUrl"] = column.property
    if column.language:
        description["lang"] = column.language
    if column.type == "iri":
        description["valueUrl"] = f"{{+{column.name}}}"
    return description


def _foreign(column: ExportColumn) -> Json:
    target = table(str(column.refers))
    return {
        "columnReference": column.name,
        "reference": {"resource": file_name(target), "columnReference": target.columns[0].name},
    }


def _both(zh: str, en: str) -> list[Json]:
    return [{"@value": zh, "@language": "zh"}, {"@value": en, "@language": "en"}]


WRITERS = {"csvw": write}
