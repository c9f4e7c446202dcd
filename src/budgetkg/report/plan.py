"""The plan of the report, from ``sections.toml`` and ``headlines.toml``: what is asked, said and shown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

# What a sentence has beside the options of its rule.
_SAID = ("question", "rule", "kicker", "zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and in English."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """The text in a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """Which columns of an answer a chart draws.

    ``group`` is the heading that bars stand under, ``label`` what is written beside a bar, ``values`` the
    parts of a bar. With ``pairs`` a row has a bar for each pair of columns, a label and a value. ``unit`` is
    ``yuan`` or ``wan`` (10,000 yuan) for amounts, else ``count``. At most ``most`` groups are drawn, the
    largest first; ``order`` is a column whose size decides instead; with ``pairs`` groups in which it is 0
    are left out. ``side_by_side`` puts groups of several districts first, ``keep`` leaves all in their order.
    For each value of ``panel`` there is a picture of its own with a scale of its own: nothing in one picture
    may be of another kind than its neighbours. ``a+b`` are two columns written together, ``a|b`` the one of
    Chinese and the one of English.
    """

    group: tuple[str, ...]
    label: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    unit: str = "count"
    share: bool = False
    most: int = 8
    order: str | None = None
    side_by_side: bool = False
    keep: bool = False
    panel: str | None = None


@dataclass(frozen=True, slots=True)
class ShortPlan:
    """A short table before the appendix.

    With ``by`` the rows that have the same there are one row, with the sum of ``value``. ``where`` are the
    values that columns must have; without such rows there is no table.
    """

    columns: tuple[str, ...]
    most: int = 8
    by: tuple[str, ...] = ()
    value: str | None = None
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SayPlan:
    """A sentence with figures, found in the answer to ``question`` by a rule (see ``rules``).

    ``kicker`` is the line above it that says what it is about.
    """

    question: str
    rule: str
    words: Words
    kicker: Words | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartPlan:
    """A question, the columns of its answer that the appendix shows, and what stands before the appendix."""

    question: str
    columns: tuple[str, ...]
    note: Words | None = None
    chart: ChartPlan | None = None
    short: ShortPlan | None = None


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A chapter of the report."""

    name: str
    title: Words
    parts: tuple[PartPlan, ...]
    says: tuple[SayPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Chapters and headlines; what columns, values and phrases are called, and findings mean."""

    sections: tuple[SectionPlan, ...]
    headlines: tuple[SayPlan, ...]
    columns: dict[str, Words]
    values: dict[str, Words]
    phrases: tuple[Words, ...]
    plainly: dict[str, Words]


@cache
def plan() -> Plan:
    """The plan of the package."""
    settings = _toml("sections.toml")
    return Plan(
        sections=tuple(map(_section, settings["section"])),
        headlines=tuple(map(_say, _toml("headlines.toml")["headline"])),
        columns={name: Words(*words) for name, words in settings["columns"].items()},
        values={name: Words(*words) for name, words in settings["values"].items()},
        phrases=tuple(Words(*words) for words in settings["phrases"]),
        plainly={code: Words(*words) for code, words in _toml("plainly.toml").items()},
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _section(section: dict[str, Any]) -> SectionPlan:
    return SectionPlan(
        section["name"],
        Words(*section["title"]),
        tuple(map(_part, section.get("part", ()))),
        tuple(map(_say, section.get("say", ()))),
    )


def _part(part: dict[str, Any]) -> PartPlan:
    return PartPlan(
        part["question"],
        tuple(part["columns"]),
        Words(*part["note"]) if "note" in part else None,
        ChartPlan(**_tuples(part["chart"])) if "chart" in part else None,
        ShortPlan(**_tuples(part["short"])) if "short" in part else None,
    )


def _say(say: dict[str, Any]) -> SayPlan:
    options = {key: value for key, value in say.items() if key not in _SAID}
    kicker = Words(*say["kicker"]) if "kicker" in say else None
    return SayPlan(say["question"], say["rule"], Words(say["zh"], say["en"]), kicker, options)


def _tuples(settings: dict[str, Any]) -> dict[str, Any]:
    """Lists as tuples, those within lists too."""
    return {
        name: tuple(tuple(item) if isinstance(item, list) else item for item in value)
        if isinstance(value, list)
        else value
        for name, value in settings.items()
    }
