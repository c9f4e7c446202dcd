"""Labels that say a level of government, numbers that head nothing, and titles of self-evaluations."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import project, read

TIERS = """
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|修缮水渠|3公里
效益指标|社会效益指标|受益农户|≥200户
"""


@pytest.mark.parametrize(
    ("upper", "lower"), [("省级", "市县"), ("市级", "县级"), ("中央", "省级"), ("县", "乡镇")]
)
def test_the_department_of_the_lower_level_has_the_money(upper: str, lower: str) -> None:
    head = f"专项名称|水利发展资金^3\n{upper}主管部门|山西省水利厅^3\n"
    head += f"{lower}财政部门|灵石县财政局|{lower}主管部门|灵石县水利局\n"
    record = read("2023年水利发展资金区域绩效目标表", head + "总体目标|修缮水渠。^3" + TIERS)
    assert record.department == "山西省水利厅"
    assert [unit.name for unit in record.units_of_use] == ["灵石县水利局"]
    assert (f"{lower}财政部门", "灵石县财政局") in record.units_of_use[0].projects[0].attributes
    assert "header-unknown" not in {finding.code for finding in record.findings}


def test_money_of_a_level_is_kept_under_its_label() -> None:
    head = "项目名称|修渠^3\n主管部门|灵石县水利局^3\n年度资金总额|900^3\n"
    head += "其中：中央补助|600^3\n省级补助|200^3\n市县资金|100^3\n"
    record = read("2023年项目支出绩效目标表", head + "年度目标|修渠。^3" + TIERS)
    kept = dict(project(record).attributes)
    assert (kept["省级补助"], kept["市县资金"]) == ("200", "100")
    assert str(project(record).amounts.total.value) == "900"


def test_a_number_is_called_no_header() -> None:
    head = "项目名称|修渠^3\n主管部门|灵石县水利局^3\n人口|12|38%|—\n年度目标|修渠。^3"
    record = read("2023年项目支出绩效目标表", head + TIERS)
    named = [dict(found.params)["header"] for found in record.findings if found.code == "header-unknown"]
    assert not {"12", "38%", "—"} & set(named)
    quoted = " ".join(place.quote for found in record.findings for place in found.evidence)
    assert all(text in quoted for text in ("38%", "—"))


@pytest.mark.parametrize("word", ["自评", "自评价", "评价"])
def test_a_title_with_the_departments_name(word: str) -> None:
    head = "项目名称：食品抽检^4\n项目单位：如皋市市场监管局^2|主管部门：如皋市市场监管局^2\n"
    rows = "一级指标|二级指标|三级指标|目标值|完成值\n产出|数量|抽检批次|≥55批次|56批次\n"
    rows += "效益|社会效益|知晓度|≥80%|83%"
    record = read(f"2022年度如皋市市场监管局专项资金绩效{word}表", head + rows)
    assert (record.year, record.year_printed) == (2022, True)


def test_blank_cells_before_an_amount_make_it_no_label() -> None:
    head = "项目名称|修渠^4\n主管部门|灵石县水利局^4\n"
    head += "资金情况（万元）|资金总额：||88.00|执行率分值|10\n年度目标|修渠。^4"
    record = read("2023年项目支出绩效目标表", head + TIERS)
    assert str(project(record).amounts.total.value) == "88.00"


@pytest.mark.parametrize("label", ["编制部门", "申报单位名称", "报送单位", "填制单位", "编报部门"])
@pytest.mark.parametrize("rows", ["list", "form"])
def test_who_hands_a_form_in_is_its_department(label: str, rows: str) -> None:
    head = f"{label}：沿河县水务局^4\n"
    if rows == "form":
        record = read("2023年项目支出绩效目标表", head + "项目名称|修渠^4\n年度目标|修渠。^4" + TIERS)
    else:
        table = "项目名称|预算金额|绩效目标|绩效指标\n修渠|88|修渠。|产出指标：长度≥3公里。"
        record = read("2023年项目支出绩效目标表", table, before=f"<p>{label}：沿河县水务局</p>")
    assert record.department == "沿河县水务局"
    assert [unit.name for unit in record.units_of_use] == ["沿河县水务局"]


@pytest.mark.parametrize("kind", ["政策", "专项", "专项资金"])
def test_labels_of_a_policy_are_those_of_a_project(kind: str) -> None:
    head = (
        f"{kind}名称|惠民殡葬^3\n主管部门|霍山县民政局^3\n{kind}金额（万元）|75.3^3\n{kind}目标|减免费用。^3"
    )
    found = project(read("2023年政策绩效目标表", head + TIERS))
    assert (found.name, found.goal, found.amounts.total.printed) == ("惠民殡葬", "减免费用。", "75.3")


def test_what_a_project_is_paid_from_is_no_project() -> None:
    head = (
        "专项名称|卫生专项^3\n主管部门|国家发展改革委^3\n项目名称|妇幼保健院业务用房^3\n总体目标|提升能力。^3"
    )
    found = project(read("2022年中央预算内投资绩效目标表", head + TIERS))
    assert found.name == "妇幼保健院业务用房"
    assert ("专项名称", "卫生专项") in found.attributes
    assert len(found.indicators) == 2
