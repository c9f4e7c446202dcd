"""Which of the forms that are offered a client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_MOST_RANGES = 100
_LONGEST_WEIGHT = 5


@dataclass(frozen=True, slots=True)
class Range:
    """A media range of an Accept header: its weight from 0 to 1, and its place in the header."""

    kind: str
    weight: float
    place: int

    def fits(self, offer: str) -> int:
        """How closely the range fits an offer: 0 for not at all, 3 for the very type."""
        if self.kind == offer:
            return 3
        if self.kind.endswith("/*") and self.kind != "*/*":
            return 2 if offer.startswith(self.kind[:-1]) else 0
        return 1 if self.kind in ("*/*", "*") else 0


def ranges(header: str) -> list[Range]:
    """The media ranges of a header; everything is wanted where it names none."""
    found = []
    for place, part in enumerate(header.split(",")[:_MOST_RANGES]):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        if kind and len(weight) <= _LONGEST_WEIGHT and weight.replace(".", "", 1).isdecimal():
            found.append(Range(kind, min(float(weight), 1.0), place))
    return found or [Range("*/*", 1.0, 0)]


def best(header: str, offers: Iterable[str]) -> str:
    """The offer that a client likes best, of equals the one it names or we offer first; "" for none."""
    wanted = ranges(header)
    chosen, rank = "", (0.0, 0)
    for offer in offers:
        fitting = max(wanted, key=lambda one: (one.fits(offer), -one.place))
        if not fitting.fits(offer) or not fitting.weight:
            continue
        if not chosen or (fitting.weight, -fitting.place) > rank:
            chosen, rank = offer, (fitting.weight, -fitting.place)
    return chosen


def weight_of(header: str, kind: str) -> float:
    """How much a client wants a type that it names; 0 where only a wildcard covers it."""
    return max((one.weight for one in ranges(header) if one.kind == kind), default=0.0)
