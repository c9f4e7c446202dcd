"""Heads in columns over the values of a department, or of several, their indicators beside them."""

from __future__ import annotations

from tests.unit.forms.grids import page, read

from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord

HEADS = """
单位编码~3|单位名称~3|年度预算申请^5|整体绩效目标~3|部门整体支出年度绩效目标^5
资金总额~2|按收入性质分^2|按支出性质分^2|一级指标~2|二级指标~2|三级指标~2|指标值~2|度量单位~2
一般公共预算|其他资金|基本支出|项目支出
"""
HALL = """
401001~2|汝城县文化馆~2|120.00~2|118.00~2|2.00~2|80.00~2|40.00~2|办好群众文化活动。~2|产出指标|数量指标|举办演出|20|场
满意度指标|服务对象满意度|观众满意度|95|%
"""
LIBRARY = """
401002~2|汝城县图书馆~2|90.00~2|90.00~2|0.00~2|60.00~2|30.00~2|开放阅览。~2|产出指标|数量指标|购置图书|3000|册
满意度指标|服务对象满意度|读者满意度|95|%
"""
TITLE = "2024年部门整体支出绩效目标表"


def told(record: DocumentRecord) -> tuple[object, ...]:
    total = record.totals.total
    names = [one.name for one in record.indicators]
    return record.department, total and total.printed, record.overall_goal, record.year, names


def test_each_department_of_a_list_is_a_document() -> None:
    table = (HEADS + HALL + LIBRARY).replace("\n\n", "\n")
    one, other = parse_document(page(TITLE, table, before="<p>单位：万元</p>"), "a.html")
    assert told(one) == ("汝城县文化馆", "120.00", "办好群众文化活动。", 2024, ["举办演出", "观众满意度"])
    assert told(other) == ("汝城县图书馆", "90.00", "开放阅览。", 2024, ["购置图书", "读者满意度"])
    assert one.unit == other.unit == "万元"
    assert one.account.remainder == other.account.remainder == 0


def test_indicators_have_their_header_beside_the_heads_of_the_values() -> None:
    table = """
部门名称~2|年度预算（万元）^3|总体目标~2|一级指标~2|二级指标~2|三级指标~2|目标值~2
总额|基本支出|项目支出
洱源县水务局~2|320.00~2|200.00~2|120.00~2|保障供水安全。~2|产出指标|数量指标|维修渠道|12公里
效益指标|社会效益指标|受益人口|≥2万人
"""
    record = read("2025年部门整体支出绩效目标表", table)
    assert told(record) == ("洱源县水务局", "320.00", "保障供水安全。", 2025, ["维修渠道", "受益人口"])
    assert [one.annual_value for one in record.indicators] == ["12公里", "≥2万人"]
    assert record.unit == "万元"


def test_a_list_of_tasks_is_no_list_of_departments() -> None:
    tasks = """
任务名称|主要内容|预算金额|其中：财政拨款|其他资金
渠道维修|维修渠道12公里|200.00|200.00|0.00
水质检测|检测水样|120.00|120.00|0.00
"""
    names = "部门名称|洱源县水务局^4\n年度总体目标|保障供水安全。^4"
    indicators = "一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|维修渠道|12公里"
    record = read(TITLE, names, tasks, indicators)
    assert [task.name for task in record.tasks] == ["渠道维修", "水质检测"]


def test_rows_that_name_no_department_are_no_documents() -> None:
    money = """
重点工作|资金总额|财政拨款|其他资金
渠道维修|200.00|180.00|20.00
水质检测|120.00|120.00|0.00
"""
    names = "部门名称|洱源县水务局^3\n年度总体目标|保障供水安全。^3"
    indicators = "一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|维修渠道|12公里"
    record = read(TITLE, names, money, indicators)
    assert record.department == "洱源县水务局"
    assert [one.name for one in record.indicators] == ["维修渠道"]
