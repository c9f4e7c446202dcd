"""A target as read: kind, quantities, deadline, and a note where something is left open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

KINDS = (
    "quantity", "compound", "deadline", "qualitative", "placeholder", "formula", "empty", "unparsed",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a target; ``upper`` is the other end of a range, ``value`` its lower end."""

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
    """The reading of one target; ``note`` is a code of what makes it doubtful or unreadable."""

    kind: str
    quantities: tuple[Quantity, ...] = ()
    deadline: str | None = None
    note: str | None = None


def plain(number: Decimal) -> str:
    """A number without exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
