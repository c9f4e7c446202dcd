"""schema.org: what a search engine reads is what the graph says."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat
from tests.tables_of import project_totals

import budgetkg
from budgetkg.export import export_to
from budgetkg.store.generations import current

SCHEMA = "https://schema.org/"


@pytest.fixture(scope="module")
def path(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("schema") / "budget.schema.jsonld"
    export_to(current(built), "schema-org", out)
    return out


def datasets(path: Path) -> dict[str, dict[str, Any]]:
    said = json.loads(path.read_text(encoding="utf-8"))
    return {each["@id"]: each for each in said["@graph"]}


def test_a_document_is_a_dataset_of_its_department(path: Path, built: Path) -> None:
    entry = next(each for each in current(built).entries() if each["source"] == "huangpu-2023-projects.txt")
    found = datasets(path)[f"https://w3id.org/budgetkg/id/document/{entry['key']}"]
    assert found["@type"] == "Dataset"
    assert found["identifier"] == f"sha256:{entry['sha256']}"
    assert found["temporalCoverage"] == "2023"
    assert found["spatialCoverage"]["identifier"] == "440112"
    assert found["creator"]["@type"] == "GovernmentOrganization"
    assert found["creator"]["name"] == entry["department"].removesuffix("（部门）")
    assert len(datasets(path)) == len(current(built).entries())


def test_amounts_add_up_to_the_graphs(path: Path, built: Path) -> None:
    projects = [project for each in datasets(path).values() for project in each.get("about", ())]
    total = sum(Decimal(each["funding"]["amount"]["value"]) for each in projects if "funding" in each)
    assert total == project_totals(built) > 0
    assert {each["funding"]["amount"]["currency"] for each in projects if "funding" in each} == {"CNY"}


def test_it_is_json_ld_that_needs_no_network(path: Path) -> None:
    quads = list(pyoxigraph.parse(path.read_bytes(), RdfFormat.JSON_LD))
    kinds = {quad.object.value for quad in quads if quad.predicate.value.endswith("#type")}
    names = ("Dataset", "Project", "GovernmentOrganization", "AdministrativeArea", "MonetaryAmount",
             "MonetaryGrant", "Legislation")  # fmt: skip
    assert kinds == {SCHEMA + name for name in names}
    laws = {quad.object.value for quad in quads if quad.predicate.value == f"{SCHEMA}legislationIdentifier"}
    assert "穗埔府规〔2021〕14号" in laws
    assert all(isinstance(quad.predicate, NamedNode) for quad in quads)


def test_same_bytes_in_whatever_order(samples: list[Path], path: Path, tmp_path: Path) -> None:
    budgetkg.build(list(reversed(samples)), tmp_path / "graph")
    export_to(current(tmp_path / "graph"), "schema-org", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == path.read_bytes()
