"""Records as the JSON of the public record schema (docs/records.md).

People are left out unless asked for, and masked where a quote holds them. Amounts are decimal
strings in the printed money unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeAlias

from budgetkg.codelists import concept, finding_message, finding_severity
from budgetkg.findings import Evidence, Finding
from budgetkg.forms.layout.people import masked, personal_numbers
from budgetkg.mapping.context import Privacy
from budgetkg.records import (
    Account,
    Amount,
    Amounts,
    BudgetLine,
    DocumentRecord,
    FundLine,
    Indicator,
    PolicyCitation,
    Project,
    Task,
    UnitOfUse,
)

Json: TypeAlias = dict[str, Any]
LANGUAGES = ("zh", "en")
_CENT = Decimal("0.01")

# Columns that most forms don't print: their keys appear only where something stands in them.
_RARE = (
    "tier1_printed",
    "tier2_printed",
    "explanation",
    "formula",
    "unit",
    "weight",
    "operator",
    "direction",
    "standard",
    "actual_value",
    "score",
    "note",
    "deviation",
    "deviation_reason",
    "nature",
    "tier3",
)


def document_json(record: DocumentRecord, *, personal: bool = False) -> Json:
    """One document with everything read from it."""
    return RecordWriter(record, personal=personal).document()


class RecordWriter:
    """Writes what one document says, and keeps its clerks out of every quote."""

    def __init__(self, record: DocumentRecord, *, personal: bool = False) -> None:
        self._record = record
        self._personal = personal
        self._privacy = Privacy(record.people, personal)

    def document(self) -> Json:
        """The whole document."""
        record = self._record
        found: Json = {
            "source": record.source,
            "sha256": record.sha256,
            "media_type": record.media_type,
            "pages": record.pages,
            **({"part": record.part} if record.part else {}),
            "form": record.form,
            "title": record.title,
            "department": record.department,
            "district": record.district,
            "year": record.year,
            "year_printed": record.year_printed,
            "year_evidence": record.year_evidence,
            "unit": record.unit,
            "finance_office": record.finance_office,
            "functions": record.functions,
            "totals": _totals(record.totals),
            "units_of_use": [self._unit(unit) for unit in record.units_of_use],
            "budget": self._budget(record.budget, record.unit),
            "overall_goal": record.overall_goal,
            **({"goal_reached": record.goal_reached} if record.goal_reached else {}),
            **({"funds": [self._funds(line) for line in record.funds]} if record.funds else {}),
            **({"attributes": [list(pair) for pair in record.attributes]} if record.attributes else {}),
            "indicators": [self._indicator(item) for item in record.indicators],
            "empty_tiers": [list(pair) for pair in record.empty_tiers],
            "tasks": [self._task(task, record.unit) for task in record.tasks],
            "policies_cited": [self._policy(policy) for policy in record.policies],
            "findings": [self.finding(finding) for finding in record.findings],
            "account": _account(record.account),
            "evidence": self._evidence(record.evidence),
        }
        if self._personal:
            found["people"] = {person.label: person.value for person in record.people}
            return found
        numbers = personal_numbers(person.value for person in record.people)
        return {name: _without(value, numbers) for name, value in found.items()} if numbers else found

    def finding(self, finding: Finding) -> Json:
        """A finding with its messages and the name of its kind in both languages."""
        kind = concept("finding", finding.code)
        params = {name: self._privacy.masked_text(value) for name, value in finding.params}
        return {
            "code": finding.code,
            "severity": finding_severity(finding.code),
            "label": {"zh": kind.zh, "en": kind.en},
            "message": {tag: finding_message(finding.code, params, tag) for tag in LANGUAGES},
            "where": self._privacy.masked_text(finding.where),
            "params": params,
            "evidence": self._evidence(finding.evidence),
        }

    def _evidence(self, found: Iterable[Evidence]) -> list[Json]:
        return [
            {
                "page": item.page,
                "lines": list(item.lines) if item.lines else None,
                **({"cells": item.cells} if item.cells else {}),
                "start": item.start,
                "end": item.end,
                "quote": self._privacy.masked(item),
                **({"box": list(item.box)} if item.box else {}),
                **({} if item.confidence is None else {"confidence": item.confidence}),
            }
            for item in found
        ]

    def _unit(self, unit: UnitOfUse) -> Json:
        return {
            "name": unit.name,
            "total": _amount(unit.amounts.total),
            **_sources(unit.amounts),
            "projects": [self._project(project) for project in unit.projects],
            "evidence": self._evidence(unit.evidence),
        }

    def _project(self, project: Project) -> Json:
        return {
            "name": project.name,
            "total": _amount(project.amounts.total),
            **_sources(project.amounts),
            "goal": project.goal,
            **({"goal_reached": project.goal_reached} if project.goal_reached else {}),
            **({"funds": [self._funds(line) for line in project.funds]} if project.funds else {}),
            "printed_times": project.printed_times,
            "indicators": [self._indicator(item) for item in project.indicators],
            **({"attributes": [list(pair) for pair in project.attributes]} if project.attributes else {}),
            "policies_cited": [self._policy(policy) for policy in project.policies],
            "evidence": self._evidence(project.evidence),
        }

    def _funds(self, line: FundLine) -> Json:
        return {
            "label": line.label,
            "source": line.source,
            "initial": _amount(line.initial),
            "adjusted": _amount(line.adjusted),
            "executed": _amount(line.executed),
            **{key: getattr(line, key) for key in ("rate", "weight", "score", "note")},
            "evidence": self._evidence(line.evidence),
        }

    def _indicator(self, item: Indicator) -> Json:
        return {
            "seq": item.seq,
            "tier1_code": item.tier1_code,
            "tier1": item.tier1,
            "tier2_code": item.tier2_code,
            "tier2": item.tier2,
            "name": item.name,
            "period_value": item.period_value,
            "annual_value": item.annual_value,
            **{key: getattr(item, key) for key in _RARE if getattr(item, key) is not None},
            **({"grades": [list(pair) for pair in item.grades]} if item.grades else {}),
            "evidence": self._evidence(item.evidence),
        }

    def _task(self, task: Task, unit: str | None) -> Json:
        return {
            "seq": task.seq,
            "name": task.name,
            "content": task.content,
            "content_label": task.content_label,
            "amount": _amount(task.amount),
            "amount_printed": task.amount.printed if task.amount else None,
            **(_sources(task.sources) if task.sources != Amounts() else {}),
            "unit": unit,
            "expected": task.expected,
            "projects": list(task.projects),
            "projects_printed": task.projects_printed,
            "indicators": [self._indicator(item) for item in task.indicators],
            "policies_cited": [self._policy(policy) for policy in task.policies],
            "evidence": self._evidence(task.evidence),
        }

    def _budget(self, lines: Iterable[BudgetLine], unit: str | None) -> Json:
        """Labelled amounts, under their group where the form prints one."""
        found: Json = {}
        for line in lines:
            place = found.setdefault(line.group, {}) if line.group else found
            place[_unused(line.label, place)] = {
                "amount": _amount(line.amount),
                "printed": line.amount.printed if line.amount else None,
                "unit": unit,
                "side": line.side,
                "evidence": self._evidence(line.evidence),
            }
        return found

    def _policy(self, policy: PolicyCitation) -> Json:
        return {
            "title": policy.title,
            "number": policy.number,
            "number_printed": policy.number_printed,
            "evidence": self._evidence(policy.evidence),
        }


def _without(value: Any, numbers: set[str]) -> Any:
    """A part of a record with every personal number masked, wherever in a text it stands."""
    if isinstance(value, str):
        return masked(value, numbers)
    if isinstance(value, list):
        return [_without(part, numbers) for part in value]
    if isinstance(value, dict):
        return {name: _without(part, numbers) for name, part in value.items()}
    return value


def _amount(amount: Amount | None) -> str | None:
    if amount is None:
        return None
    exact = amount.value.quantize(_CENT)
    return str(exact if exact == amount.value else amount.value)


def _sources(amounts: Amounts) -> Json:
    return {
        "fiscal_appropriation": _amount(amounts.fiscal_appropriation),
        "fiscal_special_account": _amount(amounts.fiscal_special_account),
        "other": _amount(amounts.other),
    }


def _totals(amounts: Amounts) -> Json:
    return {"printed_total": _amount(amounts.total), **_sources(amounts)}


def _unused(label: str, place: Json) -> str:
    """A label printed twice in one group keeps both its amounts."""
    again = 2
    name = label
    while name in place:
        name, again = f"{label} ({again})", again + 1
    return name


def _account(account: Account) -> Json:
    return {
        "characters": account.total,
        "records": account.records,
        "furniture": account.furniture,
        "findings": account.findings,
        "remainder": account.remainder,
    }
