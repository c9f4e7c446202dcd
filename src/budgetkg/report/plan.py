"""What the report shows, in what order: ``sections.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """Which columns of an answer a chart draws.

    Every row has a bar, and every column of ``values`` is a part of it. With ``series`` the colour is
    that of the word in this column; with ``stack`` rows of one label stand in one bar.
    """

    label: tuple[str, ...]
    values: tuple[str, ...]
    series: str | None = None
    stack: bool = False
    unit: str = "count"
    share: bool = False
    most: int = 20


@dataclass(frozen=True, slots=True)
class PartPlan:
    """A question, the columns of its answer that are shown, and a remark."""

    question: str
    columns: tuple[str, ...]
    note: Words | None = None
    chart: ChartPlan | None = None


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A chapter of the report."""

    name: str
    title: Words
    parts: tuple[PartPlan, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The chapters, and what columns and values are called."""

    sections: tuple[SectionPlan, ...]
    columns: dict[str, Words]


@cache
def plan() -> Plan:
    """The plan that ships."""
    said = tomllib.loads(Path(__file__).with_name("sections.toml").read_text(encoding="utf-8"))
    columns = {name: Words(*words) for name, words in said["columns"].items()}
    return Plan(tuple(map(_section, said["section"])), columns)


def _section(said: dict[str, Any]) -> SectionPlan:
    parts = tuple(map(_part, said.get("part", ())))
    return SectionPlan(said["name"], Words(*said["title"]), parts)


def _part(said: dict[str, Any]) -> PartPlan:
    note = Words(*said["note"]) if "note" in said else None
    chart = said.get("chart")
    return PartPlan(said["question"], tuple(said["columns"]), note, _chart(chart) if chart else None)


def _chart(said: dict[str, Any]) -> ChartPlan:
    lists = {name: tuple(said[name]) for name in ("label", "values")}
    return ChartPlan(**{**said, **lists})
