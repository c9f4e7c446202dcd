"""The classes of made-up projects of a county's departments, decided by a person before any was assigned."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import budgetkg
from budgetkg.codelists import concepts
from budgetkg.inference import scheme
from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.subjects import Extract, Subject
from budgetkg.inference.themes import Assignment, Themes
from budgetkg.pipeline import BuildOptions
from budgetkg.resources import rows

FOLDER = Path(__file__).resolve().parent / "themes"


class Case(NamedTuple):
    """What a person says (``right``), and what was found; ``sure`` where more than the department says so."""

    department: str
    name: str
    right: str
    found: str
    sure: bool


def of_subject(department: str, subject: Subject) -> list[Assignment]:
    document = Extract("k", "plan", "x", "d", 2024, 0, (subject,), department_name=department)
    return [item for item in themes().of(document) if item.subject == subject.iri]


@cache
def themes() -> Themes:
    return Themes(LocalNames(frozenset()))


def classified(assigned: list[Assignment]) -> tuple[str, bool]:
    """The class that a reader would add the project's money to, and whether it is more than a guess."""
    functional = [item for item in assigned if scheme.is_functional(item.theme)]
    main = [item for item in functional if item.main]
    strong = [item for item in functional if not item.weak]
    for choice in (main, strong, functional):
        found = {scheme.top(item.theme) for item in choice}
        if found:
            return (found.pop() if len(found) == 1 else "", choice is not functional)
    return "", False


@cache
def cases() -> tuple[Case, ...]:
    found = []
    for path in sorted(FOLDER.glob("projects*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                assigned = of_subject(row["department"], Subject("p", "project", row["name"]))
                found.append(Case(row["department"], row["name"], row["class"], *classified(assigned)))
    return tuple(found)


def test_classes_are_right_and_found() -> None:
    given = [case for case in cases() if case.found]
    sure = [case for case in given if case.sure]
    expected = [case for case in cases() if case.right]
    right = [case for case in expected if case.found == case.right]
    wrong = [case for case in given if case.found != case.right]
    assert len(cases()) >= 300
    assert len({case.department for case in cases()}) >= 40
    assert len(wrong) <= 0.05 * len(given), wrong
    assert len([case for case in sure if case.found != case.right]) <= 0.05 * len(sure), wrong
    assert len(right) >= 0.85 * len(expected), [case for case in expected if case.found != case.right]


def test_a_department_alone_is_weak() -> None:
    (found,) = of_subject("区卫生健康局", Subject("p", "project", "工作经费"))
    assert (found.theme, found.method, found.weak, found.main) == ("210", "department-name", True, False)
    assert (found.words, found.grounds) == (("卫生健康",), ("plan",))


def test_a_department_confirms_and_a_lone_word_against_it_is_weak() -> None:
    (sure,) = of_subject("区水务局", Subject("p", "project", "水库巡查"))
    assert (sure.theme, sure.method, sure.main) == ("213", "name-and-department", True)
    unlike = {item.theme: item for item in of_subject("区总工会", Subject("p", "project", "环卫工人驿站"))}
    assert unlike["212"].weak
    assert not any(item.main for item in unlike.values())


def test_a_tie_of_two_classes_has_no_main_theme() -> None:
    found = of_subject("", Subject("p", "project", "疫苗和水库"))
    assert {item.theme for item in found if not item.weak} == {"210", "213"}
    assert not any(item.main for item in found)
    assert any(item.main for item in of_subject("区水务局", Subject("p", "project", "疫苗和水库")))


def test_projects_that_a_task_names_give_it_themes() -> None:
    found = of_subject("", Subject("t", "task", "综合事务", named="创建办工作、公务接待工作。"))
    assert {(item.theme, item.method) for item in found} == {
        ("civilised-city", "label-in-named-project"), ("reception", "label-in-named-project")
    }  # fmt: skip


def test_narrower_themes_add_up_once(samples: list[Path], tmp_path: Path) -> None:
    budgetkg.build(samples, tmp_path, options=BuildOptions(validate=False))
    with budgetkg.open(tmp_path) as graph:
        own = list(graph.ask("theme-budget-by-district"))
        films = list(graph.ask("theme-budget-by-district", theme="电影放映"))
        culture = list(graph.ask("theme-budget-by-district", theme="207"))
        tasks = list(graph.ask("tasks-by-theme", theme="201"))
    parts = [row for row in own if row["theme"] in ("电影放映", "农村电影放映")]
    assert {row["theme"] for row in films} == {"电影放映"}
    assert sum(row["amount_yuan"] for row in films) == sum(row["amount_yuan"] for row in parts)
    assert sum(row["projects"] for row in films) == sum(row["projects"] for row in parts)
    assert sum(row["projects"] for row in culture) > sum(row["projects"] for row in films)
    named = [(row["district"], row["task"]) for row in tasks]
    assert named
    assert len(named) == len(set(named))


def test_every_word_points_to_a_theme() -> None:
    known = {item.notation for item in concepts("theme")}
    lines = list(rows("theme-words.csv"))
    assert {row["theme"] for row in lines} <= known
    assert {row["field"] for row in lines} == {"name", "department"}
    assert all(0 < float(row["weight"]) <= 1 for row in lines)


def test_every_theme_is_a_class_stands_under_one_or_is_a_kind_of_spending() -> None:
    kinds = {item.notation for item in concepts("theme") if not scheme.is_functional(item.notation)}
    assert kinds == {
        "facilities-equipment", "building-works", "staff", "running-costs", "missions-abroad", "reception",
        "training", "outsourcing",
    }  # fmt: skip
    assert len(scheme.classes()) == 27
