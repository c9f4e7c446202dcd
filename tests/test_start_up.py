"""What the command line may not import before it is needed, and that its catalogues are read whole."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

import budgetkg
from budgetkg.late import late_pattern
from budgetkg.messages import sentences

HEAVY = (
    "filelock", "html.parser", "http.client", "multiprocessing", "openpyxl", "pdfminer", "pdfplumber",
    "pyoxigraph", "pyshacl", "rapidfuzz", "rdflib", "selectolax", "shacl", "SPARQLWrapper", "sqlite3",
    "starlette", "tomllib", "uvicorn", "xlrd", "xml.etree.ElementTree", "xml.sax",
)  # fmt: skip
OF_A_QUESTION = tuple(
    name for name in HEAVY if name not in ("filelock", "multiprocessing", "pyoxigraph", "tomllib")
)
# Readers, mapping and conclusions, beside what a stored question may import.
OF_A_BUILD_AGAIN = (
    *(name for name in OF_A_QUESTION if name not in ("html.parser", "http.client", "sqlite3")),
    *(f"budgetkg.{name}" for name in (
        "catalogue", "forms.documents", "inference.concluding", "links.targets", "mapping.document",
        "reading.documents", "text.personal", "validation")),
)  # fmt: skip
# What reads other kinds of files than a workbook or a text, and what makes, checks and keeps a graph.
OF_OTHER_KINDS = (
    "email", "html.parser", "markdown_it", "pdfminer", "pdfplumber", "PIL", "pypdfium2", "rdflib",
    "selectolax", "shacl", "starlette", "xlrd", "budgetkg.catalogue", "budgetkg.forms.explaining",
    "budgetkg.links.targets", "budgetkg.mapping.document", "budgetkg.reading.docx", "budgetkg.reading.html",
    "budgetkg.reading.ofd.document", "budgetkg.reading.pdf.document", "budgetkg.store", "budgetkg.validation",
)  # fmt: skip
CASES = Path(__file__).parent / "cases" / "project-table"
CATALOGUES = sorted(Path(budgetkg.__file__).parent.rglob("messages.toml"))


def imported(arguments: Sequence[str], heavy: Sequence[str]) -> set[str]:
    """Which of some modules a command line imports."""
    code = (
        f"import sys\nfrom budgetkg.cli import run\nrun({list(arguments)!r})\n"
        f"print('LOADED', *(name for name in {heavy!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"], ["query", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert imported(arguments, HEAVY) == set()


def test_help_imports_no_other_command() -> None:
    others = ("budgetkg.cli.ask", "budgetkg.cli.read", "budgetkg.cli.link", "budgetkg.cli.serve")
    assert imported(["--help"], others) == set()
    assert imported(["query", "--help"], others) == {"budgetkg.cli.ask"}


def test_a_stored_question_imports_only_the_store(built: Path) -> None:
    given = ["query", "budget-by-district", "--store", str(built)]
    assert imported(given, OF_A_QUESTION) == set()


def test_a_build_of_what_is_unchanged_imports_nothing_that_reads(tmp_path: Path, root: Path) -> None:
    given = ["build", str(root / "examples" / "panyu-2024-projects.txt"), "--into", str(tmp_path / "graph")]
    assert "budgetkg.catalogue" in imported(given, OF_A_BUILD_AGAIN)
    assert imported(given, OF_A_BUILD_AGAIN) == set()


@pytest.mark.parametrize(
    "case",
    ["workbook-with-merged-project-cells/document.xlsx", "comma-separated-values/document.csv",
     "../department-annual/year-beside-the-unit/document.txt"],
)  # fmt: skip
def test_a_file_is_read_without_what_reads_other_kinds(case: str) -> None:
    path = str(CASES / case)
    # In this process, where the command has another read; and what the command itself loads beside.
    code = f"import budgetkg, sys\nassert budgetkg.parse({path!r})\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & set(OF_OTHER_KINDS) == set()
    assert imported(["parse", path], OF_OTHER_KINDS) == set()


def test_what_reads_a_kind_is_loaded_before_its_processes_begin() -> None:
    """A process for each document would load it anew."""
    code = (
        "import sys, pathlib\nfrom budgetkg.pipeline.parsing import Source, load_readers\n"
        "load_readers([Source(pathlib.Path(name)) for name in ('a.pdf', 'b.xlsx')])\n"
        "print(*(name for name in sys.modules if name.startswith('budgetkg.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {
        "budgetkg.reading.pdf.document", "budgetkg.reading.xlsx", "budgetkg.forms.project.table",
        "budgetkg.forms.department.form",
    } <= set(done.stdout.split())  # fmt: skip


def test_a_pattern_that_is_compiled_late_is_like_any_other() -> None:
    late = late_pattern("(?P<unit>[万千])元", re.IGNORECASE)
    assert late.sub("X", "10万元") == "10X"
    assert (late.pattern, late.groupindex["unit"]) == ("(?P<unit>[万千])元", 1)
    assert late.flags & re.IGNORECASE
    assert [match["unit"] for match in late.finditer("万元千元")] == ["万", "千"]
    with pytest.raises(re.error):
        late_pattern("(").search("")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.name)
def test_catalogues_hold_what_their_quick_reader_reads(path: Path) -> None:
    assert sentences(path) == tomllib.loads(path.read_text("utf-8"))
