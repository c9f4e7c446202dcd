"""No kind of file lets a name or a telephone out: not in records, findings or any export of the graph."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.personal_layouts import LABELS, NAME, NAMES, OTHER, PHONE, SECRETS
from tests.printers.ofd import ofd_of
from tests.printers.pdf import Sheet, printed
from tests.test_personal_data import searchable
from tests.unit.forms.test_same_in_every_kind import KINDS, as_html

import budgetkg
from budgetkg.export import export_to
from budgetkg.formats import names
from budgetkg.forms import parse_document
from budgetkg.schema_json import document_json
from budgetkg.store.generations import current

EDGE = "<"


def as_pdf(lines: Sequence[str], grid: Sequence[Sequence[str]]) -> bytes:
    """The form on paper, ruled; cells are merged to the left only."""
    sheet, left, wide, high = Sheet(), 40.0, 105.0, 20.0
    top = 60.0 + high * len(lines)
    for number, line in enumerate(lines):
        sheet.text(left, 40 + high * number, line)
    for number, row in enumerate(grid):
        upper, lower = top + high * number, top + high * (number + 1)
        for at, text in enumerate(row):
            if text != EDGE:
                sheet.line(left + wide * at, upper, left + wide * at, lower)
                sheet.text(left + wide * at + 3, upper + 4, text)
        sheet.line(left + wide * len(row), upper, left + wide * len(row), lower)
        sheet.line(left, upper, left + wide * len(row), upper)
    bottom = top + high * len(grid)
    return printed(sheet.line(left, bottom, left + wide * len(grid[0]), bottom))


def as_ofd(lines: Sequence[str], grid: Sequence[Sequence[str]]) -> bytes:
    return ofd_of(as_pdf(lines, grid))


WRITERS = KINDS | {"html": as_html, "ofd": as_ofd, "pdf": as_pdf}


def form(label: str, kind: str) -> bytes:
    """A form that names people beside a label, in a column, in a remark and on a line over the table."""
    grid = [
        ["项目名称", "路灯改造", EDGE, EDGE, EDGE],
        [label, NAME, EDGE, "联系电话", PHONE],
        ["年度资金总额", "60.00", EDGE, EDGE, EDGE],
        ["年度总体目标", "改造路灯120盏。", EDGE, EDGE, EDGE],
        ["一级指标", "二级指标", "三级指标", "指标值", label],
        ["产出指标", "数量指标", "改造路灯", "120盏", NAME],
        ["效益指标", "社会效益指标", "照明水平", "提高", OTHER],
        ["满意度指标", "满意度指标", "居民满意度", "≥90%", f"{OTHER} {PHONE}"],
        ["备注", f"由{label}：{NAME}牵头，电话{PHONE}", EDGE, EDGE, EDGE],
    ]
    lines = ["2024年项目支出绩效目标表", "主管部门：天河区城市管理局", f"{label}：{OTHER}"]
    return WRITERS[kind](lines, grid)


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_no_kind_of_file_lets_a_name_out(kind: str) -> None:
    leaks = []
    for label in LABELS:
        records = parse_document(form(label, kind), f"a.{kind}")
        text = json.dumps([document_json(one) for one in records], ensure_ascii=False)
        leaks += [(label, secret) for secret in SECRETS if secret in text]
        assert all(name in text for name in NAMES), label
    assert not leaks


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_every_kind_shows_it_to_who_asks(kind: str) -> None:
    """The search above can fail."""
    records = parse_document(form("项目负责人", kind), f"a.{kind}")
    text = json.dumps([document_json(one, personal=True) for one in records], ensure_ascii=False)
    assert all(secret in text for secret in (NAME, PHONE))


def test_no_export_of_any_kind_names_anybody(tmp_path: Path) -> None:
    """Nor any file in plain that a build leaves on the disk."""
    sources = []
    for number, kind in enumerate(sorted(WRITERS)):
        sources.append(tmp_path / f"in-{number}.{kind}")
        sources[-1].write_bytes(form(LABELS[number * 7 % len(LABELS)], kind))
    budgetkg.build(sources, tmp_path / "graph")
    leaks = []
    for name in names():
        out = tmp_path / f"out-{name}"
        export_to(current(tmp_path / "graph"), name, out)
        leaks += [(name, file) for file, text in searchable(out) if any(one in text for one in SECRETS)]
    held = (path for path in sorted((tmp_path / "graph").rglob("*")) if path.is_file())
    leaks += [("graph", str(path)) for path in held
              if any(one.encode() in path.read_bytes() for one in SECRETS)]  # fmt: skip
    assert not leaks
