"""Each remark on what a form says, with a sample that earns it and one, much like it, that doesn't."""

from __future__ import annotations

import pytest

from budgetkg.forms import parse_document

OUTPUT, QUALITY, TIME = "1-产出指标；11-数量指标", "1-产出指标；12-质量指标", "1-产出指标；13-时效指标"
ECONOMIC, SOCIAL = "2-效益指标；21-经济效益", "2-效益指标；22-社会效益"
SATISFACTION = "3-满意度指标；31-服务对象满意度"
HEAD = """项目支出绩效目标表（含转移支付项目）
部门名称：韶关市浈江区文化馆 单位：万元
项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标
合计 10.00 10.00
韶关市浈江区图书馆 10.00 10.00
"""


def codes(cell: str, goal: str = "让读者读到好书。", name: str = "流动书车经费") -> set[str]:
    """The codes of all findings of a table with one project."""
    text = f"{HEAD}{name} 10.00 10.00\n{goal}\n{cell}\n"
    (record,) = parse_document(text.encode(), "table.txt")
    (unit,) = record.units_of_use
    assert [project.name for project in unit.projects] == [name]
    return {finding.code for finding in record.findings}


def one(tier: str, name: str, period: str, annual: str) -> str:
    """A cell with one indicator."""
    return f"1、{tier}；{name}；实施周期指标值:{period}；年度指标值:{annual}。"


INDICATORS = [
    (
        "target-without-value",
        (OUTPUT, "送书进村次数", "送书进村次数", "12次"),
        (OUTPUT, "送书进村次数", "12次", "12次"),
    ),
    (
        "target-without-value",
        (SOCIAL, "书香飘进晒谷场", "书香", "书香"),
        (SOCIAL, "新书上架", "按时上架", "按时上架"),
    ),
    (
        "target-without-number",
        (QUALITY, "图书完好率", "完好", "尽量完好"),
        (QUALITY, "图书完好率", "95%", "95%"),
    ),
    (
        "target-without-number",
        (OUTPUT, "读书会场次", "认真办会", "认真办会"),
        (OUTPUT, "读书会场次", "每村一场", "每村一场"),
    ),
    (
        "target-without-number",
        (QUALITY, "借还出错率", "尽力", "尽力"),
        (QUALITY, "借还出错率", "无差错", "无差错"),
    ),
    ("target-unlike-name", (OUTPUT, "送书进村次数", "80%", "80%"), (OUTPUT, "送书进村次数", "12场", "12场")),
    (
        "target-unlike-name",
        (OUTPUT, "闭馆天数", "3册", "3册"),
        (OUTPUT, "闭馆天数", "3个工作日", "3个工作日"),
    ),
    (
        "targets-swapped",
        (OUTPUT, "到馆读者", "90%", "到馆人数÷办证人数×100%"),
        (OUTPUT, "到馆读者", "到馆人数÷办证人数×100%", "90%"),
    ),
    (
        "tier-unlike-target",
        (QUALITY, "送书进村次数", "12次", "12次"),
        (QUALITY, "借还差错次数", "3次", "3次"),
    ),
    ("tier-unlike-target", (SOCIAL, "读者满意度", "90%", "90%"), (SATISFACTION, "读者满意度", "90%", "90%")),
    (
        "tier-unlike-target",
        (ECONOMIC, "到馆热度", "800人次", "800人次"),
        (ECONOMIC, "带动就业", "8人", "8人"),
    ),
    (
        "timeliness-without-time",
        (TIME, "书车出行", "12次", "12次"),
        (TIME, "书车出行", "每月出行", "每月15日前"),
    ),
    ("timeliness-without-time", (TIME, "选书", "用心选", "用心选"), (TIME, "资金支付率", "100%", "100%")),
    ("timeliness-without-time", (TIME, "选书", "各环节用心", "用心"), (TIME, "选书", "中秋节前选好", "用心")),
    ("timeliness-without-time", (TIME, "选书", "大会选书", "用心"), (TIME, "选书", "用心", "七一、国庆选书")),
    ("timeliness-without-time", (TIME, "2023年内选书", "12册", "12册"), (TIME, "选书", "年底", "年底12册")),
    (
        "satisfaction-unnamed",
        (SATISFACTION, "发出问卷", "90%", "90%"),
        (SATISFACTION, "发出问卷", "街坊满意90%", "90%"),
    ),
    ("target-unlike-name", (OUTPUT, "演出场数", "100%", "100%"), (OUTPUT, "养殖场数", "120家", "120家")),
    (
        "satisfaction-unnamed",
        (SATISFACTION, "街坊回响", "90%", "90%"),
        (SATISFACTION, "街坊好评", "90%", "90%"),
    ),
    ("degree-in-percent", (SOCIAL, "书香浓郁程度", "80%", "80%"), (SOCIAL, "书香浓郁程度", "浓郁", "浓郁")),
    ("sign-unusual", (OUTPUT, "送书", "＞=3次", "3次"), (OUTPUT, "送书", ">=3次", "≥3次")),
    ("form-word-misprinted", (OUTPUT, "送书", "标椎:3次", "3次"), (OUTPUT, "送书", "标准:3次", "3次")),
    (
        "separator-inside-value",
        (OUTPUT, "送书", "送3次。修1次", "3次"),
        (OUTPUT, "送书", "送3次，修1次", "3次"),
    ),
    ("blanks-inside-text", (OUTPUT, "送书", "送书 进村3次", "3次"), (OUTPUT, "送书", "送书 3 次", "3次")),
    ("blanks-unusual", (OUTPUT, "送书", "送书\u00a03次", "3次"), (OUTPUT, "送书", "送书 3次", "3次")),
    (
        "indicator-named-like-project",
        (OUTPUT, "流动书车经费", "1辆", "1辆"),
        (OUTPUT, "流动书车", "1辆", "1辆"),
    ),
]


@pytest.mark.parametrize(("code", "failing", "passing"), INDICATORS)
def test_an_indicator_earns_a_remark_or_not(
    code: str, failing: tuple[str, str, str, str], passing: tuple[str, str, str, str]
) -> None:
    assert code in codes(one(*failing))
    assert code not in codes(one(*passing))


FAIR = one(OUTPUT, "送书进村", "3次", "3次")
GOALS = [
    ("text-opens-with-mark", "-1.送书进村。2.修补旧书。", "1.送书进村。2.修补旧书。"),
    ("punctuation-half-width", "送书进村, 修补旧书。", "送书进村，修补旧书 2,000 册。"),
    (
        "phrase-repeated",
        "把新书送到晒谷场，修补旧书，把新书送到晒谷场。",
        "把新书送到晒谷场，把旧书收回来修补。",
    ),
    ("goal-numbered", "1、送书进村；2、修补旧书。", "一是送书进村；二是修补旧书。"),
    ("goal-numbered", "1、送书进村；2、修补旧书。", "1.送书进村；2.修补旧书。"),
    ("goal-indicator-differ", "全年6次晒谷场读书会。", "全年4次晒谷场读书会。"),
    ("bracket-widths-mixed", "送书进村(含山区）。", "送书进村（含山区）。"),
]


@pytest.mark.parametrize(("code", "failing", "passing"), GOALS)
def test_a_goal_earns_a_remark_or_not(code: str, failing: str, passing: str) -> None:
    cell = one(OUTPUT, "举办晒谷场读书会次数", "4次", "4次")
    assert code in codes(cell, failing)
    assert code not in codes(cell, passing)


def test_a_number_split_by_a_line_break_is_told() -> None:
    other = "1-产出指标；11-数量指标；修书；实施周期指标值:9册；年度指标值:9册。"
    assert "numbering-split" in codes(f"{FAIR}2\n、{other}")
    assert "numbering-split" not in codes(f"{FAIR}2、{other}")


def test_a_break_behind_a_name_is_stray_only_where_lines_differ() -> None:
    def cell(breaks: str) -> str:
        values = "；实施周期指标值:9册；年度指标值:9册。"
        return "".join(f"{number}、{OUTPUT}；修书{breaks}{values}" for number in (1, 2, 3))

    assert "line-break-inside" in codes(cell("\n"))
    assert "line-break-inside" not in codes(cell(""))


DEPARTMENT = """部门整体预算绩效目标申报表

部门名称	韶关市浈江区文化馆
预算整体情况	部门预算支出	预算金额（万元）	收入来源	预算金额（万元）
	基本支出	10.00	财政拨款	80.00
	项目支出	{spending}	其他资金	0.00
总体绩效目标	让老街坊常来坐坐。
年度重点工作任务	名称	主要实施内容	拟投入的资金（万元）	期望达到的目标（概述）
	街坊歌会	{content}	30.00	{expected}
	流动书车	书车每周去两个村。	40.00	村里孩子都有书读。
	其他需完成的任务（可选填）{others}

	一级指标	二级指标	三级指标	实施周期指标值	年度指标值
绩效指标	产出指标	数量指标	歌会场次	20场	{annual}
	产出指标	数量指标	书车出行	90次	90次
	{tier}	歌会场次	20场	{annual}
"""
LONG = (
    "每逢周末在河边广场搭起小舞台，请街坊自己上台唱歌，"
    "请老乐手伴奏，录下来放给行动不便的老人听，入冬以后改在室内"
)
OTHER = (
    "街坊有地方唱歌，也有地方听歌，老人在家里看得到录像，孩子跟着学几首老歌，一年下来彼此更熟，邻里少些口角"
)
PLAIN = {
    "spending": "70.00",
    "content": LONG,
    "expected": OTHER,
    "others": "\t另修一座戏台\t0.00\t戏台可用",
    "annual": "18场",
    "tier": "产出指标\t数量指标",
}
DEPARTMENTS = [
    ("tasks-differ-from-projects", {"spending": "90.00"}),
    ("texts-overlap", {"expected": LONG}),
    ("copies-differ", {"expected": LONG.replace("请老乐手", "请乐手")}),
    ("label-without-content", {"others": ""}),
    ("period-equals-annual", {"annual": "20场"}),
    ("indicator-under-two-tiers", {"tier": "效益指标\t社会效益指标"}),
]


def of_department(**changed: str) -> set[str]:
    """The codes of all findings of a department's form."""
    (record,) = parse_document(DEPARTMENT.format(**{**PLAIN, **changed}).encode(), "form.txt")
    return {finding.code for finding in record.findings}


@pytest.mark.parametrize(("code", "changed"), DEPARTMENTS)
def test_a_department_form_earns_a_remark_or_not(code: str, changed: dict[str, str]) -> None:
    assert code in of_department(**changed)
    assert code not in of_department()
