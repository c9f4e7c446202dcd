"""The tables of the export: each is a SELECT in ``queries/tables/`` whose header describes its columns.

A row is about one thing, which the first column names. Where a thing has several values in a column, the
answer has several rows; here they become one row with a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Store

from budgetkg.errors import BudgetkgError
from budgetkg.export.pieces import conclusion_stores, document_stores, solutions
from budgetkg.queries import header_of
from budgetkg.resources import directory
from budgetkg.store.generations import Generation
from budgetkg.vocab import PREFIXES

Cell: TypeAlias = str | list[str] | None
Row: TypeAlias = list[Cell]
TYPES = ("string", "integer", "decimal", "boolean", "year", "iri", "name")


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column, described by a line of the header: ``#+ column: NAME TYPE FLAG… | English | 中文``.

    The type ``name`` stands for the last part of an IRI. The flags: ``required``; ``many`` for several values
    in a cell; ``refers=TABLE`` for a value that is found in that table's first column;
    ``property=NAME`` or ``property=NAME@LANGUAGE`` where the value is that property of the row's thing;
    ``fiscal=TYPE`` for the column's type in a Fiscal Data Package.
    """

    name: str
    type: str
    zh: str
    en: str
    many: bool = False
    required: bool = False
    refers: str | None = None
    property: str | None = None
    language: str | None = None
    fiscal: str | None = None


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table: its query, the classes of the things that have a row, and its columns.

    ``graph`` names the graph of inferences that it is about; without it, it is about documents.
    """

    name: str
    query: str
    classes: tuple[str, ...]
    zh: str
    en: str
    columns: tuple[ExportColumn, ...]
    graph: str | None = None

    def rows(self, store: Store) -> list[Row]:
        """The rows of a store, in the order of the query.

        Raises :class:`BudgetkgError` where the query has other columns than the header, or a thing has two
        values in a column for one.
        """
        answer = solutions(store, self.query)
        names = tuple(variable.value for variable in answer.variables)
        if names != tuple(column.name for column in self.columns):
            raise BudgetkgError("table-columns", name=self.name)
        short = [index for index, column in enumerate(self.columns) if column.type == "name"]
        rows: list[Row] = []
        last: list[str | None] | None = None
        for solution in answer:
            values = [None if term is None else term.value for term in solution]
            for index in short:
                values[index] = _local(values[index])
            if last is not None and values[0] == last[0]:
                self._add(rows[-1], values, last)
            else:
                rows.append(self._row(values))
                last = values
        return rows

    def records(self, store: Store) -> Iterator[dict[str, Cell]]:
        """The rows of a store, each by the names of its columns."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows(store))

    def _row(self, values: Sequence[str | None]) -> Row:
        return [
            ([] if value is None else [value]) if column.many else value
            for column, value in zip(self.columns, values, strict=True)
        ]

    def _add(self, row: Row, values: Sequence[str | None], before: Sequence[str | None]) -> None:
        """Add another row of the answer about the same thing: only columns of several values may differ."""
        for index, column in enumerate(self.columns):
            value, cell = values[index], row[index]
            if isinstance(cell, list):
                if value is not None and value not in cell:
                    cell.append(value)
            elif value != before[index]:
                raise BudgetkgError("one-value-only", table=self.name, row=values[0], column=column.name)


@cache
def tables() -> tuple[ExportTable, ...]:
    """All tables, in the order of their names."""
    return tuple(map(read_table, sorted((directory("queries") / "tables").glob("*.rq"))))


def table(name: str) -> ExportTable:
    """The table of a name."""
    return next(each for each in tables() if each.name == name)


def tables_of(generation: Generation) -> tuple[ExportTable, ...]:
    """The tables of a graph; without those of inferences where only some documents are exported."""
    return tuple(each for each in tables() if each.graph is None or generation.only is None)


def filled(generation: Generation) -> Iterator[tuple[ExportTable, list[Row]]]:
    """The rows of all tables, piece by piece."""
    written = tables_of(generation)
    for store in document_stores(generation):
        yield from ((each, each.rows(store)) for each in written if each.graph is None)
    for each in written:
        if each.graph is not None:
            for store in conclusion_stores(generation, each.graph):
                yield each, each.rows(store)


def read_table(path: Path) -> ExportTable:
    """Read a table from its ``.rq`` file; raises :class:`BudgetkgError` for a header that is wrong."""
    text = path.read_text(encoding="utf-8")
    header = header_of(text)
    try:
        return ExportTable(
            name=header.get("table", [path.stem])[0],
            query=text,
            classes=tuple(_expanded(name.strip()) for name in header["class"][0].split(",")),
            zh=header["summary_zh"][0],
            en=header["summary"][0],
            columns=tuple(map(_column, header["column"])),
            graph=header.get("graph", [None])[0],
        )
    except (KeyError, ValueError) as error:
        raise BudgetkgError("table-header", path=path, error=error) from error


def _column(line: str) -> ExportColumn:
    what, en, zh = (part.strip() for part in line.split("|"))
    name, kind, *flags = what.split()
    if kind not in TYPES:
        raise ValueError(f"{name}: {kind} is none of {', '.join(TYPES)}")
    settings = {key: value for key, _, value in (flag.partition("=") for flag in flags)}
    predicate, _, language = settings.get("property", "").partition("@")
    return ExportColumn(
        name=name,
        type=kind,
        zh=zh,
        en=en,
        many="many" in settings,
        required="required" in settings,
        refers=settings.get("refers"),
        property=_expanded(predicate) if predicate else None,
        language=language or None,
        fiscal=settings.get("fiscal"),
    )


def _expanded(name: str) -> str:
    """A prefixed name in full, by the one table of prefixes."""
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES:
        raise ValueError(f"{name}: no such prefix")
    return PREFIXES[prefix] + local


def _local(iri: str | None) -> str | None:
    return None if iri is None else iri.replace("#", "/").rsplit("/", 1)[-1]
