"""What reading and validation both see is listed once; what follows from a gap of reading isn't repeated."""

from __future__ import annotations

from typing import Any

import pytest

from budgetkg.pipeline.checks import one_list

Json = dict[str, Any]


def place(start: int, quote: str) -> Json:
    return {"page": 1, "lines": [1, 1], "start": start, "end": start + len(quote), "quote": quote}


def read(code: str, quote: str = "某局", start: int = 0) -> Json:
    return {"code": code, "evidence": [place(start, quote)]}


def validated(code: str, *same: str) -> Json:
    return {
        "code": code,
        "params": {"findings": list(same), "whole": False},
        "evidence": [place(500, "某项目")],
    }


@pytest.mark.parametrize(
    ("said", "of_shape", "listed"),
    [
        # The unit of money is missing once, not for each amount.
        (
            read("money-unit-not-printed"),
            validated("stated-amount-without-yuan", "money-unit-not-printed"),
            False,
        ),
        (read("department-not-found"), validated("unit-without-department", "department-not-found"), False),
        # Of another place, and of another kind.
        (read("amount-blank"), validated("amount-blank", "amount-blank"), True),
        (read("amount-blank", start=500), validated("amount-blank", "amount-blank"), False),
        (
            read("money-unit-not-printed"),
            validated("unit-without-department", "department-not-found"),
            True,
        ),
        # What wasn't read may be the very thing.
        (
            read("header-unknown", "服务对象满意度指标"),
            validated("satisfaction-missing", "satisfaction-missing"),
            False,
        ),
        (
            read("header-unknown", "存在问题"),
            validated("satisfaction-missing", "satisfaction-missing"),
            True,
        ),
        # Whether a target is missing depends on the form, which a shape doesn't see.
        (read("year-not-printed"), validated("target-missing", "target-missing"), False),
    ],
)
def test_the_list_says_each_thing_once(said: Json, of_shape: Json, listed: bool) -> None:
    assert (of_shape in one_list([said], [of_shape])) is listed
