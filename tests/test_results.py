"""What was promised and what was reached: a self-evaluation beside the plan of its department and year."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from tests.memory import MemoryStore, store_of, texts
from tests.oracle_results import ANSWERS
from tests.records import amount, document, evidence, indicator, project, unit
from tests.tables_of import BKG, converted, triples
from tests.tables_of import rows as csv_rows

import budgetkg
from budgetkg.export import export_to
from budgetkg.forms import parse_document
from budgetkg.pipeline import build
from budgetkg.queries import question, questions
from budgetkg.records import Amounts, DocumentRecord, FundLine, Indicator, Project
from budgetkg.schema_json import document_json
from budgetkg.store.generations import current
from budgetkg.store.results import Solutions

HERE = Path(__file__).parent / "results"
PLAN, EVALUATION = HERE / "plan.html", HERE / "self-evaluation.html"
# What these say of a document holds of a self-evaluation too.
OF_EVERY_DOCUMENT = {
    "budget-changed-in-year", "document-signals", "findings-by-kind", "policies-cited", "published-forms",
    "underspent-projects",
}  # fmt: skip


@cache
def read(path: Path) -> DocumentRecord:
    (record,) = parse_document(path.read_bytes(), path.name)
    return record


@cache
def both() -> MemoryStore:
    return store_of([read(PLAN), read(EVALUATION)])


def rows(slug: str, store: MemoryStore) -> list[tuple[str, ...]]:
    return texts(question(slug).ask(store))


def asked(store: MemoryStore, text: str) -> list[tuple[str, ...]]:
    answer = store.query(text)
    assert isinstance(answer, Solutions)
    return texts(answer)


def evaluated(*indicators: Indicator, **more: object) -> DocumentRecord:
    """A self-evaluation of one project with these indicators."""
    one: Project = replace(project(indicators=indicators), **more)  # type: ignore[arg-type]
    return document(title="项目支出绩效自评表", sha256="e" * 64, units_of_use=(unit(one),), totals=Amounts())


def promise(target: str, **more: str | None) -> Indicator:
    return indicator(period_value=None, annual_value=target, **more)


@pytest.mark.parametrize("slug", sorted(ANSWERS))
def test_the_questions_are_answered_like_plain_python(slug: str) -> None:
    said = [document_json(read(path)) for path in (PLAN, EVALUATION)]
    found = [row[:-1] for row in rows(slug, both())]  # the last says that the year is printed
    assert found
    width = len(found[0])
    assert sorted(found) == sorted(row[:width] for row in ANSWERS[slug](said))


def test_what_was_reached_stands_beside_what_was_promised() -> None:
    found = {row[5]: row for row in rows("promised-and-reached", both())}
    assert found["放映场次"][6:-1] == (
        "≥120场", "96场", ">=", "120", "96", "场", "false", "30", "24", "", "雨天停映，来年补放。", "≥150场",
    )  # fmt: skip
    assert found["居民满意度"][12] == "true"
    # More than a bare number: nobody says that more is better.
    assert found["观影人次"][12] == ""
    assert found["居民文化生活"][6:13] == ("有所改善", "有所改善", "", "", "", "", "")


def test_a_score_without_a_target_borrows_none() -> None:
    scored = indicator("制度健全性", period_value=None, annual_value=None, weight="5", score="4")
    (found,) = rows("promised-and-reached", store_of([evaluated(scored), read(PLAN)]))
    assert found[5:-1] == ("制度健全性", "", "", "", "", "", "", "", "5", "4", "", "", "")


@pytest.mark.parametrize("slug", [found.slug for found in questions()])
def test_a_self_evaluation_is_no_other_plan(slug: str) -> None:
    if slug in ANSWERS or slug in OF_EVERY_DOCUMENT:
        pytest.skip("about self-evaluations too")
    assert rows(slug, both()) == rows(slug, store_of([read(PLAN)]))


def test_sums_of_totals_are_those_of_plans() -> None:
    assert asked(both(), "SELECT (SUM(?y) AS ?s) { ?x bkg:hasTotal/bkg:amountYuan ?y }") == [("200000",)]
    spent = "SELECT (SUM(?y) AS ?s) { ?x bkg:hasExecution/bkg:hasExecutedAmount/bkg:amountYuan ?y }"
    assert asked(both(), spent) == [("120000",)]


@pytest.mark.parametrize(
    ("target", "reached", "more", "attained"),
    [
        ("≥100人", "104人", {}, ["true"]),
        ("≥100人", "99人", {}, ["false"]),
        ("≤5天", "4天", {}, ["true"]),
        ("<5天", "5天", {}, ["false"]),
        ("100%", "100%", {}, ["true"]),
        ("90%-95%", "93%", {}, ["true"]),
        ("100", "120", {"unit": "场", "operator": "≥"}, ["true"]),
        ("100场", "120场", {"direction": "正向"}, ["true"]),
        ("100场", "120场", {"direction": "反向"}, ["false"]),
        ("100场", "120场", {}, []),
        ("≥100人", "104次", {}, []),
        ("≥100人", "104", {}, []),
        ("≥100人", "不少于100人", {}, []),
        ("增长5%", "5%", {}, []),
        ("≥100人，覆盖5个街道", "104人", {}, []),
        ("有所提高", "有所提高", {}, []),
        ("≥100人", None, {"score": "10"}, []),
    ],
)
def test_attained_only_where_they_compare(
    target: str, reached: str | None, more: dict[str, str], attained: list[str]
) -> None:
    store = store_of([evaluated(promise(target, actual_value=reached, **more))])
    assert [row[0] for row in asked(store, "SELECT ?a { ?x bkg:isAttained ?a }")] == attained


def test_a_name_that_stands_twice_matches_nothing() -> None:
    plan = document(
        units_of_use=(unit(project(total="1.00"), name="甲"), unit(project(total="2.00"), name="乙"))
    )
    report = evaluated(promise("1场", actual_value="1场"))
    assert asked(store_of([plan, report]), "SELECT ?m { ?m a bkg:EvaluationMatch }") == []


def test_money_of_a_self_evaluation_is_all_there() -> None:
    line = FundLine("年度资金总额", "total", None, amount("6.72"), amount("6.00"), "89.3%", "10", "8.9分",
                    evidence=(evidence("年度资金总额 6.72 6.00 89.3%"),))  # fmt: skip
    store = store_of([evaluated(funds=(line,), goal_reached="已放映。")])
    (said,) = asked(
        store,
        "SELECT ?reached ?rate ?weight ?score ?printed {"
        " ?p bkg:goalReachedText ?reached ; bkg:hasExecution ?e . ?e bkg:executionRatePrinted ?rate ;"
        " bkg:weight ?weight ; bkg:score ?score ; bkg:scorePrinted ?printed }",
    )
    assert said == ("已放映。", "89.3%", "10", "8.9", "8.9分")
    alone = store_of([evaluated()])
    found = asked(alone, "SELECT ?y { ?e bkg:hasBudgetedAmount/bkg:amountYuan ?y }")
    assert sorted(found) == [("67200",), ("67200",)]  # the project's and its unit's


def test_a_build_keeps_the_two_apart_and_valid(tmp_path: Path) -> None:
    report = build([PLAN, EVALUATION], tmp_path, workers=1)
    assert report.editions == ()
    assert sum(entry["validation"]["Violation"] for entry in report.documents) == 0
    with budgetkg.open(tmp_path) as graph:
        assert len(graph.ask("budget-by-district")) == 1
        placed = [
            row for row in graph.ask("promised-and-reached", evidence=True) if row["name"] == "放映场次"
        ]
    assert [(row["attained"], row["file"]) for row in placed] == [
        (False, EVALUATION.name), (False, PLAN.name),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reached")
    build([PLAN, EVALUATION], folder, workers=1)
    return folder


def test_tables_have_what_was_reached_and_spent(reached: Path, tmp_path: Path) -> None:
    """The converter of the tests makes RDF of the tables; nothing may differ from the graph."""
    export_to(current(reached), "csvw", tmp_path / "csvw")
    made = set(converted(tmp_path / "csvw"))
    graph = triples(reached)
    assert made <= graph
    for name in ("actualValuePrinted", "scorePrinted", "score", "deviationReasonText", "isAttained"):
        of_name = {triple for triple in graph if triple.predicate.value == BKG + name}
        assert of_name <= made or name.startswith("score"), name  # lines of money have scores too
        assert of_name & made, name
    (whole, part) = sorted(csv_rows(tmp_path / "csvw" / "executions.csv"), key=lambda row: row["part"])
    assert (whole["adjusted_yuan"], whole["executed_yuan"], whole["rate_printed"]) == (
        "160000", "120000", "75%",
    )  # fmt: skip
    assert part["funding_source"] == "fiscal-appropriation"


def test_a_framed_department_holds_its_self_evaluation(reached: Path, tmp_path: Path) -> None:
    export_to(current(reached), "framed", tmp_path / "framed")
    (file,) = (tmp_path / "framed" / "departments").iterdir()
    stated = json.loads(file.read_text(encoding="utf-8"))["@reverse"]["hasDepartment"]
    assert sorted(each["@type"] for each in stated) == ["BudgetPlan", "SelfEvaluation"]
    found = {
        quad.triple
        for path in (tmp_path / "framed").rglob("*.jsonld")
        for quad in pyoxigraph.parse(path.read_bytes(), RdfFormat.JSON_LD)
    }
    assert found >= triples(reached, documents_only=True)
