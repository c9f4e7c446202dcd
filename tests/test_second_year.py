"""Two years of one department beside another department's: nothing is added up over years."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize
from tests.memory import MemoryStore, store_of, texts
from tests.rdflib_store import RdflibStore
from tests.records import amount, document, indicator, project, unit

from budgetkg.queries import question, questions
from budgetkg.records import Amounts, DocumentRecord
from budgetkg.store.explain import explain
from budgetkg.store.results import Solutions

HERE = {"department": "中共广州市黄埔区委员会宣传部（部门）", "district": "黄埔区"}
THERE = {"department": "中共广州市番禺区委员会宣传部（部门）", "district": "番禺区"}
YEARLY = indicator("放映场次", annual_value="336场", period_value="336场")
PLAIN = indicator("资金使用及时性", annual_value="及时", period_value="及时")


def table(key: str, year: int, film: str, printed: bool = True, *, place: dict[str, str]) -> DocumentRecord:
    """A table with two projects; its year is inferred where ``printed`` is false."""
    rows = (
        project("农村电影放映补助", film, indicators=(YEARLY, PLAIN)),
        project("提前下达市级报刊补助", "1.00", indicators=(PLAIN,)),
    )
    total = str(float(film) + 1)
    return document(
        source=f"{key}.txt",
        sha256=key * 64,
        year=year,
        year_printed=printed,
        year_evidence=None if printed else f"{year}年",
        totals=Amounts(total=amount(total)),
        units_of_use=(unit(*rows, total=total),),
        **place,
    )


@cache
def records() -> tuple[DocumentRecord, ...]:
    return (
        table("a", 2023, "6.72", place=HERE),
        table("b", 2024, "7.72", place=HERE),
        table("c", 2024, "9.00", printed=False, place=THERE),
    )


@cache
def store() -> MemoryStore:
    return store_of(records())


def rows(slug: str, *names: str, **given: str) -> list[tuple[str, ...]]:
    """The columns ``names`` of an answer."""
    answer = question(slug).ask(store(), given)
    assert isinstance(answer, Solutions)
    at = [answer.variables.index(name) for name in names]
    return [tuple(getattr(row[place], "value", "") for place in at) for row in answer.rows]


YEAR = ("district", "fiscal_year", "year_basis")
OLD = ("黄埔区", "2023", "printed")
NEW = ("黄埔区", "2024", "printed")
GUESSED = ("番禺区", "2024", "inferred")


@pytest.mark.parametrize("slug", [item.slug for item in questions()])
def test_every_answer_has_its_year_and_takes_the_three_choices(slug: str) -> None:
    found = question(slug)
    assert {"fiscal_year", "year_basis"} <= set(found.columns)
    assert {"year", "district", "department"} <= {item.name for item in found.parameters}
    given = {"year": "2023", "district": "黄埔区", "department": "黄埔"}
    for years in rows(slug, "fiscal_year", **given):
        assert years == ("2023",)
    assert rows(slug, "fiscal_year", year="1999") == []


def test_the_beginning_of_a_division_is_enough() -> None:
    """Who asks for 黄埔 means 黄埔区; a code's beginning takes the divisions under it."""
    whole = rows("largest-projects", "project", district="黄埔区")
    assert whole
    assert rows("largest-projects", "project", district="黄埔") == whole
    assert set(whole) <= set(rows("largest-projects", "project", district="4401"))
    assert rows("largest-projects", "project", district="埔区") == []


@pytest.mark.parametrize(
    ("slug", "names", "expected"),
    [
        ("theme-budget-by-district", ("amount_yuan",), [("90000.00",), ("67200.00",), ("77200.00",)]),
        ("budget-by-unit", ("total_yuan",), [("100000.00",), ("77200.00",), ("87200.00",)]),
        ("transfers-by-level", ("projects",), [("1",), ("1",), ("1",), ("1",), ("1",), ("1",)]),
        ("target-kinds", ("indicators",), [("3",), ("3",), ("3",)]),
        ("budget-by-district", ("total_yuan",), [("100000.00",), ("77200.00",), ("87200.00",)]),
    ],
)
def test_years_stand_side_by_side(slug: str, names: tuple[str, ...], expected: list[tuple[str, ...]]) -> None:
    found = [
        row for row in rows(slug, *names, *YEAR) if slug != "theme-budget-by-district" or row[0] != "10000.00"
    ]
    assert [row[: len(names)] for row in found] == expected
    assert {row[len(names) :] for row in found} == {OLD, NEW, GUESSED}


def test_largest_projects_say_their_year_and_may_be_asked_of_one() -> None:
    assert rows("largest-projects", "amount_yuan", "fiscal_year", limit="3") == [
        ("90000.00", "2024"), ("77200.00", "2024"), ("67200.00", "2023"),
    ]  # fmt: skip
    assert rows("largest-projects", "rank", "amount_yuan", year="2023") == [
        ("1", "67200.00"),
        ("2", "10000.00"),
    ]


def test_a_project_does_not_copy_from_its_own_next_year() -> None:
    found = rows(
        "copied-targets", "project", "fiscal_year", "copied", "copied_from", district="黄埔区", year="2023"
    )
    assert found == [
        ("提前下达市级报刊补助", "2023", "1", "黄埔区: 农村电影放映补助"),
        ("农村电影放映补助", "2023", "1", "黄埔区: 提前下达市级报刊补助"),
    ]
    first = rows("copied-targets", "copied", "shared_with", "copied_from", year="2024", district="番禺区")[0]
    assert first[:2] == ("2", "3")
    assert "黄埔区: 农村电影放映补助" in first[2]


def test_boilerplate_counts_within_a_year() -> None:
    found = rows("boilerplate-indicators", "name", "projects", "fiscal_year", "year_basis", at_least="2")
    assert ("资金使用及时性", "2", "2023", "printed") in found
    assert ("资金使用及时性", "2", "2024", "printed") in found
    assert ("资金使用及时性", "2", "2024", "inferred") in found


def test_growth_is_of_the_later_year() -> None:
    names = "project", "year_a", "year_b", "change_yuan", "fiscal_year", "year_basis"
    film = ("农村电影放映补助", "2023", "2024", "10000.00", "2024", "printed")
    assert film in rows("same-project-next-year", *names)
    assert film in rows("same-project-next-year", *names, year="2024")
    assert rows("same-project-next-year", *names, year="2023") == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("slug", ["theme-budget-by-district", "copied-targets", "same-project-next-year"])
def test_another_engine_narrows_alike(slug: str) -> None:
    given = {"year": "2024", "district": "黄埔区", "department": "宣传部"}
    text = serialize((quad.triple for quad in store().quads), format=RdfFormat.N_TRIPLES) or b""
    other = RdflibStore(rdflib.Graph().parse(data=text.decode(), format="nt"))
    answers = [texts(question(slug).ask(asked, given)) for asked in (store(), other)]
    assert answers[0] == answers[1] != []


def test_projects_that_pay_for_one_count_do_not_compare() -> None:
    both = tuple(
        project(name, "6.72", indicators=(YEARLY,)) for name in ("农村电影放映补助", "电影放映工作经费")
    )
    asked = question("unit-cost").ask(store_of([document(units_of_use=(unit(*both),))]))
    assert isinstance(asked, Solutions)
    at = asked.variables.index("comparable")
    assert sorted(row[at:] for row in texts(asked)) == [
        ("false", "the same count is paid for by 农村电影放映补助"),
        ("false", "the same count is paid for by 电影放映工作经费"),
    ]
    assert {row[at] for row in texts(question("unit-cost").ask(store()))} == {"true"}


@pytest.mark.parametrize(("whole_year", "implied"), [("全年5册", []), ("若干册", [("4个季度 × 1册 = 4册",)])])
def test_a_printed_number_of_the_year_comes_before_an_implied_one(
    whole_year: str, implied: list[tuple[str]]
) -> None:
    rows = indicator("汇编", annual_value="每季度1册"), indicator("编印数量", annual_value=whole_year)
    made = store_of([document(units_of_use=(unit(project("宣传业务", indicators=rows)),))])
    assert texts(made.query("SELECT ?how { ?x bkg:derivationText ?how }")) == implied


def test_every_quantity_is_explained_by_a_place() -> None:
    quantities = texts(store().query("SELECT DISTINCT ?q { ?x bkg:hasQuantity ?q }"))
    assert quantities
    for (iri,) in quantities:
        assert any(statement.places for statement in explain(store(), iri).statements), iri


YEAR_COLUMNS = {
    "same-project-next-year": "year_a_basis",
    "project-growth": "previous_year_basis",
    "indicators-dropped": "previous_year_basis",
    "projects-new-and-gone": "other_year_basis",
    "targets-lowered-for-more-money": "previous_year_basis",
}


@pytest.mark.parametrize("slug", YEAR_COLUMNS)
def test_the_year_beside_says_how_it_is_known(slug: str) -> None:
    """A year before that is only inferred is marked like the year of the row."""
    fewer = (indicator("放映场次", annual_value="300场", period_value="300场"),)
    before = table("d", 2023, "6.72", printed=False, place=HERE)
    (used,) = before.units_of_use
    more = replace(used, projects=(*used.projects, project("社区宣传栏", "1.00", indicators=(PLAIN,))))
    after = table("e", 2024, "7.72", place=HERE)
    (later,) = after.units_of_use
    less = replace(later, projects=(replace(later.projects[0], indicators=fewer), *later.projects[1:]))
    both = store_of([replace(before, units_of_use=(more,)), replace(after, units_of_use=(less,))])
    answer = question(slug).ask(both)
    assert isinstance(answer, Solutions)
    at = answer.variables.index(YEAR_COLUMNS[slug])
    assert {row[at].value for row in answer.rows if row[at] is not None} == {"inferred"}  # type: ignore[union-attr]
