"""The year of a form that prints none: what several agree on, never what one project says."""

from __future__ import annotations

import pytest

from budgetkg.findings import Evidence
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.year import inferred_year
from budgetkg.records import Amounts, Project, Task, UnitOfUse


def parts(*tasks: tuple[str, str]) -> Parts:
    return Parts(
        tasks=tuple(
            Task(place, name, content, evidence=(row(f"{name} {content}".strip(), place),))
            for place, (name, content) in enumerate(tasks)
        )
    )


def row(quote: str, place: int) -> Evidence:
    return Evidence(1, (place + 1, place + 1), place * 100, place * 100 + len(quote), quote)


@pytest.mark.parametrize(
    ("tasks", "year"),
    [
        ([("2023年读书月", "2023年办3场"), ("2023年灯会", "")], 2023),
        # Names alone date nothing: last year's are often taken over.
        ([("2023年读书月", ""), ("2023年灯会", "")], None),
        ([("2023年读书月", ""), ("2023年灯会", "2022年办3场")], None),
        # One of them alone, be it in its name and in its content, dates nothing.
        ([("2022年规划的落实", "按2022年的规划办理"), ("灯会", "")], None),
        # Money that was handed down the year before stands beside that of the year.
        ([("2024年灯会", "2024年办3场"), ("2024年读书月", ""), ("2023年展览（提前下达）", "")], 2024),
        ([("2024年灯会", ""), ("2023年读书月", ""), ("2023年展览", "")], None),
        ([("灯会", "2023年办3场"), ("展览", "2023年底前开放")], 2023),
        # Texts that name another year contradict.
        ([("灯会", "2023年办3场"), ("展览", "2023年底前开放"), ("读书月", "延续2021年做法")], None),
        ([], None),
    ],
)
def test_a_year_is_what_several_agree_on(tasks: list[tuple[str, str]], year: int | None) -> None:
    found = inferred_year(parts(*tasks))
    assert (found.year if found else None) == year
    assert found is None or str(year) in found.clue


@pytest.mark.parametrize(
    ("found", "rule", "quotes"),
    [
        (parts(("2023年读书月", "办3场"), ("2023年灯会", ""), ("展览", "2023年开放")), "names-agree",
         ["2023年读书月 办3场", "2023年灯会", "展览 2023年开放"]),
        (parts(("灯会", "2023年办3场"), ("展览", "2023年底前开放")), "goal-dates",
         ["灯会 2023年办3场", "展览 2023年底前开放"]),
        (parts(("灯会", "2023年办3场"), ("2023年展览", "")), "statements-agree",
         ["灯会 2023年办3场", "2023年展览"]),
    ],
)  # fmt: skip
def test_how_a_year_is_known_is_said_with_the_rows_that_say_it(
    found: Parts, rule: str, quotes: list[str]
) -> None:
    dated = inferred_year(found)
    assert dated is not None
    assert (dated.rule, [place.quote for place in dated.evidence]) == (rule, quotes)


@pytest.mark.parametrize(
    ("periods", "year"),
    [
        (["2024年1月至2024年12月"], 2024),
        (["20240101-20241231", "2024.03—2024.11"], 2024),
        (["2024-2026年"], None),  # a period of several years says none of them
        (["2024年", "2023年"], None),
        (["3年"], None),
    ],
)
def test_a_printed_period_within_one_year_dates_a_form(periods: list[str], year: int | None) -> None:
    projects = tuple(
        Project(f"项目{place}", Amounts(), attributes=(("起止时间", period),), evidence=(row(period, place),))
        for place, period in enumerate(periods)
    )
    found = inferred_year(Parts(units_of_use=(UnitOfUse("某局", Amounts(), projects),)))
    assert (found and (found.year, found.rule)) == (year and (year, "period"))
    if found:
        assert [place.quote for place in found.evidence] == periods


def test_a_period_that_contradicts_the_names_dates_nothing() -> None:
    found = parts(("2023年读书月", "2023年办3场"), ("2023年灯会", ""))
    found.attributes = (("项目实施期", "2024年"),)
    assert inferred_year(found) is None
