"""A document's entry in the index of a generation, from which the summary of a build is made."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from budgetkg.codelists import find_label
from budgetkg.values import sources_sum
from budgetkg.vocab import BKG, PREFIXES

if TYPE_CHECKING:
    from budgetkg.records import DocumentRecord

Json: TypeAlias = dict[str, Any]

# The finding that says that there is no total to check the other amounts by.
_UNCHECKED = "total-not-printed"
# Findings that say that a printed sum isn't the sum of its parts.
_UNRECONCILED = frozenset({"total-not-reconciled", "income-expenditure-differ"})


def entry(
    record: DocumentRecord, key: str, base: str, findings: list[Json], results: list[Json] | None
) -> Json:
    """The entry of a document; ``results`` is ``None`` where nothing was validated."""
    account = record.account
    return {
        "key": key,
        "base": base,
        "source": record.source,
        "sha256": record.sha256,
        "form": record.form,
        "form_kind": record.form_kind,
        "department": record.department,
        "district": record.district,
        "division": record.division,
        "year": record.year,
        "year_printed": record.year_printed,
        "year_basis": record.year_basis,
        "projects": sum(len(unit.projects) for unit in record.units_of_use),
        "tasks": len(record.tasks),
        "indicators": _indicators(record),
        "total_yuan": _total_yuan(record),
        "reconciled": _reconciled(record, findings),
        "findings": _severities(findings),
        "validation": None if results is None else _severities(results),
        "characters": account.total,
        "unaccounted": account.remainder,
    }


def shared(value: Any) -> Any:
    """A value of an entry whose words are held once for all entries.

    From another process each comes with words of its own, the names of its fields among them.
    """
    if isinstance(value, str):
        return sys.intern(value)
    if isinstance(value, dict):
        return {sys.intern(name): shared(held) for name, held in value.items()}
    return [shared(held) for held in value] if isinstance(value, list) else value


def year_basis(entry: Mapping[str, Any]) -> str:
    """How the year of an entry is known; one of an earlier version says only whether it is printed."""
    return str(entry.get("year_basis") or ("printed" if entry["year_printed"] else "inferred"))


def _indicators(record: DocumentRecord) -> int:
    projects = [project for unit in record.units_of_use for project in unit.projects]
    counts = [len(owner.indicators) for owners in (projects, record.tasks) for owner in owners]
    return len(record.indicators) + sum(counts)


def _total_yuan(record: DocumentRecord) -> str | None:
    """The printed total in yuan, else the sum of the printed sources."""
    total = record.totals.total.value if record.totals.total else sources_sum(record.totals)
    unit = find_label("money-unit", record.unit) if record.unit else None
    if total is None or unit is None:
        return None
    factor = unit.values(BKG.yuanFactor.value.removeprefix(PREFIXES["bkg"]))
    return f"{total * Decimal(factor[0]):.2f}" if factor else None


def _reconciled(record: DocumentRecord, findings: list[Json]) -> bool | None:
    """Do the printed sums hold? ``None`` where no amount is printed, or no total to check the others by."""
    if any(finding["code"] in _UNRECONCILED for finding in findings):
        return False
    # A budget's two sides check each other.
    if not record.budget and any(finding["code"] == _UNCHECKED for finding in findings):
        return None
    return True if record.totals.total or sources_sum(record.totals) is not None else None


def _severities(findings: Iterable[Json]) -> dict[str, int]:
    counts = Counter(finding["severity"] for finding in findings)
    return {severity: counts[severity] for severity in ("Violation", "Warning", "Info")}
