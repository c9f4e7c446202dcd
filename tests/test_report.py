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
from budgetkg.report import FORMATS, LANGUAGES, render
from budgetkg.report.charts import FILLS, HATCHED, Bar, Chart, Group, picture
from budgetkg.report.contents import Part, gather
from budgetkg.report.figures import MOST_IN_ALL, drawn
from budgetkg.report.markup import tag
from budgetkg.report.phrases import place
from budgetkg.report.plan import ChartPlan, PartPlan, plan
from budgetkg.report.wording import cell_of, numeric, of_language, seen, written

EMPTY = {"meta", "br", "col", "link", "img", "input", "hr"}
HOSTILE = '</title><script>alert("1")</script>|&#x27;\u202e`*_[x](javascript:1)\x07'


class Page(HTMLParser):
    """Balanced elements, the cells of tables by heading, and the names of elements and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.identities: list[str] = []
        self.links: set[str] = set()
        self.tables: dict[str, list[list[str]]] = {}
        self._part = ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.names.add(tag)
        self.attributes |= set(said)
        if said.get("id"):
            self.identities.append(str(said["id"]))
        if tag == "a":
            self.links.add(str(said["href"]).removeprefix("#"))
        if tag in ("h2", "h3"):
            self._part = str(said.get("id", "")).removeprefix("q-")
        elif tag == "tr" and "tbody" in self.open:
            self.tables.setdefault(self._part, []).append([])
        elif tag == "td":
            self.tables[self._part][-1].append("")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.tables[self._part][-1][-1] += data


@pytest.fixture(scope="module")
def html(built: Path) -> str:
    return render(budgetkg.open(built))


def parts(built: Path) -> dict[str, Part]:
    return {part.question.slug: part for part in gather(budgetkg.open(built)).parts()}


def test_the_page_is_whole_and_fetches_nothing(html: str) -> None:
    page = Page(html)
    assert not page.names & {"script", "link", "img", "iframe", "object"}
    assert not [name for name in page.attributes if name.startswith("on") or name == "src"]
    assert not re.search(r"url\((?!#)|@import|https?://(?!www\.w3\.org/2000/svg|w3id\.org/budgetkg)", html)
    assert "default-src 'none'" in html or "default-src &#x27;none&#x27;" in html


def test_every_link_leads_somewhere(html: str) -> None:
    page = Page(html)
    assert len(page.identities) == len(set(page.identities))
    assert page.links <= set(page.identities)
    assert {name.removeprefix("url(#").rstrip(")") for name in (*FILLS, HATCHED) if "url" in name} <= set(
        page.identities
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_appendix_holds_every_row_of_every_answer(language: str, built: Path) -> None:
    tables = Page(render(budgetkg.open(built), language=language)).tables
    graph = budgetkg.open(built)
    for section in plan().sections:
        for part in section.parts:
            rows = graph.ask(part.question)
            names = [of_language(name, language) for name in part.columns]
            names = [name for name in names if any(row.get(name) is not None for row in rows)]
            shown = [[cell_of(row, name, language) for name in names] for row in rows]
            found = tables.get(part.question, [])
            assert [row[: len(names)] for row in found] == shown
            assert {row[len(names)].split(" ")[0] for row in found} <= {e["source"] for e in graph.documents}


def test_the_sums_are_those_of_the_questions(html: str, built: Path) -> None:
    contents = gather(budgetkg.open(built))
    rows = budgetkg.open(built).ask("budget-by-district")
    totals = dict(contents.totals)
    assert totals["indicators"] == sum(int(str(row["indicators"])) for row in rows) == 162
    assert totals["projects"] == 27
    assert "<b>162</b>" in html


def test_bars_are_as_long_as_their_numbers() -> None:
    amounts = [Decimal(number) for number in ("1608.80", "854.00", "0.02")]
    chart = Chart("t", "", "wan", (), (Group("", tuple(Bar("b", (each,), "") for each in amounts)),))
    pictures = ElementTree.fromstring(picture(chart))
    space = {"svg": "http://www.w3.org/2000/svg"}
    widths = [Decimal(shape.attrib["width"]) for shape in pictures.iterfind(".//svg:rect", space)]
    for width, amount in zip(widths, amounts, strict=True):
        assert abs(width / widths[0] - amount / amounts[0]) < Decimal("0.001")


def test_a_chart_has_a_bar_for_each_row(built: Path) -> None:
    """Projects of one name keep bars of their own, and what isn't drawn is counted."""
    part = parts(built)["largest-projects"]
    (shown,) = drawn(part, "zh")
    groups = {group.heading: group.bars for group in shown.chart.groups}
    assert [bar.text for bar in groups["租赁岗位合同工经费 · 番禺区"]] == ["120.00", "22.00"]
    assert sum(map(len, groups.values())) + shown.left == len(part.rows)


def test_scopes_have_pictures_of_their_own(built: Path) -> None:
    """What a department's whole budget is never stands on the scale of its listed projects."""
    shown = list(drawn(parts(built)["budget-by-district"], "zh"))
    assert [each.chart.panel for each in shown] == ["部门整体", "项目支出"]
    labels = [bar.label for each in shown for group in each.chart.groups for bar in group.bars]
    assert sorted(labels) == [
        "南沙区 · 年度不详",
        "番禺区 · 年度不详",
        "花都区 · 年度不详",
        "荔湾区 · 2023",
        "黄埔区 · 2023?",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_compare_is_hatched_and_explained(language: str, built: Path) -> None:
    """A price whose money pays for other work too never stands unmarked beside one that doesn't."""
    (shown,) = drawn(parts(built)["unit-cost"], language)
    marked = {bar.text: bar.mark for group in shown.chart.groups for bar in group.bars}
    assert marked["1,048.66"]
    assert marked["1,048.66"] in " ".join(shown.remarks)
    assert [bar.mark for group in shown.chart.groups for bar in group.bars if "336" in bar.label] == [""]
    drawing = picture(shown.chart)
    row = next(piece for piece in drawing.split("<g>") if "1,048.66" in piece)
    assert f'fill="{HATCHED}"' in row
    assert ("目标中还写有别的工作" if language == "zh" else "further work") in " ".join(shown.remarks)


def test_a_picture_fits_on_a_page() -> None:
    chart = ChartPlan(("name",), ("district",), ("count",))
    rows = [{"name": f"n{at}", "district": f"d{each}", "count": 1} for at in range(9) for each in range(9)]
    asked = question("indicators-by-tier")
    (shown,) = drawn(Part(PartPlan(asked.slug, (), chart=chart), asked, rows), "en")
    bars = sum(len(group.bars) for group in shown.chart.groups)
    assert bars == MOST_IN_ALL
    assert shown.left == 81 - bars


def test_the_same_bytes_wherever_the_graph_lies(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "moved", symlinks=True)
    for format in FORMATS:
        for language in LANGUAGES:
            one, two = (render(budgetkg.open(at), format, language) for at in (built, tmp_path / "moved"))
            assert one == two
            assert str(built) not in one


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_and_hashes_stand_in_the_appendix_only(language: str, built: Path) -> None:
    graph = budgetkg.open(built)
    for format in FORMATS:
        text = render(graph, format, language)
        before, after = text.split("附录：" if language == "zh" else "Appendix:")
        assert "budgetkg query" not in before
        for document in graph.documents:
            assert document["sha256"] not in before
            assert document["sha256"] in after
        assert not [item["code"] for item in graph.findings() if f">{item['code']}<" in before]


def test_findings_stand_with_quote_and_page(html: str, built: Path) -> None:
    found = next(item for item in budgetkg.open(built).findings() if item["code"] == "amount-spaced")
    assert found["evidence"][0]["quote"].split("\t")[1] in html
    assert "第 1 页 5 行" in html
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
    assert written("amount_yuan", Decimal("87772000")) == "8,777.20"
    assert written("amount_yuan", Decimal("28036202.00")) == "2,803.6202"
    assert written("yuan_per_unit", Decimal("1048.66")) == "1,048.66"
    assert written("quantified_share", Decimal("0.9167")) == "91.7%"
    assert written("value", Decimal("2124")) == "2,124"
    assert (written("severity", "Warning"), written("severity", "Warning", "en")) == ("要紧", "serious")
    assert not numeric("fiscal_year", [2024])
    assert numeric("projects", [3, None])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"page": 2, "lines": [3, 3]}, "第 2 页 3 行"),
        ({"page": 2, "lines": [3, 5]}, "第 2 页 3–5 行"),
        ({"page": 4, "lines": None}, "第 4 页"),
        ({"page": 1, "lines": [7, 7], "cells": "Sheet1!A7:C7"}, "第 1 页 7 行 · Sheet1!A7:C7"),
    ],
)
def test_places_are_named_by_what_is_known(said: dict[str, object], expected: str) -> None:
    assert place(said, "zh") == expected
    assert place({"page": 1, "lines": [7, 8]}, "en") == "p. 1, l. 7–8"


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
    columns = {found.slug: set(found.columns) for found in questions()}
    asked = set()
    for section in plan().sections:
        for part in section.parts:
            asked.add(part.question)
            names = {of_language(name, language) for name in part.columns for language in LANGUAGES}
            assert names <= columns[part.question], part.question
            assert names <= set(plan().columns), part.question
    for say in (*plan().headlines, *(say for section in plan().sections for say in section.says)):
        assert say.question in asked


def test_the_command_writes_it(capsys: pytest.CaptureFixture[str], built: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    command(capsys, "report", built, "--out", target)
    assert target.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert command(capsys, "report", built, "--format", "md", "--lang", "zh")[0].startswith(
        "# 预算绩效目标报告"
    )
    english = command(capsys, "report", built, "--format", "md", "--lang", "en")[0]
    assert english.startswith("# Report on budget performance targets")
    command(capsys, "report", built, "--format", "doc", code=2)
    command(capsys, "report", built, "--lang", "fr", code=2)
    with pytest.raises(BudgetkgError, match="html, md"):
        render(budgetkg.open(built), "doc")
