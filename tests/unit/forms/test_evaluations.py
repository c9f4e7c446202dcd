"""Self-evaluations of projects and departments: what was promised, what was reached, what it cost."""

from __future__ import annotations

from tests.unit.forms.grids import HEAD, codes, facts, project, read

EVALUATION = """
项目名称|高中助学金^7
主管部门|寅县教育局^3|实施单位|寅县第一中学^3
项目资金（万元）~3||年初预算数|全年预算数|全年执行数|分值|执行率|得分
年度资金总额|30.00|32.00|31.00|10|96.9%|9.7
其中：当年财政拨款|30.00|32.00|31.00|—|96.9%|—
年度总体目标~2|预期目标^4|实际完成情况^3
资助一百人。^4|资助一百零四人。^3
绩效指标~3|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|资助人数|≥100人|104人|50|50
效益指标|社会效益指标|政策知晓率|≥95%|90%|40|35
总分^6|100|94.7
其他需要说明的事项|无^7
"""


def test_a_self_evaluation_says_what_was_promised_and_what_was_reached() -> None:
    record = read("寅县高中助学金绩效自评表（2023年度）", EVALUATION)
    found = project(record)
    assert (record.year, record.year_printed, record.district) == (2023, True, "寅县")
    assert (found.goal, found.goal_reached) == ("资助一百人。", "资助一百零四人。")
    assert [facts(row) for row in found.indicators] == [
        {"name": "资助人数", "tier1": "产出指标", "tier2": "数量指标", "annual_value": "≥100人",
         "actual_value": "104人",
         "weight": "50", "score": "50", "margin": 6.0},
        {"name": "政策知晓率", "tier1": "效益指标", "tier2": "社会效益指标", "annual_value": "≥95%",
         "actual_value": "90%",
         "weight": "40", "score": "35", "margin": 6.0},
    ]  # fmt: skip
    whole = found.funds[0]
    assert (whole.label, whole.source, whole.rate, whole.score) == ("年度资金总额", "total", "96.9%", "9.7")
    numbers = [amount.value if amount else None for amount in (whole.initial, whole.adjusted, whole.executed)]
    assert [str(number) for number in numbers] == ["30.00", "32.00", "31.00"]
    assert found.amounts.total is not None
    assert str(found.amounts.total.value) == "30.00"
    assert found.attributes == (("总分 分值", "100"), ("总分 得分", "94.7"), ("其他需要说明的事项", "无"))


REMARKS = """
评价结论|多数学生按时领到。^7
二、存在问题|名册核对偏晚。^7
改进措施|开学前核对一次。^7
"""


def test_what_an_evaluation_says_of_itself_is_kept_as_printed() -> None:
    record = read("项目支出绩效自评表", EVALUATION, REMARKS)
    said = dict(project(record).attributes)
    assert said["评价结论"] == "多数学生按时领到。"
    assert said["二、存在问题"] == "名册核对偏晚。"
    assert said["改进措施"] == "开学前核对一次。"
    assert "header-unknown" not in codes(record)
    assert len(project(record).indicators) == 2


def test_a_sum_that_the_weights_do_not_make_is_said() -> None:
    assert "total-not-reconciled" not in codes(read("项目支出绩效自评表", EVALUATION))
    assert "total-not-reconciled" in codes(
        read("项目支出绩效自评表", EVALUATION.replace("|104人|50|", "|104人|30|"))
    )


DEPARTMENT = """
部门（单位）名称|东莞展览馆^5
年度主要任务~4|任务名称~2|主要内容~2|年度预算金额（万元）^3
小计|市财政拨款|其他资金
日常运转|水电费|549.34|549.34|
金额合计|*|549.34|549.34|0
年度总体目标~2|年初设定目标^3|全年完成情况^2
接待二十万人。^3|接待二十一万人。^2
绩效指标~2|一级指标|二级指标|三级指标|年度指标值|实际完成值
产出指标|数量指标|展览场次|≥10场|11场
合计^6
"""


def test_a_departments_evaluation_is_read_like_a_projects() -> None:
    record = read("部门（单位）整体支出绩效自评表（2022年度）", DEPARTMENT)
    assert (record.form, record.department, record.overall_goal) == (
        "department-annual",
        "东莞展览馆",
        "接待二十万人。",
    )
    assert record.goal_reached == "接待二十一万人。"
    assert [task.name for task in record.tasks] == ["日常运转"]
    assert record.totals.total is not None
    assert str(record.totals.total.value) == "549.34"
    assert [(row.name, row.annual_value, row.actual_value) for row in record.indicators] == [
        ("展览场次", "≥10场", "11场")
    ]


def test_a_name_merged_over_its_tiers_is_an_indicator_without_them() -> None:
    table = """
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
预算执行率^3|≥95%|96%|10|9.6
产出指标~2|数量指标|改造路灯|120盏|121盏|50|50
按期完工^2|100%|100%|20|20
满意度指标|服务对象满意度指标|居民满意度|≥90%|93%|10|10
总分^5|90|89.6
"""
    rows = project(read("项目支出绩效自评表", HEAD, table)).indicators
    assert [(row.tier1, row.tier2, row.name, row.annual_value) for row in rows] == [
        (None, None, "预算执行率", "≥95%"),
        ("产出指标", "数量指标", "改造路灯", "120盏"),
        ("产出指标", None, "按期完工", "100%"),
        ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
    ]
