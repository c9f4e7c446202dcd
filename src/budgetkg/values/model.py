"""A target as read: its kind, its quantities, its deadline, and a note where something is left open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

KINDS = (
    "quantity",
    "compound",
    "deadline",
    "qualitative",
    "placeholder",
    "formula",
    "empty",
    "unparsed",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a target: 每年增长不少于3万人次 is >= 30000 人次, change ``increase``, per ``year``.

    ``comparator`` is one of ``>= > <= < = ~ between``; where it is ``between``, ``value`` is the lower and
    ``upper`` the higher end of a range. ``unit`` is the measure word as printed, ``scale_text`` the
    scale word (万) that ``value`` has taken in. ``change`` is ``increase`` or ``decrease``, ``per`` the time
    after which the quantity recurs (``year``, ``half-year``, ``quarter``, ``month``, ``week``, ``day``).
    """

    comparator: str
    value: Decimal
    upper: Decimal | None = None
    unit: str | None = None
    scale_text: str | None = None
    change: str | None = None
    per: str | None = None

    def json(self) -> dict[str, str | None]:
        """The keys of the public record schema; numbers as plain decimal strings."""
        return {
            "comparator": self.comparator,
            "value": plain(self.value),
            "upper": None if self.upper is None else plain(self.upper),
            "unit": self.unit,
            "scale_text": self.scale_text,
            "change": self.change,
            "per": self.per,
        }


@dataclass(frozen=True, slots=True)
class Target:
    """The meaning of one printed target.

    ``kind`` is one of `KINDS`; ``deadline`` are the dates in their own words; ``note`` is a code for what
    makes the meaning doubtful or the target unreadable.
    """

    kind: str
    quantities: tuple[Quantity, ...] = ()
    deadline: str | None = None
    note: str | None = None


def plain(number: Decimal) -> str:
    """A number without exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
