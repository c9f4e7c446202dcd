"""Tables read by their structure: each kind of row, column and block that forms of the country print."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, codes, project, read

TABLE = """
绩效指标~4|一级指标|二级指标|三级指标|指标值^2
产出指标~2|数量指标|改造路灯|120盏^2
质量指标|验收合格率|≥95%^2
满意度指标|服务对象满意度指标|居民满意度|≥90%^2
"""
NAMES = ["改造路灯", "验收合格率", "居民满意度"]
BELOW = (
    "总分^5|95", "合计^5|100", "其他需要说明的事项^2|无^4", "单位审核意见|同意申报。^5",
    "评价结论|达到预期^5",
    "存在问题|资金到位偏晚^5", "改进措施^2|加强调度^4", "（盖章）^6", "天河区城市管理局^5|单位：万元",
    "附件材料^6",
    "某种没人列过的栏目|随便写的文字^5", "网站地图^6",
)  # fmt: skip


@pytest.mark.parametrize("row", BELOW)
def test_a_row_that_stands_in_no_column_of_the_header_is_no_indicator(row: str) -> None:
    found = project(read("项目支出绩效目标表", HEAD, TABLE + row))
    assert [one.name for one in found.indicators] == NAMES


@pytest.mark.parametrize("numbers", ["|1|2|3|4^2", "|（1）|（2）|（3）|（4）^2", "栏次|1|2|3|4^2"])
def test_a_row_that_counts_the_columns_is_none(numbers: str) -> None:
    head, rest = TABLE.strip().split("\n", 1)
    table = (
        head.replace("~4", "")
        + "\n"
        + numbers
        + "\n|"
        + rest.replace("\n质量", "\n|质量").replace("\n满", "\n|满")
    )
    found = project(read("项目支出绩效目标表", HEAD, table))
    assert [one.name for one in found.indicators] == NAMES


def test_satisfaction_is_a_second_tier_where_it_stands_in_that_column() -> None:
    table = """
绩效指标~4|一级指标|二级指标|三级指标|指标值^2
产出指标|数量指标|建成广场|2处^2
效益指标~2|社会效益指标|受益人口|≥3000人^2
满意度指标|群众满意度|≥90%^2
"""
    record = read("项目支出绩效目标表", HEAD, table)
    last = project(record).indicators[-1]
    assert (last.tier1, last.tier2, last.name, last.annual_value) == (
        "效益指标",
        "满意度指标",
        "群众满意度",
        "≥90%",
    )
    assert "columns-shifted" not in codes(record)


def test_a_word_of_the_tiers_may_be_the_name_of_an_indicator() -> None:
    table = "一级指标|二级指标|三级指标|指标值\n满意度指标|满意度指标|满意度|≥90%\n产出指标|数量指标|数量|3个"
    first, last = project(read("项目支出绩效目标表", HEAD, table)).indicators
    assert (first.tier1, first.tier2, first.name, first.annual_value) == (
        "满意度指标",
        "满意度指标",
        "满意度",
        "≥90%",
    )
    assert (last.name, last.annual_value) == ("数量", "3个")


def test_tiers_that_no_edition_has_stay_where_they_are_printed() -> None:
    table = """
绩效指标~3|一级指标|二级指标|三级指标|指标值^2
实施效果指标~2|产出指标|建设项目个数|1^2
效益指标|综合利用率|≥90%^2
"""
    first, last = project(read("项目支出绩效目标表", HEAD, table)).indicators
    assert (first.tier1, first.tier2, first.name) == ("实施效果指标", "产出指标", "建设项目个数")
    assert (last.tier1, last.tier2, last.name) == ("实施效果指标", "效益指标", "综合利用率")


@pytest.mark.parametrize(
    "heads", [("指标性质", "指标方向"), ("指标方向", "指标性质"), ("计算符号", "指标性质")]
)
def test_signs_and_directions_are_told_by_their_cells(heads: tuple[str, str]) -> None:
    table = f"一级指标|二级指标|三级指标|{heads[0]}|{heads[1]}|指标值|计量单位\n" + "\n".join(
        f"产出指标|数量指标|{name}|{one}|{other}|{value}|个"
        for name, one, other, value in (("甲数", "正向", "大于等于", 10), ("乙数", "反向", "小于等于", 2))
    )
    rows = project(read("项目支出绩效目标表", HEAD, table)).indicators
    assert [(row.direction, row.operator, row.annual_value) for row in rows] == [
        ("正向", "大于等于", "10"), ("反向", "小于等于", "2"),
    ]  # fmt: skip


def test_one_head_over_a_value_and_its_unit() -> None:
    table = (
        "一级指标|二级指标|三级指标|指标值^2\n"
        "产出指标|数量指标|改造路灯|≥120|盏\n"
        "产出指标|质量指标|合格率|≥95|%"
    )
    rows = project(read("项目支出绩效目标表", HEAD, table)).indicators
    assert [(row.annual_value, row.unit, row.period_value) for row in rows] == [
        ("≥120", "盏", None),
        ("≥95", "%", None),
    ]


def test_thresholds_in_columns_of_their_own() -> None:
    table = (
        "一级指标|二级指标|三级指标|指标值|优|良|中|差\n产出指标|数量指标|改造路灯|120盏|≥120|≥100|≥80|＜80"
    )
    record = read("项目支出绩效目标表", HEAD, table)
    (row,) = project(record).indicators
    assert row.grades == (("优", "≥120"), ("良", "≥100"), ("中", "≥80"), ("差", "＜80"))
    assert "header-unknown" not in codes(record)


def test_four_tiers() -> None:
    table = (
        "一级指标|二级指标|三级指标|四级指标|指标值\n"
        "产出指标|数量指标|建设类~2|改造路灯|120盏\n"
        "产出指标|数量指标|更换灯具|95盏"
    )
    rows = project(read("项目支出绩效目标表", HEAD, table)).indicators
    assert [(row.tier3, row.name) for row in rows] == [("建设类", "改造路灯"), ("建设类", "更换灯具")]


def test_the_form_of_2014_has_its_tiers_under_a_plain_word() -> None:
    table = (
        "项目绩效指标~4|指标|指标内容|指标值^3\n"
        "产出指标~2|报告次数|1次^3\n"
        "培训人次|200人次^3\n"
        "效益指标|损失量|有效减少^3"
    )
    rows = project(read("项目支出绩效目标申报表", HEAD, table)).indicators
    assert [(row.tier1, row.tier2, row.name) for row in rows] == [
        ("产出指标", None, "报告次数"), ("产出指标", None, "培训人次"), ("效益指标", None, "损失量"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("189.8万", "189.8"),
        ("150万元（区级100万元，市级50万元）", "150"),
        ("1500000元", "150"),
        ("39.8万元", "39.8"),
    ],
)
def test_an_amount_may_carry_its_unit_or_a_breakdown(printed: str, value: str) -> None:
    record = read("项目支出绩效目标表", HEAD.replace("60.00^3\n其中", f"{printed}^3\n其中"), TABLE)
    amount = project(record).amounts.total
    assert amount is not None
    assert str(amount.value.normalize()) == str(type(amount.value)(value).normalize())
    assert amount.printed == printed
    assert "amount-unreadable" not in codes(record)


@pytest.mark.parametrize(
    ("department", "title", "district"),
    [("交通运输局", "2023年区级部门项目支出绩效目标表", None), ("城市管理局", "转移支付区域绩效目标表", None),
     ("寅县教育局", "项目支出绩效目标表", "寅县"), ("市场监督管理局", "项目支出绩效目标表", None)],
)  # fmt: skip
def test_words_that_end_like_a_place_are_none(department: str, title: str, district: str | None) -> None:
    head = HEAD.replace("天河区城市管理局", department).replace("天河区市政所", "公路管理站")
    assert read(title, head, TABLE).district == district


def test_goals_of_several_years_stand_beside_the_goal_of_the_year() -> None:
    goals = "总体目标~2|中期滚动目标（2022年—2024年）^3|年度目标^2\n三年改造完毕。^3|改造路灯120盏。^2"
    head = HEAD.replace("年度总体目标|改造路灯120盏。^5", goals)
    found = project(read("项目支出绩效目标表", head, TABLE))
    assert found.goal == "改造路灯120盏。"
    assert ("实施期目标", "三年改造完毕。") in found.attributes


def test_forms_below_each_other_are_headed_by_a_line_with_the_unit() -> None:
    form = """
101天津市河北区人民法院^5|单位：万元
项目名称|{}^5
预算数|20.00|其中：财政资金|20.00^3
绩效目标|消除隐患。^5
一级指标|二级指标|三级指标|绩效指标描述|指标值^2
产出指标|数量指标|维修面积|按面积|≥400平方米^2
"""
    record = read("项目支出绩效目标表", form.format("门窗维修") + form.format("管道维修").lstrip("\n"))
    (unit,) = record.units_of_use
    assert (unit.name, record.unit, record.department) == (
        "101天津市河北区人民法院",
        "万元",
        "101天津市河北区人民法院",
    )
    assert [(p.name, len(p.indicators)) for p in unit.projects] == [("门窗维修", 1), ("管道维修", 1)]
    assert unit.projects[0].indicators[0].explanation == "按面积"


def test_nothing_is_called_blank_that_the_form_has_no_place_for() -> None:
    table = (
        "项目名称|绩效目标|一级指标|二级指标|三级指标|指标值\n"
        "路灯改造|改造路灯。|产出指标|数量指标|改造路灯|120盏"
    )
    found = codes(read("天河区城市管理局2024年项目支出绩效目标表", table))
    assert not {"amount-blank", "total-not-printed", "money-unit-not-printed"} & set(found)


@pytest.mark.parametrize("hint", ["……", "指标2：", "..."])
def test_the_hint_that_more_may_follow_is_no_indicator(hint: str) -> None:
    table = (
        "一级指标|二级指标|三级指标|指标值\n"
        f"产出指标~3|数量指标~2|指标1：改造路灯|120盏\n{hint}|\n"
        "质量指标|合格率|≥95%"
    )
    record = read("项目支出绩效目标表", HEAD, table)
    assert [row.name for row in project(record).indicators] == ["指标1：改造路灯", "合格率"]
    assert "text-unread" not in codes(record)


@pytest.mark.parametrize("mark", ["—", "/", "无"])
def test_a_row_of_marks_is_no_indicator_and_its_tier_empty(mark: str) -> None:
    table = (
        "一级指标|二级指标|三级指标|指标值\n"
        f"产出指标~2|数量指标|改造路灯|120盏\n质量指标|{mark}|{mark}\n"
        "效益指标|社会效益指标|夜间亮灯率|≥98%"
    )
    record = read("项目支出绩效目标表", HEAD, table)
    assert [row.name for row in project(record).indicators] == ["改造路灯", "夜间亮灯率"]
    assert "tier-empty" in codes(record)
