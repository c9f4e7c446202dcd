"""The examples of docs/join.md, run as they stand there; what they print is what the page prints.

``BUDGETKG_UPDATE_DOCS=1`` writes the output into the page anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
from tests.tables_of import project_totals
from tests.test_store_remote import endpoint  # noqa: F401 - a fixture

from budgetkg.export import export_to
from budgetkg.store.generations import current

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "join.md"
ADDRESS = "http://127.0.0.1:7878/query"


def block(language: str) -> tuple[str, str]:
    """A block of code and the text below it that it prints."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1], found[2]


def compare(language: str, printed: str) -> None:
    code, said = block(language)
    if os.environ.get("BUDGETKG_UPDATE_DOCS") and printed != said:
        old, new = (f"{code}```\n\n```text\n{output}" for output in (said, printed))
        PAGE.write_text(PAGE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        return
    assert printed == said


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    export_to(current(built), "csvw", tmp_path / "out" / "csvw")
    shutil.copy(ROOT / "docs" / "join" / "yours.csv", tmp_path)
    return tmp_path


def run(command: list[str], place: Path) -> str:
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    found = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_pandas(place: Path, built: Path) -> None:
    pytest.importorskip("pandas")
    printed = run([sys.executable, "-c", block("python")[0]], place)
    compare("python", printed)
    total = sum(Decimal(line.split("\t")[2]) for line in printed.splitlines())
    assert total == project_totals(built)


def test_r(place: Path, built: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("Rscript is not installed")
    (place / "join.R").write_text(block("r")[0], encoding="utf-8")
    printed = run([program, "join.R"], place)
    compare("r", printed)
    assert sum(Decimal(line.split("\t")[1]) for line in printed.splitlines()) == project_totals(built)


def test_sparql_federation(endpoint: str, built: Path) -> None:  # noqa: F811
    yours = pyoxigraph.Store()
    yours.load(path=str(ROOT / "docs" / "join" / "yours.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    query = block("sparql")[0]
    assert ADDRESS in query
    found = yours.query(query.replace(ADDRESS, endpoint))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    rows = [[term.value for term in row] for row in found]
    compare("sparql", "".join("\t".join(row) + "\n" for row in rows))
    assert sum(Decimal(row[2]) for row in rows) == project_totals(built)
