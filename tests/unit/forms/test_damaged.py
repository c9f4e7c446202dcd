"""What damaged documents have tripped over: each once stopped a reading, none may again."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tests.fuzz import damaged, fault, samples

from budgetkg.forms import parse_document
from budgetkg.forms.documents import _documents
from budgetkg.reading import read_document

HEAD = "2024年部门整体支出绩效目标表\n部门名称\t中共广州市黄埔区委员会宣传部\n"
TIERS = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t场次\t≥4场\n"


def test_a_label_that_records_have_no_field_for_is_quoted() -> None:
    (record,) = parse_document(f"{HEAD}其他需要说明的情况\t另见附件\n{TIERS}".encode(), "d.txt")
    (unread,) = (finding for finding in record.findings if finding.code == "text-unread")
    assert unread.values["text"] == "另见附件"
    assert record.account.remainder == 0
    assert [indicator.name for indicator in record.indicators] == ["场次"]


def test_indicators_under_a_header_of_tasks_without_a_task_are_the_departments() -> None:
    tasks = "任务名称\t任务的绩效目标\t主要实施项目\n"
    (record,) = parse_document(f"{HEAD}{tasks}{TIERS}".encode(), "d.txt")
    assert not record.tasks
    assert [indicator.name for indicator in record.indicators] == ["场次"]


def test_damaged_documents_are_read_or_refused() -> None:
    """A second of `make fuzz`, the same one each time."""
    corpus = samples()
    for number in range(30):
        assert fault(damaged(random.Random(number), corpus)) is None, number


FORM = (
    "项目支出绩效目标表\n（2023年度）\n{0}\n项目名称\t渠道衬砌\n{0}\n主管部门\t凤庆县水务局\n{0}\n"
    "预算金额（万元）\t30\n{0}\n年度目标\t通水。\n{0}\n{1}{0}\n"
)


@pytest.mark.parametrize(
    "blank", ["\u200b", "\t\t", "\u3000\t\u3000", "\ufeff", "\x0b", "|", "\t\u200b\t", "\x00"]
)
def test_a_line_without_cells_stops_no_form(blank: str) -> None:
    (record,) = parse_document(FORM.format(blank, TIERS).encode(), "d.txt")
    assert [project.name for unit in record.units_of_use for project in unit.projects] == ["渠道衬砌"]
    assert record.account.remainder == 0


@pytest.mark.parametrize("at", range(8))
def test_a_row_without_cells_stops_no_form(at: int) -> None:
    reading = read_document(FORM.format("　", TIERS).encode(), "d.txt")
    rows = list(reading.rows)
    rows.insert(at, replace(rows[at], cells=()))
    records = _documents(replace(reading, rows=tuple(rows)), [])
    assert all(record.form == "project-table" for record in records)
