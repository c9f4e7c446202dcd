"""The year, the department and the money that only headings and the lines over a table print."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, read

INDICATORS = """
一级指标|二级指标|三级指标|{value}
产出指标|数量指标|改造路灯|≥120盏
产出指标|时效指标|完工时间|11月底前
"""


@pytest.mark.parametrize(
    ("head", "value"),
    [
        (HEAD, "2024年指标值"),
        (HEAD.replace("年度总体目标", "2024年度绩效目标"), "指标值"),
        (HEAD.replace("年度资金总额", "2024年度资金总额"), "指标值"),
    ],
)
def test_the_year_in_a_heading_is_printed(head: str, value: str) -> None:
    record = read("项目支出绩效目标表", head + INDICATORS.format(value=value))
    assert (record.year, record.year_printed) == (2024, True)
    assert "year-not-printed" not in {finding.code for finding in record.findings}


@pytest.mark.parametrize("value", ["指标值|2023年完成值", "2024年指标值|2023年完成值"])
def test_what_was_reached_or_a_second_year_dates_no_form(value: str) -> None:
    table = INDICATORS.format(value=value).replace("盏", "盏|118盏").replace("前", "前|10月")
    assert read("项目支出绩效目标表", HEAD + table).year is None


def test_a_year_before_a_month_is_no_budget_year() -> None:
    assert read("项目支出绩效目标表", HEAD + INDICATORS.format(value="2024年6月底指标值")).year is None


FORM = """
项目名称|{name}^3
项目资金（万元）|年度资金总额|60.00^2
年度目标|{goal}。^3
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|改造{name}|≥12处
"""


def test_a_unit_right_below_the_title_is_the_department() -> None:
    forms = [FORM.format(name=name, goal=f"改造{name}十二处") for name in ("路灯", "井盖")]
    over = "<p>武功县城市管理局　　单位：万元</p>"
    between = "武功县市政服务中心|单位：万元\n" + forms[1].strip()
    record = read(f"2024年项目支出绩效目标表</p>{over}<p>", forms[0], between)
    assert record.department == "武功县城市管理局"
    assert [unit.name for unit in record.units_of_use] == ["武功县城市管理局", "武功县市政服务中心"]


def test_amounts_behind_labels_of_their_own_under_heads_of_money() -> None:
    record = read(
        "2023年度项目支出绩效自评表",
        "项目名称|路灯改造^5\n"
        "预算执行~4|资金类别|预算安排情况（调整后）|资金到位情况|资金执行情况|预算执行率\n"
        + "预算数：|480.00|到位数：480.00|执行数：456.00|95.00%\n"
        "其中：财政资金|480.00|480.00|456.00|95.00%\n其他|0.00|0.00|0.00|-\n"
        "一级指标|二级指标|三级指标|年度指标值|实际完成值\n产出指标|数量指标|改造路灯|≥12盏|12盏",
    )
    (project,) = (project for unit in record.units_of_use for project in unit.projects)
    assert project.amounts.total is not None
    assert project.amounts.total.printed == "480.00"
    assert [(line.source, line.executed and line.executed.printed) for line in project.funds] == [
        ("total", "456.00"),
        ("fiscal_appropriation", "456.00"),
        ("other", "0.00"),
    ]
