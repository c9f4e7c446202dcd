"""The tables that the graph is written as: what ``tables.toml`` says, filled document by document."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from budgetkg.errors import BudgetkgError
from budgetkg.export.nodes import Nodes, Value, concluded_nodes, document_nodes
from budgetkg.export.paths import Path, expanded, read_path
from budgetkg.store.generations import Generation

Cell: TypeAlias = str | list[str] | None
Row: TypeAlias = list[Cell]
TYPES = ("string", "integer", "decimal", "boolean", "year", "iri", "name")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its value stands and of which type it is; ``many`` has several values in a cell."""

    name: str
    path: Path
    type: str
    zh: str
    en: str
    many: bool = False
    required: bool = False
    refers: str | None = None
    fiscal: str | None = None

    def cell(self, nodes: Nodes, document: str, node: str) -> Cell:
        """The value of a row, in its lexical form."""
        found = [self._lexical(value) for value in self.path.values(nodes, document, node)]
        if self.many:
            return found
        if len(found) > 1:
            raise BudgetkgError("one-value-only", node=node, count=len(found), path=self.path.text)
        return found[0] if found else None

    def _lexical(self, value: Value) -> str:
        if self.type == "name" and isinstance(value, NamedNode):
            return value.value.replace("#", "/").rsplit("/", 1)[-1]
        return value.value if isinstance(value, NamedNode | Literal) else str(value)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a row for each node of its classes, told apart by the first column."""

    name: str
    classes: tuple[str, ...]
    zh: str
    en: str
    columns: tuple[Column, ...]
    graph: str | None = None

    def rows(self, nodes: Nodes, document: str) -> list[Row]:
        """The rows of one document, in the order of their nodes' IRIs."""
        found = sorted(node for iri in self.classes for node in nodes.of_class(iri))
        return [self.row(nodes, document, node) for node in found]

    def row(self, nodes: Nodes, document: str, node: str) -> Row:
        """The row of one node."""
        return [column.cell(nodes, document, node) for column in self.columns]


def tables() -> tuple[Table, ...]:
    """All tables, in the order of their definitions."""
    return read_tables("tables.toml")


@cache
def read_tables(name: str) -> tuple[Table, ...]:
    """The tables that a file beside this one defines."""
    definitions = tomllib.loads(File(__file__).with_name(name).read_text(encoding="utf-8"))
    return tuple(_table(each, said) for each, said in definitions.items())


def table(name: str) -> Table:
    """One table."""
    return next(each for each in tables() if each.name == name)


def tables_of(generation: Generation) -> tuple[Table, ...]:
    """The tables that a graph fills; some documents by themselves conclude nothing."""
    return tuple(each for each in tables() if each.graph is None or generation.only is None)


def filled(generation: Generation) -> Iterator[list[tuple[Table, list[Row]]]]:
    """For each document in turn, the rows that it adds to each table, then the conclusions one by one."""
    printed = [each for each in tables() if each.graph is None]
    for document, nodes in document_nodes(generation):
        yield [(each, each.rows(nodes, document)) for each in printed]
    for each in tables_of(generation):
        if each.graph is not None:
            for document, nodes in concluded_nodes(generation, each.graph):
                yield [(each, each.rows(nodes, document))]


def _table(name: str, said: dict[str, object]) -> Table:
    classes, columns = said["classes"], said["columns"]
    if not isinstance(classes, list) or not isinstance(columns, list):
        raise BudgetkgError("table-of-lists", name=name)
    return Table(
        name=name,
        classes=tuple(map(expanded, classes)),
        zh=str(said["zh"]),
        en=str(said["en"]),
        columns=tuple(_column(name, column) for column in columns),
        graph=str(said["graph"]) if "graph" in said else None,
    )


def _column(table: str, said: dict[str, str | bool]) -> Column:
    kind = str(said.get("type", "string"))
    if kind not in TYPES:
        raise BudgetkgError("column-type", table=table, kind=kind, known=TYPES)
    refers, fiscal = said.get("refers"), said.get("fiscal")
    return Column(
        name=str(said["name"]),
        path=read_path(str(said["path"])),
        type=kind,
        zh=str(said["zh"]),
        en=str(said["en"]),
        many=bool(said.get("many", False)),
        required=bool(said.get("required", False)),
        refers=str(refers) if refers else None,
        fiscal=str(fiscal) if fiscal else None,
    )
