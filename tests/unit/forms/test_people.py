"""Names and telephones: by what they are and by the label beside them, whatever the label is called."""

from __future__ import annotations

import json
from itertools import accumulate

import pytest
from tests.unit.forms.grids import HEAD, page, read

from budgetkg.forms import parse_document
from budgetkg.forms.layout.people import is_personal, signed_beside
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed, Line
from budgetkg.schema_json import document_json

TABLE = (
    "一级指标|二级指标|三级指标|指标值\n"
    "产出指标|数量指标|资助残疾人|50人\n"
    "满意度指标|满意度指标|居民满意度|≥90%"
)
LABELS = (
    "项目负责人", "部门联系人", "项目经办人", "经办人", "财务负责人", "单位负责人（签字）", "分管领导",
    "主管领导签字", "填报人", "填表人姓名",
    "制表人", "审核人", "复核人", "项目联系人及电话", "联系电话", "手机", "手机号码", "办公电话",
    "负责人电话", "联系方式", "填表日期",
    "法定代表人", "科室负责人签章", "评估专家（签字）", "电子邮箱", "*联系人",
)  # fmt: skip
NUMBERS = (
    "13712345678",
    "137 1234 5678",
    "020-87654321",
    "(0571)87654321",
    "440103199001012345",
    "clerk@example.cn",
)


def said(*tables: str, after: str = "") -> str:
    """Everything that a record says of such a page, without asking for personal data."""
    return json.dumps(document_json(read("项目支出绩效目标表", *tables, after=after)), ensure_ascii=False)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("value", ["某甲某", "某乙某 13912345678"])
def test_a_name_beside_its_label_is_kept_out(label: str, value: str) -> None:
    for rows in (f"{label}|{value}^5", f"{label}：{value}^6", f"立项依据|按规定^2|{label}|{value}^2"):
        text = said(HEAD + rows, TABLE)
        for part in value.split():
            assert part not in text, rows
    assert value not in said(HEAD, TABLE, after=f"<p>{label}：{value}　填报日期：2024年3月5日</p>")


@pytest.mark.parametrize("label", ["项目经办人", "联系电话"])
def test_a_name_below_its_label_is_kept_out(label: str) -> None:
    text = said(HEAD, TABLE, f"{label}|审核意见\n某甲某|同意")
    assert "某甲某" not in text


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_kept_out_wherever_it_stands(number: str) -> None:
    text = said(HEAD + f"没人列过的栏目|如有疑问请拨打{number}咨询^5", TABLE, after=f"<p>咨询 {number}</p>")
    assert number not in text


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_inside_a_goal_is_masked_there(number: str) -> None:
    text = said(HEAD.replace("改造路灯120盏。", f"改造路灯120盏，咨询{number}。"), TABLE)
    assert number not in text
    assert "改造路灯120盏，咨询" in text


def test_what_an_indicator_says_is_no_persons() -> None:
    record = read("项目支出绩效目标表", HEAD, TABLE)
    assert not record.people
    text = json.dumps(document_json(record), ensure_ascii=False)
    assert "资助残疾人" in text
    assert "50人" in text


def test_who_asks_gets_it() -> None:
    record = read("项目支出绩效目标表", HEAD + "项目经办人|某甲某^5", TABLE)
    assert "某甲某" in json.dumps(document_json(record, personal=True), ensure_ascii=False)


@pytest.mark.parametrize(
    "label",
    ["受益人数", "主管部门", "单位名称", "填报单位", "人", "服务对象满意度", "2024年负责人", "培训≥50人"],
)
def test_labels_of_no_person(label: str) -> None:
    assert not is_personal(label)


def test_who_asks_gets_every_name_of_a_column() -> None:
    table = TABLE.replace("指标值\n", "指标值|责任人\n")
    table = table.replace("50人", "50人|赵小林").replace("≥90%", "≥90%|欧阳明月")
    written = document_json(read("项目支出绩效目标表", HEAD, table), personal=True)
    assert written["people"] == {"责任人": "赵小林", "责任人 (2)": "欧阳明月"}


def _said(title: str, *tables: str) -> str:
    (record,) = parse_document(page(title, *tables), "a.html")
    return json.dumps(document_json(record), ensure_ascii=False)


def test_a_table_of_another_kind_is_quoted_without_its_clerks() -> None:
    other = (
        "<p>收支预算总表</p>"
        + page("", "收入|支出\n一般公共预算|36\n单位负责人：|某甲某\n制表：|某乙某").decode()
    )
    form = page("项目支出绩效目标表", HEAD, TABLE).decode()
    (record,) = parse_document((form + other).encode(), "a.html")
    said = json.dumps(document_json(record), ensure_ascii=False)
    assert "table-without-form" in said
    assert "某甲某" not in said
    assert "某乙某" not in said


def test_names_under_a_header_are_masked_whoever_stands_beside_them() -> None:
    members = (
        "姓名|单位|职务|联系方式\n某甲某|某县财政局|会计师|13712345678\n某乙某|某县水务局|工程师|020-87654321"
    )
    said = _said("项目支出绩效目标表", HEAD, TABLE, members)
    assert "某甲某" not in said
    assert "某乙某" not in said
    assert "某县水务局" in said


def test_a_list_of_people_is_kept_out_to_its_end() -> None:
    rows = "姓名|单位|职务\n甲某某|青山县财政局|会计师\n乙某某|青山县水务局|工程师\n丙某某|青山县水务局|科员"
    text = said(HEAD, TABLE, rows)
    assert not [name for name in ("甲某某", "乙某某", "丙某某") if name in text]


def test_signatures_that_blanks_part_are_all_taken() -> None:
    texts = ("评审专家（签名）：甲某某", "乙某某", "丙某某", "评审日期：2024年1月9日", "某局")
    line = Line(1, 1, 0, "\t".join(texts))
    starts = accumulate((len(text) + 1 for text in texts), initial=0)
    spans = (
        Healed(text, tuple(range(start, start + len(text))))
        for text, start in zip(texts, starts, strict=False)
    )
    row = GridRow(line, tuple(Cell(at, span.text, span) for at, span in enumerate(spans)), len(texts))
    assert [place.text for _, place in signed_beside([row])] == ["乙某某", "丙某某"]
