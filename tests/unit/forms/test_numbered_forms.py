"""Several projects in one table under numbered names (项目一：…), and lists that print such names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document
from budgetkg.schema_json import document_json

Row = Sequence[str]
TITLE = "青田县水利局2024年度项目支出绩效目标表"
HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
RIVER = [
    ["实施单位", "青田县河道管理所", "资金总额", "36.00"], ["绩效目标", "清理河道。"],
    HEAD, ["产出指标", "数量指标", "清理长度", "≥12公里"], ["效益指标", "社会效益指标", "行洪能力", "提高"],
]  # fmt: skip
LAKE = [
    ["实施单位", "青田县水库管理站", "资金总额", "8.50"], ["绩效目标", "巡查水库。"],
    HEAD, ["产出指标", "数量指标", "巡查次数", "≥24次"],
]  # fmt: skip


def in_html(rows: Sequence[Row]) -> tuple[bytes, str]:
    cells = ("".join(
        f"<td colspan={5 - len(row) if at + 1 == len(row) else 1}>{text}</td>" for at, text in enumerate(row)
    ) for row in rows)  # fmt: skip
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    return (
        f"<html><body><p>{TITLE}</p><p>单位：万元</p><table>{table}</table></body></html>".encode(),
        "f.html",
    )


def in_csv(rows: Sequence[Row]) -> tuple[bytes, str]:
    return "\n".join(
        [TITLE, "单位：万元", *(",".join([*row, "", "", ""][:4]) for row in rows)]
    ).encode(), "f.csv"


def in_markdown(rows: Sequence[Row]) -> tuple[bytes, str]:
    lines = ["| " + " | ".join([*row, "", "", ""][:4]) + " |" for row in rows]
    return "\n".join(
        [TITLE, "", "单位：万元", "", lines[0], "|---|---|---|---|", *lines[1:]]
    ).encode(), "f.md"


def projects(file: tuple[bytes, str]) -> list[tuple[str, str, str | None, list[str]]]:
    """Unit, name, total and indicators of every project of the only record."""
    (record,) = parse_document(*file)
    document: Any = document_json(record, personal=False)
    assert document["account"]["remainder"] == 0
    return [
        (unit["name"], project["name"], project["total"], [one["name"] for one in project["indicators"]])
        for unit in document["units_of_use"]
        for project in unit["projects"]
    ]


@pytest.mark.parametrize("kind", [in_html, in_csv, in_markdown])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["项目一：河道清淤"], ["项目二：水库巡查"]),
        (["项目（一）：河道清淤"], ["项目（二）：水库巡查"]),
        (["项目1 河道清淤"], ["项目2 水库巡查"]),
        (["子项目①", "河道清淤"], ["子项目②", "水库巡查"]),
        (["项目名称1", "河道清淤"], ["项目名称2", "水库巡查"]),
        (["（一）河道清淤"], ["（二）水库巡查"]),
        (["一、项目名称", "河道清淤"], ["二、项目名称", "水库巡查"]),
        (["专项一", "河道清淤", "项目属性", "延续"], ["专项二", "水库巡查", "项目属性", "新增"]),
    ],
)  # fmt: skip
def test_a_numbered_name_begins_a_form(kind: Any, first: Row, second: Row) -> None:
    assert projects(kind([first, *RIVER, second, *LAKE])) == [
        ("青田县河道管理所", "河道清淤", "36.00", ["清理长度", "行洪能力"]),
        ("青田县水库管理站", "水库巡查", "8.50", ["巡查次数"]),
    ]


@pytest.mark.parametrize("kind", [in_html, in_csv])
def test_a_list_within_one_form_begins_none(kind: Any) -> None:
    listed = [["子项目一", "清淤", "金额", "20.00"], ["子项目二", "护坡", "金额", "16.00"]]
    (found,) = projects(kind([["项目名称", "河道治理"], *listed, *RIVER]))
    assert found[1:] == ("河道治理", "36.00", ["清理长度", "行洪能力"])


@pytest.mark.parametrize(("first", "second"), [("项目一", "项目一"), ("项目二", "项目三"), ("甲", "乙")])
@pytest.mark.parametrize("kind", [in_html, in_csv])
def test_what_no_name_tells_apart_is_pooled_under_none(kind: Any, first: str, second: str) -> None:
    rows = [[f"{first}：河道清淤"], *RIVER, [f"{second}：水库巡查"], *LAKE]
    with pytest.raises(UnreadableDocument, match="under the heads of several projects"):
        parse_document(*kind(rows))


@pytest.mark.parametrize("kind", [in_html, in_csv])
def test_the_money_over_parts_is_none_of_the_first(kind: Any) -> None:
    rows = [["资金总额", "44.50"], ["子项目一：河道清淤"], *RIVER, ["子项目二：水库巡查"], *LAKE]
    with pytest.raises(UnreadableDocument, match="under the heads of several projects"):
        parse_document(*kind(rows))


def test_goals_that_differ_tell_projects_but_not_periods_apart() -> None:
    first, second = [["绩效目标", "清理河道。"], *RIVER[2:]], [["绩效目标", "巡查水库。"], *LAKE[2:]]
    with pytest.raises(UnreadableDocument, match="under the heads of several projects"):
        parse_document(*in_html([*first, *second]))
    (found,) = projects(in_html([["实施期目标"], *first, ["年度目标"], *second]))
    assert found[3] == ["清理长度", "行洪能力", "巡查次数"]


def test_a_header_called_like_a_goal_is_none() -> None:
    head = [*HEAD[:3], "年度目标", "备注"]
    table = [head, ["产出指标", "数量指标", "清理长度", "≥12公里", "全年"]]
    (found,) = projects(in_html([["年度目标", "清理河道。"], *table, *table]))
    assert found[0] == "青田县水利局"
