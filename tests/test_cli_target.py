"""budgetkg target: readings for people and for programs."""

from __future__ import annotations

import io
import json
import sys

import pytest
from tests.command_line import budgetkg

KEYS = ["raw", "names", "kind", "quantities", "deadline", "note"]


def test_a_target_is_shown_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = budgetkg(capsys, "target", "不少于98人", "6月30日前")
    assert "One quantity" in out
    assert ">= 98 人" in out
    assert "Deadline" in out


def test_options_are_the_cells_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--name", "放映场次", "--operator", "≥", "--unit", "场", "--format", "json")
    out, _ = budgetkg(capsys, "target", "20", *options)
    found = json.loads(out)
    assert list(found) == KEYS
    assert found["names"] == ["放映场次"]
    assert [found["quantities"][0][key] for key in ("comparator", "value", "unit")] == [">=", "20", "场"]


def test_json_lines_in_and_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ['{"text": "≥90", "unit": "%"}', "", '{"text": null}', '{"text": 5, "name": "场次"}']
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    out, _ = budgetkg(capsys, "target", "-")
    found = [json.loads(line) for line in out.splitlines()]
    assert [one["kind"] for one in found] == ["quantity", "empty", "quantity"]
    assert [list(one) for one in found] == [KEYS] * 3


def test_a_bad_line_is_named_and_the_rest_answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ["{", "[]", '{"text": {}}', '{"text": "5场"}']
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    out, err = budgetkg(capsys, "target", "-", code=1)
    assert json.loads(out)["kind"] == "quantity"
    assert [line.split(":")[1].strip() for line in err.splitlines()] == [
        f"standard input, line {number}" for number in (1, 2, 3)
    ]
