"""The questions over years, shares and self-evaluations, over a corpus that has what the samples lack.

Each is answered a second time by plain Python over the records, and its answer is written down in
``tests/answers/years/``; what they say of the samples is checked with all other questions.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize
from tests import oracle_money, oracle_published, oracle_years
from tests.memory import store_of, texts
from tests.rdflib_store import RdflibStore
from tests.records import document, indicator, project, unit
from tests.two_years import documents, store

from budgetkg.errors import BudgetkgError
from budgetkg.given_tables import rows_as_terms
from budgetkg.queries import question
from budgetkg.records import Amounts
from budgetkg.schema_json import document_json
from budgetkg.store.results import Solutions

WRITTEN = Path(__file__).parent / "answers" / "years"
ANSWERS = {**oracle_years.ANSWERS, **oracle_money.ANSWERS, **oracle_published.ANSWERS}
SLUGS = sorted([*ANSWERS, "goals-copied-between-departments"])


def rows(slug: str, **given: str) -> list[tuple[str, ...]]:
    return texts(question(slug).ask(store(), given))


@cache
def other_engine() -> RdflibStore:
    text = serialize((quad.triple for quad in store().quads), format=RdfFormat.N_TRIPLES) or b""
    return RdflibStore(rdflib.Graph().parse(data=text.decode(), format="nt"))


@pytest.mark.parametrize("slug", sorted(ANSWERS))
def test_answered_like_plain_python(slug: str) -> None:
    found = rows(slug)
    assert found
    assert sorted(found) == sorted(ANSWERS[slug](map(document_json, documents())))


@pytest.mark.parametrize("slug", SLUGS)
def test_answered_as_written_down(slug: str) -> None:
    with (WRITTEN / f"{slug}.csv").open(encoding="utf-8", newline="") as stream:
        header, *written = csv.reader(stream)
    assert tuple(header) == question(slug).columns
    assert rows(slug) == [tuple(row) for row in written]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("slug", SLUGS)
def test_another_engine_agrees(slug: str) -> None:
    assert texts(question(slug).ask(other_engine())) == rows(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_row_has_its_place_year_and_department(slug: str) -> None:
    asked = question(slug)
    assert {"district", "department", "fiscal_year", "year_basis"} <= set(asked.columns)
    answer = asked.ask(store(), evidence=True)
    assert isinstance(answer, Solutions)
    at, quote = answer.variables.index("place"), answer.variables.index("quote")
    places = [getattr(row[at], "value", "") for row in answer.rows]
    assert places.count("1") == len(rows(slug))
    assert all(row[quote] for row in answer.rows)


@pytest.mark.parametrize("slug", SLUGS)
def test_what_does_not_compare_says_why(slug: str) -> None:
    columns = question(slug).columns
    if "comparable" in columns:
        at, why = columns.index("comparable"), columns.index("why_not")
        assert all((row[at] == "true") == (row[why] == "") for row in rows(slug))


def test_goals_that_departments_share_name_both_places() -> None:
    said = map(document_json, documents())
    found = [(*row[:5], *row[10:-1]) for row in rows("goals-copied-between-departments")]
    assert sorted(found) == sorted(oracle_published.goals_copied_between_departments(said))
    for row in rows("goals-copied-between-departments"):
        assert row[1] != row[6]
        assert row[4] == row[9]


def test_a_year_in_the_name_makes_no_other_indicator() -> None:
    """What is dropped is the promise, not the number of its year."""
    tables = [
        document(
            source=f"{year}.txt", sha256=str(at) * 64, year=year,
            units_of_use=(unit(project("微纪录片", "1.00", indicators=(
                indicator(f"微纪录片在{year}年内播出", annual_value="1集"),
                indicator(*other, annual_value="2集"),
            ))),),
        )
        for at, (year, other) in enumerate(((2023, ["预告片"]), (2024, ["海报"])))
    ]  # fmt: skip
    said = texts(question("indicators-dropped").ask(store_of(tables)))
    assert [row[4] for row in said] == ["预告片"]


def test_the_name_of_a_project_and_its_one_number_make_a_price() -> None:
    """What the name or the goal says beside the work counted, or a second number, spoils the price."""

    def priced(name: str, goal: str, target: str = "10场") -> tuple[str, ...]:
        row = indicator(
            "文化活动场次",
            annual_value=target,
            tier1_code="1",
            tier1="产出指标",
            tier2_code="11",
            tier2="数量指标",
        )
        one = document(units_of_use=(unit(project(name, "8.00", goal=goal, indicators=(row,))),))
        (found,) = texts(question("cost-of-the-same-work").ask(store_of([one])))
        return found[14:16]

    assert priced("节日文化活动经费", "让居民过好节日。") == ("true", "")
    further = ("false", "name or goal join further work")
    assert priced("春节环境布置及春节文化活动经费", "让居民过好节日。") == further
    assert priced("节日文化活动经费", "让居民过好节日；装点主要街道和广场。") == further
    assert priced("文化工作经费", "让居民过好节日。") == ("false", "the name isn't that of the work counted")
    several = ("false", "one amount for several counted outputs")
    assert priced("节日文化活动经费", "让居民过好节日。", "文化活动10场，演员200人") == several


def test_a_class_or_a_province_is_no_district_s_work() -> None:
    """A province's transfers to schools aren't a school's equipment, nor is all that is bought one work."""
    film = project("农村电影放映补助", "3.00", goal="为村民放映电影。")
    placed = (
        ("a", "番禺区文化局", film),
        ("b", "西藏自治区文化厅", film),
        ("c", "黄埔区教育局", project("义务教育学校设备购置", "2.00", goal="为小学添置教学设备。")),
    )
    tables = [
        document(
            source=f"{letter}.txt", sha256=letter * 64, department=name, district=re.match(".+?区", name)[0],
            units_of_use=(unit(what),),
        )
        for letter, name, what in placed
    ]  # fmt: skip
    said = {
        (row[1], row[0]): row[8:10]
        for row in texts(question("theme-budget-by-district").ask(store_of(tables)))
    }
    assert said["番禺区", "农村电影放映"] == ("true", "")
    assert said["西藏自治区", "农村电影放映"] == ("false", "the plan is a province's or a city's")
    assert said["黄埔区", "设备购置"] == ("false", "a whole class or kind of spending, not one kind of work")


def test_a_unit_of_several_forms_has_one_row_a_year() -> None:
    """Forms of one project each name the unit again and again; its money is their sum."""
    alone = [
        replace(unit(project(name, money)), amounts=Amounts())
        for name, money in (("接种", "2.00"), ("监测", "1.00"))
    ]
    forms = [
        document(source=f"{at}.txt", sha256=str(at) * 64, units_of_use=(one,), totals=Amounts())
        for at, one in enumerate(alone)
    ]
    (only,) = texts(question("budget-by-unit").ask(store_of(forms)))
    assert only[2:5] == ("30000.00", "1.0000", "2")


def test_goals_worded_alike_stand_beside_each_other() -> None:
    goal = "每月到各个社区放映一场电影，让居民在家门口就能看上好电影。"
    one = document(units_of_use=(unit(project(goal=goal)),))
    other = document(
        sha256="b" * 64, department="番禺区文化局", district="番禺区",
        units_of_use=(unit(project(goal=f"{goal}丰富生活")),),
    )  # fmt: skip
    both = store_of([one, other])
    found = texts(question("goals-copied-between-departments").ask(both))
    assert [row[:1] + row[5:6] for row in found] == [("番禺区", "黄埔区"), ("黄埔区", "番禺区")]
    assert all(Decimal("0.6") < Decimal(row[10]) < 1 for row in found)
    pairs = {(row[0], row[2], row[5], row[7]) for row in found}
    assert pairs == oracle_published.worded_alike(map(document_json, (one, other)))
    assert texts(question("goals-copied-between-departments").ask(both, {"at_least": "0.99"})) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_departments_of_a_list(tmp_path: Path, encoding: str) -> None:
    listed = [
        ("黄埔区", "黄埔区体育局"),
        ("", "番禺区文化局"),
        ("黄埔区", "黄埔区教育局"),
        ("番禺区", "黄埔区体育局"),
    ]
    path = tmp_path / "名单.csv"
    path.write_text("区划,部门\n" + "".join(f"{place},{name}\n" for place, name in listed), encoding=encoding)
    found = rows("departments-without-publication", departments=str(path))
    said = map(document_json, documents())
    assert sorted(found) == sorted(oracle_published.departments_without_publication(said, listed))
    missing = {(row[1], row[2]) for row in found if row[5] == "true"}
    assert missing == {("黄埔区体育局", "2022"), ("番禺区文化局", "2022"), ("番禺区文化局", "2023")}
    unknown = {row[:3] for row in found if row[6].startswith("no document has this name")}
    assert len(unknown) == 6


def test_departments_of_one_year_district_and_name() -> None:
    ask = "departments-without-publication"
    assert [row[1] for row in rows(ask, year="2022")] == ["黄埔区体育局"]
    # Nobody of 番禺区 published in 2022 or 2023: without a list nothing says that anybody should have.
    assert rows(ask, district="番禺区") == []
    assert [row[1] for row in rows(ask, department="体育")] == ["黄埔区体育局"]
    assert rows(ask, year="1999") == []


def test_money_per_head_of_a_population_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "district,people,year\n440112,1200000,2024\n黄埔区,1000000,2023\n番禺区,2000,\n", encoding="utf-8"
    )
    found = rows("budget-per-head", population=str(path))
    rates = {(row[2], row[3]): row[5:10] for row in found}
    assert rates["黄埔区文化局", "2024"] == ("1200000", "2024", "0.82", "true", "")
    assert rates["黄埔区文化局", "2023"] == ("1000000", "2023", "0.62", "true", "")
    assert rates["黄埔区文化局", "2022"][:3] == ("", "", "")
    assert rates["番禺区文化局", "2024"] == (
        "2000",
        "",
        "75.00",
        "false",
        "the year of the population isn't said",
    )
    for year in ("2023", "2024"):
        given = {"黄埔区": (1_000_000 if year == "2023" else 1_200_000, year), "番禺区": (2000, "")}
        wanted = oracle_money.budget_per_head(map(document_json, documents()), given)
        assert {row for row in wanted if row[3] == year} == {row for row in found if row[3] == year}


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name\n甲\n", encoding="utf-8")
    with pytest.raises(BudgetkgError, match="no column"):
        rows_as_terms(str(path), ("district", "department"))
    with pytest.raises(BudgetkgError):
        rows_as_terms(str(tmp_path / "none.csv"), ("district",))


def test_a_cell_cannot_leave_its_literal(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('district,department\n,"甲"" } } DROP ALL #"\n', encoding="utf-8")
    assert {row[1] for row in rows("departments-without-publication", departments=str(path))} == {
        '甲" } } DROP ALL #'
    }


def test_growth_of_several_projects_of_one_name_is_not_called_comparable() -> None:
    def year(letter: str, when: int, *amounts: str) -> object:
        return document(
            sha256=letter * 64, year=when, units_of_use=(unit(*(project("甲", a) for a in amounts)),)
        )

    both = store_of([year("a", 2021, "1.00"), year("b", 2023, "1.00", "2.00")])  # type: ignore[list-item]
    (row,) = texts(question("project-growth").ask(both))
    assert row[5:9] == ("30000.00", "2021", "10000.00", "20000.00")
    assert row[13:16] == ("2", "false", "another number of projects of the name; years between are missing")


def test_two_projects_that_pay_for_one_count_are_in_no_ranking() -> None:
    shows = indicator(annual_value="336场")
    one = document(
        units_of_use=(
            unit(*(project(name, "6.72", indicators=(shows,)) for name in ("农村电影放映", "电影放映补助"))),
        )
    )
    found = texts(question("cost-of-the-same-work").ask(store_of([one])))
    assert [row[14:16] for row in found] == [
        ("false", "another project of the plan pays for the same count")
    ] * 2
    assert [row[10:14] for row in found] == [("", "", "", "0")] * 2
