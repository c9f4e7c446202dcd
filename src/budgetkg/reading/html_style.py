"""What an element of a web page says of its own looks: whether it is hidden, how far it is set in.

Only what stands on the element itself counts; style sheets are markup that nobody reads here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_RULE = re.compile(r"([a-z-]{1,30})\s*:\s*([^;!]{1,60})", re.I)
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,6})?|\.\d{1,6})(px|pt|em|rem|ch|ex|cm|mm|in)?", re.I)
_INSET = ("padding-left", "margin-left", "text-indent")
_HIDES = {"display": ("none",), "visibility": ("hidden", "collapse")}
# Lengths in ems, at the 16 pixels (12 points) that browsers begin with.
_EMS = {
    "px": 1 / 16, "pt": 1 / 12, "em": 1.0, "rem": 1.0, "ch": 0.5, "ex": 0.5, "cm": 2.362, "mm": 0.2362,
    "in": 6.0,
}  # fmt: skip
_DEEPEST = 20.0


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks within those around it: hidden or not, set in by so many ems."""

    hidden: bool = False
    inset: float = 0.0

    def inside(self, outer: Look) -> Look:
        """The look of what an element holds, with that of the elements around it."""
        return Look(self.hidden or outer.hidden, min(self.inset + outer.inset, _DEEPEST))

    @property
    def blanks(self) -> str:
        """The inset as blanks: two are as wide as one square."""
        return " " * int(2 * self.inset + 0.05)


PLAIN = Look()


def look_of(attributes: Mapping[str, str | None]) -> Look:
    """The look that an element's own attributes give it."""
    hidden = "hidden" in attributes
    inset = 0.0
    for name, value in _RULE.findall(attributes.get("style") or ""):
        plain, worth = name.lower(), value.strip().lower()
        hidden = hidden or worth in _HIDES.get(plain, ())
        inset += _ems(worth) if plain in _INSET else 0.0
    return Look(hidden, inset) if hidden or inset else PLAIN


def _ems(text: str) -> float:
    """A length; one below nothing, or a share of a width that only a browser knows, is none."""
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _EMS[match[2].lower()] if match and match[2] else 0.0
