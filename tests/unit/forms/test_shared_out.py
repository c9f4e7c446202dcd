"""Tables that share a project's money out: a column of targets for each receiver."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import codes, read

from budgetkg.records import DocumentRecord

TITLE = "2024年农村公路养护专项资金绩效目标分解表"
HEAD = """
专项名称|农村公路养护专项资金^{0}
主管部门|天河区交通运输局^{0}
总体目标|养护农村公路60公里。^{0}
"""


def table(receivers: str, amounts: str, *targets: str, label: str = "县（市、区）") -> str:
    count = receivers.count("|") + 1
    rows = [
        f"一级指标|二级指标|三级指标|{'|'.join(['指标值'] * count)}",
        f"产出指标~2|数量指标|养护里程|{targets[0]}",
        f"质量指标|验收合格率|{targets[1]}",
    ]
    over = [f"{label}^3|{receivers}", f"分配金额（万元）^3|{amounts}"]
    return HEAD.format(count + 2).strip() + "\n" + "\n".join([*over, *rows])


def found(record: DocumentRecord) -> list[tuple[str | None, str | None, list[tuple[str, str | None]]]]:
    return [
        (
            unit.name,
            project.amounts.total.printed if project.amounts.total else None,
            [(one.name, one.annual_value) for one in project.indicators],
        )
        for unit in record.units_of_use
        for project in unit.projects
    ]


FIRST = ("凤凰镇", "96.00", [("养护里程", "≥20公里"), ("验收合格率", "≥95%")])
SECOND = ("沙河镇", "168.00", [("养护里程", "≥40公里"), ("验收合格率", "≥97%")])
SHARED = table("凤凰镇|沙河镇", "96.00|168.00", "≥20公里|≥40公里", "≥95%|≥97%")


def test_each_receiver_has_a_project() -> None:
    record = read(TITLE, SHARED)
    assert found(record) == [FIRST, SECOND]
    assert {project.goal for unit in record.units_of_use for project in unit.projects} == {
        "养护农村公路60公里。"
    }
    assert codes(record) == ["project-name-shared"]


def test_each_cell_is_quoted_by_itself() -> None:
    unit = read(TITLE, SHARED).units_of_use[1]
    assert [one.quote for one in unit.projects[0].indicators[1].evidence] == [
        "质量指标",
        "验收合格率",
        "≥97%",
    ]


def test_the_sum_of_all_is_no_receiver() -> None:
    summed = table("凤凰镇|沙河镇|合计", "96.00|168.00|264.00", "≥20公里|≥40公里|≥60公里", "≥95%|≥97%|≥96%")
    record = read(TITLE, summed)
    assert found(record) == [FIRST, SECOND]
    assert "264.00" in str([one.evidence for one in record.findings])


def test_what_each_gets_may_stand_above_their_names() -> None:
    whole = table("凤凰镇|沙河镇|合计", "96.00|168.00|264.00", "≥20公里|≥40公里|≥60公里", "≥95%|≥97%|≥96%")
    rows = whole.split("\n")
    at = next(at for at, row in enumerate(rows) if row.startswith("县"))
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    assert found(read(TITLE, "\n".join(rows))) == [FIRST, SECOND]


def test_a_year_above_is_said_of_each_and_no_money() -> None:
    form = SHARED.replace("主管部门|", "年度|2024^4\n主管部门|")
    record = read(TITLE.removeprefix("2024年"), form)
    assert found(record) == [FIRST, SECOND]
    assert (record.year, record.year_printed) == (2024, True)


def test_sums_alone_are_no_receivers() -> None:
    record = read(TITLE, table("小计|合计", "96.00|168.00", "≥20公里|≥40公里", "≥95%|≥97%"))
    ((project,),) = (unit.projects for unit in record.units_of_use)
    assert [one.name for one in project.indicators] == ["养护里程", "验收合格率"]


@pytest.mark.parametrize("heads", ["中期目标|年度目标", "2024年|2025年", "数值|计量单位", "凤凰镇|凤凰镇"])
def test_columns_of_other_kinds_are_no_receivers(heads: str) -> None:
    record = read(TITLE, table(heads, "96.00|168.00", "≥20公里|≥40公里", "≥95%|≥97%"))
    assert len([project for unit in record.units_of_use for project in unit.projects]) == 1


def test_receivers_below_one_header_of_their_targets() -> None:
    form = (
        HEAD.format(4).strip()
        + """
资金总额^3|264.00^2
一级指标~2|二级指标~2|三级指标~2|各镇街指标值^2
凤凰镇|沙河镇
分镇街金额^3|96.00|168.00
产出指标~2|数量指标|养护里程|≥20公里|≥40公里
质量指标|验收合格率|≥95%|≥97%
"""
    )
    record = read(TITLE, form)
    assert found(record) == [FIRST, SECOND]
    assert "264.00" in str([one.evidence for one in record.findings])  # that of all, of no receiver
