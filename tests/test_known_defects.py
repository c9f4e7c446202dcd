"""The known defects of the five published sources against the one list of findings.

`tests/lists/known-defects.csv` has a row for each: the finding that tells it and a part of where it stands,
or what a reader would need to tell it (a dictionary, page breaks that the text dump hasn't kept).
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from budgetkg.pipeline.document import BuildOptions, Job, process

TABLE = Path(__file__).parent / "lists" / "known-defects.csv"
SOURCES = ("000", "001", "002", "003", "004")
LEAST = 95  # of 116


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def findings(path: Path) -> tuple[dict[str, Any], ...]:
    (built,) = process(Job(path, BuildOptions())).built
    return built.findings


def of_source(shared: Path, source: str) -> tuple[dict[str, Any], ...]:
    (path,) = (shared / "documents" / "seeds").glob(f"{source}*.txt")
    return findings(path)


def defects(shared: Path, source: str) -> list[dict[str, str]]:
    (path,) = (shared / "expected").glob(f"{source}*.json")
    listed: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["defects"]
    return listed


@pytest.mark.parametrize("source", SOURCES)
def test_the_table_has_a_row_for_each_known_defect(shared: Path, source: str) -> None:
    written = [(row["number"], row["type"]) for row in rows() if row["source"] == source]
    listed = [(str(number), one["type"]) for number, one in enumerate(defects(shared, source), 1)]
    assert written == listed


def test_each_row_says_what_tells_the_defect_or_what_that_needs() -> None:
    assert all(bool(row["code"]) != bool(row["needs"]) for row in rows())
    assert sum(bool(row["code"]) for row in rows()) >= LEAST


@pytest.mark.parametrize("source", SOURCES)
def test_each_defect_is_found_where_it_stands(shared: Path, source: str) -> None:
    places = [(item["code"], item["where"]) for item in of_source(shared, source)]
    missed = [
        row
        for row in rows()
        if row["source"] == source
        and row["code"]
        and not any(code == row["code"] and row["where"] in where for code, where in places)
    ]
    assert not missed


@pytest.mark.parametrize("source", SOURCES)
def test_no_place_is_listed_twice_for_one_thing(shared: Path, source: str) -> None:
    said = Counter((item["code"], item["where"], item["message"]["zh"]) for item in of_source(shared, source))
    assert [one for one, times in said.items() if times > 1] == []


@pytest.mark.parametrize("source", SOURCES)
def test_no_validation_repeats_what_reading_reports(shared: Path, source: str) -> None:
    listed = of_source(shared, source)
    read = {item["code"] for item in listed if item["origin"] == "reading"}
    read |= {"plan-year-missing", "target-is-placeholder"}
    again = [item["code"] for item in listed if item["origin"] == "validation" and item["code"] in read]
    assert not again
