"""How an element of a web page looks by its own attributes: whether it is hidden, how far it is indented.

Style sheets are not read: only attributes of the element itself count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_RULE = re.compile(r"(?<![a-z-])([a-z-]{1,30}+)\s*+:\s*+([^;!]{1,60})", re.I)
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,6})?|\.\d{1,6})(px|pt|em|rem|ch|ex|cm|mm|in)?", re.I)
_INDENTS = ("padding-left", "margin-left", "text-indent")
_HIDES = {"display": ("none",), "visibility": ("hidden", "collapse")}
# Lengths in ems, at the 16 pixels (12 points) that browsers begin with.
_EMS = {
    "px": 1 / 16, "pt": 1 / 12, "em": 1.0, "rem": 1.0, "ch": 0.5, "ex": 0.5, "cm": 2.362, "mm": 0.2362,
    "in": 6.0,
}  # fmt: skip
_MAX_INDENT = 20.0  # ems


@dataclass(frozen=True, slots=True)
class Look:
    """Whether an element is hidden, and how far it is indented, in ems."""

    hidden: bool = False
    indent: float = 0.0

    def inside(self, outer: Look) -> Look:
        """Return the look of what stands in an element with this look, inside of one with another."""
        return Look(self.hidden or outer.hidden, min(self.indent + outer.indent, _MAX_INDENT))

    @property
    def blanks(self) -> str:
        """The indent as blanks: two of them are as wide as an ideograph (one em)."""
        return " " * int(2 * self.indent + 0.05)


PLAIN = Look()


def look_of(attributes: Mapping[str, str | None]) -> Look:
    """The look that an element's own attributes give it."""
    hidden = "hidden" in attributes
    indent = 0.0
    for name, value in _RULE.findall(attributes.get("style") or ""):
        plain, worth = name.lower(), value.strip().lower()
        hidden = hidden or worth in _HIDES.get(plain, ())
        indent += _ems(worth) if plain in _INDENTS else 0.0
    return Look(hidden, indent) if hidden or indent else PLAIN


def _ems(text: str) -> float:
    """A CSS length in ems; 0 for negative ones, and for shares of a width that only a browser knows."""
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _EMS[match[2].lower()] if match and match[2] else 0.0
