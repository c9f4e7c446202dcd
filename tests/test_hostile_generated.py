"""A short part of `tests.torture.hostile`, with every run of the tests."""

from __future__ import annotations

from pathlib import Path

from tests.torture.hostile import run


def test_a_few_turns_find_nothing(tmp_path: Path) -> None:
    assert run(5, seed=1, into=tmp_path) == 0, [path.read_text() for path in tmp_path.glob("*.txt")]
