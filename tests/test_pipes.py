"""A program whose reader has gone (``budgetkg questions | head``) ends as others do, and says nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("arguments", [["questions"], ["--help"], ["schema", "--records"]])
def test_nobody_reads(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run([sys.executable, "-m", "budgetkg", *arguments], stdout=writing,
                               stderr=subprocess.PIPE, check=False, text=True)  # fmt: skip
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")
