"""Expected JSON as records, so that mapping and queries are tested apart from reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgetkg.records import (
    Account,
    Amount,
    Amounts,
    BudgetLine,
    DocumentRecord,
    Indicator,
    PolicyCitation,
    Project,
    Task,
    UnitOfUse,
)

Json = Mapping[str, Any]

SIDES = {
    "收入来源": "income",
    "部门预算支出": "expenditure",
    "事业发展性支出": "expenditure",
    "按预算级次划分": "level",
}
SOURCES = ("fiscal_appropriation", "fiscal_special_account", "other")


def expected_files(shared: Path) -> list[Path]:
    return sorted((shared / "expected").glob("*.json"))


def load(path: Path) -> Json:
    data: Json = json.loads(path.read_text(encoding="utf-8"))
    return data


def record_of(data: Json) -> DocumentRecord:
    source = str(data["source"])
    return DocumentRecord(
        source=source,
        sha256=hashlib.sha256(source.encode()).hexdigest(),
        media_type="text/plain",
        pages=1,
        form=data["form"],
        title=data["title"],
        department=data["department"],
        district=data["district"],
        year=data["year"],
        year_printed=data["year_printed"],
        year_evidence=data["year_evidence"],
        unit=data["unit"],
        totals=_amounts(data["totals"], "printed_total"),
        account=Account(total=0, records=0, furniture=0, findings=0),
        units_of_use=tuple(_unit(unit, data) for unit in data.get("units_of_use") or ()),
        budget=tuple(_lines(data.get("budget") or {})),
        overall_goal=data.get("overall_goal"),
        functions=data.get("functions"),
        finance_office=data.get("finance_office"),
        tasks=tuple(_task(task) for task in data.get("tasks") or ()),
        indicators=_indicators(data.get("indicators")),
        policies=_policies(data, None),
    )


def _amount(value: str | None) -> Amount | None:
    return None if value is None else Amount(value, Decimal(value))


def _amounts(row: Json, total: str) -> Amounts:
    return Amounts(_amount(row.get(total)), *(_amount(row.get(source)) for source in SOURCES))


def _unit(unit: Json, data: Json) -> UnitOfUse:
    projects = tuple(
        Project(
            name=project["name"],
            amounts=_amounts(project, "total"),
            goal=project["goal"],
            printed_times=project["printed_times"],
            indicators=_indicators(project["indicators"]),
            policies=_policies(data, project["name"]),
        )
        for project in unit["projects"]
    )
    return UnitOfUse(name=unit["name"], amounts=_amounts(unit, "total"), projects=projects)


def _indicators(rows: Iterable[Json] | None) -> tuple[Indicator, ...]:
    known = {
        "name",
        "tier1",
        "tier2",
        "tier1_code",
        "tier2_code",
        "period_value",
        "annual_value",
        "seq",
        "tier1_printed",
        "tier2_printed",
        "explanation",
        "formula",
        "unit",
    }
    return tuple(
        Indicator(**{k: v for k, v in row.items() if k in known}, tier1_basis=_tier_basis(row))
        for row in rows or ()
    )


def _tier_basis(row: Json) -> str | None:
    """The expected records say by a null that a first tier is restored, and not by which rule."""
    return "inferred" if row.get("tier1") and row.get("tier1_printed", "") is None else None


def _policies(data: Json, project: str | None) -> tuple[PolicyCitation, ...]:
    return tuple(
        PolicyCitation(cited["title"], cited["number"], cited.get("number_printed", cited["number"]))
        for cited in data.get("policies_cited") or ()
        if cited.get("project") == project
    )


def _lines(budget: Json, group: str | None = None) -> Iterable[BudgetLine]:
    for label, value in budget.items():
        if "amount" in value:
            yield BudgetLine(label, _amount(value["amount"]), group, SIDES.get(group or ""))
        else:
            yield from _lines(value, label)


def _task(task: Json) -> Task:
    return Task(
        seq=task["seq"],
        name=task["name"],
        content=task["content"],
        content_label=task.get("content_label"),
        amount=_amount(task["amount"]),
        expected=task["expected"],
        projects=tuple(task["projects"]),
        projects_printed=task.get("projects_printed"),
        indicators=_indicators(task["indicators"]),
    )
