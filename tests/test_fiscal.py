"""Fiscal Data Package: every yuan once, and a descriptor that says what the file is."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.tables_of import project_totals, rows

import budgetkg
from budgetkg.export import export_to
from budgetkg.store.generations import current


@pytest.fixture(scope="module")
def package(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fiscal") / "package"
    export_to(current(built), "fiscal-data-package", folder)
    return folder


def descriptor(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return found


def test_the_descriptor_says_what_the_file_is(package: Path) -> None:
    said = descriptor(package)
    assert [resource["name"] for resource in said["resources"]] == ["budget", "plans"]
    for resource in said["resources"]:
        data = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        header = data.decode().splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(" / " in field["description"] for field in resource["schema"]["fields"])
    assert said["licenses"][0]["path"].startswith("https://")
    assert {source["title"] for source in said["sources"]} == {row["file_name"] for row in plans(package)}


def plans(package: Path) -> list[dict[str, str]]:
    return rows(package / "plans.csv")


def test_each_document_says_what_of_its_total_is_in_the_package(package: Path) -> None:
    """Where only some tasks print an amount most of the money is in no row, and the table says so."""
    sums: Counter[str] = Counter()
    for row in rows(package / "budget.csv"):
        sums[row["document"]] += Decimal(row["amount_yuan"])  # type: ignore[assignment]
    for plan in plans(package):
        assert Decimal(plan["package_total_yuan"]) == sums[plan["document"]]
        assert bool(plan["reason"]) == (Decimal(plan["difference_yuan"]) != 0)
    # No department is missing from a sum of printed totals, as docs/join.md has it.
    assert sum(Decimal(plan["printed_total_yuan"]) for plan in plans(package)) == Decimal("177762300") + 2
    (huadu,) = (plan for plan in plans(package) if plan["file_name"].startswith("huadu"))
    assert (huadu["printed_total_yuan"], huadu["package_total_yuan"]) == ("37970600", "1300000")
    assert (huadu["parts"], huadu["parts_with_amount"]) == ("4", "2")
    assert "only some projects or tasks" in huadu["reason"]
    assert "plans" in descriptor(package)["description"]


def test_a_source_stands_as_printed_beside_our_name(package: Path) -> None:
    found = {(row["funding_source_name"], row["source_as_printed"]) for row in rows(package / "budget.csv")}
    assert ("财政专户拨款", "财政专户管理资金") in found
    assert all(bool(ours) == bool(printed) for ours, printed in found)


def test_every_column_has_a_type_of_its_kind(package: Path) -> None:
    said = descriptor(package)
    (types,) = said["columnTypes"]
    known = {each["name"]: each for each in types}
    schema = said["resources"][0]["schema"]
    for field in (*schema["fields"], *schema["extraFields"]):
        assert known[field["columnType"]]["dataType"] == field["type"]
    assert Counter(each["columnType"] for each in schema["fields"]).most_common(1)[0][1] == 1
    for each in types:
        assert each.get("labelOf", each["name"]) in known
    (value,) = (field for field in schema["fields"] if field["columnType"] == "value")
    assert value["type"] == "number"


def test_values_are_of_their_types(package: Path) -> None:
    schema = descriptor(package)["resources"][0]["schema"]
    found = rows(package / "budget.csv")
    for field in schema["fields"]:
        for row in found:
            text = row[field["name"]]
            if text:
                {"number": Decimal, "integer": int}.get(field["type"], str)(text)
            else:
                assert not field.get("constraints", {}).get("required")
    keys = [row[schema["primaryKey"][0]] for row in found]
    assert len(keys) == len(set(keys))


def test_every_yuan_is_there_once(package: Path, built: Path) -> None:
    found = rows(package / "budget.csv")
    projects = sum(Decimal(row["amount_yuan"]) for row in found if "/project/" in row["item"])
    assert projects == project_totals(built) > 0
    for document in {row["document"] for row in found}:
        ours = [row for row in found if row["document"] == document]
        kinds = {row["item"].removeprefix(document).split("/")[1:2] == ["project"] for row in ours}
        assert len(kinds) == 1, "amounts of two levels of one document"


def test_totals_are_those_that_the_forms_print(shared: Path, tmp_path: Path) -> None:
    """The reference documents: projects, tasks or totals add up to what people read from the forms."""
    budgetkg.build([shared / "documents" / "seeds"], tmp_path / "graph")
    export_to(current(tmp_path / "graph"), "fiscal-data-package", tmp_path / "package")
    by_district: Counter[str] = Counter()
    for row in rows(tmp_path / "package" / "budget.csv"):
        by_district[row["district_name"]] += Decimal(row["amount_yuan"])  # type: ignore[assignment]
    for path in sorted((shared / "expected").glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        assert by_district[said["district"]] == expected(said), path.name


def expected(said: dict[str, Any]) -> Decimal:
    factor = 10_000 if said["unit"] == "万元" else 1
    projects = [p["total"] for unit in said.get("units_of_use") or () for p in unit["projects"]]
    tasks = [task["amount"] for task in said.get("tasks") or () if task.get("amount") is not None]
    amounts = projects or tasks
    if not amounts:
        totals = said["totals"]
        names = ("fiscal_appropriation", "fiscal_special_account", "other")
        amounts = [totals[name] for name in names if totals.get(name) is not None]
    return factor * sum(map(Decimal, amounts))
