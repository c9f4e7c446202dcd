"""Commands that ask a graph: query, questions, validate, findings, explain."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.command_line import budgetkg


def test_queries_in_every_format(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    ask = ("query", "largest-projects", "--store", built, "--param", "limit=2", "--format")
    assert len(budgetkg(capsys, *ask, "table")[0].splitlines()) == 3
    assert budgetkg(capsys, *ask, "csv")[0].startswith(
        "rank,district,unit,project,amount_yuan,fiscal_year,year_basis\n1,"
    )
    assert budgetkg(capsys, *ask, "tsv")[0].startswith("?rank\t?district")
    assert len(json.loads(budgetkg(capsys, *ask, "json")[0])["results"]["bindings"]) == 2
    assert budgetkg(capsys, *ask, "xml")[0].count("<result>") == 2
    budgetkg(capsys, *ask, "turtle", code=2)


def test_piped_tables_are_whole(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    out = budgetkg(capsys, "query", "boilerplate-indicators", "-p", "at_least=1", "--store", built)[0]
    assert max(map(len, out.splitlines())) > 100
    assert "…" not in out.replace("……", "")


def test_queries_from_a_file_and_from_standard_input(
    capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("CONSTRUCT { ?s a bkg:Project } WHERE { ?s a bkg:Project }", encoding="utf-8")
    assert "a bkg:Project" in budgetkg(capsys, "query", file, "--store", built)[0]
    with file.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert "a bkg:Project" in budgetkg(capsys, "query", "-", "--store", built, "-f", "turtle")[0]
    file.write_text("ASK { ?s a bkg:Project }", encoding="utf-8")
    assert budgetkg(capsys, "query", file, "--store", built)[0] == "yes\n"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("bugdet-by-unit",), "did you mean budget-by-unit"),
        (("xyzzy",), "; all of them: budgetkg questions"),
        (("unit-cost", "-p", "theme=养鱼"), "such as "),
        (("largest-projects", "-p", "limt=3"), "no parameter 'limt'; did you mean limit?"),
        (("unit-cost", "-p", "theme=电影放应"), "parameter theme: no theme '电影放应'; did you mean"),
    ],
)
def test_a_name_that_is_not_known_is_answered_by_those_that_are(
    asked: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str], built: Path
) -> None:
    out, err = budgetkg(capsys, "query", *asked, "--store", built, code=1)
    assert (out, err.count("\n")) == ("", 1)
    assert words in err


def test_no_rows_says_with_which_values(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    out, _ = budgetkg(capsys, "query", "unit-cost", "-p", "unit=头", "--store", built)
    assert out.splitlines()[1:] == ["No rows with theme=电影放映, unit=头."]


def test_validate_knows_violations(capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path) -> None:
    assert "0 violations" in budgetkg(capsys, "validate", built)[0]
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix bkg: <https://w3id.org/budgetkg/ontology#> . <http://e/p> a bkg:Project .")
    assert "violation" in budgetkg(capsys, "validate", broken, code=1)[0]
    report = json.loads(budgetkg(capsys, "validate", broken, "--format", "json", code=1)[0])
    assert not report["conforms"]
    assert "sh:ValidationReport" in budgetkg(capsys, "validate", broken, "--format", "turtle", code=1)[0]


def test_validate_by_shapes_of_ones_own(
    capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path
) -> None:
    shapes = tmp_path / "mine.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix bkg: <https://w3id.org/budgetkg/ontology#> .\n"
        "<http://e/S> a sh:NodeShape ; sh:targetClass bkg:Project ; sh:property <http://e/P> .\n"
        '<http://e/P> sh:path bkg:nothing ; sh:minCount 1 ; sh:message "nothing said"@en .'
    )
    assert "nothing said" in budgetkg(capsys, "validate", built, "--shapes", shapes, code=1)[0]


def test_findings_are_filtered(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    every = json.loads(budgetkg(capsys, "findings", built, "--json")[0])
    some = json.loads(budgetkg(capsys, "findings", built, "--code", "amount-spaced", "--json")[0])
    assert some == [item for item in every if item["code"] == "amount-spaced"]
    loud = json.loads(budgetkg(capsys, "findings", built, "--severity", "warning", "--json")[0])
    assert {item["severity"] for item in loud} == {"Warning"}
    assert loud == [item for item in every if item["severity"] != "Info"]
    name = every[0]["document"]
    own = json.loads(budgetkg(capsys, "findings", built, "--document", name, "--json")[0])
    assert own == [item for item in every if item["document"] == name]


def test_findings_as_csv_have_a_row_each(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    every = json.loads(budgetkg(capsys, "findings", built, "--json")[0])
    written = list(csv.reader(io.StringIO(budgetkg(capsys, "findings", built, "-f", "csv")[0])))
    assert written[0] == ["document", "severity", "code", "where", "message", "place"]
    assert [(row[0], row[2], row[4]) for row in written[1:]] == [
        (item["document"], item["code"], item["message"]["en"]) for item in every
    ]


@pytest.mark.parametrize(
    ("option", "value", "meant"),
    [
        ("--code", "amount-spacd", "amount-spaced"),
        ("--document", "nowhere.pdf", "nowhere.pdf"),
        ("--severity", "loud", "warning"),
    ],
)
def test_a_filter_that_fits_nothing_is_answered(
    capsys: pytest.CaptureFixture[str], built: Path, option: str, value: str, meant: str
) -> None:
    out, error = budgetkg(capsys, "findings", built, option, value, code=2 if option == "--severity" else 1)
    assert not out
    assert meant in error


def test_explain_quotes_the_document(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    out = budgetkg(capsys, "explain", "电影工作经费", "--store", built)[0]
    assert "p. 1, line" in out
    assert "“" in out
    assert budgetkg(capsys, "explain", "Output", "--store", built)[0].startswith("tier:1\n")
    assert "tier:11" in budgetkg(capsys, "explain", "数量指标", "--store", built)[0]
    found = json.loads(budgetkg(capsys, "explain", "tier:31", "--store", built, "--json")[0])
    assert found["iri"].endswith("/code/tier/31")


def test_findings_and_questions_are_listed(capsys: pytest.CaptureFixture[str], built: Path) -> None:
    assert "amount-spaced" in budgetkg(capsys, "findings", built)[0]
    assert json.loads(budgetkg(capsys, "findings", built, "--json")[0])
    assert "largest-projects" in budgetkg(capsys, "questions")[0]
    assert len(json.loads(budgetkg(capsys, "questions", "--json")[0])) >= 15
