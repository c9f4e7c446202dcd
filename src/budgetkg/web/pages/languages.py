"""A table in the reader's language: its rows, and what its address chose in another language.

An address stays when its reader changes the language: ``_is.severity=serious`` chooses 要紧 there too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from budgetkg.report.wording import cell_of
from budgetkg.report.years import Row
from budgetkg.web.pages.cells import columns_for
from budgetkg.web.pages.names import Names
from budgetkg.web.pages.view import View

CHOICE = "_is."
_ENDINGS = ("", "_zh", "_en")


def readable(
    view: View, rows: Sequence[Row], columns: Sequence[str], known: Names
) -> tuple[View, Sequence[Row]]:
    """The look with its choices in the reader's words, and the rows as the reader knows their things."""
    said = known.rows(rows, view.language)
    shown = columns_for(columns, view.language)
    if not any(key.startswith(CHOICE) or key == "_sort" for key, _ in view.query):
        return view, said
    pairs = dict.fromkeys(_pair(view, key, value, (rows, said), shown, known) for key, value in view.query)
    return replace(view, query=tuple(pairs)), said


def _pair(
    view: View, key: str, value: str, rows: tuple[Sequence[Row], Sequence[Row]], shown: Sequence[str],
    known: Names,
) -> tuple[str, str]:  # fmt: skip
    """A part of the address, in the reader's language."""
    if key == "_sort":
        return key, _column(value, shown)
    if not key.startswith(CHOICE):
        return key, value
    column = _column(key.removeprefix(CHOICE), shown)
    meant = known.same(column, (value,))
    for before, after in zip(*rows, strict=True):
        if any(text in meant for text in _texts(before, column)):
            return f"{CHOICE}{column}", cell_of(after, column, view.language)
    return f"{CHOICE}{column}", value


def _column(name: str, shown: Sequence[str]) -> str:
    """The column that says in this table what another one says in another language."""
    plain = name.removesuffix("_zh").removesuffix("_en")
    return next((each for each in (name, *(f"{plain}{end}" for end in _ENDINGS)) if each in shown), name)


def _texts(row: Row, column: str) -> Iterator[str]:
    """A cell as it stands in each language, and in the columns beside it that say the same."""
    plain = column.removesuffix("_zh").removesuffix("_en")
    for name in (f"{plain}{end}" for end in _ENDINGS):
        if row.get(name) is not None:
            yield from (cell_of(row, name, language) for language in ("zh", "en"))
