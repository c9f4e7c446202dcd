"""Where an answer has a year or a first tier, it says beside it how that is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

COLUMNS = re.compile(r"^#\+ columns: (.+)$", re.MULTILINE)
# Each column that may be inferred, with the column that says how it is known.
BASES = {
    "fiscal_year": "year_basis",
    "year_a": "year_a_basis",
    "year_b": "year_b_basis",
    "previous_year": "previous_year_basis",
    "first_year": "first_year_basis",
    "other_year": "other_year_basis",
    "reached_in": "reached_in_basis",
    "tier1": "tier1_basis",
}
# The later of two years is the row's own; a code of a tier is there only where it is printed.
OTHERWISE = {("same-project-next-year", "year_b"): "year_basis", ("misplaced-tiers", "tier1"): "tier1_code"}
QUESTIONS = sorted((Path(__file__).resolve().parent.parent / "queries").glob("*.rq"))


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_what_may_be_inferred_says_how_it_is_known(path: Path) -> None:
    found = COLUMNS.search(path.read_text(encoding="utf-8"))
    assert found is not None
    columns = found[1].split(", ")
    assert "fiscal_year" in columns
    wanted = {OTHERWISE.get((path.stem, name), basis) for name, basis in BASES.items() if name in columns}
    assert wanted <= set(columns)
