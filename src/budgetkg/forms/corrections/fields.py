"""Which keys of a record a person may set right, and where in the record each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "name", "amount", "year"]
"""What a value must be: ``name`` is a text that can't be blank, ``amount`` a number as forms print it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a key's value stands, as attributes from the thing down, and what it must be."""

    path: tuple[str, ...]
    kind: Kind = "text"


def _texts(*names: str) -> dict[str, Slot]:
    return {name: Slot((name,)) for name in names}


def _amounts(total: str, owner: str) -> dict[str, Slot]:
    sources = ("fiscal_appropriation", "fiscal_special_account", "other")
    return {
        total: Slot((owner, "total"), "amount"),
        **{name: Slot((owner, name), "amount") for name in sources},
    }


_NAME = {"name": Slot(("name",), "name")}

FIELDS: Mapping[str, Mapping[str, Slot]] = {
    "document": {
        **_texts("title", "department", "district", "unit", "finance_office", "functions", "overall_goal",
                 "goal_reached"),
        "year": Slot(("year",), "year"),
        **_amounts("printed_total", "totals"),
    },
    "unit_of_use": {**_NAME, **_amounts("total", "amounts")},
    "project": {**_NAME, **_amounts("total", "amounts"), **_texts("goal", "goal_reached")},
    "task": {
        **_NAME, "amount": Slot(("amount",), "amount"), **_texts("content", "expected"),
        **{key: slot for key, slot in _amounts("total", "sources").items() if key != "total"},
    },
    "indicator": {
        **_NAME,
        **_texts("tier1", "tier2", "tier3", "tier1_code", "tier2_code", "period_value", "annual_value",
                 "explanation", "formula", "unit", "weight", "operator", "direction", "standard",
                 "actual_value", "score", "note", "deviation", "deviation_reason", "nature"),
    },
    "budget_line": {"amount": Slot(("amount",), "amount")},
    "fund_line": {
        **{name: Slot((name,), "amount") for name in ("initial", "adjusted", "executed")},
        **_texts("rate", "weight", "score", "note"),
    },
}  # fmt: skip
"""The keys of each kind of thing, as `docs/records.md` names them."""


def known_fields() -> tuple[str, ...]:
    """Every key that any thing has, in alphabetical order."""
    return tuple(sorted({name for fields in FIELDS.values() for name in fields}))


def slots_of(field: str) -> tuple[Slot, ...]:
    """What a key may mean, by the kinds of things that have it."""
    return tuple(fields[field] for fields in FIELDS.values() if field in fields)
