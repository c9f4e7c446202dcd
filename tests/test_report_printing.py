"""The report as PDF: printed by a browser where there is one, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line import budgetkg as command

from budgetkg.report.printing import browser, to_pdf


def test_without_a_browser_one_line_says_so(
    capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    target = tmp_path / "report.pdf"
    error = command(capsys, "report", built, "--format", "pdf", "--out", target, code=1)[1]
    assert "printed by a browser" in error
    assert not target.exists()


@pytest.mark.skipif(browser() is None, reason="no browser that prints")
def test_a_browser_prints_it_without_the_time() -> None:
    first, second = (to_pdf("<!DOCTYPE html><meta charset=utf-8><p>绩效目标</p>") for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")
