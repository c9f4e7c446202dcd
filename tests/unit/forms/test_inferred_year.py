"""The year of a form that prints none: what several agree on, never what one project says."""

from __future__ import annotations

import pytest

from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.year import inferred_year
from budgetkg.records import Task


def parts(*tasks: tuple[str, str]) -> Parts:
    return Parts(tasks=tuple(Task(place, name, content) for place, (name, content) in enumerate(tasks)))


@pytest.mark.parametrize(
    ("tasks", "year"),
    [
        ([("2023年读书月", ""), ("2023年灯会", "")], 2023),
        # One of them alone, be it in its name and in its content, dates nothing.
        ([("2022年规划的落实", "按2022年的规划办理"), ("灯会", "")], None),
        # Money that was handed down the year before stands beside that of the year.
        ([("2024年灯会", ""), ("2024年读书月", ""), ("2023年展览（提前下达）", "")], 2024),
        ([("2024年灯会", ""), ("2023年读书月", ""), ("2023年展览", "")], None),
        ([("灯会", "2023年办3场"), ("展览", "2023年底前开放")], 2023),
        # Texts that name another year contradict.
        ([("灯会", "2023年办3场"), ("展览", "2023年底前开放"), ("读书月", "延续2021年做法")], None),
        ([], None),
    ],
)
def test_a_year_is_what_several_agree_on(tasks: list[tuple[str, str]], year: int | None) -> None:
    found = inferred_year(parts(*tasks))
    assert (found[0] if found else None) == year
    assert found is None or str(year) in found[1]
