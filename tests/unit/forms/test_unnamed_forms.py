"""Stacked forms of which one prints no name that could be read: its indicators are nobody else's."""

from __future__ import annotations

import pytest
from tests.unit.forms.grids import HEAD, codes, page, read

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document

TITLE = "项目支出绩效目标表"
TABLE = """
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|{name}|{value}
效益指标|社会效益指标|照明水平|提高
"""
NAMELESS = "\n".join(line for line in HEAD.splitlines() if not line.startswith("项目名称")).replace(
    "60.00", "75.50"
)


def stacked(*forms: tuple[str, str, str]) -> bytes:
    """Forms one below the other, each under the title."""
    pages = [page(TITLE, head, TABLE.format(name=name, value=value)).decode() for head, name, value in forms]
    bodies = [text.removeprefix("<html><body>").removesuffix("</body></html>") for text in pages]
    return f"<html><body>{''.join(bodies)}</body></html>".encode()


def test_indicators_under_a_further_title_without_a_name_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="not each is named"):
        parse_document(stacked((HEAD, "改造路灯", "120盏"), (NAMELESS, "更换灯杆", "15根")), "a.html")


def test_nor_does_the_name_of_the_next_form_take_them() -> None:
    third = HEAD.replace("路灯改造", "站亭更新")
    forms = (HEAD, "改造路灯", "120盏"), (NAMELESS, "更换灯杆", "15根"), (third, "更新站亭", "8座")
    with pytest.raises(UnreadableDocument, match="not each is named"):
        parse_document(stacked(*forms), "a.html")


def test_named_forms_under_titles_are_read() -> None:
    other = HEAD.replace("路灯改造", "站亭更新")
    (record,) = parse_document(stacked((HEAD, "改造路灯", "120盏"), (other, "更新站亭", "8座")), "a.html")
    projects = [project for unit in record.units_of_use for project in unit.projects]
    assert [(one.name, [row.name for row in one.indicators]) for one in projects] == [
        ("路灯改造", ["改造路灯", "照明水平"]),
        ("站亭更新", ["更新站亭", "照明水平"]),
    ]


def test_the_line_over_a_form_of_a_new_kind_is_its_title() -> None:
    table = """
一级指标|二级指标|三级指标|分值|指标说明|得分
产出指标|数量指标|更换灯泡|60|更换数量|58
满意度指标|服务对象满意度指标|居民满意度|40|问卷调查|38
"""
    before = "<p>附表1</p><p>天河区2023年度路灯改造项目财政评价得分表</p><p>项目名称：路灯改造</p>"
    record = read("主管部门：天河区城市管理局", table, before=before)
    assert record.title == "天河区2023年度路灯改造项目财政评价得分表"
    assert (record.year, record.year_printed) == (2023, True)
    assert "year-not-printed" not in codes(record)


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("公开部门：天河区城市管理局　　　　单位：万元", 2024),
        ("编制部门：天河区城市管理局　　预算年度：2024　　金额单位：万元", 2024),
        ("发布部门：天河区城市管理局　　2024年度　　金额单位：万元", 2024),
    ],
)
def test_a_department_with_the_year_and_the_unit_behind_it(line: str, year: int) -> None:
    titled = "2024年" if "2024" not in line else ""
    table = "项目名称|预算金额|绩效目标|绩效指标\n路灯改造|9.00|改造路灯。|产出指标-数量指标-更换灯具：≥120盏"
    whole = page(f"{titled}部门预算项目绩效目标公开表", table)
    between = f"</p><p>{line}</p><table".encode()
    (found,) = parse_document(whole.replace(b"</p><table", between), "a.html")
    assert (found.department, found.year, found.unit) == ("天河区城市管理局", year, "万元")


def test_a_line_of_several_labels_has_a_cell_for_each() -> None:
    table = """
一级指标|分值|二级指标|分值|三级指标|分值|评分标准|得分
产出|60|职责履行|60|更换灯具|60|更换120盏得满分|58
效果|40|社会效益|40|夜间事故|40|下降得满分|38
"""
    line = "被评价部门：天河区城市管理局　　　　　评价机构：某会计师事务所"
    whole = page("2023年度部门整体支出绩效评价指标评分表", table)
    (found,) = parse_document(whole.replace(b"</p><table", f"</p><p>{line}</p><table".encode()), "a.html")
    assert (found.department, found.district) == ("天河区城市管理局", "天河区")
    assert "评价机构" in str([one.evidence for one in found.findings])
