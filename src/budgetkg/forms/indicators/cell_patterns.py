"""The patterns by which a layout says how indicators stand in one cell, compiled once."""

from __future__ import annotations

import re
from functools import cache

from budgetkg.forms.layout.layouts import Layout


@cache
def compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns ready to search with, each compiled once."""
    return tuple(re.compile(pattern) for pattern in patterns)


@cache
def patterns_of(layout: Layout, name: str) -> tuple[str, ...]:
    """The patterns under a name, %…% exchanged for any of those that it names."""

    def named(match: re.Match[str]) -> str:
        return "(?:" + "|".join(layout.cell_grammar[match[1]]) + ")"

    return tuple(re.sub(r"%(\w+)%", named, text) for text in layout.cell_grammar.get(name, ()))
