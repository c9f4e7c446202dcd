"""What stands around a form's own tables: numbers under headings, parts of the year, tasks, pasted sheets."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, codes, page, project, read

from budgetkg.forms import parse_document
from budgetkg.reading.csv_table import is_csv
from budgetkg.records import DocumentRecord

TITLE = "2024年项目支出绩效目标表"
INDICATORS = """
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|改造路灯|120盏
效益指标|社会效益指标|夜间亮灯率|≥98%
"""


def quoted(record: DocumentRecord) -> dict[str, str]:
    """What each unknown header or label heads."""
    unknown = [found.values for found in record.findings if found.code == "header-unknown"]
    return {values["header"]: values["text"] for values in unknown}


@pytest.mark.parametrize(
    "table",
    [
        "检查事项|检查要点|满分|得分|意见\n灯具|型号|20|18|\n施工|工期|30|25|雨天停工",
        "检查事项|检查要点|标准^2|意见\n^2|满分|得分|\n灯具|型号|20|18|\n施工|工期|30|25|雨天停工",
    ],
    ids=["one row of headings", "two rows of headings"],
)
def test_numbers_under_headings_are_quoted_by_column(table: str) -> None:
    record = read(TITLE, HEAD, table, INDICATORS)
    assert quoted(record)["满分"] == "20；30"
    assert quoted(record)["得分"] == "18；25"
    assert quoted(record)["检查事项"] == "灯具；施工"
    assert project(record).amounts.total is not None
    assert len(project(record).indicators) == 2


def test_labels_with_numbers_beside_them_are_no_headings() -> None:
    record = read(TITLE, HEAD, "灯杆高度|8|灯杆数量|120\n电缆长度|2600|控制箱|4", INDICATORS)
    assert quoted(record) == {"灯杆高度": "8", "灯杆数量": "120", "电缆长度": "2600", "控制箱": "4"}


def test_money_of_a_part_of_the_year_is_none_of_the_year() -> None:
    money = """
项目资金（万元）~3|资金|年初预算数|1-7月执行数|1-7月执行率|全年预计执行数
年度资金总额|60.00|33.00|55%|58.00
其中：财政拨款|60.00|33.00|55%|58.00
"""
    head = "\n".join(HEAD.strip().split("\n")[:2])
    record = read("2024年项目支出绩效运行监控表", head, money, INDICATORS)
    (total, _) = project(record).funds
    assert total.initial is not None
    assert total.executed is None
    assert total.rate is None
    assert quoted(record)["1-7月执行数"] == "33.00；33.00"
    assert not record.is_self_evaluation


def test_a_heading_over_an_amount_is_no_label_of_it() -> None:
    money = """
债券资金（万元）~2|当年额度|到账金额|支出金额|支出进度|分值|得分
80.00|75.00|60.00|75%|10|7.5
"""
    record = read("2024年项目支出绩效自评表", HEAD, money, INDICATORS)
    line = project(record).funds[-1]
    assert (line.initial and line.initial.printed, line.executed and line.executed.printed) == (
        "80.00",
        "60.00",
    )
    assert (line.rate, line.weight, line.score) == ("75%", "10", "7.5")
    assert quoted(record) == {"到账金额": "75.00"}


def test_tasks_with_what_was_spent_are_tasks() -> None:
    table = """
部门名称|天河区城市管理局^5
部门整体支出（万元）~2|年初预算数^2|全年预算数|全年执行数|执行率
90.00^2|88.00|80.00|90.9%
年度主要任务完成情况~4|任务名称|主要内容|预算数（万元）|执行数（万元）|完成情况
路灯改造|改造路灯120盏|60.00|55.00|已完成
道路清扫|清扫道路30公里|20.00|19.50|已完成
……||||
"""
    record = read("2024年度部门整体支出绩效自评表", table, INDICATORS)
    said = [(task.name, task.content, task.amount and task.amount.printed) for task in record.tasks]
    assert said == [("路灯改造", "改造路灯120盏", "60.00"), ("道路清扫", "清扫道路30公里", "20.00")]
    assert record.totals.total is not None
    assert record.totals.total.printed == "90.00"
    assert len(record.funds) == 1
    assert quoted(record) == {"执行数（万元）": "55.00；19.50", "完成情况": "已完成；已完成"}
    assert "amount-blank" not in codes(record)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("天河区2024年路灯节能改造项目绩效评价指标体系及得分情况表", "路灯节能改造"),
        ("天河区2024年农村饮水管护经费支出绩效评价指标体系表", "农村饮水管护经费"),
        ("天河区2024年区级部门预算项目绩效评价指标体系表", ""),
        ("2024年天河区教育局项目绩效评价指标体系表", ""),
        ("2024年天河区教育局专项资金绩效评价指标体系表", ""),
        ("2024年天河区第一中学本级项目支出绩效评价指标体系表", ""),
        ("2024年天河区珠村街道财政资金绩效评价指标体系表", ""),
    ],
)
def test_a_project_that_only_the_title_names(title: str, name: str) -> None:
    record = read(title, INDICATORS, before="<p>委托单位：天河区财政局　　被评价单位：天河区市政所</p>")
    assert project(record).name == name


def test_sheets_pasted_below_each_other() -> None:
    text = """部门收支总表
收入,,支出,
项目,预算数,项目,预算数
财政拨款收入,"1,286.40",一、城乡社区支出,"1,286.40"
收入总计,"1,286.40",支出总计,"1,286.40"
2024年项目支出绩效目标表
项目名称,路灯改造,,,
主管部门,天河区城市管理局,,实施单位,天河区市政所
项目资金,年度资金总额,60.00,,
年度总体目标,改造路灯120盏。,,,
一级指标,二级指标,三级指标,指标值,分值
产出指标,数量指标,改造路灯,120盏,40
,质量指标,验收合格率,100%,40
"""
    (record,) = parse_document(text.encode(), "a.csv")
    assert project(record).name == "路灯改造"
    assert [row.annual_value for row in project(record).indicators] == ["120盏", "100%"]


def test_lines_with_sums_of_money_are_no_pasted_sheets() -> None:
    three = "城乡社区支出 1,286,400.00 1,186,400.00 100,000.00\n"
    two = "节能环保支出 1,286,400.00 1,186,400.00\n"
    assert not is_csv(f"2024年项目支出绩效目标表\n项目名称：路灯改造\n{three * 6}{two * 6}")


def test_what_stands_beside_the_indicators_is_no_furniture() -> None:
    """A department in a row of its own, its columns left of those of the indicators."""
    table = """
单位代码~3|单位名称~3|年度预算^2|整体绩效目标~3|部门整体支出年度绩效目标^4
资金总额~2|按支出性质分|一级指标~2|二级指标~2|三级指标~2|指标值~2
项目支出
601~2|珠江区路灯所~2|326.45~2|90.00~2|全年亮灯，不留暗处。~2|产出指标|数量指标|改造路灯|120盏
效益指标|社会效益指标|夜间亮灯率|≥98%
"""
    record = read("2024年部门整体支出绩效目标表", table)
    assert record.department == "珠江区路灯所"
    assert record.overall_goal == "全年亮灯，不留暗处。"
    assert [one.name for one in record.indicators] == ["改造路灯", "夜间亮灯率"]
    amounts = {(line.group, line.label): line.amount and line.amount.printed for line in record.budget}
    assert amounts == {(None, "资金总额"): "326.45", ("按支出性质分", "项目支出"): "90.00"}
    assert ("单位代码", "601") in record.attributes


def test_a_list_of_several_departments_is_no_form_of_one() -> None:
    """The values of a second row belong to another department: none of them becomes the document's."""
    table = """
单位编码|单位名称|资金总额|整体绩效目标|一级指标|二级指标|三级指标|指标值
601|珠江区路灯所|326.45|全年亮灯。|产出指标|数量指标|改造路灯|120盏
602|珠江区公园所|88.00|养护公园。|产出指标|数量指标|养护绿地|20公顷
"""
    record = read("2024年部门整体支出绩效目标表", table)
    assert record.overall_goal is None
    assert record.totals.total is None


REMARKS = """
资金管理情况~4||情况说明|存在问题和改进措施
分配科学性|按灯杆数分配。|无
下达及时性|当月下达。|个别街道稍迟，将提早。
支出规范性|专账核算。|无
"""


def test_headings_over_remarks_are_no_labels_with_values() -> None:
    record = read(TITLE, HEAD, REMARKS, INDICATORS)
    said = quoted(record)
    assert said.keys() == {"情况说明", "存在问题和改进措施"}
    assert said["情况说明"] == "分配科学性：按灯杆数分配。；下达及时性：当月下达。；支出规范性：专账核算。"
    assert said["存在问题和改进措施"] == "无；个别街道稍迟，将提早。；无"


def test_labels_merged_beside_a_part_of_the_form_still_have_their_values() -> None:
    pairs = "监督方式~3|抽查|抽查次数|两次\n联系科室|路灯科|负责科室|设施科\n存放地点|东库|管护期|五年"
    said = quoted(read(TITLE, HEAD, pairs, INDICATORS))
    assert said["联系科室"] == "路灯科"
    assert said["存放地点"] == "东库"


def test_a_list_over_the_form_is_none_of_its_labels() -> None:
    allocation = """
序号|街道|施工地点|施工内容|合计金额
1|员村街道|一横路、二横路|换灯40盏|20.00
2|棠下街道|棠德路|换灯80盏|40.00
合计|||120盏|60.00
"""
    record = read(TITLE, allocation, HEAD, INDICATORS, before="<p>资金分配表</p>")
    assert quoted(record)["施工地点"] == "一横路、二横路；棠德路"
    assert "amount-unreadable" not in codes(record)
    assert project(record).attributes == ()
    assert project(record).amounts.total is not None


def test_headings_with_their_list_numbers_stand_in_the_records() -> None:
    """Forms one after another, each under the project's name; blanks there part labelled amounts."""
    form = """
项目名称|{name}
预算单位|天河区城市管理局
项目资金|年度资金总额：60.00万元　　其中：财政拨款：60.00万元　　其他资金：0.00万元
年度绩效目标|改造完毕。
"""
    pages = [("（一）", "路灯改造"), ("（二）", "井盖更换"), ("（三）", "护栏翻新")]
    middle = "".join(
        f"<p>{mark}{name}项目绩效目标表</p>"
        + page("", form.format(name=name), INDICATORS).decode().removeprefix("<html><body><p></p>")
        for mark, name in pages
    )
    text = f"<html><body><p>天河区城市管理局2025年部门预算</p>{middle}"
    (record,) = parse_document(text.encode(), "a.html")
    quotes = {
        one.name: [e.quote for e in one.evidence] for unit in record.units_of_use for one in unit.projects
    }
    assert any("（二）井盖更换" in quote for quote in quotes["井盖更换"])
    assert any("（三）护栏翻新" in quote for quote in quotes["护栏翻新"])
    assert "blanks-inside-text" not in codes(record)
