"""Columns beside those of an indicator's fields, and what is said of them: once, and nothing untrue."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import codes, facts, page, project, read

from budgetkg.forms import parse_document

TITLE = "2024年项目支出绩效自评表"
CELLS = {
    "年度指标值": ["≥120盏", "≥98%", "≥95%"], "年初值": ["≥120盏", "≥98%", "≥95%"],
    "调整指标值": ["≥100盏", "≥97%", "≥95%"], "调整值": ["≥100盏", "≥97%", "≥95%"],
    "半年指标值": ["≥50盏", "≥97%", "≥80%"], "完成时限": ["2024年6月", "2024年12月", "2024年12月"],
    "实际完成值": ["110盏", "99%", "96%"], "分值": ["40", "30", "30"],
    "得分系数": ["0.9", "1", "1"], "得分": ["36", "30", "30"],
}  # fmt: skip
FIELDS = {"年度指标值": "annual_value", "年初值": "annual_value", "实际完成值": "actual_value",
          "分值": "weight", "得分": "score"}  # fmt: skip
TIERS = [("产出指标", "数量指标", "改造路灯数量"), ("产出指标", "质量指标", "验收合格率"),
         ("效益指标", "社会效益指标", "夜间照明覆盖率")]  # fmt: skip


def form(columns: list[str], over: str | None = None) -> str:
    """A form of one project whose indicators have some columns; ``over`` heads the first two of them."""
    width = 2 + len(columns)
    head = f"项目名称|路灯改造^{width}\n主管部门|天河区城市管理局^{width}\n年度目标|改造路灯。^{width}\n"
    heads = "|".join(("一级指标", "二级指标", "三级指标", *columns))
    if over:
        rest = "".join(f"|{column}~2" for column in columns[2:])
        heads = f"一级指标~2|二级指标~2|三级指标~2|{over}^2{rest}\n{columns[0]}|{columns[1]}"
    rows = ["|".join((*tiers, *(CELLS[column][at] for column in columns))) for at, tiers in enumerate(TIERS)]
    return "\n".join((head + heads, *rows))


@pytest.mark.parametrize(
    ("columns", "over"),
    [
        (["年度指标值", "调整指标值", "实际完成值", "分值", "得分系数", "得分"], None),
        (["得分系数", "年度指标值", "分值"], None),
        (["半年指标值", "完成时限"], None),
        (["半年指标值", "年度指标值", "完成时限"], None),
        (["完成时限", "年度指标值", "得分系数", "得分"], None),
        (["年初值", "调整值", "分值"], "年度指标值"),
    ],
)
def test_a_further_column_is_no_other_s_field(columns: list[str], over: str | None) -> None:
    record = read(TITLE, form(columns, over))
    for at, row in enumerate(project(record).indicators):
        said = {name: text for name, text in facts(row).items() if name in FIELDS.values()}
        assert said == {FIELDS[column]: CELLS[column][at] for column in columns if column in FIELDS}
    unknown = [dict(one.params)["header"] for one in record.findings if one.code == "header-unknown"]
    assert sorted(unknown) == sorted(column for column in columns if column not in FIELDS)


def test_a_label_that_is_no_tier_is_said_once_with_its_rows() -> None:
    rows = "管理指标|制度指标|制度健全|健全\n发展指标|制度指标|机制健全|健全\n产出指标|制度指标|执行率|≥98%\n"
    head = "项目名称|路灯改造^3\n年度目标|改造路灯。^3\n一级指标|二级指标|三级指标|年度指标值\n"
    found = [one for one in read(TITLE, head + rows).findings if one.code == "tier-unknown"]
    said = {dict(one.params)["label"]: one for one in found}
    assert len(found) == len(said)
    assert said["制度指标"].where.endswith("制度健全、机制健全、执行率")
    assert len(said["制度指标"].evidence) == 3


def test_a_first_tier_over_both_rows_of_heads_leaves_no_blank() -> None:
    table = """序号~2|项目名称~2|预算金额（万元）~2|绩效目标~2|产出指标^2|满意度指标~2
数量指标|质量指标
1|路灯改造|100|改造路灯。|改造路灯≥20盏|合格率≥98%|市民满意度≥90%
2|公厕保洁|20|保洁公厕。|保洁公厕≥10座|达标率≥98%|游客满意度≥90%"""
    (record,) = parse_document(page("2024年部门预算项目绩效目标表", table), "a.html")
    rows = [row for unit in record.units_of_use for one in unit.projects for row in one.indicators]
    assert [row.tier1 for row in rows[2::3]] == ["满意度指标", "满意度指标"]
    assert [row.tier2 for row in rows[2::3]] == [None, None]
    assert "tier-blank" not in codes(record)


def test_what_a_value_is_taken_from_is_no_standard_beside_one() -> None:
    head = (
        "项目名称|路灯改造^5\n年度目标|改造路灯。^5\n一级指标|二级指标|三级指标|指标值|指标值来源|绩效标准\n"
    )
    record = read("2024年项目支出绩效目标表", head + "产出指标|数量指标|改造路灯|≥20盏|工作计划|历史标准\n")
    assert [row.standard for row in project(record).indicators] == ["历史标准"]
    assert [dict(one.params)["header"] for one in record.findings if one.code == "header-unknown"] == [
        "指标值来源"
    ]
