"""The command line as a user meets it: output, languages, exit codes, one line for what is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.command_line import budgetkg

from budgetkg.cli.messages import CATALOGUE

COMMANDS = (
    "parse", "build", "validate", "findings", "query", "questions", "explain", "export", "serve", "target",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert "Usage" in budgetkg(capsys, command, "--help")[0]


def test_catalogue_has_both_languages_and_the_same_holes() -> None:
    for key, (english_text, chinese_text) in CATALOGUE.items():
        assert english_text, key
        assert chinese_text, key
        holes = [
            sorted(part.split("}")[0] for part in text.split("{")[1:])
            for text in (english_text, chinese_text)
        ]
        assert holes[0] == holes[1], key


def test_parse_prints_an_object_for_one_and_an_array_for_several(
    capsys: pytest.CaptureFixture[str], samples: list[Path]
) -> None:
    one = json.loads(budgetkg(capsys, "parse", samples[0], "--format", "json")[0])
    assert one["source"] == samples[0].name
    several = json.loads(budgetkg(capsys, "parse", *samples[:2], "-f", "json")[0])
    assert [document["source"] for document in several] == [path.name for path in samples[:2]]


def test_parse_shows_a_line_for_each_document(
    capsys: pytest.CaptureFixture[str], samples: list[Path]
) -> None:
    lines = budgetkg(capsys, "parse", *samples)[0].splitlines()
    assert len(lines) == len(samples) + 1
    assert all("100%" in line for line in lines[1:])


def test_build_sums_up_and_says_what_to_try_next(
    capsys: pytest.CaptureFixture[str], samples: list[Path], tmp_path: Path
) -> None:
    out, err = budgetkg(
        capsys, "build", *samples[:2], "--into", tmp_path / "g", "--export", "turtle", "--export", "nquads"
    )
    assert "0 violations" in out
    assert f"budgetkg query budget-by-district --store {tmp_path / 'g'}" in out
    assert not err
    assert sorted(path.name for path in (tmp_path / "g" / "exports").iterdir()) == ["budget.nq", "budget.ttl"]


def test_build_for_machines(capsys: pytest.CaptureFixture[str], samples: list[Path], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    out, err = budgetkg(
        capsys, "build", samples[0], tmp_path / "empty.txt", "--into", tmp_path / "g", "--json", code=1
    )
    report = json.loads(out)
    assert report["documents"][0]["source"] == samples[0].name
    assert report["failures"] == [
        {"source": str(tmp_path / "empty.txt"), "code": "empty-file", "reason": "the file is empty"}
    ]
    assert err.count("\n") == 1


def test_folders_and_globs_are_sources(
    capsys: pytest.CaptureFixture[str], samples: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(samples[0].read_bytes())
    (tmp_path / "in" / ".hidden.txt").write_bytes(b"no document")
    for source in (tmp_path / "in", tmp_path / "*" / "deep" / "*.txt", tmp_path / "**" / "a*"):
        assert "a.txt" in budgetkg(capsys, "parse", source)[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (bytes(range(256)) * 20, ""), (b"%PDF-1.7\n%%EOF", ""), ("绩效" * 3_000_000, "")],
    ids=["empty", "binary", "half", "one-line"],
)
def test_bad_input_is_one_line_that_names_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | str, words: str
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content.encode() if isinstance(content, str) else content)
    for command in (["parse", bad], ["build", bad, "--into", tmp_path / "g"]):
        out, err = budgetkg(capsys, *command, code=1)
        assert not out
        assert err.startswith(f"budgetkg: {bad}: ")
        assert words in err.splitlines()[0]
    assert not (tmp_path / "g").exists()


def test_what_is_no_file_is_said_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, words in {
        "folder": "no file in this folder",
        "missing.txt": "no such file",
        "pipe": "not a regular file",
        "*.xyz": "no file matches",
    }.items():
        assert budgetkg(capsys, "parse", tmp_path / name, code=1)[1].endswith(f"{name}: {words}\n")


def test_hostile_names_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "a\x1b[31m\n\u202e.txt"
    bad.touch()
    err = budgetkg(capsys, "parse", bad, code=1)[1]
    assert "\x1b" not in err
    assert "\u202e" not in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["query", "nope", "--store", "{built}"], 1, "budgetkg questions"),
        (["query", "largest-projects"], 2, "--store"),
        (["query", "largest-projects", "--store", "{built}", "--endpoint", "http://e/"], 2, "exclude"),
        (["query", "largest-projects", "--store", "{built}", "-p", "limit"], 2, "name=value"),
        (["query", "largest-projects", "--store", "{built}", "-p", "limit=x"], 1, "integer"),
        (["query", "largest-projects", "--store", "{built}", "-p", "nope=1"], 1, "limit"),
        (["query", "largest-projects", "--store", "{built}", "-f", "nope"], 2, "csv"),
        (["query", "{tmp}/update.rq", "--store", "{built}"], 1, "read-only"),
        (["query", "{tmp}/broken.rq", "--store", "{built}"], 1, "malformed"),
        (["query", "{tmp}/missing.rq", "--store", "{built}"], 1, "missing.rq"),
        (["query", "{tmp}/latin.rq", "--store", "{built}"], 1, "encoding"),
        (["query", "largest-projects", "--store", "{tmp}"], 1, "no graph in it"),
        (["query", "largest-projects", "--store", "{tmp}/no"], 1, "no such directory"),
        (["query", "largest-projects", "--endpoint", "ftp://e/"], 1, "http://"),
        (["export", "{built}", "--format", "nope"], 2, "turtle"),
        (["export", "{built}", "--format", "turtle", "--out", "{tmp}/no/x.ttl"], 1, "no/x.ttl"),
        (["export", "{built}", "--format", "turtle", "--out", "{tmp}"], 1, "a directory"),
        (["validate", "{tmp}/no.ttl"], 1, "no such file"),
        (["validate", "{tmp}/update.rq"], 1, "no RDF format"),
        (["validate", "{tmp}/broken.ttl"], 1, "not valid RDF"),
        (["explain", "没有这个", "--store", "{built}"], 1, "nothing of that name"),
        (["build"], 2, "is missing"),
        (["parse", "x.txt", "--format", "xml"], 2, "json"),
        (["nope"], 2, "nope"),
    ],
)
def test_what_is_wrong_is_said_and_has_its_exit_code(
    capsys: pytest.CaptureFixture[str],
    built: Path,
    tmp_path: Path,
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    (tmp_path / "update.rq").write_text("INSERT DATA { <http://e/a> <http://e/b> 1 }")
    (tmp_path / "broken.rq").write_text("SELECT ?x {")
    (tmp_path / "latin.rq").write_bytes(b"SELECT ?x { ?x ?y '\xe9' }")
    (tmp_path / "broken.ttl").write_text("<a> <b> .")
    out, err = budgetkg(capsys, *(part.format(built=built, tmp=tmp_path) for part in arguments), code=code)
    assert not out
    assert words in err
    assert "Traceback" not in err
    assert code == 2 or err.count("\n") == 1


def test_output_follows_the_locale(
    capsys: pytest.CaptureFixture[str], built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "哪些" in budgetkg(capsys, "questions")[0]
    assert (
        "严重" in budgetkg(capsys, "findings", built)[0] or "警告" in budgetkg(capsys, "findings", built)[0]
    )
    monkeypatch.setenv("LC_ALL", "C")
    assert "Which" in budgetkg(capsys, "questions")[0]


def test_personal_data_stay_out_unless_asked_for(
    capsys: pytest.CaptureFixture[str], samples: list[Path], tmp_path: Path
) -> None:
    liwan = next(path for path in samples if path.name.startswith("liwan"))
    asked = json.loads(budgetkg(capsys, "parse", liwan, "-f", "json", "--with-personal-data")[0])
    assert asked["people"]
    silent = budgetkg(capsys, "parse", liwan, "-f", "json")[0]
    budgetkg(capsys, "build", liwan, "--into", tmp_path / "g", "--export", "nquads")
    files = [path for path in (tmp_path / "g").rglob("*") if path.is_file() and path.parent.name != "store"]
    for value in asked["people"].values():
        assert value not in silent
        assert not [path for path in files if value.encode() in path.read_bytes()]


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "budgetkg", *map(str, arguments)]


def test_a_reader_that_leaves_early_is_no_error_of_ours(built: Path) -> None:
    with subprocess.Popen(
        command("export", built, "--format", "nquads"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from budgetkg.cli import main; sys.argv = ['budgetkg', '--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*sorted(name for name in sys.modules if '.' not in name), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "typer" in ran.stderr.split()
    heavy = {"rdflib", "pyshacl", "pdfplumber", "pyoxigraph", "pandas", "SPARQLWrapper", "rapidfuzz", "PIL"}
    assert not heavy & set(ran.stderr.split())
