"""The benchmark compares like with like: a fixed corpus, and a peer that states the same triples."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from rdflib import Graph

from benchmarks import corpus
from benchmarks.measured import FOLDERS, measured_code
from benchmarks.peer import Mapper
from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads
from budgetkg.records import DocumentRecord
from tools.generate.benchmarks_page import table

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.txt"))


def synthetic(number: int) -> DocumentRecord:
    (record,) = parse_document(corpus.document(number), f"synthetic-{number:05}.txt")
    return record


def test_the_corpus_is_the_same_everywhere() -> None:
    joined = b"".join(corpus.document(number) for number in range(4))
    assert sha256(joined).hexdigest()[:16] == "45b2fab981544245"


@pytest.mark.parametrize("number", [0, 1], ids=["wide", "split"])
def test_the_corpus_reads_back_whole(number: int) -> None:
    record = synthetic(number)
    projects = [project for unit in record.units_of_use for project in unit.projects]
    assert len(projects) == corpus.PROJECTS
    assert {len(project.indicators) for project in projects} == {corpus.INDICATORS}
    assert record.account.remainder == 0
    assert record.totals.total is not None
    assert record.totals.total.value == sum(
        (project.amounts.total.value for project in projects if project.amounts.total), Decimal(0)
    )


@pytest.mark.parametrize("source", [*EXAMPLES, 0, 1], ids=lambda source: getattr(source, "name", str(source)))
def test_the_peer_states_the_same_triples(source: Path | int) -> None:
    if isinstance(source, int):
        record = synthetic(source)
    else:
        (record,) = parse_document(source.read_bytes(), source.name)
    lines = "".join(f"{quad.triple} .\n" for quad in document_quads(record))
    ours = Graph(bind_namespaces="none").parse(data=lines, format="nt")
    assert set(Mapper(record).map()) == set(ours)


def test_figures_of_other_code_are_marked(tmp_path: Path) -> None:
    """The table in the docs says whether it was measured of this code; any change of it makes it stale."""
    root = Path(__file__).resolve().parent.parent
    measured = json.loads((root / "docs" / "bench.json").read_bytes())
    shown = (root / "docs" / "benchmarks.md").read_text("utf-8")
    assert ("**Stale:**" in shown) == (measured["code"] != measured_code(root))
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    source = tmp_path / "src" / "budgetkg" / "one.py"
    source.write_text("ONE = 1\n")
    before = measured_code(tmp_path)
    fresh = table({**measured, "code": before}, tmp_path)
    source.write_text("ONE = 2\n")
    assert measured_code(tmp_path) != before
    assert "**Stale:**" not in fresh
    assert "**Stale:**" in table({**measured, "code": before}, tmp_path)
