"""Tables that run another way than down: headers in the first column, or one list laid side by side."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, codes, project, read

TITLE = "2024年项目支出绩效目标表"
TIERS = ["产出指标^3|效益指标^1|满意度指标^1", "数量指标^2|时效指标|社会效益指标|服务对象满意度指标"]
NAMES = "更换路灯|新装灯杆|完工时间|夜间事故|居民满意度"
VALUES = "≥80盏|12根|11月底前|持续下降|≥90%"
ROWS = [f"一级指标|{TIERS[0]}", f"二级指标|{TIERS[1]}", f"三级指标|{NAMES}", f"指标值|{VALUES}"]
FOUND = [
    ("产出指标", "数量指标", "更换路灯", "≥80盏"),
    ("产出指标", "数量指标", "新装灯杆", "12根"),
    ("产出指标", "时效指标", "完工时间", "11月底前"),
    ("效益指标", "社会效益指标", "夜间事故", "持续下降"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
]


def found(*tables: str) -> tuple[list[tuple[str | None, str | None, str | None, str | None]], list[str]]:
    record = read(TITLE, *tables)
    rows = project(record).indicators
    assert not any(row.period_value for row in rows)
    return [(row.tier1, row.tier2, row.name, row.annual_value) for row in rows], codes(record)


@pytest.mark.parametrize("more", ["", "权重|20|20|20|20|20"])
@pytest.mark.parametrize("beside", [False, True])
def test_headers_in_the_first_column(more: str, beside: bool) -> None:
    rows = [*ROWS, *filter(None, [more])]
    if beside:
        rows[0] = f"绩效指标~{len(rows)}|{rows[0]}"
    assert found(HEAD, "\n".join(rows)) == (FOUND, [])


def test_with_the_head_of_the_form_in_one_table() -> None:
    assert found(HEAD + "\n".join(ROWS)) == (FOUND, [])


def test_each_cell_is_quoted_by_itself() -> None:
    first = project(read(TITLE, HEAD, "\n".join(ROWS))).indicators[1]
    assert [one.quote for one in first.evidence] == ["新装灯杆", "12根"]


def test_a_table_broken_into_two() -> None:
    upper = ["一级指标|产出指标^3", "二级指标|数量指标^2|时效指标", "三级指标|更换路灯|新装灯杆|完工时间",
             "指标值|≥80盏|12根|11月底前"]  # fmt: skip
    lower = ["一级指标|效益指标|满意度指标", "二级指标|社会效益指标|服务对象满意度指标",
             "三级指标|夜间事故|居民满意度", "指标值|持续下降|≥90%"]  # fmt: skip
    assert found(HEAD, "\n".join([*upper, *lower])) == (FOUND, [])


def test_a_header_that_nobody_knows_is_quoted_once() -> None:
    rows = [*ROWS[:3], "甲方意见|无|无|无|无|有", ROWS[3]]
    assert found(HEAD, "\n".join(rows)) == (FOUND, ["header-unknown"])


def test_what_stands_under_no_name_is_quoted() -> None:
    rows = [*ROWS[:3], f"{ROWS[3]}|7座"]
    listed, findings = found(HEAD, "\n".join(rows))
    assert listed == FOUND
    assert findings == ["text-unread"]


def test_without_tiers_along_a_row_nothing_is_turned() -> None:
    rows = ["一级指标|甲类|乙类", *ROWS[2:]]
    listed, findings = found(HEAD, "\n".join(rows))
    assert listed == []
    assert "header-unknown" in findings


HEADS = "一级指标|二级指标|三级指标|指标值"


@pytest.mark.parametrize("firsts", [True, False])
def test_one_list_side_by_side_is_of_one_year(firsts: bool) -> None:
    table = f"""
{HEADS}|{HEADS}
产出指标~3|数量指标~2|更换路灯|≥80盏|效益指标|社会效益指标|夜间事故|持续下降
新装灯杆|12根|满意度指标~2|服务对象满意度指标~2|居民满意度|≥90%
时效指标|完工时间|11月底前|商户满意度|≥85%
"""
    if not firsts:
        table = table.replace("一级指标|", "").replace("产出指标~3|", "").replace("效益指标|社会", "社会")
        table = table.replace("满意度指标~2|服务", "服务")
    listed, findings = found(HEAD, table)
    wanted = [*FOUND, ("满意度指标", "服务对象满意度指标", "商户满意度", "≥85%")]
    assert sorted(str(row[2:]) for row in listed) == sorted(str(row[2:]) for row in wanted)
    assert findings == []


def test_one_list_twice_is_of_the_period_and_of_the_year() -> None:
    table = f"""
{HEADS}|{HEADS}
产出指标~2|数量指标|更换路灯|≥240盏|产出指标~2|数量指标|更换路灯|≥80盏
时效指标|完工时间|2026年底前|时效指标|完工时间|11月底前
"""
    rows = project(read(TITLE, HEAD, table)).indicators
    assert [(row.name, row.period_value, row.annual_value) for row in rows] == [
        ("更换路灯", "≥240盏", "≥80盏"),
        ("完工时间", "2026年底前", "11月底前"),
    ]
