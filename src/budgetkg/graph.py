"""A built graph for people who write Python: ask, query, explain, export, take into rdflib."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from budgetkg.errors import BudgetkgError, QueryError
from budgetkg.export import check, export_to, writer
from budgetkg.formats import EDITIONS, FOLDERS
from budgetkg.parameters import Value
from budgetkg.queries import Question, question, questions, read_question
from budgetkg.store.explain import Explanation, explain
from budgetkg.store.generations import SHARED, Generation, open_directory
from budgetkg.store.results import Answer, Solutions, Term, Triples

if TYPE_CHECKING:
    import pandas
    import rdflib

Cell: TypeAlias = str | int | bool | Decimal | None
Json: TypeAlias = dict[str, Any]


class Rows(Sequence[dict[str, Cell]]):
    """The rows of an answer as dicts: amounts are ``Decimal``, counts ``int``, all else text."""

    def __init__(self, answer: Solutions) -> None:
        self.solutions = answer
        self.columns = answer.variables
        self._rows = [dict(zip(answer.variables, map(_cell, row), strict=True)) for row in answer.rows]

    @overload
    def __getitem__(self, place: int) -> dict[str, Cell]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[dict[str, Cell]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Cell] | Sequence[dict[str, Cell]]:
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} × {', '.join(self.columns)}>"

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame; pandas must be installed. Whole numbers with gaps, such as years, stay whole."""
        import pandas

        frame = pandas.DataFrame(self._rows, columns=list(self.columns))
        return frame.astype({name: "Int64" for name in self.columns if self._whole_with_gaps(name)})

    def _whole_with_gaps(self, column: str) -> bool:
        kinds = {type(row[column]) for row in self._rows}
        return kinds == {int, type(None)}

    def to_polars(self) -> Any:
        """A polars frame; polars must be installed."""
        import importlib

        return importlib.import_module("polars").DataFrame(self._rows, schema=list(self.columns))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_shown(cell)}</td>" for cell in row.values()) + "</tr>"
            for row in self._rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Graph:
    """The graph in a directory that a build wrote, as it was when it was opened."""

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = Path(directory)
        self._generation, self.store = open_directory(self.directory)

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Graph {self.directory}: {len(self.documents)} documents>"

    @property
    def generation(self) -> Generation:
        """The files of the graph."""
        return self._generation

    @property
    def documents(self) -> list[Json]:
        """The documents that count: for each its source, district, year, form and counts."""
        return self._generation.counted()

    @property
    def superseded(self) -> list[Json]:
        """Other editions of their tables, which are held and not counted; ``superseded_by`` is a key."""
        return self._generation.superseded()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The stored questions that :meth:`ask` answers."""
        return questions()

    def ask(self, name: str, /, *, evidence: bool = False, **parameters: Value) -> Rows:
        """Answer a stored question; ``questions`` lists them with their parameters.

        With ``evidence`` each row says where it is printed: ``file``, ``page``, ``lines``, ``quote`` and
        ``picture`` (the command that shows the page), once for each place. ``place`` numbers them from 1, so
        that a sum over rows of an answer takes those with ``place`` at most 1; 0 is a row that nothing
        printed belongs to.
        """
        return _rows(question(name).ask(self.store, parameters, evidence=evidence))

    def query(self, text: str, /, **parameters: Value) -> Rows | bool | Triples:
        """Answer a SPARQL query: rows of a SELECT, truth of an ASK, triples of a CONSTRUCT."""
        answer = read_question("query", text).ask(self.store, parameters)
        return Rows(answer) if isinstance(answer, Solutions) else answer

    def explain(self, name: str) -> Explanation:
        """What the graph says of an IRI or label, and where each statement stands."""
        return explain(self.store, name)

    def export(
        self, format: str = "turtle", out: str | os.PathLike[str] | None = None, *, all_editions: bool = False
    ) -> bytes | None:
        """The graph in a format: written to ``out``, else returned where the format is one file.

        ``all_editions`` adds the editions that don't count, in formats that keep each in a graph of its own.
        """
        check(format)
        if all_editions and format not in EDITIONS:
            raise BudgetkgError("editions-together", format=format, known=EDITIONS)
        generation = replace(self._generation, all_editions=all_editions)
        if out is not None:
            export_to(generation, format, Path(out))
            return None
        if format in FOLDERS:
            raise BudgetkgError("folder-needs-out", format=format)
        stream = io.BytesIO()
        writer(format)(generation, stream)
        return stream.getvalue()

    def graph(self, document: str) -> rdflib.Graph:
        """A document, ``reference`` or ``vocabulary`` in rdflib; a document by file name, SHA-256 or IRI."""
        from budgetkg.export.quads import readable_graph, readable_shared
        from budgetkg.export.rdflib_graph import to_rdflib

        generation = self._generation
        if document in (*SHARED, *generation.beside):
            return to_rdflib(readable_shared(generation, document))
        return to_rdflib(readable_graph(generation.graph(generation.key_of(document))))

    def record(self, document: str) -> Json:
        """What was read from one document, in the public record schema."""
        record: Json = self._generation.record(self._generation.key_of(document))
        return record

    def findings(self) -> list[Mapping[str, Any]]:
        """What a careful reader would report, with the findings of the validation."""
        return self._generation.all_findings()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def open(directory: str | os.PathLike[str]) -> Graph:
    """Open the graph that ``budgetkg build`` or :func:`budgetkg.build` wrote into a directory."""
    return Graph(directory)


def _rows(answer: Answer) -> Rows:
    if not isinstance(answer, Solutions):
        raise QueryError("rows-only")
    return Rows(answer)


def _cell(term: Term | None) -> Cell:
    from pyoxigraph import Literal

    from budgetkg.vocab import XSD

    if not isinstance(term, Literal):
        return None if term is None else getattr(term, "value", str(term))
    if term.datatype == XSD.boolean:
        return term.value in ("true", "1")
    if term.datatype == XSD.integer:
        return int(term.value)
    return Decimal(term.value) if term.datatype == XSD.decimal else term.value


def _shown(cell: Cell) -> str:
    return "" if cell is None else escape(str(cell))
