"""What every test may lean on: where the repository is, and the reference documents beside it."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
MISSING = "../shared is not beside this clone"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference documents; a test that asks for them is skipped by name where they are missing."""
    if not SHARED.is_dir():
        if os.environ.get("BUDGETKG_REQUIRE_SHARED"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return SHARED


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line speaks the user's language: here English, whatever the machine's is."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The sample documents that travel with the repository."""
    return sorted((ROOT / "examples").glob("*.txt"))


@pytest.fixture(scope="session")
def built(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample documents; not to be written to."""
    import budgetkg

    directory = tmp_path_factory.mktemp("built") / "graph"
    report = budgetkg.build(samples, directory)
    assert report.ok, report.failures
    return directory


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what went untested, and for want of what: never in silence."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if reasons:
        terminalreporter.write_sep("-", "what was skipped, and why")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} skipped: {reason}")


def _reason(report: pytest.TestReport) -> str:
    """Why a test was skipped, without the place where that was decided."""
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(words).removeprefix("Skipped: ")
