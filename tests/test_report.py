"""The report: its numbers are those of the questions, its bytes the same, and no name breaks out of it."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.command_line import budgetkg as command

import budgetkg
from budgetkg.errors import BudgetkgError
from budgetkg.queries import question, questions
from budgetkg.report import FORMATS, render
from budgetkg.report.charts import COLOURS
from budgetkg.report.contents import Part, gather
from budgetkg.report.figures import OTHERS, figure
from budgetkg.report.markup import tag
from budgetkg.report.phrases import place
from budgetkg.report.plan import ChartPlan, PartPlan, plan
from budgetkg.report.printing import browser, to_pdf
from budgetkg.report.wording import numeric, seen, written

EMPTY = {"meta", "br", "col", "link", "img", "input", "hr"}
HOSTILE = '</title><script>alert("1")</script>|&#x27;\u202e`*_[x](javascript:1)\x07'


class Page(HTMLParser):
    """Balanced elements, the text of every table cell, and the names of elements and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.tables: dict[str, list[list[str]]] = {}
        self._part = ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.names.add(tag)
        self.attributes |= set(said)
        if tag == "article":
            self._part = str(said["id"]).removeprefix("q-")
        elif tag == "tr" and "tbody" in self.open:
            self.tables.setdefault(self._part, []).append([])
        elif tag == "td":
            self.tables[self._part][-1].append("")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "article":
            self._part = ""

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.tables[self._part][-1][-1] += data


@pytest.fixture(scope="module")
def html(built: Path) -> str:
    return render(budgetkg.open(built))


def test_the_page_is_whole_and_fetches_nothing(html: str) -> None:
    page = Page(html)
    assert not page.names & {"script", "link", "img", "iframe", "object"}
    assert not [name for name in page.attributes if name.startswith("on") or name == "src"]
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg|w3id\.org/budgetkg)", html)
    assert "default-src 'none'" in html or "default-src &#x27;none&#x27;" in html


def test_tables_hold_every_row_of_every_answer(html: str, built: Path) -> None:
    tables = Page(html).tables
    graph = budgetkg.open(built)
    for section in plan().sections:
        for part in section.parts:
            rows = graph.ask(part.question)
            shown = [[written(name, row[name]) for name in part.columns] for row in rows]
            assert tables.get(part.question, []) == shown


def test_the_sums_are_those_of_the_questions(html: str, built: Path) -> None:
    contents = gather(budgetkg.open(built))
    rows = budgetkg.open(built).ask("budget-by-district")
    totals = dict(contents.totals)
    assert totals["indicators"] == sum(int(str(row["indicators"])) for row in rows) == 162
    assert totals["projects"] == 27
    assert "<b>162</b>" in html


def test_bars_are_as_long_as_their_numbers(built: Path) -> None:
    contents = gather(budgetkg.open(built))
    parts = {part.plan.question: part for section in contents.sections for part in section.parts}
    drawn = figure(parts["largest-projects"])
    assert drawn is not None
    pictures = ElementTree.fromstring(drawn.picture)
    space = {"svg": "http://www.w3.org/2000/svg"}
    widths = [Decimal(shape.attrib["width"]) for shape in pictures.iterfind(".//svg:rect", space)]
    amounts = [Decimal(str(row["amount_yuan"])) for row in parts["largest-projects"].rows]
    assert len(widths) == len(amounts) == 20
    for width, amount in zip(widths, amounts, strict=True):
        assert abs(width / widths[0] - amount / amounts[0]) < Decimal("0.001")


def test_projects_of_one_name_have_bars_of_their_own(html: str) -> None:
    chart = html.split('id="q-largest-projects"')[1].split("</figure>")[0]
    assert chart.count("番禺区 · 区创文办 · 租赁岗位合同工经费") == 2  # the label and its tip
    assert "1,420,000.00" not in chart


def test_more_series_than_colours_share_the_last() -> None:
    chart = ChartPlan(("district",), ("count",), series="tier1", stack=True)
    rows = [{"district": "甲区", "tier1": f"tier {place}", "count": place} for place in range(1, 12)]
    asked = question("indicators-by-tier")
    drawn = figure(Part(PartPlan(asked.slug, (), chart=chart), asked, rows))
    assert drawn is not None
    assert f"{OTHERS} {8 + 9 + 10 + 11}" in drawn.picture
    assert all(drawn.picture.count(colour) == 2 for colour in COLOURS)  # the legend and the part


def test_the_same_bytes_wherever_the_graph_lies(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "moved", symlinks=True)
    for format in FORMATS:
        one, two = (render(budgetkg.open(place), format) for place in (built, tmp_path / "moved"))
        assert one == two
        assert str(built) not in one


def test_findings_stand_with_quote_and_page(html: str, built: Path) -> None:
    found = next(item for item in budgetkg.open(built).findings() if item["code"] == "amount-spaced")
    assert found["evidence"][0]["quote"].split("\t")[1] in html
    assert "p. 1, l. 5" in html
    count = sum(len(items) for _, items in gather(budgetkg.open(built)).findings)
    assert count == len(budgetkg.open(built).findings())


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_names_stay_text(format: str, built: Path, tmp_path: Path) -> None:
    """A project and a file named like markup: seen in the report, never obeyed by it."""
    source = (Path(__file__).parent.parent / "examples" / "huangpu-2023-projects.txt").read_text("utf-8")
    hostile = tmp_path / "<img src=x onerror=alert(1)>.txt"
    hostile.write_text(source.replace("创文业务工作经费", "<i>创文</i>&<script>工作</script>经费"), "utf-8")
    budgetkg.build([hostile], tmp_path / "graph")
    text = render(budgetkg.open(tmp_path / "graph"), format)
    assert "创文" in text
    assert "script" in text
    if format == "html":
        page = Page(text)
        assert not page.names & {"script", "img", "i"}
        assert "onerror" not in page.attributes
    else:
        assert not re.search(r"(?<!\\)<(?:script|img)", text)


def test_markup_escapes_what_is_not_markup() -> None:
    text = tag("td", seen(HOSTILE), title=HOSTILE)
    assert "<script" not in text
    assert text.count('"') == 2
    assert "⟨U+202E⟩" in text
    assert "⟨U+0007⟩" in text
    assert tag("td", tag("b", "x")) == "<td><b>x</b></td>"


def test_cells_by_the_name_of_their_column() -> None:
    assert written("amount_yuan", Decimal("424800")) == "424,800.00"
    assert written("quantified_share", Decimal("0.9167")) == "91.67%"
    assert written("value", Decimal("2124")) == "2124"
    assert written("severity", "Warning") == "警告 Warning"
    assert not numeric("fiscal_year", [2024])
    assert numeric("projects", [3, None])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"page": 2, "lines": [3, 3]}, "第 2 页 3 行 · p. 2, l. 3"),
        ({"page": 2, "lines": [3, 5]}, "第 2 页 3–5 行 · p. 2, l. 3–5"),
        ({"page": 4, "lines": None}, "第 4 页 · p. 4"),
        ({"page": 1, "lines": [7, 7], "cells": "Sheet1!A7:C7"}, "第 1 页 7 行 · p. 1, l. 7 · Sheet1!A7:C7"),
    ],
)
def test_places_are_named_by_what_is_known(said: dict[str, object], expected: str) -> None:
    assert place(said) == expected


def test_a_workbook_is_reported_like_its_text(tmp_path: Path) -> None:
    source = Path(__file__).parent.parent / "examples" / "formats" / "panyu-2024-projects.xlsx"
    budgetkg.build([source], tmp_path / "graph")
    graph = budgetkg.open(tmp_path / "graph")
    text = render(graph)
    projects = graph.ask("largest-projects")
    assert projects
    assert all(str(row["project"]) in text for row in projects)
    cells = [place["cells"] for item in graph.findings() for place in item["evidence"] if "cells" in place]
    assert cells
    assert all(escape(name) in text for name in cells)


def test_the_plan_names_questions_and_columns_that_exist() -> None:
    columns = {found.slug: found.columns for found in questions()}
    for section in plan().sections:
        for part in section.parts:
            assert set(part.columns) <= set(columns[part.question])
            assert set(part.columns) <= set(plan().columns)


def test_the_command_writes_it(capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    command(capsys, "report", built, "--out", target)
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert command(capsys, "report", built, "--format", "md")[0].startswith("# 预算绩效目标报告")
    command(capsys, "report", built, "--format", "doc", code=2)
    with pytest.raises(BudgetkgError, match="html, md"):
        render(budgetkg.open(built), "doc")


def test_without_a_browser_one_line_says_so(
    capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    target = tmp_path / "report.pdf"
    error = command(capsys, "report", built, "--format", "pdf", "--out", target, code=1)[1]
    assert "printed by a browser" in error
    assert not target.exists()


@pytest.mark.skipif(browser() is None, reason="no browser that prints")
def test_a_browser_prints_it_without_the_time() -> None:
    first, second = (to_pdf("<!DOCTYPE html><meta charset=utf-8><p>绩效目标</p>") for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-")
