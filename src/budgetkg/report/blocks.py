"""The report in one language before it is written in a format: blocks that every format writes alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from budgetkg.report.charts import Chart


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is the title, ``anchor`` a name to link to."""

    level: int
    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; quiet ones are remarks."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command that gives the same answer at the terminal."""

    text: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """Counts, each with what it counts."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence, and the answer of the appendix that backs it: its number and its anchor.

    ``kicker`` says in a few words what it is about; empty where nothing stands above it.
    """

    text: str
    number: str
    anchor: str
    kicker: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences one below the other."""

    items: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``right`` are the indexes of its columns of numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption."""

    chart: Chart
    caption: str


@dataclass(frozen=True, slots=True)
class AppendixStart:
    """All that follows is the appendix."""

    title: str


Block: TypeAlias = Heading | Text | Command | Tiles | Points | Table | Figure | AppendixStart
