"""Signals are found by who reads a document; the process that builds takes them over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import budgetkg
from budgetkg import inference
from budgetkg.mapping import Statements
from budgetkg.store.generations import MEASURED, located

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*.txt"))[:2]


def test_no_document_is_measured_by_the_process_that_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure, seen = inference.signals_in, tmp_path / "seen"

    def watched(nquads: bytes, base: str) -> Statements:
        with seen.open("a") as stream:
            stream.write(f"{os.getpid()}\n")
        return measure(nquads, base)

    monkeypatch.setattr(inference, "signals_in", watched)
    report = budgetkg.build(EXAMPLES, tmp_path / "graph", workers=1)
    pids = seen.read_text().split()
    assert len(pids) == len(report.documents) == len(EXAMPLES)
    assert str(os.getpid()) not in pids
    assert not (located(tmp_path / "graph").path / MEASURED).exists()


def test_what_was_measured_stands_among_the_conclusions(tmp_path: Path) -> None:
    budgetkg.build(EXAMPLES, tmp_path / "graph", workers=1)
    held = located(tmp_path / "graph")
    for entry in held.entries():
        measured = inference.signals_in(held.graph(entry["key"]).read_bytes(), entry["base"]).nquads()
        concluded = held.concluded(entry["key"]).read_bytes()
        assert measured
        assert set(measured.splitlines()) <= set(concluded.splitlines())
