"""Layouts as data: what a form's headers, labels and furniture are called."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from budgetkg.folding import key
from budgetkg.resources import layout_files

_BRACKET = re.compile(r"[((][^()()]*[))]$")
_Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """One form: signature, header names and their variants, labels, furniture."""

    form: str
    scope: str
    kind: str
    signature: tuple[str, ...]
    totals: frozenset[str] = frozenset()
    columns: _Names = field(default_factory=dict)
    labels: _Names = field(default_factory=dict)
    people: tuple[str, ...] = ()
    amounts: _Names = field(default_factory=dict)
    budget: _Names = field(default_factory=dict)
    tier_columns: _Names = field(default_factory=dict)
    tier_parents: _Names = field(default_factory=dict)
    task_columns: _Names = field(default_factory=dict)
    indicator_cell: _Names = field(default_factory=dict)
    furniture_labels: frozenset[str] = frozenset()
    furniture_patterns: tuple[re.Pattern[str], ...] = ()
    page_marks: tuple[re.Pattern[str], ...] = ()
    prints_every_tier: bool = False

    def is_furniture(self, text: str) -> bool:
        """Whether a cell's text is a declared label that carries no fact of its own."""
        plain = key(text)
        return plain in self.furniture_labels or any(p.fullmatch(plain) for p in self.furniture_patterns)

    def is_mark(self, text: str) -> bool:
        """Whether a whole line is furniture: a declared label, or a page number, which stands alone."""
        plain = key(text)
        return self.is_furniture(text) or any(mark.fullmatch(plain) for mark in self.page_marks)


def lookup(names: _Names, text: str) -> str | None:
    """The field that a printed header or label names, its bracketed remark and colon left out."""
    plain = key(text).rstrip(":")
    bare = _BRACKET.sub("", plain)
    for candidate in (plain, bare):
        for name, variants in names.items():
            if candidate in (key(variant) for variant in variants):
                return name
    return None


def cut_lookup(names: _Names, text: str, least: int = 3) -> str | None:
    """The one field whose header begins with a text that a page edge has cut (说明及公)."""
    plain = key(text)
    if len(plain) < least:
        return None
    hits = {name for name, variants in names.items() for v in variants if key(v).startswith(plain)}
    return hits.pop() if len(hits) == 1 else None


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout that ships, sorted by form."""
    return tuple(_layout(tomllib.loads(path.read_text("utf-8"))) for path in layout_files())


def _layout(data: dict[str, Any]) -> Layout:
    furniture = data.get("furniture", {})
    return Layout(
        form=data["form"],
        scope=data["scope"],
        kind=data["kind"],
        signature=tuple(key(text) for text in data["signature"]),
        totals=frozenset(key(text) for text in data.get("totals", ())),
        people=tuple(data.get("people", {}).get("labels", ())),
        furniture_labels=frozenset(key(text) for text in furniture.get("labels", ())),
        furniture_patterns=tuple(re.compile(text) for text in furniture.get("patterns", ())),
        page_marks=tuple(re.compile(text) for text in furniture.get("page_marks", ())),
        prints_every_tier=bool(data.get("prints_every_tier", False)),
        **{name: _names(data.get(name, {})) for name in _TABLES},
    )


_TABLES = (
    "columns",
    "labels",
    "amounts",
    "budget",
    "tier_columns",
    "tier_parents",
    "task_columns",
    "indicator_cell",
)


def _names(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(variants) for name, variants in table.items()}
