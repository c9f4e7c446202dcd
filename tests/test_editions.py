"""Editions through a build: what is counted, what a person may say, what stays beside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests import command_line
from tests.records import amount, document, indicator, project, unit
from tests.test_build import QUICK, state

import budgetkg
from budgetkg.errors import BudgetkgError
from budgetkg.pipeline import build, remove
from budgetkg.pipeline.differing import diff, differences
from budgetkg.pipeline.pinning import pin
from budgetkg.records import Amounts
from budgetkg.schema_json import document_json

FORMATS = Path(__file__).parent.parent / "examples" / "formats"
TABLE = [FORMATS / f"panyu-2024-projects.{kind}" for kind in ("pdf", "docx", "xlsx")]


def counted(directory: Path) -> tuple[str, list[str]]:
    """The one document that counts, and the files of the other editions; its projects count once."""
    with budgetkg.open(directory) as graph:
        rows = graph.query("SELECT ?p WHERE { ?plan bkg:hasProject ?p . ?p bkg:hasTotal/bkg:amountYuan ?y }")
        assert len(rows) == 3
        said = graph.query(
            "SELECT ?file ?why WHERE { ?d bkg:supersededBy ?o ; bkg:fileName ?file ; bkg:editionReason ?why }"
        )
        (document,) = graph.documents
        others = sorted(entry["source"] for entry in graph.superseded)
        assert others == sorted(row["file"] for row in said)
        return document["source"], others


def test_one_table_in_several_files_counts_once(tmp_path: Path) -> None:
    first = build(TABLE[:1], tmp_path, options=QUICK, workers=1)
    assert (first.editions, first.doubtful) == ((), ())
    report = build(TABLE[1:], tmp_path, options=QUICK, workers=1)
    ((group, names),) = report.editions
    best, others = counted(tmp_path)
    assert (names[0], sorted(names[1:])) == (best, others)
    assert group.reason in ("most-read", "no-difference")
    build(TABLE, tmp_path / "at-once", options=QUICK, workers=1)
    assert state(tmp_path) == state(tmp_path / "at-once")


def test_a_person_chooses_the_edition_that_counts(tmp_path: Path) -> None:
    build(TABLE, tmp_path, options=QUICK, workers=1)
    best, others = counted(tmp_path)
    (tmp_path / "corrections").mkdir()
    file = tmp_path / "corrections" / "editions.csv"
    file.write_text(f"subject,verdict,reason\n{others[0]},counts,signed\nno.pdf,counts,\n", encoding="utf-8")
    report = build(TABLE[:1], tmp_path, options=QUICK, workers=1)
    assert counted(tmp_path) == (others[0], sorted([best, others[1]]))
    assert report.counted
    assert report.counted.unused == ("corrections/editions.csv:3: no.pdf",)
    file.write_text(f"subject,verdict,reason\n{best},is-not-edition,\n", encoding="utf-8")
    build(TABLE[:1], tmp_path, options=QUICK, workers=1)
    with budgetkg.open(tmp_path) as graph:
        assert len(graph.documents) == 2
    file.write_text(f"subject,verdict,reason\n{best},perhaps,\n", encoding="utf-8")
    with pytest.raises(BudgetkgError, match=r"editions\.csv:2: verdict 'perhaps'"):
        build(TABLE[:1], tmp_path, options=QUICK, workers=1)


def test_without_the_edition_that_counted_another_does(tmp_path: Path) -> None:
    build(TABLE, tmp_path, options=QUICK, workers=1)
    best, others = counted(tmp_path)
    remove(tmp_path, [best])
    left, other = counted(tmp_path)
    assert sorted([left, *other]) == others


def test_an_edition_that_is_pinned_survives_the_next_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(TABLE, tmp_path, options=QUICK, workers=1)
    best, others = counted(tmp_path)
    for chosen in others:
        (group,) = pin(tmp_path, chosen, "signed").editions.groups
        assert (group.reason, group.note) == ("person", "signed")
        assert counted(tmp_path)[0] == chosen
    assert len((tmp_path / "corrections" / "editions.csv").read_text("utf-8").splitlines()) == 2
    build(TABLE, tmp_path, options=QUICK, workers=1)
    assert counted(tmp_path) == (others[-1], sorted([best, *others[:-1]]))
    assert diff(tmp_path, best, others[0]) == ()
    with pytest.raises(BudgetkgError, match="nothing"):
        pin(tmp_path, "nothing.pdf")
    out, _ = command_line.budgetkg(capsys, "pin", tmp_path, best, "--reason", "printed", "--json")
    (told,) = json.loads(out)
    assert (told["counted"], sorted(told["superseded"])) == (best, others)
    assert (told["reason"], told["note"]) == ("person", "printed")


def test_what_a_correction_or_the_next_year_changes() -> None:
    rows = indicator(annual_value="336场"), indicator("观众满意度", annual_value="≥90%", period_value=None)
    first = document(
        units_of_use=(unit(project("2023年电影放映", indicators=rows), project("报刊征订", "1.00")),)
    )
    film = project("2024年电影放映", "7.72", indicators=(indicator(annual_value="672场"),))
    later = document(year=2024, totals=Amounts(total=amount("7.72")), units_of_use=(unit(film),))
    found = differences(document_json(first), document_json(later))
    assert [(item.change, item.what, item.name, item.before, item.after) for item in found] == [
        ("altered", "total", "", "6.72万元", "7.72万元"),
        ("altered", "project", "2024年电影放映", "6.72万元", "7.72万元"),
        ("altered", "annual_value", "放映场次", "336场", "672场"),
        ("dropped", "project", "报刊征订", "1.00万元", ""),
        ("dropped", "indicator", "观众满意度", "", ""),
        ("dropped", "annual_value", "观众满意度", "≥90%", ""),
    ]


def test_projects_of_two_years_are_paired_as_their_series_are() -> None:
    """By unit and name, places and years aside: two units with a project of one name aren't mixed up."""
    one = document(
        district="黄埔区",
        units_of_use=(
            unit(project("黄埔区2023年设备购置", "1.00"), name="黄埔区文化馆"),
            unit(project("设备购置", "2.00"), name="黄埔区图书馆"),
        ),
    )
    other = document(
        district="黄埔区", year=2024,
        units_of_use=(
            unit(project("2024年设备购置", "2.00"), name="黄埔区图书馆"),
            unit(project("设备购置", "1.50"), name="文化馆"),
        ),
    )  # fmt: skip
    found = differences(document_json(one), document_json(other))
    amounts = [(item.change, item.name, item.before, item.after) for item in found if item.what == "project"]
    assert amounts == [("altered", "设备购置", "1.00万元", "1.50万元")]


def test_the_findings_say_which_edition_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = build(TABLE[:2], tmp_path, options=QUICK, workers=1)
    ((_, (counts, other)),) = report.editions
    said, _ = command_line.budgetkg(capsys, "findings", tmp_path)
    assert f"{other} is an edition of {counts}, which counts" in said
    assert "budgetkg diff" in said
    listed, _ = command_line.budgetkg(capsys, "findings", tmp_path, "-f", "csv")
    assert "edition" not in listed


def test_the_build_says_what_a_copy_without_a_year_has_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (FORMATS.parent / "liwan-2023-department.txt").read_text("utf-8")
    (tmp_path / "liwan.txt").write_text(text, "utf-8")
    copy = (
        text.replace("（2023）年", "")
        .replace("2023", "")
        .replace("征订的完成情况\t\t100%", "征订的完成情况\t\t98%")
    )
    (tmp_path / "copy.txt").write_text(copy, "utf-8")
    files = tmp_path / "liwan.txt", tmp_path / "copy.txt"
    said, _ = command_line.budgetkg(capsys, "build", *files, "--into", tmp_path / "g")
    assert "Counted is liwan.txt: it prints the year" in said
    assert "0 amounts, 0 indicators and 1 targets differ. See: budgetkg diff" in said
    with budgetkg.open(tmp_path / "g") as graph:
        (row,) = graph.ask("budget-by-district")
        assert (row["fiscal_year"], row["document"]) == (2023, "liwan.txt")
