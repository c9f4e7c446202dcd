"""The five published sources, read through the command line: every fact, every character, every defect."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import budgetkg

FACTS = {
    "000_e8da7b277dfa638a": 211,
    "001_26deb59209c0fd2c": 412,
    "002_a1d5ee949bd46efb": 40,
    "003_a459191613a70e8a": 48,
    "004_9aa82c9b668c4b63": 25,
}

# What a reader without knowledge of the matter can tell, and the finding that tells it.
TELLS = {
    "split-columns": "columns-split",
    "repeated-row": "row-printed-again",
    "no-year": "year-not-printed",
    "unbalanced-bracket": "bracket-unbalanced",
    "doubled-separator": "separator-doubled",
    "missing-unit": "target-without-unit",
    "tier-code-mismatch": "tier-misplaced",
    "placeholder": "placeholder-target",
    "contradictory-values": "period-annual-contradict",
    "column-shift": "columns-shifted",
    "column-drift": "columns-shifted",
    "truncated-header": "header-cut",
    "merged-cell-split-at-page-break": "tier-cell-split",
    "catch-all-tier2": "tier-catch-all",
    "tier-mismatch": "tier-misplaced",
    "empty-tier": "tier-empty",
    "no-total": "total-not-printed",
    "ocr-garbage": "text-garbled",
    "blank-amount": "amount-blank",
    "spaced-number": "amount-spaced",
    "missing-tier1": "tier-restored",
    "truncated-table": "table-truncated",
}
# A type of defect that names another kind of finding in one place.
ELSEWHERE = {("002", "placeholder"): "tier-blank"}
# Words that must be understood, or marks that the reader heals or keeps and that mislead nobody.
LEFT_TO_A_PERSON = {
    "typo", "truncated-name", "stray-character", "mixed-width-bracket", "mixed-width-punctuation",
    "inner-blanks", "separator-inside-value", "separator-inside-goal", "numbering-split-over-lines",
    "value-is-not-a-value", "values-swapped", "value-does-not-fit-name", "hard-newline", "non-ascii-blank",
    "name-is-project-name", "comparator-oddity", "ambiguous-names", "row-split-at-page-break",
    "goal-contradicts-indicator", "unit-level", "empty-cell", "garbled-name", "repeated-phrase",
    "mixed-format", "empty-row", "garbled-sentence", "value-not-measurable", "qualitative-named-quantitative",
    "satisfaction-name", "tasks-below-project-spending", "content-mismatch", "ocr-dropped-text",
    "label-in-wrong-row", "label-in-wrong-column", "half-width-punctuation", "wrap-blanks",
    "period-equals-annual", "unit-of-work-mismatch", "ocr-misread",
}  # fmt: skip
# The same type, but here the words must be understood: a 场次 without a number, an output among benefits.
UNDERSTOOD = (
    ("000", "国家级党媒平台黄埔工作室项目专项经费/5"),
    ("000", "《共同说》（第二季）合作经费/2"),
    ("000", "新媒体技术开发经费/3"),
    ("002", "新闻报道量"),
    ("003", "策划系列融媒体产品数量"),
)


@pytest.fixture(params=FACTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def printed(name: str, shared: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command line prints of a source."""
    source = shared / "documents" / "seeds" / f"{name}.txt"
    return budgetkg(capsys, "parse", source, "--format", "json")[0]


def test_every_fact_is_read(name: str, printed: str, shared: Path, tmp_path: Path) -> None:
    parsed = tmp_path / "parsed.json"
    parsed.write_text(printed, encoding="utf-8")
    expected = shared / "expected" / f"{name}.json"
    command = [sys.executable, str(shared / "tools" / "score_records.py"), str(expected), str(parsed)]
    scored = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    facts = FACTS[name]
    last = f"{facts}/{facts} expected facts found; worst recall or precision 1.0000"
    assert scored.stdout.splitlines()[-1:] == [last], scored.stdout + scored.stderr
    assert scored.returncode == 0


def test_every_character_is_accounted_for(printed: str) -> None:
    account = json.loads(printed)["account"]
    assert account["characters"] > 1000
    assert account["remainder"] == 0
    assert account["records"] > account["furniture"]
    unread = [f for f in json.loads(printed)["findings"] if f["code"] == "text-unread"]
    assert not unread


def test_every_known_defect_is_a_finding_or_a_matter_for_a_person(
    name: str, printed: str, shared: Path
) -> None:
    findings = json.loads(printed)["findings"]
    expected = json.loads((shared / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    unclassified = {d["type"] for d in expected["defects"]} - set(TELLS) - LEFT_TO_A_PERSON
    assert not unclassified
    told = [defect for defect in expected["defects"] if defect["type"] in TELLS]
    missed = [d for d in told if not _understood(name, d) and not _found(name, d, findings)]
    assert not missed


def test_repeated_rows_are_as_many_as_printed(name: str, printed: str, shared: Path) -> None:
    expected = json.loads((shared / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    assert _printings(json.loads(printed)) == _printings(expected)


def _printings(document: dict[str, Any]) -> list[tuple[str, int]]:
    projects = [project for unit in document.get("units_of_use") or () for project in unit["projects"]]
    return [(re.sub(r"\s", "", project["name"]), project["printed_times"]) for project in projects]


def _understood(name: str, defect: dict[str, str]) -> bool:
    return any(name.startswith(source) and defect["where"].startswith(where) for source, where in UNDERSTOOD)


def _found(name: str, defect: dict[str, str], findings: list[dict[str, Any]]) -> bool:
    """A finding of the kind; where the defect names an indicator, at that indicator."""
    code = ELSEWHERE.get((name[:3], defect["type"]), TELLS[defect["type"]])
    places = [finding["where"] for finding in findings if finding["code"] == code]
    where = re.sub(r"(?<= / )\d+ ", "", defect["where"])
    return where in places if where.count(" / ") == 2 else bool(places)
