"""Parquet: the tables of the CSV export with types, a file each, written piece by piece."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgetkg.errors import BudgetkgError
from budgetkg.export.tables import Cell, ExportColumn, ExportTable, Row, filled, tables_of
from budgetkg.store.generations import Generation

# Yuan with the decimals of the printed unit, with room for a sum of all budgets there are.
_DIGITS, _DECIMALS = 38, 8
# Rows of a row group: fewer compress badly, more take memory.
_ROWS = 50_000

_VALUES: dict[str, Callable[[str], Any]] = {
    "integer": int, "year": int, "decimal": Decimal, "boolean": lambda text: text in ("true", "1"),
}  # fmt: skip


def write(generation: Generation, folder: Path, *, spreadsheet: bool = False) -> None:
    """Write the tables into a folder; raises :class:`BudgetkgError` where pyarrow isn't installed."""
    arrow, parquet = _libraries()
    with ExitStack() as stack:
        files = {each.name: _File(arrow, parquet, folder, each) for each in tables_of(generation)}
        for file in files.values():
            stack.callback(file.close)
        for each, rows in filled(generation):
            files[each.name].add(rows)


class _File:
    """One table's file; rows are collected until a row group is full."""

    def __init__(self, arrow: Any, parquet: Any, folder: Path, table: ExportTable) -> None:
        self._arrow, self._columns = arrow, table.columns
        self._schema = arrow.schema([_field(arrow, column) for column in table.columns])
        self._file = parquet.ParquetWriter(folder / f"{table.name}.parquet", self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, rows: list[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= _ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        arrays = [
            self._arrow.array([_value(column, row[index]) for row in self._rows], type=field.type)
            for index, (column, field) in enumerate(zip(self._columns, self._schema, strict=True))
        ]
        self._file.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []


def _field(arrow: Any, column: ExportColumn) -> Any:
    types = {
        "integer": arrow.int64(), "year": arrow.int16(), "boolean": arrow.bool_(),
        "decimal": arrow.decimal128(_DIGITS, _DECIMALS),
    }  # fmt: skip
    plain = types.get(column.type, arrow.string())
    kind = arrow.list_(plain) if column.many else plain
    return arrow.field(column.name, kind, metadata={"zh": column.zh, "en": column.en})


def _value(column: ExportColumn, cell: Cell) -> Any:
    convert = _VALUES.get(column.type, str)
    if isinstance(cell, list):
        return [convert(each) for each in cell]
    return None if cell is None else convert(cell)


def _libraries() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise BudgetkgError("needs-pyarrow") from error


WRITERS = {"parquet": write}
