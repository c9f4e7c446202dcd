"""The plan of the report, from ``sections.toml``: which questions, in which order, shown how."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """Which columns of an answer a chart draws.

    Every row has a bar, and every column of ``values`` is a part of it. With ``series`` the colour follows
    the word in that column; with ``stack`` rows of one label make one bar. ``unit`` is ``yuan`` for amounts,
    else ``count``; with ``share`` bars show shares; at most ``most`` bars are drawn.
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
    """The plan of the package."""
    settings = tomllib.loads(Path(__file__).with_name("sections.toml").read_text(encoding="utf-8"))
    columns = {name: Words(*words) for name, words in settings["columns"].items()}
    return Plan(tuple(map(_section, settings["section"])), columns)


def _section(section: dict[str, Any]) -> SectionPlan:
    parts = tuple(map(_part, section.get("part", ())))
    return SectionPlan(section["name"], Words(*section["title"]), parts)


def _part(part: dict[str, Any]) -> PartPlan:
    note = Words(*part["note"]) if "note" in part else None
    chart = part.get("chart")
    return PartPlan(part["question"], tuple(part["columns"]), note, _chart(chart) if chart else None)


def _chart(chart: dict[str, Any]) -> ChartPlan:
    lists = {name: tuple(chart[name]) for name in ("label", "values")}
    return ChartPlan(**{**chart, **lists})
