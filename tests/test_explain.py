"""Why a document was read as it was: what the reader decided by, shown as it is and nothing beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command_line import budgetkg
from tests.unit.forms.grids import page

from budgetkg.cli.messages import CATALOGUE
from budgetkg.forms import trace_document
from budgetkg.forms.explaining import FATES, DocumentRead, TableRead
from budgetkg.forms.indicators.block import Kind

TITLE = "天河区城市管理局2024年项目支出绩效自评表"
FORM = """
项目名称|路灯改造^6
绩效指标~5|一级指标|二级指标|三级指标|指标值|色标|分值
产出指标~2|数量指标|改造路灯|≥120盏|红|50
质量指标|验收合格率|100%|绿|40
合计^5|90
"""
AFTER = "<p>填表说明见附件。</p>"


def explained(data: bytes) -> DocumentRead:
    (told,) = trace_document(data, "form.html").explained
    return told


def indicators(told: DocumentRead) -> TableRead:
    (found,) = [table for table in told.tables if table.holds == "indicators"]
    return found


def test_each_column_says_its_field_its_points_and_why() -> None:
    table = indicators(explained(page(TITLE, FORM, after=AFTER)))
    assert [(column.header, column.field) for column in table.columns] == [
        ("一级指标", "tier1"), ("二级指标", "tier2"), ("三级指标", "name"), ("指标值", "annual_value"),
        ("色标", None), ("分值", "weight"),
    ]  # fmt: skip
    for column in table.columns:
        if column.field is None:
            assert column.why in ("no-clue", "too-few-points")
            continue
        best, worth = column.points[0]
        assert (best, column.why) == (column.field, "most-points")
        assert column.margin is not None
        assert 0 < column.margin <= worth


def test_each_row_stands_once_with_what_it_is() -> None:
    told = explained(page(TITLE, FORM, after=AFTER))
    table = indicators(told)
    assert [row.kind for row in table.rows] == ["header", "indicator", "indicator", "sum"]
    places = [(row.page, row.line) for table in told.tables for row in table.rows]
    places += [(row.page, row.line) for row in told.rows]
    assert len(places) == len(set(places))
    assert {row.cells[0] for row in told.rows} >= {TITLE, "项目名称"}


def test_what_is_set_aside_says_where_it_went() -> None:
    told = explained(page(TITLE, FORM, after=AFTER))
    first = indicators(told).rows[1]
    assert dict(zip(first.cells, first.ended, strict=True))["红"] == "finding"
    assert "header-unknown" in first.said
    assert dict(zip(first.cells, first.ended, strict=True))["改造路灯"] == "record"


def test_the_command_prints_tables_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "form.html"
    source.write_bytes(page(TITLE, FORM))
    said, _ = budgetkg(capsys, "parse", source, "--explain")
    assert "annual_value 11" in said
    assert "sum of weights or scores" in said
    written, _ = budgetkg(capsys, "parse", source, "--explain", "--json")
    (document,) = json.loads(written)
    table = next(table for table in document["tables"] if table["holds"] == "indicators")
    assert table["columns"][0]["points"]["tier1"] > 0
    assert budgetkg(capsys, "parse", source, "--explain", "--json")[0] == written


def test_clerks_are_masked_unless_asked_for(samples: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    source = next(path for path in samples if path.name.startswith("liwan"))
    assert "张三" not in budgetkg(capsys, "parse", source, "--explain")[0]
    assert "张三" in budgetkg(capsys, "parse", source, "--explain", "--with-personal-data")[0]


def test_a_table_of_projects_shows_what_its_headers_name(root: Path) -> None:
    source = root / "examples" / "formats" / "panyu-2024-projects.html"
    (told,) = trace_document(source.read_bytes(), source.name).explained
    (table,) = told.tables
    assert ("绩效目标", "goal", "by-header") in [(c.header, c.field, c.why) for c in table.columns]
    assert [row.kind for row in table.rows].count("row") == 6


def test_every_word_has_a_sentence_in_both_languages() -> None:
    words = [f"explain-kind-{kind.name.lower()}" for kind in Kind]
    words += [f"explain-kind-{kind}" for kind in ("header", "row", "outside")]
    words += [f"explain-{fate}" for fate in FATES.values()]
    assert [word for word in words if word not in CATALOGUE] == []


def test_columns_of_indicators_beside_projects_are_told_once() -> None:
    header = "项目名称|总计|绩效目标|一级指标|二级指标|三级指标|年度指标值"
    table = f"{header}\n路灯改造|60.00|改造路灯。|产出指标|数量指标|改造路灯|120盏"
    told = explained(page("天河区城市管理局2024年项目支出绩效目标表", table))
    heads = [[column.header for column in table.columns] for table in told.tables]
    assert heads == [["项目名称", "总计", "绩效目标"], ["一级指标", "二级指标", "三级指标", "年度指标值"]]
