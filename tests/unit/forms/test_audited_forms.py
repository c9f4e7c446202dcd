"""Forms that an independent reader found read wrongly: bare years, lines of two labels, odd heads, clerks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from budgetkg.forms import parse_document
from budgetkg.schema_json import document_json

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]
ROWS = [
    ["产出指标", "数量指标", "调解纠纷件数", "≥30件"],
    ["产出指标", "时效指标", "完成时间", "2024年12月底前"],
    ["效益指标", "社会效益指标", "群众法治意识", "提高"],
]
LINES = ["项目支出绩效目标表", "（2023年度）", "单位：万元"]
NAMES = ["调解纠纷件数", "完成时间", "群众法治意识"]
Row = Sequence[str | tuple[str, int] | tuple[str, int, int]]


def page(rows: Sequence[Row], lines: list[str], behind: list[str] | None = None) -> bytes:
    """A web page with a table; a cell may say how many columns and rows it takes."""
    html = "".join(f"<p>{line}</p>" for line in lines) + "<table>"
    for row in rows:
        html += "<tr>"
        for cell in row:
            text, *spans = cell if isinstance(cell, tuple) else (cell,)
            across, down = [*spans, 1, 1][:2]
            html += f"<td colspan={across} rowspan={down}>{text}</td>"
        html += "</tr>"
    html += "</table>" + "".join(f"<p>{line}</p>" for line in behind or [])
    return f"<html><body>{html}</body></html>".encode()


def form(head: Row, body: Sequence[Row], extra: Sequence[Row] | None = None) -> list[Row]:
    """One project's form with an indicator table."""
    return [
        ["项目名称", ("人民调解", 4)],
        ["主管部门", ("青田县司法局", 2), "实施单位", "青田县调解中心"],
        ["预算金额", ("12.00", 4)],
        ["年度目标", ("完成任务。", 4)],
        *(extra or []), head, *body,
    ]  # fmt: skip


def read(data: bytes) -> Any:
    """The only document of a page, as JSON."""
    (record,) = parse_document(data, "form.html")
    return document_json(record, personal=False)


def indicators(document: Any) -> list[Any]:
    """Those of its only project."""
    (unit,) = document["units_of_use"]
    (project,) = unit["projects"]
    return list(project["indicators"])


@pytest.mark.parametrize(
    "line",
    [
        "2023年度",
        "2023 年度",
        "2023年度)",
        "(2023年度",
        "年度：2023",
        "2023年",
        "（2023）年度",
        "二〇二三年度",
    ],
)
def test_a_year_on_a_line_of_its_own_is_the_printed_one(line: str) -> None:
    found = read(page(form(HEAD, ROWS), [LINES[0], line, LINES[2]]))
    assert (found["year"], found["year_printed"]) == (2023, True)
    assert not found["findings"]


@pytest.mark.parametrize(
    "line",
    [
        "填报单位（盖章）：青田县司法局    单位：万元",
        "填报单位:（盖章） 单位:万元",
        "预算单位：青田县财政局 2023年 单位：万元",
    ],
)
def test_a_line_of_two_labels_names_no_department_with_a_unit_in_it(line: str) -> None:
    found = read(page(form(HEAD, ROWS), [*LINES[:2], line]))
    assert (found["department"], found["unit"]) == ("青田县司法局", "万元")


@pytest.mark.parametrize("remark", ["注：以上由科室填写", "小计", "备注：按实际计分"])
def test_a_remark_between_indicators_does_not_end_them(remark: str) -> None:
    found = read(page(form(HEAD, [ROWS[0], [(remark, 4)], *ROWS[1:]]), LINES))
    assert [one["name"] for one in indicators(found)] == NAMES


def test_a_value_parted_into_sign_number_and_unit() -> None:
    head: Row = [("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("指标值", 3)]
    below: Row = ["符号", "值", "单位（文字描述）"]
    body: list[Row] = [["产出指标", "数量指标", "调解纠纷件数", "≥", "30", "件"],
                       ["效益指标", "社会效益指标", "满意比例", "≥", "90", "%"]]  # fmt: skip
    first, second = indicators(read(page(form(head, [below, *body]), LINES)))
    assert (first["operator"], first["annual_value"], first["unit"]) == ("≥", "30", "件")
    assert (second["operator"], second["annual_value"], second["unit"]) == ("≥", "90", "%")


def test_third_tiers_in_the_words_of_names() -> None:
    head: Row = ["一级指标", "二级指标", "三级指标", "四级指标", "指标值"]
    body: list[Row] = [[*row[:2], f"{row[2]}类", *row[2:]] for row in ROWS]
    found = indicators(read(page(form(head, body), LINES)))
    assert [(one["tier3"], one["name"]) for one in found] == [(f"{name}类", name) for name in NAMES]


def test_last_years_value_is_no_attainment() -> None:
    head: Row = ["一级指标", "二级指标", "三级指标", "上年完成值", "本年指标值"]
    body: list[Row] = [[*row[:3], "25件", row[3]] for row in ROWS]
    found = indicators(read(page(form(head, body), LINES)))
    assert [one["annual_value"] for one in found] == [row[3] for row in ROWS]
    assert not any(one.get("actual_value") for one in found)


@pytest.mark.parametrize("head", [["分解目标", "二级指标", "三级指标", "指标目标值"],
                                  ["指标类别", "指标类型", "绩效内容", "绩效指标值"]])  # fmt: skip
def test_columns_of_tiers_under_other_heads(head: Row) -> None:
    found = indicators(read(page(form(head, ROWS), LINES)))
    assert [(one["tier1"], one["tier2"], one["name"]) for one in found] == [tuple(row[:3]) for row in ROWS]
    assert not any(one.get("nature") for one in found)


def test_a_first_tier_of_the_forms_own_is_carried_down() -> None:
    head: Row = ["一级目标", "二级目标", "三级目标", "指标目标值"]
    body: list[Row] = [["产出目标", "数量", "调解纠纷件数", "30件"], ["", "质量", "调解成功率", "95%"]]
    found = read(page(form(head, body), LINES))
    assert [one["tier1"] for one in indicators(found)] == ["产出目标", "产出目标"]
    assert "tier-restored" not in {finding["code"] for finding in found["findings"]}


def test_a_label_does_not_take_the_next_label_for_its_value() -> None:
    extra: list[Row] = [["上年结转", ("", 2), "非财政资金", "无"]]
    found = read(page(form(HEAD, ROWS, extra), LINES))
    (unit,) = found["units_of_use"]
    assert "非财政资金" not in json.dumps(unit["projects"][0].get("attributes"), ensure_ascii=False)


def test_a_title_names_the_department() -> None:
    rows: list[Row] = [["项目名称", "预算金额", "绩效目标", "三级指标", "指标值"],
                       ["人民调解", "5", "办结纠纷。", "办结数", "3件"]]  # fmt: skip
    found = read(page(rows, ["青田县司法局2023年部门预算项目绩效目标表", "单位：万元"]))
    assert found["department"] == "青田县司法局"
    assert [unit["name"] for unit in found["units_of_use"]] == ["青田县司法局"]
    assert "department-not-found" not in {finding["code"] for finding in found["findings"]}


CLERK, NUMBER = "司徒某远", "13900001111"


@pytest.mark.parametrize("label", ["项目负责人", "审核", "项目联络员", "评价组组长", "分管领导", "联系电话"])
def test_clerks_in_odd_places_come_out_nowhere(label: str) -> None:
    below: Row = [label, CLERK, "联系电话", NUMBER, ""]
    headed: list[Row] = [[label, "项目属性", "项目类别", ("项目等级", 2)], [CLERK, "延续", "其他", ("一", 2)]]
    papers = [
        page(form(HEAD, [*ROWS, below]), LINES),
        page(form(HEAD, ROWS, headed), LINES),
        page(form([*HEAD, label], [[*row, CLERK] for row in ROWS]), LINES),
        page(form(HEAD, ROWS), LINES, [f"{label} {CLERK} 电话 {NUMBER}", f"{CLERK}（签字）"]),
    ]
    for paper in papers:
        found = read(paper)
        said = json.dumps(found, ensure_ascii=False)
        assert CLERK not in said
        assert NUMBER not in said
        assert [one["name"] for one in indicators(found)] == NAMES
