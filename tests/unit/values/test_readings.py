"""Targets against readings written by hand: ours, and those of the reference documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from budgetkg.values import Target, read_target

WRITTEN = Path(__file__).with_name("readings.txt")
ELSEWHERE = Path(__file__).with_name("readings-elsewhere.txt")
FIELDS = ("comparator", "value", "unit", "scale_text", "change", "per")


def lines(path: Path = WRITTEN) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def written(line: str) -> tuple[str, str, list[dict[str, str | None]], str | None]:
    kind, target, numbers, deadline, *_ = [*(part.strip() for part in line.split(" | ")), "-", "-"]
    quantities = [] if numbers == "-" else [quantity(said) for said in numbers.split("; ")]
    return kind, target, quantities, None if deadline == "-" else deadline


def quantity(said: str) -> dict[str, str | None]:
    parts = [None if part == "-" else part for part in said.split()]
    found = dict(zip(FIELDS, [*parts, *[None] * len(FIELDS)], strict=False))
    value, _, upper = (found["value"] or "").partition("..")
    return found | {"value": value, "upper": upper or None}


def said(reading: Target) -> dict[str, Any]:
    return {
        "kind": reading.kind,
        "quantities": [one.json() for one in reading.quantities],
        "deadline": blankless(reading.deadline),
    }


def blankless(text: str | None) -> str | None:
    # The brackets of a deadline come out in the spelling that targets are compared in.
    return None if text is None else "".join(text.split()).replace("（", "(").replace("）", ")")


@pytest.mark.parametrize("line", lines())
def test_wordings_read_as_written_down(line: str) -> None:
    kind, target, quantities, deadline = written(line)
    assert said(read_target(target)) == {"kind": kind, "quantities": quantities, "deadline": deadline}


@pytest.mark.parametrize("line", lines(ELSEWHERE))
def test_wordings_of_other_regions_read_as_written_down(line: str) -> None:
    kind, target, quantities, deadline = written(line)
    assert said(read_target(target)) == {"kind": kind, "quantities": quantities, "deadline": deadline}


@pytest.mark.parametrize("target", ["两周一次", "三年一次", "2个月1次"])
def test_a_longer_interval_is_not_lost_in_silence(target: str) -> None:
    assert read_target(target).note == "number-not-read"


def test_targets_of_the_reference_documents(shared: Path) -> None:
    wrong = []
    for line in (shared / "expected" / "values.jsonl").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        if (data["note"] or "").startswith("soft:"):
            continue
        expected = {key: data[key] for key in ("kind", "quantities")}
        expected["deadline"] = blankless(data["deadline"])
        for name in data["names"]:
            if said(read_target(data["raw"], name)) != expected:
                wrong.append((data["raw"], name))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "name", "operator", "unit", "expected"),
    [
        ("90", None, "≥", "%", (">=", "90", "%", None)),
        ("90", None, "大于等于", "百分比", (">=", "90", "%", None)),
        ("90%以上", None, "=", None, (">=", "90", "%", None)),
        ("5", None, "≤", "万元", ("<=", "50000", "元", "万")),
        ("12", None, None, "场次", ("=", "12", "场次", None)),
        ("≥95", "群众满意度", "≥", "%", (">=", "95", "%", None)),
        ("1", "差错率", "≤", "%", ("<=", "1", "%", None)),
        ("100%", "资金支付率", "=", "%", ("=", "100", "%", None)),
    ],
)
def test_cells_beside_a_target_join_in(
    text: str, name: str | None, operator: str | None, unit: str | None, expected: tuple[str | None, ...]
) -> None:
    (only,) = read_target(text, name, operator, unit).quantities
    found = only.json()
    assert (found["comparator"], found["value"], found["unit"], found["scale_text"]) == expected


@pytest.mark.parametrize(
    ("text", "name", "operator", "unit", "note"),
    [
        ("5场", None, None, "人次", "cells-contradict"),
        ("≥90", None, "≤", None, "cells-contradict"),
        ("90", None, "≒", None, "cells-contradict"),
        ("1", "资金支付率", None, "%", "one-of-a-rate"),
        ("场" * 10_000, None, None, None, "too-long"),
    ],
)
def test_what_cannot_be_decided_is_not_guessed(
    text: str, name: str | None, operator: str | None, unit: str | None, note: str
) -> None:
    reading = read_target(text, name, operator, unit)
    assert (reading.kind, reading.quantities, reading.note) == ("unparsed", (), note)


def test_one_beside_a_rate_is_one_and_said_to_be_doubtful() -> None:
    reading = read_target("1", "资金支付率")
    (only,) = reading.quantities
    assert (only.json()["value"], only.unit, reading.note) == ("1", None, "one-of-a-rate")


def test_a_serial_number_is_a_day_in_a_date_target_only() -> None:
    assert said(read_target("45291", "完成时间"))["deadline"] == "2023-12-31"
    assert read_target("45291", "服务人次").kind == "quantity"


@pytest.mark.parametrize("name", ["户外音乐季活动场次数量", "户外音乐季的活动场次数量"])
def test_a_target_that_repeats_its_name_is_a_placeholder(name: str) -> None:
    assert read_target("户外音乐季活动场次数量", name).kind == "placeholder"
