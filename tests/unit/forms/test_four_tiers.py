"""Editions of four tiers, and years in Chinese numerals beside the money unit."""

from __future__ import annotations

from tests.unit.forms.grids import HEAD, codes, facts, project, read

TITLE = "项目支出绩效目标申报表"
FOUR = """
绩效指标~5|一级指标|二级指标|三级指标|四级指标|指标值
产出指标~3|数量指标~2|更换灯具~2|更换路灯|120盏
更换灯杆|15根
质量指标|更换质量|亮灯率|≥98%
满意度指标|服务对象满意度指标|居民|居民满意度|≥90%
"""


def test_a_row_whose_three_tiers_are_carried_down_goes_on_with_the_table() -> None:
    rows = [facts(row) for row in project(read(TITLE, HEAD, FOUR)).indicators]
    assert [(row["tier2"], row["tier3"], row["name"], row["annual_value"]) for row in rows] == [
        ("数量指标", "更换灯具", "更换路灯", "120盏"),
        ("数量指标", "更换灯具", "更换灯杆", "15根"),
        ("质量指标", "更换质量", "亮灯率", "≥98%"),
        ("服务对象满意度指标", "居民", "居民满意度", "≥90%"),
    ]


def test_a_year_in_chinese_numerals_beside_the_unit_is_the_year() -> None:
    for printed in ("二〇二三年度", "二零二三年度", "二○二三年度"):
        record = read(f"{TITLE}</p><p>（{printed}）　　　　单位：万元", HEAD, FOUR)
        assert (record.year, record.unit, record.year_printed) == (2023, "万元", True)
        assert "text-unread" not in codes(record)
