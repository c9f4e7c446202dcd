"""Queries written at the terminal: inline, with hints, as workbooks; the schema that they need."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import openpyxl
import pytest
from tests.command_line import budgetkg

from budgetkg.terms import term, terms, unknown_terms

COUNT = "SELECT (COUNT(*) AS ?n) { ?p a bkg:Project }"


def test_a_query_may_be_written_out(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = budgetkg(capsys, "query", COUNT, "--store", built, "-f", "csv")
    assert out.splitlines()[0] == "n"
    assert int(out.splitlines()[1]) > 20
    assert not err


def test_a_table_says_in_one_language_what_data_say_in_two(
    built: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def columns(question: str, *options: str) -> set[str]:
        out, _ = budgetkg(capsys, "query", question, "--store", built, *options)
        return set(out.splitlines()[0].replace(",", " ").split())

    assert {"scope"} == columns("budget-by-district") & {"scope", "scope_zh"}
    assert {"scope", "scope_zh"} <= columns("budget-by-district", "-f", "csv")
    assert {"theme", "theme_en"} <= columns("theme-budget-by-district")
    both = "SELECT ?a ?a_zh { VALUES (?a ?a_zh) { (1 2) } }"
    assert columns(both) == {"a", "a_zh"}  # whoever writes a query says what is shown
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert {"theme"} == columns("theme-budget-by-district") & {"theme", "theme_en"}
    assert {"scope_zh"} == columns("budget-by-district") & {"scope", "scope_zh"}
    assert {"meaning_zh"} == columns("findings-by-kind") & {"meaning", "meaning_zh"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("district=黄浦区", "did you mean 黄埔区?"),
        ("year=2019", "there are: 2023"),
        ("department=教育局", "宣传部"),
    ],
)
def test_a_value_that_no_name_has_brings_those_there_are(
    built: Path, capsys: pytest.CaptureFixture[str], given: str, said: str
) -> None:
    out, err = budgetkg(capsys, "query", "budget-by-district", "--param", given, "--store", built)
    assert "No rows" in out
    assert said in err
    right = ("--param", "district=黄埔", "--param", "year=2023")
    assert not budgetkg(capsys, "query", "budget-by-district", *right, "--store", built)[1]


def test_a_word_that_the_ontology_lacks_is_named(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT ?p { ?p a bkg:Projct ; bkg:hasIndcator ?i }"
    out, err = budgetkg(capsys, "query", query, "--store", built)
    assert "No rows" in out
    assert "bkg:Projct: the ontology has no such class or property; did you mean bkg:Project" in err
    assert "did you mean bkg:hasIndicator" in err
    assert "bkg:Nix" not in budgetkg(capsys, "query", 'ASK { ?p rdfs:label "bkg:Nix" }', "--store", built)[1]


def test_no_stored_question_names_what_is_not_there() -> None:
    from budgetkg.queries import questions

    assert not [message for item in questions() for message in unknown_terms(item.text)]
    declared = "PREFIX bkg: <https://w3id.org/budgetkg/ontology#> SELECT ?p WHERE { ?p a bkg:Project }"
    assert unknown_terms(declared) == ()


def test_a_workbook_holds_numbers_as_numbers(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for file in files:
        budgetkg(capsys, "query", "largest-projects", "--store", built, "-f", "xlsx", "--out", file)
    assert files[0].read_bytes() == files[1].read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = openpyxl.load_workbook(files[0]).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("rank", "district", "unit", "project", "amount_yuan")
    assert rows[1][0] == 1
    assert rows[1][4] == 16088000
    assert sheet.freeze_panes == "A2"


def test_text_in_a_workbook_is_never_a_formula(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    query = 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ("=1+1" "007" 1234567890123456789) } }'
    budgetkg(capsys, "query", query, "--store", built, "-f", "xlsx", "-o", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["=1+1", "007", "1234567890123456789"]
    assert [cell.data_type for cell in sheet[2]] != ["f", "s", "s"]


def test_csv_for_excel(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("=1+1" -5) } }'
    budgetkg(capsys, "query", query, "--store", built, "--excel", "-o", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfa,b\n'=1+1,-5\n"
    assert "--excel" in budgetkg(capsys, "query", query, "--store", built, "--excel", "-f", "tsv", code=2)[1]


def test_the_schema_lists_classes_and_properties(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = budgetkg(capsys, "schema")
    assert "bkg:Project" in out
    assert "bkg:hasIndicator" in out
    assert len(json.loads(budgetkg(capsys, "schema", "--json")[0])) == len(terms())


def test_a_term_comes_with_what_it_means_and_examples(
    capsys: pytest.CaptureFixture[str], built: Path
) -> None:
    out, _ = budgetkg(capsys, "schema", "hasindicator")
    assert out.startswith("bkg:hasIndicator")
    assert "bkg:Project" in out
    example = next(line for line in out.splitlines() if "query '" in line).split("'")[1]
    rows = budgetkg(capsys, "query", example, "--store", built, "-f", "csv")[0].splitlines()
    assert len(rows) == 11
    assert term("项目").name == "bkg:Project"
    assert "did you mean bkg:Project" in budgetkg(capsys, "schema", "Projct", code=1)[1]


def test_validate_names_things(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = budgetkg(capsys, "validate", built)
    assert "://" not in out
    assert ".txt: " in out


def test_explain_names_the_command_that_shows_the_page(
    root: Path,
    built: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, _ = budgetkg(capsys, "explain", "创文业务工作经费", "--store", built)
    command = out.splitlines()[-1].partition("budgetkg ")[2].split()
    assert command[0] == "parse"
    monkeypatch.chdir(root / "examples")
    command[command.index("page.html")] = str(tmp_path / "page.html")
    budgetkg(capsys, *command)
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("<section") == 1
    assert "创文业务工作经费" in page
    assert (
        "no page 99"
        in budgetkg(capsys, *[word if word != command[-1] else "99" for word in command], code=1)[1]
    )


def test_the_ending_of_a_file_says_its_format(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    budgetkg(capsys, "query", "largest-projects", "--store", built, "--out", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("rank,district,")
    budgetkg(capsys, "query", "largest-projects", "--store", built, "--out", tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    budgetkg(capsys, "report", built, "--out", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# ")


def test_an_answer_that_may_be_cut_says_so(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, err = budgetkg(capsys, "query", "largest-projects", "--store", built)
    assert "At most 20 rows are given" in err
    assert "--param limit=NUMBER" in err
    assert not budgetkg(capsys, "query", "largest-projects", "--param", "limit=20", "--store", built)[1]
    assert not budgetkg(capsys, "query", "satisfaction-targets", "--store", built)[1]  # fewer than its limit
