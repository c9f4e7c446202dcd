"""What other people's tools make of our files: Jena, Virtuoso, Comunica, jsonld.js, PyLD, csvw, DuckDB.

`make check-tools` installs those that Python's or JavaScript's packages have; Jena and Virtuoso come
from Debian (libapache-jena-java, virtuoso-opensource-7-bin). A test whose tool is missing is skipped by name.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import SH
from tests.endpoints import free_port
from tests.memory import texts
from tests.tables_of import project_totals

import budgetkg
from budgetkg.export import export_to
from budgetkg.export.shapes import shapes_turtle
from budgetkg.queries import Question, questions
from budgetkg.store.generations import current
from budgetkg.store.remote import RemoteStore
from budgetkg.validation import validate_graph
from budgetkg.vocab import PREFIXES

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PYTHON = ROOT / ".venv-tools" / "bin" / "python"
CONTEXT = ROOT / "ontology" / "context.jsonld"
JAVA = Path("/usr/share/java")
_LOGGERS = ("slf4j-log4j12", "slf4j-jdk14", "slf4j-jcl", "slf4j-migrator", "log4j-over", "jul-to", "jcl-over")

FILES = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "jsonld": "jsonld"}
MEDIA = {"turtle": "text/turtle", "trig": "application/trig", "nquads": "application/n-quads"}


def ran(*command: str | Path, seconds: float = 300) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds, cwd=HERE)
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    return done.stdout or done.stderr


@pytest.fixture(scope="session")
def node() -> str:
    program = shutil.which("node")
    if program is None or not (HERE / "node_modules").is_dir():
        pytest.skip("tools: no Node.js with the packages of tests/tools (make check-tools)")
    return program


@pytest.fixture(scope="session")
def python() -> Path:
    if not PYTHON.is_file():
        pytest.skip("tools: no .venv-tools (make check-tools)")
    return PYTHON


@pytest.fixture(scope="session")
def jena(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The beginning of a command that runs Jena.

    Debian moves the classes of a library inside Jena to another package and leaves their messages where
    they were; without these no class of Jena starts.
    """
    if shutil.which("java") is None or not (JAVA / "jena-cmds.jar").is_file():
        pytest.skip("tools: no Jena (Debian: apt-get install default-jre-headless libapache-jena-java)")
    moved = tmp_path_factory.mktemp("jena")
    with zipfile.ZipFile(JAVA / "jena-core.jar") as archive:
        for name in archive.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = moved / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    jars = [str(path) for path in sorted(JAVA.glob("*.jar")) if not path.name.startswith(_LOGGERS)]
    return [
        "java",
        "-Dfile.encoding=UTF-8",
        "-Dsun.stdout.encoding=UTF-8",
        "-cp",
        ":".join([str(moved), *jars]),
    ]


@pytest.fixture(scope="session")
def exported(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    for name, suffix in FILES.items():
        export_to(current(built), name, folder / f"graph.{suffix}")
    for name in ("csvw", "framed", "fiscal-data-package", "shards"):
        export_to(current(built), name, folder / name)
    return folder


@pytest.fixture(scope="session")
def count(built: Path) -> int:
    with budgetkg.open(built) as graph:
        (row,) = graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return int(row["n"])


# Debian's package lacks what its reader of JSON-LD needs.
@pytest.mark.parametrize("name", MEDIA)
def test_jena_reads_every_statement(name: str, jena: list[str], exported: Path, count: int) -> None:
    said = ran(*jena, "riotcmd.riot", "--count", exported / f"graph.{FILES[name]}")
    assert f"{count:,}" in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_jena_validates_by_our_shapes(
    language: str, jena: list[str], built: Path, exported: Path, tmp_path: Path
) -> None:
    """One message a constraint is what Jena takes; the results are those of pySHACL."""
    (tmp_path / "shapes.ttl").write_bytes(shapes_turtle("all", language))
    report = ran(
        *jena, "shacl.shacl_validate", "--shapes", tmp_path / "shapes.ttl",
        "--data", exported / "graph.ttl", "--text",
    )  # fmt: skip
    ours = validate_graph(rdflib.Graph().parse(exported / "graph.ttl"))
    assert report.count("Node=") == len(ours.results)
    said = {line.split("Message: ", 1)[1] for line in report.splitlines() if "Message: " in line}
    assert said == {result.message(language) for result in ours.results}


def test_shapes_are_one_file_with_the_prefixes_of_its_queries() -> None:
    core, sparql, both = (
        rdflib.Graph().parse(data=shapes_turtle(part)) for part in ("core", "sparql", "all")
    )
    assert not list(core.triples((None, SH.sparql, None)))
    assert list(sparql.triples((None, SH.sparql, None)))
    assert len(both) == len(core + sparql)
    declared = {str(each) for each in sparql.objects(None, SH.prefix)}
    used = {name for text in sparql.objects(None, SH.select) for name in PREFIXES if f"{name}:" in str(text)}
    assert used <= declared
    for constraint in both.subjects(SH.message, None):
        assert {each.language for each in both.objects(constraint, SH.message)} == {"zh", "en"}


@pytest.mark.parametrize("name", MEDIA)
def test_n3_reads_every_statement(name: str, node: str, exported: Path, count: int) -> None:
    said = ran(node, "parse.mjs", exported / f"graph.{FILES[name]}", MEDIA[name])
    assert int(said) == count


def small(exported: Path, built: Path, tmp_path: Path) -> tuple[Path, str, dict[str, Any]]:
    """A project's file among the framed ones, its IRI, and a document of JSON-LD to frame: its own graph
    and those of the concepts that it names, without what was inferred from several documents."""
    file = sorted((exported / "framed" / "projects").iterdir())[0]
    ours: dict[str, Any] = json.loads(file.read_bytes())
    prefix, _, rest = ours["@id"].partition(":")
    root = ours["@context"][prefix] + rest
    key = file.name.partition("-")[0]
    whole = json.loads((exported / "graph.jsonld").read_bytes())
    graphs = whole["@graph"]
    wanted = [each for each in graphs if str(each.get("@id", "")).endswith((key, "reference", "vocabulary"))]
    assert len(wanted) >= 2
    nodes = [node for each in wanted for node in each["@graph"]]
    data = tmp_path / "data.jsonld"
    data.write_text(json.dumps({"@context": whole["@context"], "@graph": nodes}))
    return data, root, ours


@pytest.mark.parametrize("program", ["jsonld.js", "PyLD"])
def test_the_frames_give_our_framed_documents(
    program: str, request: pytest.FixtureRequest, exported: Path, built: Path, tmp_path: Path
) -> None:
    data, root, ours = small(exported, built, tmp_path)
    frame = ROOT / "ontology" / "frames" / "project.json"
    if program == "jsonld.js":
        said = ran(request.getfixturevalue("node"), "frame.mjs", data, frame, CONTEXT, root)
    else:
        said = ran(request.getfixturevalue("python"), "frame.py", data, frame, CONTEXT, root)
    made = json.loads(said)
    assert {key: value for key, value in made.items() if key != "@context"} == {
        key: value for key, value in ours.items() if key != "@context"
    }


def test_csvw_and_duckdb_read_every_row(python: Path, exported: Path, built: Path) -> None:
    said = json.loads(ran(python, "tables.py", exported / "csvw"))
    assert said["csvw"] == said["duckdb"]
    assert said["csvw"]["projects.csv"] == 27
    assert said["projects"] == f"{project_totals(built):.2f}"


def test_frictionless_finds_the_fiscal_data_package_valid(python: Path, exported: Path) -> None:
    program = python.parent / "frictionless"
    said = ran(program, "validate", "--json", exported / "fiscal-data-package" / "datapackage.json")
    assert json.loads(said)["valid"] is True


# ── The stored questions on other engines ───────────────────────────────────────────────────────────


@pytest.fixture(scope="session")
def comunica(
    node: str, exported: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict[str, str]] | str]:
    """The rows of each question on Comunica over the TriG export, or what it says instead."""
    folder = tmp_path_factory.mktemp("queries")
    found: dict[str, list[dict[str, str]] | str] = {}
    for asked in questions():
        file = folder / f"{asked.slug}.rq"
        file.write_text(asked.sparql(), "utf-8")
        try:
            done = subprocess.run(
                (node, "ask.mjs", exported / "graph.trig", file),
                capture_output=True, text=True, check=False, timeout=120, cwd=HERE,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            found[asked.slug] = "no answer in two minutes"
            continue
        answer = json.loads(done.stdout) if done.stdout else {"error": done.stderr[-300:]}
        found[asked.slug] = answer.get("rows", answer.get("error"))
    return found


@pytest.fixture(scope="session")
def virtuoso(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    """Virtuoso over the parts of the export, loaded as its handbook has it (ld_dir)."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("tools: no Virtuoso (Debian: apt-get install virtuoso-opensource-7-bin)")
    folder = tmp_path_factory.mktemp("virtuoso")
    for part in (exported / "shards").glob("*.nq.gz"):
        shutil.copy(part, folder)
    sql, http = free_port(), free_port()
    settings = (HERE / "virtuoso.ini").read_text("ascii")
    ini = folder / "virtuoso.ini"
    ini.write_text(
        settings.replace("@folder@", str(folder)).replace("@sql@", str(sql)).replace("@http@", str(http))
    )
    server = subprocess.Popen(("virtuoso-t", "+configfile", ini, "+foreground"), stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{http}/sparql"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}?query=ASK%7B%7D", timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        load = f"ld_dir('{folder}', '*.nq.gz', 'http://unused.example/'); rdf_loader_run(); checkpoint;"
        ran("isql-vt", str(sql), "dba", "dba", f"exec={load}")
        yield RemoteStore(address)
    finally:
        server.terminate()
        server.wait(60)


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.slug)
def test_virtuoso_answers_alike(asked: Question, virtuoso: RemoteStore, built: Path) -> None:
    with budgetkg.open(built) as graph:
        ours = texts(asked.ask(graph.store))
    # What is compared is a boolean to SPARQL; Virtuoso 7 has none and answers with 0 or 1.
    numbers = {"true": "1", "false": "0"}
    said = [tuple(numbers.get(text, text) for text in row) for row in texts(asked.ask(virtuoso))]
    assert sorted(said) == sorted(tuple(numbers.get(text, text) for text in row) for row in ours)


# What Comunica 4.5 doesn't answer, with what it says; nothing else may fail.
COMUNICA_FAILS = {"period-annual-quantities-differ": "no answer in two minutes"}


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.slug)
def test_comunica_answers_alike(
    asked: Question, comunica: dict[str, list[dict[str, str]] | str], built: Path
) -> None:
    rows = comunica[asked.slug]
    if isinstance(rows, str):
        assert COMUNICA_FAILS.get(asked.slug, "no failure is known") in rows
        return
    assert asked.slug not in COMUNICA_FAILS
    with budgetkg.open(built) as graph:
        assert len(rows) == len(list(graph.query(asked.sparql())))
