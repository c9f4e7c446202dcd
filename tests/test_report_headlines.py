"""What the headlines say, counted again in plain Python over the records; and how long the report is."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import budgetkg
from budgetkg.queries import question
from budgetkg.report import FORMATS, LANGUAGES, render
from budgetkg.report.blocks import Table
from budgetkg.report.contents import Part, gather
from budgetkg.report.figures import drawn
from budgetkg.report.plan import PartPlan, ShortPlan, plan
from budgetkg.report.printing import browser, to_pdf
from budgetkg.report.rules import Facts, facts
from budgetkg.report.story import part_of_story, says

WAN = Decimal(10_000)
START = {"zh": "附录：", "en": "Appendix:"}
# A4 pages before the appendix.
MOST_PAGES = 12


@pytest.fixture(scope="module")
def records(built: Path) -> list[dict[str, Any]]:
    with budgetkg.open(built) as graph:
        return [graph.record(entry["sha256"]) for entry in graph.documents]


@pytest.fixture(scope="module")
def points(built: Path) -> dict[str, str]:
    """The headlines in Chinese by their question."""
    contents = gather(budgetkg.open(built))
    numbers = {part.number: part.question.slug for part in contents.parts()}
    return {numbers[point.number]: point.text for point in says(plan().headlines, contents, "zh")}


def projects(records: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [
        (record, project)
        for record in records
        for unit in record.get("units_of_use") or ()
        for project in unit["projects"]
    ]


def total(project: dict[str, Any]) -> Decimal:
    """In 10,000 yuan, the unit of both samples that list projects."""
    return Decimal(project["total"] or 0)


def test_the_largest_project(points: dict[str, str], records: list[dict[str, Any]]) -> None:
    _, largest = max(projects(records), key=lambda item: total(item[1]))
    assert f"“{largest['name']}”：{total(largest):,.2f} 万元" in points["largest-projects"]


def test_the_share_is_of_all_projects(points: dict[str, str], records: list[dict[str, Any]]) -> None:
    whole = sum((total(project) for _, project in projects(records)), Decimal(0))
    assert f"占所收项目资金 {whole:,.2f} 万元的" in points["budget-by-functional-class"]


def test_projects_without_a_satisfaction_indicator(
    points: dict[str, str], records: list[dict[str, Any]]
) -> None:
    def asks(indicator: dict[str, Any]) -> bool:
        labels = f"{indicator.get('tier1')} {indicator.get('tier2')} {indicator['name']}"
        return "满意" in labels or indicator.get("tier2_code") == "31"

    silent = [project for _, project in projects(records) if not any(map(asks, project["indicators"]))]
    said = points["projects-without-satisfaction-indicator"]
    assert f"有 {len(silent)} 个" in said


def test_the_most_frequent_serious_finding(points: dict[str, str], built: Path) -> None:
    with budgetkg.open(built) as graph:
        found = [
            item for item in graph.findings() if item["origin"] == "reading" and item["severity"] == "Warning"
        ]
    (label, count), *_ = Counter(item["label"]["zh"] for item in found).most_common(1)
    assert f"共 {len(found)} 处" in points["findings-by-kind"]
    assert f"“{label}”：{count} 处" in points["findings-by-kind"]


def test_the_same_work_most_unlike(points: dict[str, str], built: Path) -> None:
    sums: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in budgetkg.open(built).ask("theme-budget-by-district"):
        if row["comparable"]:
            sums[str(row["theme"])][str(row["district"])] = Decimal(str(row["amount_yuan"]))
    ratios = {theme: max(by.values()) / min(by.values()) for theme, by in sums.items() if len(by) > 1}
    theme = max(ratios, key=lambda name: ratios[name])
    assert f"“{theme}”" in points["theme-budget-by-district"]
    assert f"{max(sums[theme].values()) / WAN:,.2f} 万元" in points["theme-budget-by-district"]


def row(**cells: Any) -> dict[str, Any]:
    return {"fiscal_year": 2024, "year_basis": "printed", "comparable": True, **cells}


def test_rows_that_do_not_compare_are_in_no_headline() -> None:
    rows = [row(price=Decimal(1048), comparable=False), row(price=Decimal(200)), row(price=Decimal(300))]
    found = facts("extremes", rows, {"value": "price", "requires": ["comparable"]})
    assert found is not None
    assert (found["high_price"], found["low_price"], found["times"]) == (300, 200, Decimal("1.5"))
    assert facts("extremes", rows[:2], {"value": "price"}) is None
    without = [{"price": Decimal(1)}, {"price": Decimal(2)}]
    assert facts("extremes", without, {"value": "price", "requires": ["comparable"]}) is None


def test_years_carry_their_mark() -> None:
    rows = [row(a=1), row(a=3, year_basis="inferred", fiscal_year=2025), row(a=2, fiscal_year=None)]
    found: Facts | None = facts("sum", rows, {"value": "a", "all_years": True})
    assert found == {"rows": 3, "a": 6, "years": ("2024", "2025?", "")}
    best = facts("largest", rows, {"value": "a"})
    assert best is not None
    assert best["when"] == "2025?"


def test_the_greatest_change_may_be_a_loss() -> None:
    rows = [row(change=Decimal(5)), row(change=Decimal(-9)), row(change=Decimal(0))]
    found = facts("largest", rows, {"value": "change"})
    assert found is not None
    assert found["change"] == -9
    assert facts("largest", rows[2:], {"value": "change"}) is None


def test_only_what_can_be_judged_counts_as_reached_or_missed() -> None:
    rows = [row(done=True), row(done=None), row(done=False), row(done=True, fiscal_year=2023)]
    found = facts("share", rows, {"value": "done"})
    assert found == {"rows": 2, "held": 1, "missed": 1, "share": Decimal("0.5"), "years": ("2024",)}
    assert facts("share", rows[1:2], {"value": "done"}) is None


def test_a_short_table_shows_only_the_rows_that_it_wants() -> None:
    asked = question("promised-and-reached")
    columns = ("name", "promised", "reached")
    planned = PartPlan(asked.slug, columns, short=ShortPlan(columns, where={"attained": False}))
    done, missed = row(name="甲", attained=True), row(name="乙", attained=False)
    shown = part_of_story(Part(planned, asked, [done, missed], "A1"), "zh")
    (table,) = (block for block in shown if isinstance(block, Table))
    assert table.rows == (("乙",),)
    assert list(part_of_story(Part(planned, asked, [done], "A1"), "zh")) == []


def test_of_each_district_the_newest_year_is_compared() -> None:
    rows = [
        row(theme="t", district="甲", yuan=Decimal(900), fiscal_year=2022),
        row(theme="t", district="甲", yuan=Decimal(10)),
        row(theme="t", district="乙", yuan=Decimal(5), fiscal_year=2023),
    ]
    found = facts("unlike", rows, {"value": "yuan", "within": "theme", "between": "district"})
    assert found is not None
    assert (found["times"], found["high_when"], found["low_when"]) == (2, "2024", "2023")


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_markdown_say_the_same(language: str, built: Path) -> None:
    """Every headline and every number of every chart stands in both."""
    graph = budgetkg.open(built)
    page, text = (render(graph, format, language).replace("\\", "") for format in FORMATS)
    contents = gather(graph)
    for point in says(plan().headlines, contents, language):
        assert point.text in page
        assert point.text in text
    bars = [
        bar
        for part in contents.parts()
        for shown in drawn(part, language)
        for group in shown.chart.groups
        for bar in group.bars
    ]
    assert bars
    for bar in bars:
        number = f"{bar.text} {bar.mark}".strip()
        assert f">{number}<" in page
        assert f" {number} |" in text


@pytest.mark.skipif(browser() is None, reason="no browser that prints")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_appendix_begins_after_twelve_pages_at_most(language: str, built: Path) -> None:
    data = to_pdf(render(budgetkg.open(built), language=language))
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    texts = [page.get_textpage().get_text_range() for page in document]
    start = next(at for at, text in enumerate(texts) if START[language] in text)
    assert 3 <= start <= MOST_PAGES
    width, height = document[0].get_size()
    assert (round(width), round(height)) in ((595, 842), (595, 841), (594, 842))


def test_no_headline_adds_up_years() -> None:
    rows = [
        {"district": "甲区", "class": "教育", "fiscal_year": 2023, "amount_yuan": Decimal(90)},
        {"district": "甲区", "class": "教育", "fiscal_year": 2024, "amount_yuan": Decimal(10)},
        {"district": "乙区", "class": "文化", "fiscal_year": 2023, "amount_yuan": Decimal(30)},
    ]
    found = facts("most", rows, {"within": "class", "value": "amount_yuan"})
    assert found is not None
    assert (found["class"], found["amount_yuan"], found["whole_amount_yuan"]) == ("文化", 30, 40)
    added = facts("sum", rows, {"value": "amount_yuan"})
    assert added is not None
    assert (added["rows"], added["amount_yuan"], added["years"]) == (2, 40, ("2023", "2024"))
