"""Tasks beside a heading that is merged down: whose names they are, and that nothing of them is lost."""

from __future__ import annotations

from tests.unit.forms.grids import read

from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord

_HEAD = (
    "<h1>部门整体支出绩效目标表</h1><p>（2024年度）</p><table>"
    "<tr><td>部门名称</td><td colspan=4>甲县水务局</td></tr>"
    "<tr><td>总体绩效目标</td><td colspan=4>管好河湖，供好水。</td></tr>"
    "<tr><td rowspan=3>年度重点工作任务</td><td>{name}</td><td>主要实施内容</td>"
    "<td>拟投入的资金（万元）</td><td>期望达到的目标（概述）</td></tr>"
    "<tr><td>清淤</td><td>清理河道12公里。</td><td>30.00</td><td>水清岸绿</td></tr>"
    "<tr><td>巡河</td><td>每月巡河两次。</td><td>5.50</td><td>无乱占乱建</td></tr>"
    "<tr><td rowspan=2>年度绩效指标</td><td>一级指标</td><td>二级指标</td>"
    "<td>三级指标</td><td>年度指标值</td></tr>"
    "<tr><td>产出指标</td><td>数量指标</td><td>清淤长度</td><td>≥12公里</td></tr></table>"
)


def _read(name: str) -> DocumentRecord:
    page = f"<html><meta charset='utf-8'><body>{_HEAD.format(name=name)}</body></html>"
    (record,) = parse_document(page.encode(), "a.html")
    return record


def test_names_stand_in_the_first_column_of_words_right_of_the_heading() -> None:
    for name in ("名称", "事项", "重点任务", "工作"):
        tasks = _read(name).tasks
        assert [(task.name, task.content, task.expected) for task in tasks] == [
            ("清淤", "清理河道12公里。", "水清岸绿"),
            ("巡河", "每月巡河两次。", "无乱占乱建"),
        ], name
        assert [str(task.amount.printed) for task in tasks if task.amount] == ["30.00", "5.50"]


def test_rows_without_a_name_are_quoted_whole() -> None:
    """责任科室 holds no names of tasks; what the known columns hold isn't lost with it."""
    record = _read("责任科室")
    assert not record.tasks
    quoted = " ".join(place.quote for finding in record.findings for place in finding.evidence)
    for text in ("清理河道12公里。", "30.00", "水清岸绿", "每月巡河两次。", "5.50", "无乱占乱建"):
        assert text in quoted


def test_the_projects_of_tasks_name_them_where_nothing_else_does() -> None:
    table = """
部门名称|珠江区路灯所^3
年度主要任务~3|对应项目|主要内容|预算金额（万元）
路灯改造|改造路灯120盏|60.00
桥梁照明|点亮三座桥|20.00
"""
    record = read("2024年部门整体支出绩效目标表", table)
    said = [(task.name, task.content, task.amount and task.amount.printed) for task in record.tasks]
    assert said == [("路灯改造", "改造路灯120盏", "60.00"), ("桥梁照明", "点亮三座桥", "20.00")]


def test_a_header_of_which_most_says_what_was_reached() -> None:
    table = """
部门名称|甲县水务局^12
年度主要任务~4|任务名称~2|主要内容~2|完成情况~2|全年预算数（万元）^3|全年执行数（万元）^3|分值~2|执行率~2|得分~2
总额|财政拨款|其他资金|总额|财政拨款|其他资金
清淤|清理河道|已完成|35.50|30.00|5.50|30.10|30.00|0.10|—|84.8%|—
金额合计^3|35.50|30.00|5.50|30.10|30.00|0.10|10|84.8%|8.5
绩效指标~2|一级指标^2|二级指标^2|三级指标^2|年度指标值^2|实际完成值^2|分值|得分^2
产出指标^2|数量指标^2|清淤长度^2|≥12公里^2|12公里^2|10|10^2
"""
    record = read("部门整体支出绩效自评表（2024年度）", table)
    assert [(task.name, task.content, task.amount and task.amount.printed) for task in record.tasks] == [
        ("清淤", "清理河道", "35.50")
    ]
    assert record.totals.fiscal_appropriation
    assert record.totals.fiscal_appropriation.printed == "30.00"
