"""Every document of the reference folder that a reader exists for gives the expected records, whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.command_line import budgetkg
from tests.conftest import SHARED

KINDS = ("*.pdf", "*.xlsx", "*.docx")
# EXPECT.md: which expected records belong to the documents whose names begin so.
EXPECTED = {"huangpu": "000", "panyu": "001", "liwan": "002", "nansha": "003", "huadu": "004"}


def documents(folder: str) -> list[str]:
    """The documents' names; one that stands for all where the folder is missing."""
    found = [path.name for kind in KINDS for path in sorted((SHARED / "documents" / folder).glob(kind))]
    return found or ["missing"]


@pytest.mark.parametrize("name", documents("rebuilt"))
def test_a_rebuilt_document_scores_in_full(
    name: str, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = budgetkg(capsys, "parse", shared / "documents" / "rebuilt" / name, "--format", "json")
    parsed = tmp_path / "parsed.json"
    parsed.write_text(out, encoding="utf-8")
    (expected,) = (shared / "expected").glob(f"{EXPECTED[name.split('-')[0]]}_*.json")
    command = [sys.executable, shared / "tools" / "score_records.py", expected, parsed]
    scored = subprocess.run(command, capture_output=True, text=True, check=False)
    assert scored.returncode == 0, scored.stdout
    record = json.loads(out)
    assert record["account"]["remainder"] == 0
    assert "text-unread" not in {finding["code"] for finding in record["findings"]}


@pytest.mark.parametrize("name", documents("real"))
def test_other_tables_are_left_alone(name: str, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = shared / "documents" / "real" / name
    out, err = budgetkg(capsys, "parse", path, code=1)
    assert not out
    assert err.startswith(f"budgetkg: {path}: no performance table found")
    assert err.count("\n") == 1
