"""The three recipes of CONTRIBUTING.md, followed to the letter in a copy of the repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("src", "benchmarks", "ontology", "shapes", "queries", "examples", "tests", "tools", "docs")
GENERATE = next(iter(re.findall(r"-m (\S*generate)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)))

QUESTION = """\
#+ summary: Which files are in the graph?
#+ summary_zh: 图谱中有哪些文件？
#+ columns: file
#+ subject: ?document

SELECT ?file ?document { ?document a bkg:Document ; bkg:fileName ?file } ORDER BY ?file
"""
LAYOUT = """\
form = "project-table"
scope = "project-spending"
kind = "project-table"
signature = ["绩效任务书"]
uses = ["project-table"]

[columns]
name = ["事项"]
total = ["拟安排"]
goal = ["要达到什么"]
"""
TABLE = """\
2024年绩效任务书
部门名称：广州市番禺区文化局	单位：万元
事项	拟安排	要达到什么
绿化养护	12.00	花木成活。
"""
DISTRICT = """
division:440300 a bkg:AdministrativeDivision, skos:Concept ;
    skos:inScheme <code/division> ; skos:notation "440300" ; skos:broader division:440000 ;
    skos:prefLabel "深圳市"@zh, "Shenzhen"@en ; skos:altLabel "深圳"@zh .
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository without what is made and what is installed."""
    root = tmp_path / "copy"
    root.mkdir()
    for path in ROOT.iterdir():
        if path.is_dir() and path.name in KEPT:
            shutil.copytree(path, root / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        elif path.is_file() and path.suffix in (".md", ".toml", ".cff", "") and path.name != ".git":
            shutil.copy(path, root)
    return root


def run(root: Path, *command: str | Path) -> str:
    """What a command prints that runs in the copy, and imports from it."""
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}", "PYTHONUTF8": "1"}
    # Compiled once for all commands of a recipe, and beside the copy.
    environment |= {"LC_ALL": "C.UTF-8", "PYTHONPYCACHEPREFIX": str(root.parent / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.pop("BUDGETKG_REQUIRE_SHARED", None)  # the copy has no reference documents beside it
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def passes(root: Path, *what: str) -> None:
    """Run tests of the copy; some must have run."""
    assert " passed" in run(root, "pytest", "-q", "-p", "no:cacheprovider", *what)


def test_a_question_is_one_query_and_one_answer(copy: Path) -> None:
    files = sorted(path.name for path in (copy / "examples").glob("*.txt"))
    (copy / "queries" / "files-in-the-graph.rq").write_text(QUESTION, encoding="utf-8")
    answer = copy / "tests" / "answers" / "files-in-the-graph.csv"
    answer.write_text("\n".join(["file", *files, ""]), encoding="utf-8")
    run(copy, GENERATE)
    assert "files-in-the-graph" in (copy / "docs" / "questions.md").read_text("utf-8")
    files_of_tests = ("test_answers.py", "unit/test_queries.py", "test_docs.py", "test_generated.py")
    asked = "files-in-the-graph or promised or without_a_question or stale or every_question_is_documented"
    passes(copy, *(f"tests/{name}" for name in files_of_tests), "-k", asked)
    run(copy, "budgetkg", "build", *sorted((copy / "examples").glob("*.txt")), "--into", "g", "--no-validate")
    assert run(copy, "budgetkg", "query", "files-in-the-graph", "--store", "g").split() == ["file", *files]
    assert "files-in-the-graph" in run(copy, "budgetkg", "questions")


def test_a_layout_is_one_file_and_one_case(copy: Path) -> None:
    (copy / "src" / "budgetkg" / "forms" / "layouts" / "task-plan.toml").write_text(LAYOUT, encoding="utf-8")
    case = copy / "tests" / "cases" / "project-table" / "task-plan"
    case.mkdir()
    (case / "document.txt").write_text(TABLE, encoding="utf-8")
    found = json.loads(run(copy, "budgetkg", "parse", case / "document.txt", "--json"))
    unit = found["units_of_use"][0]
    assert [(project["name"], project["total"]) for project in unit["projects"]] == [("绿化养护", "12.00")]
    assert not {"header-unknown", "text-unread"} & {finding["code"] for finding in found["findings"]}
    (case / "records.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    passes(copy, "tests/test_cases.py", "-k", "task-plan")


def test_a_district_is_one_block(copy: Path) -> None:
    with (copy / "ontology" / "districts.ttl").open("a", encoding="utf-8") as stream:
        stream.write(DISTRICT)
    run(copy, GENERATE)
    passes(copy, "tests/test_generated.py", "-k", "stale")
    source = copy / "plan.txt"
    sample = (copy / "examples" / "panyu-2024-projects.txt").read_bytes().decode("gb18030")
    source.write_text(re.sub("(广州市)?番禺区", "深圳市", sample), encoding="utf-8")
    run(copy, "budgetkg", "build", source, "--into", "g")
    assert "深圳市" in run(copy, "budgetkg", "query", "budget-by-district", "--store", "g")
    (copy / "ask.rq").write_text('SELECT ?x { ?x skos:prefLabel "Shenzhen"@en }', encoding="utf-8")
    assert "division/440300" in run(copy, "budgetkg", "query", "ask.rq", "--store", "g", "--format", "csv")
