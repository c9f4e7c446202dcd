"""When an indicator that a pattern found in a cell is none: it is left to a finding then."""

from __future__ import annotations

import re

from budgetkg.forms.indicators.cell_items import holds_another, holds_number, holds_tier
from budgetkg.text import fold_width as fold

_COUNTED = re.compile(r"(?:三级)?指标\s?\d{1,2}")
_BEHIND_BRACKET = re.compile(r"\)\w{2}")
_SHORTEST = 2  # characters of a name


def is_doubtful(body: str, match: re.Match[str], name: str) -> bool:
    """Whether a name is none: a number of the list (指标1), a piece of a value or bracket, several pasted."""
    plain = fold(name)
    inside = body[: match.start("name")][-1:].isdecimal() and not plain[:1].isascii()
    bracketed = body[match.end("value") : match.end("value") + 1] == ")"
    pasted = bracketed and _BEHIND_BRACKET.search(plain) is not None
    counted = _COUNTED.fullmatch(plain) is not None or len(plain) < _SHORTEST
    half = plain.count("(") != plain.count(")")
    more = (
        holds_tier(f"{plain}:{match['value']}")
        or holds_number(match["value"])
        or holds_another(match["value"])
    )
    return inside or pasted or counted or half or more
