"""Right readings that a person wrote down: applied on every build before the graph is made, never guessed."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from tests.command_line import budgetkg as run
from tests.memory import texts

import budgetkg
from budgetkg.errors import BudgetkgError
from budgetkg.pipeline import BuildOptions
from budgetkg.records import DocumentRecord, Project

HERE = Path(__file__).parent / "corrections"
HEADER = "document,place,field,value,reason,who\n"
DOCUMENT = "huangpu-2023-projects.txt"
PLACE = "报刊征订 > 报刊征订任务"


def corrected(source: Path, lines: str | Path, tmp_path: Path) -> DocumentRecord:
    if isinstance(lines, Path):
        return budgetkg.parse(source, corrections=lines)[0]
    path = tmp_path / "readings.csv"
    path.write_text(HEADER + lines, encoding="utf-8")
    return budgetkg.parse(source, corrections=path)[0]


def project(record: DocumentRecord, name: str) -> Project:
    return next(found for unit in record.units_of_use for found in unit.projects if found.name == name)


@pytest.fixture
def huangpu(root: Path) -> Path:
    return root / "examples" / DOCUMENT


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["chinese-columns.csv", "semicolons.csv"])
def test_a_table_saved_by_a_spreadsheet_is_read(
    huangpu: Path, tmp_path: Path, name: str, encoding: str
) -> None:
    saved = tmp_path / name
    saved.write_bytes((HERE / name).read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    found = project(corrected(huangpu, saved, tmp_path), "报刊征订").indicators[0]
    assert found.annual_value == "≥98%"
    told = found.corrections[0]
    assert (told.read, told.value, told.reason, told.who) == ("100%", "≥98%", "扫描件上看得清", "预算科")


def test_the_column_of_values_may_be_called_so(huangpu: Path, tmp_path: Path) -> None:
    saved = tmp_path / "值.csv"
    saved.write_text(
        (HERE / "chinese-columns.csv").read_text(encoding="utf-8").replace("正确值", "值"), "utf-8"
    )
    found = project(corrected(huangpu, saved, tmp_path), "报刊征订").indicators[0]
    assert found.annual_value == "≥98%"


def test_a_blank_value_and_a_quote_on_a_page(huangpu: Path, tmp_path: Path) -> None:
    record = corrected(huangpu, HERE / "semicolons.csv", tmp_path)
    assert project(record, "报刊征订").indicators[0].period_value is None


def test_what_the_checks_say_follows_the_right_value(huangpu: Path, tmp_path: Path) -> None:
    before = budgetkg.parse(huangpu)[0]
    after = corrected(huangpu, f"{DOCUMENT},报刊征订,total,89.00,数字读反,\n", tmp_path)
    assert project(after, "报刊征订").amounts.total == budgetkg.records.Amount("89.00", Decimal("89.00"))
    codes = [finding.code for finding in after.findings]
    assert codes.count("total-not-reconciled") > [f.code for f in before.findings].count(
        "total-not-reconciled"
    )
    (said,) = [finding for finding in after.findings if finding.code == "reading-corrected"]
    assert said.values == {"field": "total", "printed": "98.00", "corrected": "89.00", "reason": "数字读反"}
    assert said.evidence == project(before, "报刊征订").evidence
    untouched = [finding for finding in before.findings if finding not in after.findings]
    assert not untouched


def test_a_finding_that_the_right_value_answers_is_gone(huangpu: Path, tmp_path: Path) -> None:
    after = corrected(huangpu, f"{DOCUMENT},,year,2023,封面印有,\n", tmp_path)
    assert (after.year, after.year_printed, after.year_basis) == (2023, False, "corrected")
    assert "year-not-printed" not in [finding.code for finding in after.findings]


def test_the_address_of_a_cell(root: Path, tmp_path: Path) -> None:
    source = root / "examples" / "formats" / "panyu-2024-projects.xlsx"
    before = budgetkg.parse(source)[0]
    first = before.units_of_use[0].projects[0]
    cells = first.evidence[0].cells
    assert cells
    after = corrected(source, f"{source.name},{cells.split(':')[0]},total,1.50,,\n", tmp_path)
    assert project(after, first.name).amounts.total == budgetkg.records.Amount("1.50", Decimal("1.50"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f",{PLACE},annual_value,1,,\n", ":2: no document"),
        (f"{DOCUMENT},{PLACE},value,1,,\n", ":2: no record has a key 'value'"),
        (f"{DOCUMENT},报刊征订,total,很多,,\n", ":2: '很多' is no amount"),
        (f"{DOCUMENT},,year,去年,,\n", ":2: '去年' is no year"),
        (f"{DOCUMENT},报刊征订,name,,,\n", ":2: no value"),
        (f"{DOCUMENT},报刊征订,weight,10,,\n", ":2: 报刊征订 has no weight; it has"),
        (
            f"{DOCUMENT},{PLACE},unit,份,,\n{DOCUMENT},{PLACE},unit,册,,\n",
            ":3: line 2 corrects the same unit",
        ),
    ],
)
def test_an_unclear_line_is_refused(huangpu: Path, tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(BudgetkgError, match=said):
        corrected(huangpu, lines, tmp_path)


def test_a_file_without_its_columns_is_refused(huangpu: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("文件,数\na,b\n", encoding="utf-8")
    with pytest.raises(BudgetkgError, match="no column place, field, value"):
        corrected(huangpu, tmp_path / "other.csv", tmp_path)


def test_a_name_that_several_things_have_is_refused(root: Path, tmp_path: Path) -> None:
    source = root / "examples" / "panyu-2024-projects.txt"
    names = [found.name for unit in budgetkg.parse(source)[0].units_of_use for found in unit.projects]
    name = next(name for name in names if names.count(name) > 1)
    with pytest.raises(BudgetkgError, match=f":2: {name} may be {names.count(name)} things"):
        corrected(source, f"{source.name},{name},total,1.00,,\n", tmp_path)
    unit = budgetkg.parse(source)[0].units_of_use[0]
    after = corrected(source, f"{source.name},{unit.name} > {unit.projects[0].name},total,1.00,,\n", tmp_path)
    assert after.units_of_use[0].projects[0].amounts.total == budgetkg.records.Amount("1.00", Decimal("1.00"))


def write(directory: Path, lines: str) -> None:
    (directory / "corrections").mkdir(parents=True, exist_ok=True)
    (directory / "corrections" / "readings.csv").write_text(HEADER + lines, encoding="utf-8")


def test_a_correction_survives_rebuilds_and_is_cited(huangpu: Path, tmp_path: Path) -> None:
    write(tmp_path, f"{DOCUMENT},{PLACE},annual_value,≥98%,扫描件上看得清,预算科\n")
    for _ in range(2):
        report = budgetkg.build([huangpu], tmp_path)
        assert report.ok
        assert report.readings.unused == report.readings.waiting == ()
    with budgetkg.open(tmp_path) as graph:
        found = graph.query(
            "SELECT ?field ?read ?value ?why ?who ?words {"
            " ?indicator bkg:hasCorrection ?told ; bkg:hasTarget ?target ."
            " ?told bkg:correctedField ?field ; bkg:valueRead ?read ; bkg:valueCorrected ?value ;"
            " bkg:correctionText ?why ; bkg:correctedBy ?who ; bkg:hasEvidence/bkg:quote ?words ."
            " ?target a bkg:AnnualTarget ; bkg:targetPrinted ?value ; bkg:hasEvidence ?there }"
        )
        ((*told, words),) = texts(found.solutions)
        assert told == ["annual_value", "100%", "≥98%", "扫描件上看得清", "预算科"]
        assert "报刊征订任务" in words
    path = tmp_path / "current" / "findings.json"
    codes = [item["code"] for item in json.loads(path.read_text(encoding="utf-8"))]
    assert codes.count("reading-corrected") == 1


def test_what_fits_nothing_is_named(
    huangpu: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        tmp_path,
        f"没有.txt,,title,某表,,\n{DOCUMENT},没有的项目,total,1.00,,\n{DOCUMENT},{PLACE},annual_value,100%,,\n",
    )
    report = budgetkg.build([huangpu], tmp_path, options=BuildOptions(validate=False))
    assert [place.split(":")[1] for place in report.readings.unused] == ["2", "3", "4"]
    assert (
        "readings.csv:3: huangpu-2023-projects.txt 没有的项目 total"
        in run(capsys, "build", huangpu, "--into", tmp_path)[0]
    )


def test_a_line_on_a_document_of_an_earlier_build_is_applied(samples: list[Path], tmp_path: Path) -> None:
    """Unless what the document was read as is no longer kept: then the line waits for the document."""
    quick = BuildOptions(validate=False)
    budgetkg.build(samples[:2], tmp_path, options=quick)
    write(tmp_path, f"{DOCUMENT},报刊征订,total,89.00,,\n")
    others = [path for path in samples[:2] if path.name != DOCUMENT]
    assert budgetkg.build(others, tmp_path, options=quick).readings.waiting == ()
    shutil.rmtree(tmp_path / "generations" / "kept")
    write(tmp_path, f"{DOCUMENT},报刊征订,total,88.00,,\n")
    assert len(budgetkg.build(others, tmp_path, options=quick).readings.waiting) == 1
    assert budgetkg.build(samples[:2], tmp_path, options=quick).readings.waiting == ()
    again = budgetkg.build(others, tmp_path, options=quick).readings
    assert again.waiting == again.unused == ()


def test_an_unclear_line_leaves_the_graph_as_it_was(root: Path, huangpu: Path, tmp_path: Path) -> None:
    budgetkg.build([huangpu], tmp_path, options=BuildOptions(validate=False))
    before = (tmp_path / "current").resolve()
    write(tmp_path, f"{DOCUMENT},报刊征订,weight,10,,\n")
    with pytest.raises(BudgetkgError, match="has no weight"):
        budgetkg.build([huangpu], tmp_path, options=BuildOptions(validate=False))
    assert (tmp_path / "current").resolve() == before


def test_the_bytes_of_a_file_name_it_as_well(huangpu: Path, tmp_path: Path) -> None:
    digest = budgetkg.parse(huangpu)[0].sha256
    copy = Path(shutil.copy(huangpu, tmp_path / "另一个名字.txt"))
    record = corrected(copy, f"{digest[:12]},报刊征订,total,89.00,,\n", tmp_path)
    assert [told.field for told in project(record, "报刊征订").corrections] == ["total"]


def test_parse_takes_the_file(huangpu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = run(capsys, "parse", huangpu, "--corrections", HERE / "chinese-columns.csv", "--json")
    first = json.loads(found)["units_of_use"][0]["projects"][0]
    assert first["total"] == "89.00"
    assert first["corrections"] == [
        {"field": "total", "read": "98.00", "value": "89.00", "reason": "数字读反", "who": "预算科"}
    ]
