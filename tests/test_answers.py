"""Every stored question against answers that were found without it.

Over the five reference documents the answers come from plain Python on the expected records; over
the samples in ``examples/`` they are written down in ``tests/answers/<question>.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests import (
    oracle,
    oracle_classes,
    oracle_money,
    oracle_published,
    oracle_relations,
    oracle_signals,
    oracle_targets,
)
from tests import oracle_years as years
from tests.expected_records import expected_files, load, record_of
from tests.memory import MemoryStore, store_of, texts
from tests.oracle import bare
from tests.records import amount, document, project, unit

from budgetkg.codelists import is_inferred
from budgetkg.forms import parse_document
from budgetkg.queries import Question, question, questions
from budgetkg.records import Amounts, DocumentRecord
from budgetkg.schema_json import document_json

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ROOT / "tests" / "answers"

# What an answer promises are the columns written down with it, in this order; further ones may follow.
PROMISED = {
    path.stem: ", ".join(path.read_text("utf-8").splitlines()[0].split(","))
    for path in sorted(WRITTEN.glob("*.csv"))
}

ANSWERS = {
    **oracle.ANSWERS,
    **oracle_relations.ANSWERS,
    **oracle_signals.ANSWERS,
    **oracle_targets.ANSWERS,
    **oracle_money.ANSWERS,
    **oracle_classes.ANSWERS,
    **oracle_published.ANSWERS,
    **years.ANSWERS,
}
SLUGS = sorted(PROMISED)
# Questions that are answered a second time without SPARQL, by plain Python over the records.
ORACLED = sorted(set(SLUGS) & set(ANSWERS))


def columns(slug: str) -> int:
    return len(PROMISED[slug].split(", "))


def blankless(rows: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """Rows in an order of their own, white space aside: a healed line break is no difference."""
    return sorted(tuple(bare(cell) for cell in row) for row in rows)


@cache
def expected(shared: Path) -> tuple[Any, ...]:
    return tuple(load(path) for path in expected_files(shared))


@cache
def expected_store(shared: Path, one_graph: bool = False) -> MemoryStore:
    return store_of([record_of(data) for data in expected(shared)], one_graph)


def parsed(paths: Iterable[Path]) -> tuple[DocumentRecord, ...]:
    return tuple(record for path in sorted(paths) for record in parse_document(path.read_bytes(), path.name))


@cache
def read_seeds(shared: Path) -> tuple[DocumentRecord, ...]:
    return parsed((shared / "documents" / "seeds").glob("*.txt"))


@cache
def seeds_store(shared: Path) -> MemoryStore:
    return store_of(read_seeds(shared))


@cache
def samples() -> tuple[DocumentRecord, ...]:
    return parsed((ROOT / "examples").glob("*.txt"))


@cache
def samples_store() -> MemoryStore:
    return store_of(samples())


def ask(slug: str, store: MemoryStore, **given: str) -> list[tuple[str, ...]]:
    return texts(question(slug).ask(store, given), columns(slug))


def test_every_question_is_promised_and_has_its_columns() -> None:
    assert [found.slug for found in questions()] == SLUGS
    for found in questions():
        assert ", ".join(found.columns).startswith(PROMISED[found.slug])


@pytest.mark.parametrize("found", questions(), ids=lambda found: found.slug)
def test_the_columns_are_those_of_the_header(found: Question) -> None:
    answer = found.ask(samples_store())
    assert getattr(answer, "variables", None) == found.columns


@pytest.mark.parametrize("slug", ORACLED)
def test_expected_records_are_answered_like_plain_python(slug: str, shared: Path) -> None:
    rows = ask(slug, expected_store(shared))
    assert blankless(rows) == blankless(ANSWERS[slug](expected(shared)))


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_the_same_where_all_statements_stand_in_one_graph(slug: str, shared: Path) -> None:
    assert ask(slug, expected_store(shared, one_graph=True)) == ask(slug, expected_store(shared))


@pytest.mark.parametrize("slug", sorted(set(ORACLED) - {"findings-by-kind"}))
def test_documents_as_read_are_answered_like_the_expected_records(slug: str, shared: Path) -> None:
    rows = [tuple(map(without_rule, row)) for row in ask(slug, seeds_store(shared))]
    assert blankless(rows) == blankless(ANSWERS[slug](expected(shared)))


def without_rule(cell: str) -> str:
    """The expected records say that a year is inferred, and not by which rule."""
    return "inferred" if is_inferred(cell) else cell


def test_findings_of_documents_as_read(shared: Path) -> None:
    rows = ask("findings-by-kind", seeds_store(shared))
    assert blankless(rows) == blankless(ANSWERS["findings-by-kind"](map(document_json, read_seeds(shared))))


def test_check_values(shared: Path) -> None:
    store = expected_store(shared)
    by_district = ask("budget-by-district", store)
    assert sum(int(row[4]) for row in by_district) == 70
    assert sum(int(row[5]) for row in by_district) == 447
    tables = [Decimal(row[3]) for row in by_district if row[7] == "project-spending"]
    assert sum(tables) == Decimal("113190200.00")
    unasked = ask("projects-without-satisfaction-indicator", store)
    assert len(unasked) == 46
    assert sum(Decimal(row[3]) for row in unasked) == Decimal("78663700.00")
    assert [row[0] for row in ask("misplaced-tiers", store)] == ["番禺区"] * 3
    assert [row[0] for row in ask("repeated-rows", store)] == ["黄埔区"] * 3
    assert [row[0] for row in ask("policies-cited", store)] == ["黄埔区"] * 3
    # The largest project of 番禺区: a placeholder in place of each of its seven annual values.
    assert "3975000.00" in {row[3] for row in ask("money-without-quantified-output", store)}


def test_a_film_screening_costs_the_same_in_both_subsidies(shared: Path) -> None:
    found = {row[1]: row for row in ask("unit-cost", seeds_store(shared))}
    printed = found["2024年番禺区农村电影放映补助（市级提前下达）"]
    assert printed[2:] == ("424800.00", "2124", "场", "200.00", "printed")
    assert found["黄埔区农村电影放映补助"][2:6] == ("67200.00", "336", "场", "200.00")
    assert found["黄埔区农村电影放映补助"][6].startswith("implied: 28个行政村 × 12个月")


@pytest.mark.parametrize("slug", SLUGS)
def test_samples_are_answered_as_written_down(slug: str) -> None:
    with (WRITTEN / f"{slug}.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert ", ".join(header) == PROMISED[slug]
    assert ask(slug, samples_store()) == [tuple(row) for row in rows]


@pytest.mark.parametrize("slug", ORACLED)
def test_what_is_written_down_is_what_plain_python_finds(slug: str) -> None:
    with (WRITTEN / f"{slug}.csv").open(encoding="utf-8", newline="") as stream:
        _, *rows = csv.reader(stream)
    assert blankless(rows) == blankless(ANSWERS[slug](map(document_json, samples())))


def test_no_answer_without_a_question() -> None:
    assert sorted(path.stem for path in WRITTEN.glob("*.csv")) == SLUGS


def test_a_plan_of_two_documents_counts_both_in_one_row() -> None:
    """Complementary tables of one department's year, and a division that its name alone doesn't tell."""
    named = {"department": "鼓楼区委宣传部", "district": "鼓楼区"}
    first = document(source="a.txt", sha256="a" * 64, **named)
    second = document(
        source="b.txt", sha256="b" * 64, units_of_use=(unit(project("报刊征订", "2.00"), total="2.00"),),
        totals=Amounts(total=amount("2.00")), **named,
    )  # fmt: skip
    store = store_of([first, second])
    (row,) = texts(question("budget-by-district").ask(store))
    assert row[:5] == ("鼓楼区", "鼓楼区委宣传部", "2023", "87200.00", "2")
    assert row[-2:] == ("a.txt, b.txt", "printed")
    assert ask("unreconciled-totals", store) == []
    # Both name one unit, whose money is all there is.
    assert [row[2:] for row in ask("budget-by-unit", store)] == [("87200.00", "1.0000")]
