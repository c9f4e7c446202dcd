"""What the headers of a table may be called, and which fields they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.label_words import is_money_words, source_role
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.names_index import Names
from budgetkg.forms.settings import KEPT

TIER_CELL = "tier_cell"
_PART_OF = re.compile(r"其\s{0,4}中\s{0,4}[:：]?(?=\s{0,4}\S)")
_SOURCES = ("fiscal_appropriation", "fiscal_special_account", "other", "attribute")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What headers a table may have: names with the prefix of their fields."""

    layout: Layout
    tables: tuple[tuple[str, Names], ...]
    cut: bool = False
    tier_cells: bool = False

    def choices(self, text: str) -> tuple[str, ...]:
        """The fields that a header may name."""
        return _choices(self, text)

    def knows(self, text: str) -> bool:
        """Whether a text is a header, a heading over headers or a declared label."""
        return _knows(self, text)

    def group(self, text: str) -> str | None:
        """The heading over columns that a text is."""
        return self.layout.column_groups.lookup(text)


@lru_cache(maxsize=KEPT)
def _choices(vocabulary: Vocabulary, text: str) -> tuple[str, ...]:
    layout = vocabulary.layout
    found = [prefix + name for prefix, names in vocabulary.tables if (name := names.lookup(text))]
    if not found and vocabulary.cut and vocabulary.group(text) is None and not layout.is_furniture(text):
        found = [prefix + name for prefix, names in vocabulary.tables if (name := names.cut(text))]
    if not found and layout.holds_value(text):
        found = [prefix + "name" for prefix, names in vocabulary.tables if names is layout.tier_columns]
    if not found and is_money_words(text):
        found = [prefix + "total" for prefix, names in vocabulary.tables if "total" in names]
    if not found and (source := source_role(text)):
        found = [prefix + source for prefix, names in vocabulary.tables if source in names]
    if not found and (part := _PART_OF.match(text.strip())):  # 其中：财政资金
        own = vocabulary.choices(text.strip()[part.end() :])
        found = [name for name in own if name in _SOURCES]
    if not found and vocabulary.tier_cells and tier_of(text) is not None and not text.strip().isdigit():
        found = [TIER_CELL]  # 产出指标 as a column: its indicators are inside the cells
    return tuple(found)


@lru_cache(maxsize=KEPT)
def _knows(vocabulary: Vocabulary, text: str) -> bool:
    layout = vocabulary.layout
    return bool(vocabulary.choices(text)) or vocabulary.group(text) is not None or layout.is_furniture(text)
