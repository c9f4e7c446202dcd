"""Documents made after real forms, and random ones: every fact as written down, nothing wrong or invented."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import SHARED

import budgetkg
from budgetkg.errors import UnreadableDocument
from budgetkg.schema_json import document_json

SEEDS = (17, 4100)  # a first seed of each handful; any other does as well
COUNT = 24


def scorer() -> Any:
    """The counter of facts, field by field."""
    spec = importlib.util.spec_from_file_location("score_fields", SHARED / "tools" / "score_fields.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counted(expected: Path, document: Path) -> Any:
    """Facts right, missed, wrong, invented of one document."""
    score = scorer()
    try:
        found = [document_json(record) for record in budgetkg.parse(document)]
    except UnreadableDocument:
        found = []
    written = json.loads(expected.read_text(encoding="utf-8"))
    count = score.Count()
    for number, one in enumerate(written if isinstance(written, list) else [written]):
        count.document(one, found[number] if number < len(found) else {})
    return count


def cases() -> list[str]:
    """The folders' names; one that stands for all where they are missing."""
    folder = SHARED / "cases" / "reading"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else ["missing"]


@pytest.mark.parametrize("name", cases())
def test_a_case_is_read_whole(name: str, shared: Path) -> None:
    folder = shared / "cases" / "reading" / name
    (document,) = folder.glob("input.*")
    count = counted(folder / "expected.json", document)
    assert not count.log
    assert count.right


@pytest.mark.parametrize("seed", SEEDS)
def test_random_forms_are_read(seed: int, shared: Path, tmp_path: Path) -> None:
    maker = shared / "tools" / "make_forms.py"
    command = [sys.executable, maker, "--seed", seed, "--count", COUNT, "--into", tmp_path]
    subprocess.run([str(part) for part in command], check=True)
    counts = []
    for expected in sorted(tmp_path.glob("*.json")):
        named = tmp_path.glob(f"{expected.stem}.*")
        (document,) = (path for path in named if path.suffix not in (".json", ".txt"))
        counts.append(counted(expected, document))
    assert len(counts) == COUNT
    right, missed = sum(count.right for count in counts), sum(count.missed for count in counts)
    bad = sum(count.wrong + count.invented for count in counts)
    log = [line for count in counts for line in count.log]
    assert right >= 0.97 * (right + missed), log
    assert bad <= 0.005 * (right + missed), log
