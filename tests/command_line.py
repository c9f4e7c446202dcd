"""Running a command line in the process of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetkg.cli import run


def budgetkg(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> tuple[str, str]:
    """What a command writes to standard output and standard error; it must end with ``code``."""
    assert run([str(argument) for argument in arguments]) == code
    found = capsys.readouterr()
    return found.out, found.err
