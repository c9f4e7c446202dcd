"""Records as the JSON of the public schema."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import budgetkg
from budgetkg.findings import Evidence, Finding
from budgetkg.records import Account, Amount, Amounts, BudgetLine, DocumentRecord, PersonalDatum
from budgetkg.schema_json import document_json

EMPTY = DocumentRecord(
    source="a.txt",
    sha256="0" * 64,
    media_type="text/plain",
    pages=1,
    form="department-annual",
    title=None,
    department=None,
    district=None,
    year=None,
    year_printed=False,
    year_evidence=None,
    unit="万元",
    totals=Amounts(),
    account=Account(10, 7, 2, 1),
)


def amount(text: str) -> Amount:
    return Amount(text, Decimal(text.replace(",", "")))


def test_amounts_are_decimal_strings_and_blanks_are_null() -> None:
    totals = Amounts(total=amount("1,234.5"), fiscal_appropriation=amount("0"), other=amount("0.125"))
    assert document_json(replace(EMPTY, totals=totals))["totals"] == {
        "printed_total": "1234.50",
        "fiscal_appropriation": "0.00",
        "fiscal_special_account": None,
        "other": "0.125",
    }


def test_budget_is_grouped_as_printed_and_loses_nothing() -> None:
    lines = (
        BudgetLine("总额", amount("5.00")),
        BudgetLine("基本支出", amount("3.00"), group="部门预算支出"),
        BudgetLine("基本支出", amount("4.00"), group="部门预算支出"),
        BudgetLine("项目支出", None, group="部门预算支出"),
    )
    budget = document_json(replace(EMPTY, budget=lines))["budget"]
    assert budget["总额"]["amount"] == "5.00"
    assert budget["总额"]["printed"] == "5.00"
    group = budget["部门预算支出"]
    assert [group[label]["amount"] for label in group] == ["3.00", "4.00", None]


def test_account_adds_up() -> None:
    assert document_json(EMPTY)["account"] == {
        "characters": 10,
        "records": 7,
        "furniture": 2,
        "findings": 1,
        "remainder": 0,
    }


def test_people_are_left_out_and_masked_unless_asked_for() -> None:
    place = Evidence(page=1, lines=(3, 3), start=20, end=29, quote="填报人：王小明 完")
    name = Evidence(page=1, lines=(3, 3), start=24, end=27, quote="王小明")
    record = replace(
        EMPTY,
        people=(PersonalDatum("填报人", "王小明", (name,)),),
        findings=(Finding("text-unread", "王小明", (place,), (("text", "王小明 完"),)),),
        evidence=(place,),
    )
    silent = json.dumps(document_json(record), ensure_ascii=False)
    assert "王小明" not in silent
    assert "填报人：■■■ 完" in silent
    assert document_json(record, personal=True)["people"] == {"填报人": "王小明"}


def test_findings_speak_both_languages() -> None:
    finding = Finding(
        "total-not-reconciled",
        "合计",
        (),
        (("what", "合计"), ("printed", "1"), ("computed", "2"), ("residual", "-1")),
    )
    (found,) = document_json(replace(EMPTY, findings=(finding,)))["findings"]
    assert found["severity"] == "Warning"
    assert "{" not in found["message"]["zh"] + found["message"]["en"]
    assert "合计" in found["message"]["zh"]


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


SEEDS = ["000", "001", "002", "003", "004"]
REMARKS = {"note", "name_raw"}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_key_of_the_schema_is_there(shared: Path, seed: str) -> None:
    (source,) = (shared / "documents" / "seeds").glob(f"{seed}_*.txt")
    expected = json.loads((shared / "expected" / f"{source.stem}.json").read_text(encoding="utf-8"))
    written = document_json(budgetkg.parse(source)[0])
    described = (
        "source form title department district year year_printed year_evidence unit totals units_of_use "
        "budget overall_goal functions tasks indicators"
    )
    assert set(described.split()) & set(expected) <= set(written)
    for part in ("totals", "units_of_use"):
        plain = keys(expected.get(part, {})) - REMARKS
        assert plain <= keys(written[part]), plain - keys(written[part])
