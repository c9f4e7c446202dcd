"""The driver of a form's rules: it asks each in order what it finds in the rows at hand, and takes the first.

A rule is a pair: ``find`` looks at rows and returns what it found or ``None``, claiming nothing; ``take``
puts that into the record, claims its text and returns how many rows are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import WINDOW
from budgetkg.reading.grid import Cell, GridRow

Rows = Sequence[GridRow]


@dataclass(slots=True)
class Progress:
    """What has been read so far: the place of the row at hand, and the rows that a table took already."""

    reader: Reader
    parts: Parts = field(default_factory=Parts)
    taken: set[int] = field(default_factory=set)
    at: int = 0

    def see_unit(self, cells: Sequence[Cell]) -> None:
        """The first money unit that a cell prints is the document's."""
        units = (money_unit(cell.text) for cell in cells)
        self.parts.unit = self.parts.unit or next(filter(None, units), None)


AnyProgress = TypeVar("AnyProgress", bound=Progress)
Rule = tuple[Callable[[AnyProgress, Rows], Any], Callable[[AnyProgress, Rows, Any], int]]


def drive(progress: AnyProgress, rules: Sequence[Rule[AnyProgress]]) -> None:
    """Read every row of a document by the first rule that finds something in it."""
    rows = progress.reader.rows
    at = 0
    while at < len(rows):
        progress.at = at
        at += 1 if at in progress.taken else _step(progress, rules, rows[at : at + WINDOW])


def _step(progress: AnyProgress, rules: Sequence[Rule[AnyProgress]], rows: Rows) -> int:
    for find, take in rules:
        found = find(progress, rows)
        if found is not None:
            return take(progress, rows, found)
    return 1
