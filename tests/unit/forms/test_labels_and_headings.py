"""What is a label with its value and what only heads others: by the cells beside and below it."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, codes, project, read

from budgetkg.records import DocumentRecord, Project

TITLE = "2024年项目支出绩效目标表"
NAME = "项目名称|古桥修缮\n主管部门|平江县文物局|实施单位|平江县文物所"
INDICATORS = """
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|修缮古桥|2座
效益指标|社会效益指标|游客人次|≥3万人次
"""


def unknown(record: DocumentRecord) -> dict[str, str]:
    found = [one.values for one in record.findings if one.code == "header-unknown"]
    return {values["header"]: values["text"] for values in found}


def printed(one: Project) -> list[str | None]:
    amounts = (one.amounts.total, one.amounts.fiscal_appropriation, one.amounts.other)
    return [amount and str(amount.value) for amount in amounts]


@pytest.mark.parametrize(
    "money",
    [
        "资金总额及构成|总额：38.40万元\\n一、财政拨款：30.00万元（其中：上级财政资金：20.00万元；本级财政：10万元）"
        "\\n二、自有资金：0万元\\n三、其他：8.40万元",
        "项目申报总额（万元）|90.00|其中：当年申请（万元）|38.40"
        "\n资金来源构成|财政拨款（补助）30.00　　其他收入8.40",
    ],
    ids=["a list in one cell", "the year's share of the whole"],
)
def test_money_that_a_cell_lists_is_read_by_its_labels(money: str) -> None:
    record = read(TITLE, NAME, money, INDICATORS)
    total, *sources = printed(project(record))
    assert (total, sources) == ("38.40", ["30.00", "8.40"])
    assert not unknown(record)
    assert "amount-unreadable" not in codes(record)


def test_the_year_in_a_label_says_whose_money_it_is() -> None:
    record = read(TITLE, NAME, "政策总金额（万元）|96.00|2024年预算申请（万元）|30.00", INDICATORS)
    assert printed(project(record))[0] == "30.00"
    assert ("政策总金额(万元)", "96.00") in project(record).attributes


def test_a_label_over_pairs_takes_none_of_their_labels_for_its_value() -> None:
    part = "项目立项情况~2|立项的依据|平文物〔2023〕7号\n申报的可行性|图纸已审"
    record = read(TITLE, NAME, part, INDICATORS)
    assert unknown(record) == {"立项的依据": "平文物〔2023〕7号", "申报的可行性": "图纸已审"}
    assert not [label for label, _ in project(record).attributes if label == "项目立项情况"]


def test_a_text_beside_which_nothing_stands_is_called_no_header() -> None:
    record = read(
        TITLE, NAME, "修缮桥台|青石|3处\n桥面铺装|麻石|40米", HEAD.partition("\n年度总体目标")[2], INDICATORS
    )
    assert "—" not in unknown(record).values()


def test_prose_below_a_form_that_explains_a_word_is_no_amount() -> None:
    after = "<p>名词解释</p><p>　　一、财政拨款收入：指由本级财政在当年拨付给单位使用的资金。</p>"
    record = read(TITLE, HEAD, INDICATORS, after=after)
    assert "amount-unreadable" not in codes(record)
    assert not [label for label, _ in project(record).attributes if "财政拨款" in label]


def test_who_buys_is_the_department_of_a_purchase() -> None:
    record = read(
        "平江县2024年政府采购项目绩效目标申报表", "采购项目名称|古桥监测设备\n采购人|平江县文物局", INDICATORS
    )
    assert record.department == "平江县文物局"
    assert "department-not-found" not in codes(record)


def test_rows_across_a_list_say_whose_projects_stand_below() -> None:
    table = """
项目名称~2|预算资金（万元）~2|绩效目标~2|绩效指标^4
一级指标|二级指标|三级指标|指标值
部门：平江县文物局^7
单位：平江县文物所^7
古桥修缮|38.40|修缮古桥两座。|产出指标|数量指标|修缮古桥|2座
单位：平江县博物馆^7
展柜更新|12.00|更新展柜。|产出指标|数量指标|更新展柜|9个
合计|50.40|||||
"""
    record = read("部门预算项目绩效目标表", table)
    found = {unit.name: [one.name for one in unit.projects] for unit in record.units_of_use}
    assert found == {"平江县文物所": ["古桥修缮"], "平江县博物馆": ["展柜更新"]}
    assert (record.department, record.unit) == ("平江县文物局", "万元")
    assert "text-unread" not in codes(record)


def test_a_source_on_no_list_hinders_none_of_the_amounts_beside_it() -> None:
    money = """
年度部门预算（万元）~2|资金总额|一般公共预算拨款|政府性基金|专户返还|其他收入
298.40|270.40|0.00|13.00|15.00
"""
    record = read(
        "部门整体支出绩效目标表", "部门名称|平江县文物局\n年度总体目标|保护文物。", money, INDICATORS
    )
    total = record.totals.total
    assert total is not None
    assert (total.printed, record.unit) == ("298.40", "万元")
    assert {line.label: line.amount and line.amount.printed for line in record.budget}["专户返还"] == "13.00"
    assert "total-not-reconciled" not in codes(record)
