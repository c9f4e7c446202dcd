"""Which targets compare: a label and the unit of the measure, one number, no guess."""

from __future__ import annotations

import pytest
from tests.memory import store_of, texts
from tests.records import document, indicator, project, unit

from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.measures import Measures
from budgetkg.inference.subjects import extract
from budgetkg.mapping import DEFAULT_BASE, document_quads
from budgetkg.queries import question
from budgetkg.records import Indicator


def measured(row: Indicator) -> list[tuple[str, str, str, str]]:
    record = document(units_of_use=(unit(project(indicators=(row,))),))
    found = Measures(LocalNames(frozenset())).of(extract(record, document_quads(record), DEFAULT_BASE))
    return [
        (item.measure, item.quantity.comparator, str(item.quantity.value), str(item.quantity.unit))
        for item in found
    ]


@pytest.mark.parametrize(
    ("name", "annual", "expected"),
    [
        ("放映场次", "336场", [("film-screenings", "=", "336", "场")]),
        ("放映场次", "不少于336场次", [("film-screenings", ">=", "336", "场")]),
        ("放映场次", "336次", []),
        ("放映场次", "100%", []),
        ("放映场次", "控制数", []),
        ("放映场次", "提升5场", []),
        ("放映场次", "每月2场", []),
        ("文明实践活动次数", "≥90", [("practice-activities", ">=", "90", "次")]),
        ("文明实践活动", "≥90", []),
        ("文明实践阵地", "1个", []),
        (
            "舆情产品",
            "每年编印365期舆情日报、12期舆情月报",
            [("public-opinion-dailies", "=", "365", "期"), ("public-opinion-monthlies", "=", "12", "期")],
        ),
        ("主题活动", "不少于19场，网络传播10场", []),
        ("主题活动", "主题活动19场，网络传播10场", [("theme-activities", "=", "19", "场")]),
        ("其他", "365期", []),
        ("户外演出群众满意度", "≥90%", [("public-satisfaction", ">=", "90", "%")]),
        ("群众满意度（%）", "90", []),
        ("工作人员满意度", "100%", []),  # another's satisfaction
        ("群众满意度", "提升5%", []),  # a change is no level
        ("资金使用率", "95%以上", [("money-spent", ">=", "95", "%")]),
        ("任务完成率", "100%", []),  # of what, it doesn't say
    ],
)
def test_what_compares(name: str, annual: str, expected: list[tuple[str, ...]]) -> None:
    assert measured(indicator(name, annual_value=annual)) == expected


def test_a_unit_column_counts_as_printed() -> None:
    row = indicator("放映场次", annual_value="336", operator="≥", unit="场")
    assert measured(row) == [("film-screenings", ">=", "336", "场")]


def test_a_long_target_is_left_alone() -> None:
    assert measured(indicator("放映场次", annual_value="放映1场，" * 2500)) == []


def test_what_is_printed_wins_over_what_is_implied() -> None:
    goal = "28个行政村，每个行政村每月放映一场电影"
    row, vague = (indicator("放映场次", annual_value=text) for text in ("300场", "按计划"))
    printed = project("农村电影放映补助", goal=goal, indicators=(row,))
    implied = project("农村电影放映工作", goal=goal, indicators=(vague,))
    store = store_of([document(units_of_use=(unit(printed, implied),))])
    answer = question("unit-cost").ask(store)
    basis = question("unit-cost").columns.index("basis")
    rows = {row[1]: (row[3], row[basis]) for row in texts(answer)}
    assert rows == {
        "农村电影放映补助": ("300", "printed"),
        "农村电影放映工作": ("336", "implied: 28个行政村 × 12个月 × 1场 = 336场"),
    }


def test_unit_cost_takes_theme_and_unit() -> None:
    row = indicator("舆情日报数量", annual_value="400期")
    store = store_of([document(units_of_use=(unit(project("舆情工作", "2.00", indicators=(row,))),))])
    for theme in ("网络舆情", "public-opinion", "舆情监测"):
        rows = texts(question("unit-cost").ask(store, {"theme": theme, "unit": "期"}), 6)
        assert rows == [("黄埔区", "舆情工作", "20000.00", "400", "期", "50.00")]
    assert texts(question("unit-cost").ask(store, {"theme": "网络舆情", "unit": "场"})) == []


def test_unit_cost_counts_every_output_in_the_unit_and_nothing_else() -> None:
    """A theme and measure words that no comparable measure knows; 每月2套 and a rise are no year's count."""
    rows = (
        indicator("采购台套", annual_value="20套"),
        indicator("更新桌椅", annual_value="≥ 40套"),
        indicator("巡检", annual_value="每月2套"),
        indicator("增配", annual_value="增加5套"),
        indicator("使用满意", annual_value="8套", tier1_code="3", tier1="满意度指标", tier2_code="31"),
        indicator("验收", period_value="9套", annual_value="及时"),
    )
    store = store_of([document(units_of_use=(unit(project("设备购置经费", "4.00", indicators=rows)),))])
    found = texts(question("unit-cost").ask(store, {"theme": "设备购置", "unit": "套"}), 9)
    start = "黄埔区", "设备购置经费", "40000.00"
    assert found == [
        (*start, "20", "套", "2000.00", "printed", "采购台套", "20套"),
        (*start, "40", "套", "1000.00", "printed", "更新桌椅", "≥ 40套"),
    ]
    assert texts(question("unit-cost").ask(store, {"theme": "设备购置", "unit": "张"})) == []


def test_unit_cost_of_a_word_that_the_list_of_units_lacks() -> None:
    rows = (indicator("锦旗", annual_value="5锦"), indicator("展柜", annual_value="20套"))
    store = store_of([document(units_of_use=(unit(project("设备购置经费", "4.00", indicators=rows)),))])
    found = texts(question("unit-cost").ask(store, {"theme": "设备购置", "unit": "锦"}), 6)
    assert [row[3:] for row in found] == [("5", "锦", "8000.00")]
