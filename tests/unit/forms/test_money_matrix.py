"""Money under heads and beside items: no cell is the value of the one beside it, and none a project."""

from __future__ import annotations

from tests.unit.forms.grids import codes, project, read

TITLE = "2024年部门整体支出绩效目标表"
TIERS = """一级指标|二级指标|三级指标^3|年度指标值|分值
产出指标~2|数量指标|改造路灯数量^3|≥120盏|60
质量指标|验收合格率^3|≥98%|40"""
DEPARTMENT = "部门名称|天河区城市管理局^6\n"
PROJECT = """项目名称|路灯改造^6
主管部门|天河区城市管理局^2|实施单位|天河区市政所^3
项目资金（万元）~2|年度资金总额^2|60.00^4
其中：财政拨款^2|60.00^4
"""
GOAL = "年度总体目标|改造路灯120盏。^6\n"


def lines(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The budget lines and the attributes of a department's form."""
    record = read(TITLE, DEPARTMENT + text + GOAL + TIERS)
    assert codes(record) == []
    budget = {line.label: line.amount.printed for line in record.budget if line.amount}
    return budget, dict(record.attributes)


def test_heads_of_money_over_their_values_beside_a_source() -> None:
    head = "部门预算（万元）~2|预算总额^2|基本支出|项目支出^2|资金来源\n"
    budget, said = lines(head + "120.00^2|70.00|50.00^2|财政拨款\n")
    assert budget == {"预算总额": "120.00", "基本支出": "70.00", "项目支出": "50.00"}
    assert said == {"资金来源": "财政拨款"}
    head = "部门预算（万元）~2|资金来源^2|预算总额|基本支出^2|项目支出\n"
    assert lines(head + "财政拨款^2|120.00|70.00^2|50.00\n") == (budget, said)


def test_rows_of_spending_by_columns_of_sources() -> None:
    budget, said = lines(
        "支出预算（万元）~4|支出类别^2|合计|财政拨款|专户资金|其他资金\n基本支出^2|70.00|60.00|5.00|5.00\n"
        "项目支出^2|50.00|50.00|0.00|0.00\n合计^2|120.00|110.00|5.00|5.00\n"
    )
    sources = {"财政拨款": "110.00", "专户资金": "5.00", "其他资金": "5.00"}
    assert budget == {"基本支出": "70.00", "项目支出": "50.00", "合计": "120.00"} | sources
    assert said["基本支出 财政拨款"] == "60.00"
    assert len(said) == 6


def test_rows_of_sources_by_columns_of_spending() -> None:
    budget, said = lines(
        "部门预算（万元）~4|资金来源^3|预算总额|基本支出|项目支出\n财政拨款^3|110.00|65.00|45.00\n"
        "其他资金^3|10.00|5.00|5.00\n合计^3|120.00|70.00|50.00\n"
    )
    spent = {"合计": "120.00", "基本支出": "70.00", "项目支出": "50.00"}
    assert budget == {"财政拨款": "110.00", "其他资金": "10.00"} | spent
    assert said["财政拨款 项目支出"] == "45.00"


def quoted(text: str) -> list[list[str]]:
    """What the findings of a project's form quote; nothing of it is in the record."""
    record = read("2024年项目支出绩效目标申报表", PROJECT + text + GOAL + TIERS)
    found = project(record)
    assert (found.name, found.goal, found.attributes) == ("路灯改造", "改造路灯120盏。", ())
    assert found.amounts.total
    assert found.amounts.total.printed == "60.00"
    assert len(found.indicators) == 2
    assert set(codes(record)) == {"header-unknown"}
    return [[place.quote for place in one.evidence] for one in record.findings]


def test_items_with_their_amounts_by_source_are_quoted_column_by_column() -> None:
    assert quoted(
        "支出明细（万元）~4|支出内容^2|合计|财政拨款|其他资金|测算依据\n设备购置^2|40.00|30.00|10.00|80盏×0.5万元\n"
        "安装费^2|20.00|20.00|0.00|40盏×0.5万元\n合计^2|60.00|50.00|10.00|\n"
    )[:2] == [["支出内容", "设备购置", "安装费", "合计"], ["合计", "40.00", "20.00", "60.00"]]


def test_rows_of_tiers_in_a_table_of_projects_are_no_projects() -> None:
    head = "序号|项目名称|预算金额（万元）|绩效目标\n1|路灯改造|100|改造路灯。\n2|公厕保洁|20|保洁公厕。\n"
    tiers = "|一级指标|二级指标|三级指标\n|产出指标|数量指标|改造路灯\n"
    record = read("2024年项目支出绩效目标表", head + tiers)
    names = [project.name for unit in record.units_of_use for project in unit.projects]
    assert names == ["路灯改造", "公厕保洁"]
    assert codes(record).count("text-unread") == 2


def test_a_counted_list_of_items_is_no_table_of_projects() -> None:
    found = quoted(
        "序号|支出项目|数量|单价|金额|资金来源|备注\n1|灯具采购|100|0.4|40.00|财政拨款|\n"
        "2|安装施工|20|1.0|20.00|财政拨款|含税\n合计^4|60.00||\n"
    )
    assert found[0] == ["支出项目", "灯具采购", "安装施工", "合计"]
    assert found[3] == ["金额", "40.00", "20.00", "60.00"]


def test_what_was_spent_on_a_task_is_not_what_was_planned_for_it() -> None:
    head = "年度主要任务~4|任务名称~2|主要内容~2|预算数^2|执行数^2\n总额|财政拨款|总额|财政拨款\n"
    rows = "路灯改造|改造120盏|100|90|80|75\n金额合计^2|100|90|80|75\n"
    table = f"部门名称|天河区城市管理局^6\n{head}{rows}{GOAL}{TIERS}"
    for form in (table, table.replace("预算数^2|执行数^2", "执行数^2|预算数^2")):
        record = read("2024年部门整体绩效自评表", form)
        first, second = ("100", "90"), ("80", "75")
        own = first if form is table else second
        (task,) = record.tasks
        assert task.amount
        assert task.sources.fiscal_appropriation
        assert (task.amount.printed, task.sources.fiscal_appropriation.printed) == own
        assert record.totals.total
        assert record.totals.total.printed == own[0]
        spent = [dict(one.params)["header"] for one in record.findings if one.code == "header-unknown"]
        assert spent == ["执行数 总额", "执行数 财政拨款"]


def test_fiscal_money_of_one_budget_is_told_by_the_sum() -> None:
    rows = "项目资金来源^2|来源项目^2|金额^3\n|合计^3|40.00^3\n|1.一般公共预算财政拨款^3|40.00^3\n"
    record = read(
        "2024年项目支出绩效目标表", f"项目名称|路灯改造^6\n项目当年预算|40.00^6\n{rows}{GOAL}{TIERS}"
    )
    found = project(record).amounts.fiscal_appropriation
    assert found
    assert found.printed == "40.00"
