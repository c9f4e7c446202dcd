"""Where and how an answer is written: as a table to read, as data, as a workbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.terminal import command, out, paragraph, table
from budgetkg.headings import chinese

if TYPE_CHECKING:
    from budgetkg.store.results import Answer, Solutions

TABLE = "table"
_ENGLISH = "（英文）"  # what the Chinese heading of a column in English ends with
_PICTURES = 3  # commands below a table; the other formats have one in each row
FORMATS = (TABLE, "csv", "tsv", "json", "xml", "xlsx", "turtle")


def write_answer(
    answer: Answer, format: str, nothing: str, target: Path | None, *, excel: bool, stored: bool
) -> None:
    """Write an answer; ``nothing`` is what a table without rows says.

    A table of a ``stored`` question says in one language what its columns have in two.
    Raises BadParameter for a format that such an answer can't have.
    """
    _check(answer, format, target, excel=excel)
    people = stored and (excel or format == "xlsx") and language() == "zh"
    data = _bytes(_for_people(answer) if people else answer, format, excel=excel)
    if target is not None:
        from budgetkg.cli.terminal import note
        from budgetkg.export.files import replacing

        with replacing(target) as stream:
            stream.write(data)
        note(say("written", path=target))
    elif format == TABLE:
        _table(_in_one_language(answer) if stored else answer, nothing, translated=stored)
    elif format == "xlsx" or excel:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(data.decode())


def _check(answer: Answer, format: str, target: Path | None, *, excel: bool) -> None:
    if isinstance(answer, tuple) and format not in (TABLE, "turtle"):
        raise typer.BadParameter(say("select-only", format=format, kind="SELECT, ASK"))
    if not isinstance(answer, tuple) and format == "turtle":
        raise typer.BadParameter(say("select-only", format=format, kind="CONSTRUCT, DESCRIBE"))
    if excel and format != "csv":
        raise typer.BadParameter(say("excel-csv"))
    if format == "xlsx" and target is None and sys.stdout.isatty():
        raise typer.BadParameter(say("binary-to-terminal"))


def _bytes(answer: Answer, format: str, *, excel: bool) -> bytes:
    """The answer as a file holds it; a table is a file of tab-separated values then."""
    from budgetkg.export.answers import for_excel, turtle, written

    if isinstance(answer, tuple):
        return turtle(answer).encode()
    if format == "xlsx":
        from budgetkg.export.workbook import workbook

        return workbook(answer)
    if excel:
        return for_excel(answer)
    return written(answer, "tsv" if format == TABLE else format).encode()


def _for_people(answer: Answer) -> Answer:
    """An answer for a spreadsheet in Chinese: in the words of its table, with all columns."""
    from pyoxigraph import Literal

    from budgetkg.store.results import Solutions

    if not isinstance(answer, Solutions):
        return answer
    rows = tuple(
        tuple(
            Literal(said)
            if isinstance(term, Literal) and (said := _chinese(name, term.value)) != term.value
            else term
            for name, term in zip(answer.variables, row, strict=True)
        )
        for row in answer.rows
    )
    return Solutions(tuple(map(heading, answer.variables)), rows)


def _table(answer: Answer, nothing: str, *, translated: bool) -> None:
    from budgetkg.export.answers import turtle
    from budgetkg.store.results import Solutions

    if isinstance(answer, tuple):
        sys.stdout.write(turtle(answer))
    elif isinstance(answer, Solutions):
        _rows(answer, translated=translated)
        if not answer.rows:
            paragraph(nothing)
    else:
        out(say("true" if answer else "false"))


def _in_one_language(answer: Answer) -> Answer:
    """An answer without the columns that only repeat another one in the language that isn't the reader's."""
    from budgetkg.store.results import Solutions

    if not isinstance(answer, Solutions):
        return answer
    names = answer.variables
    kept = [place for place, name in enumerate(names) if not _is_foreign(name, names)]
    rows = tuple(tuple(row[place] for place in kept) for row in answer.rows)
    return Solutions(tuple(names[place] for place in kept), rows)


def _is_foreign(name: str, names: Sequence[str]) -> bool:
    """Whether a column says in the other language what another of these columns says."""
    if language() == "en":
        return name.endswith("_zh") and name.removesuffix("_zh") in names
    in_chinese = {f"{name}_zh", name.removesuffix("_en")} - {name}
    return (chinese(name) or "").endswith(_ENGLISH) and not in_chinese.isdisjoint(names)


def _rows(answer: Solutions, *, translated: bool) -> None:
    """A table; the commands that show the pages stand below it, where they are as long as they are."""
    from budgetkg.export.answers import plain
    from budgetkg.store.results import Solutions

    if "picture" not in answer.variables:
        _plain_rows(answer, translated=translated)
        return
    at = answer.variables.index("picture")
    commands = list(dict.fromkeys(plain(row[at]) for row in answer.rows if row[at] is not None))
    kept = tuple((*row[:at], *row[at + 1 :]) for row in answer.rows)
    without = Solutions((*answer.variables[:at], *answer.variables[at + 1 :]), kept)
    _plain_rows(without, translated=translated)
    for line in commands[:_PICTURES]:
        command("see-picture", line)
    if len(commands) > _PICTURES:
        paragraph(say("more-pictures", count=len(commands) - _PICTURES))


def _plain_rows(answer: Solutions, *, translated: bool) -> None:
    from pyoxigraph import Literal

    from budgetkg.export.answers import plain
    from budgetkg.vocab import XSD

    numeric = (XSD.integer, XSD.decimal)
    numbers = [
        heading(name)
        for place, name in enumerate(answer.variables)
        if answer.rows
        and all(isinstance(row[place], Literal) and row[place].datatype in numeric for row in answer.rows)  # type: ignore[union-attr]
    ]
    rows = [[plain(term) for term in row] for row in answer.rows]
    for year, basis in _dated(answer.variables):
        for row in rows:
            row[year] = (
                say("inferred-year", year=row[year]) if _is_guess(row[year], row[basis]) else row[year]
            )
    if translated and language() == "zh":
        rows = [[_chinese(*cell) for cell in zip(answer.variables, row, strict=True)] for row in rows]
    table(list(map(heading, answer.variables)), rows, numbers)


def _chinese(name: str, text: str) -> str:
    """A cell of a stored question in Chinese: what the question says of a row, never what a form prints."""
    from budgetkg.codelists import concepts
    from budgetkg.report.wording import in_chinese, phrase

    if name.endswith("basis") or name == "severity":
        known = {item.notation: item.zh for item in concepts("basis")}
        return known.get(text) or (say(text) if name == "severity" and text else in_chinese(text))
    if name in ("counted_by", "comparable", "attained"):
        return phrase(text, "zh")
    return in_chinese(text) if name in ("why_not", "reason") else text


def _dated(columns: Sequence[str]) -> list[tuple[int, int]]:
    """The columns of years, each with the one that says how they are known."""
    known = {**{name: f"{name}_basis" for name in columns}, "fiscal_year": "year_basis"}
    if "year_b_basis" not in columns:
        known["year_b"] = "year_basis"  # the later year of a pair is the year of the row
    return [
        (columns.index(name), columns.index(basis))
        for name, basis in known.items()
        if name in columns and basis in columns
    ]


def _is_guess(year: str, basis: str) -> bool:
    from budgetkg.codelists import is_inferred

    return bool(year and basis) and is_inferred(basis)


def heading(name: str) -> str:
    """A column's name, under a Chinese locale with the Chinese one beside it."""
    known = chinese(name) if language() == "zh" else None
    return f"{name} {known}" if known else name
