"""Funding sources as printed beside as normalised, wherever a form prints their names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.memory import store_of, texts
from tests.records import amount, document, evidence, project, unit
from tests.unit.forms.grids import page

from budgetkg.forms import parse_document
from budgetkg.queries import question, read_question
from budgetkg.records import Amounts, DocumentRecord, FundLine
from budgetkg.schema_json import document_json

TABLE = """
项目名称|资金总额（万元）|财政拨款收入|单位资金|绩效目标
社区灯会|30.00|20.00|10.00|办好灯会
邻里读书月|12.00|12.00||读书20场
"""
FORM = """
项目名称|社区灯会^3
资金总额（万元）|30.00|财政拨款资金|20.00
自有资金|10.00|绩效目标|办好灯会
绩效指标~2|一级指标|二级指标|指标值
产出指标|数量指标|≥20场
"""
DUMP = """2024年项目支出绩效目标表
部门名称：丁县文化局
单位：万元
项目名称 总额 财政拨款收入 单位资金 绩效目标
社区灯会 30.00 20.00 10.00
办好社区灯会。
1、1-产出指标；11-数量指标；灯会场次；实施周期指标值:；年度指标值:≥20场。
"""


def sources(record: DocumentRecord) -> list[tuple[str, ...]]:
    answer = question("budget-by-funding-source").ask(store_of([record]))
    return sorted((row[1], row[7], row[2]) for row in texts(answer))


@pytest.mark.parametrize(
    ("text", "name", "printed"),
    [
        (page("丁县文化局2024年项目支出绩效目标表", TABLE), "table.html", ("单位资金", "财政拨款收入")),
        (page("丁县文化局2024年项目支出绩效目标表", FORM), "form.html", ("自有资金", "财政拨款资金")),
        (DUMP.encode(), "dump.txt", ("单位资金", "财政拨款收入")),
    ],
)
def test_the_words_of_a_header_or_label_stand_beside_ours(
    text: bytes, name: str, printed: tuple[str, str]
) -> None:
    (record,) = parse_document(text, name)
    assert [(ours, theirs) for ours, theirs, _ in sources(record)] == list(
        zip(("其他资金", "财政拨款"), printed, strict=True)
    )
    (project,) = (
        one for unit in document_json(record)["units_of_use"] for one in unit["projects"]
        if one["name"] == "社区灯会"
    )  # fmt: skip
    assert project["sources_printed"] == {"other": printed[0], "fiscal_appropriation": printed[1]}


@pytest.mark.parametrize(("total", "added"), [("30.00", True), ("10.00", False)])
def test_a_source_that_no_field_is_for_adds_up_with_the_others(total: str, added: bool) -> None:
    """A line that the total doesn't need may be a part of another source, and is none."""
    lines = tuple(
        FundLine(label, source, initial=amount(yuan), evidence=(evidence(label),))
        for label, source, yuan in (
            ("合计", "total", total), ("其中：专项债券资金", None, "20.00"), ("其他资金", "other", "10.00")
        )
    )  # fmt: skip
    one = replace(project(), amounts=Amounts(total=amount(total), other=amount("10.00")), funds=lines)
    record = document(units_of_use=(unit(one, total=total),), totals=Amounts(total=amount(total)))
    store = store_of([record])
    named = "SELECT ?label { ?p a bkg:Project ; bkg:hasSourceAmount/bkg:fundingSourcePrinted ?label }"
    assert texts(read_question("sources", named).ask(store)) == [("其中：专项债券资金",)] * added
    assert texts(question("unreconciled-totals").ask(store)) == []


def test_the_lines_of_a_budget_keep_their_labels(root: Path) -> None:
    source = root / "examples" / "liwan-2023-department.txt"
    (record,) = parse_document(source.read_bytes(), source.name)
    assert [row[:2] for row in sources(record)] == [
        ("其他资金", "其他收入"), ("财政专户拨款", "财政专户管理资金"), ("财政拨款", "财政拨款收入"),
    ]  # fmt: skip
