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


DEPARTMENT = """
部门名称|元谋县水务局^6
部门总体目标|总体绩效目标（2024-2026年期间）|到2026年，自来水普及率达到97%以上。^5
部门年度目标|预算年度（2024年）绩效目标|落实河长制；建成供水工程。^5
{head}^2~2|主要内容~2|对应项目~2|预算申报金额（元）^3
总额|财政拨款|其他资金
{name}^2|建设集中式供水工程6处|供水三年行动|28.00|26.00|2.00
一级指标|二级指标|三级指标|指标值^4
产出指标|数量指标|新建工程|≥6处^4
"""


def test_the_goal_of_several_years_stands_beside_that_of_the_year() -> None:
    record = read("部门整体支出绩效目标表", DEPARTMENT.format(head="部门职能职责", name="农村供水保障"))
    assert record.overall_goal == "落实河长制；建成供水工程。"
    assert (record.year, record.year_printed) == (2024, True)
    assert record.attributes == (("总体绩效目标(2024-2026年期间)", "到2026年，自来水普及率达到97%以上。"),)
    assert [(task.name, task.amount and task.amount.printed) for task in record.tasks] == [
        ("农村供水保障", "28.00")
    ]


def test_who_does_a_task_is_not_its_name() -> None:
    record = read("部门整体支出绩效目标表", DEPARTMENT.format(head="责任部门", name="农村供水管理站"))
    assert not record.tasks


def test_one_row_of_money_whose_label_says_the_sum_is_the_total() -> None:
    record = read(
        "2021年度财政项目绩效自评表",
        "项目名称|改造补助^4\n预算执行情况（万元）|^1|预算数（A）|执行数（B）|执行率（B/A）\n"
        "年度财政资金总额^2|486.50|462.18|95.00%\n"
        "一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）\n产出指标|数量指标|购置方舱CT|1台|1台",
    )
    (project,) = (project for unit in record.units_of_use for project in unit.projects)
    assert project.amounts.total is not None
    assert project.amounts.total.printed == "486.50"


@pytest.mark.parametrize("merge", ["^6", "| | | | | "])
def test_what_heads_the_next_part_is_no_task(merge: str) -> None:
    table = (
        DEPARTMENT.format(head="部门职能职责", name="农村供水保障").replace("^2|", "|").replace("^2~2", "~2")
    )
    parts = table.replace("\n一级指标", f"\n三、部门整体支出绩效指标{merge}\n一级指标")
    record = read("部门整体支出绩效目标表", parts)
    assert [task.name for task in record.tasks] == ["农村供水保障"]
    assert [indicator.name for indicator in record.indicators] == ["新建工程"]
