"""The file of right readings beside the generations of a graph: every build applies it, none touches it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from budgetkg.store.generations import is_named

if TYPE_CHECKING:
    from budgetkg.forms.corrections import CorrectionLine

Json: TypeAlias = dict[str, Any]

READINGS = Path("corrections") / "readings.csv"
"""Where in the directory of a graph the file stands."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Lines that changed nothing.

    ``unused`` fit no value of any document, ``waiting`` are about documents of an earlier build, which
    have to be read again.
    """

    unused: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def readings_of(directory: Path) -> tuple[CorrectionLine, ...]:
    """The lines of a graph's file. Raises BudgetkgError for one that says nothing clear."""
    from budgetkg.forms.corrections import read_corrections

    return read_corrections(directory / READINGS, READINGS)


def told_apart(lines: Sequence[CorrectionLine], read: Iterable[Json], kept: Iterable[Json]) -> Readings:
    """What became of the lines, by the entries of documents read now and of those kept."""
    older = list(kept)
    used = {digest for entry in (*read, *older) for digest in entry.get("corrections", ())}
    idle = [line for line in lines if line.digest not in used]
    waiting = [line for line in idle if any(is_named(entry, line.document) for entry in older)]
    return Readings(
        tuple(line.said for line in idle if line not in waiting), tuple(line.said for line in waiting)
    )
