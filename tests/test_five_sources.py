"""The five published sources, read through the command line: every fact, every character."""

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


def test_repeated_rows_are_as_many_as_printed(name: str, printed: str, shared: Path) -> None:
    expected = json.loads((shared / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    assert _printings(json.loads(printed)) == _printings(expected)


def _printings(document: dict[str, Any]) -> list[tuple[str, int]]:
    projects = [project for unit in document.get("units_of_use") or () for project in unit["projects"]]
    return [(re.sub(r"\s", "", project["name"]), project["printed_times"]) for project in projects]
