"""Scans: without the extra one clear line; with it the same records, each marked with its confidence."""

from __future__ import annotations

import io
import math
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from budgetkg.errors import UnreadableDocument
from budgetkg.findings import Evidence
from budgetkg.forms import parse_document
from budgetkg.mapping import document_quads
from budgetkg.reading import ocr
from budgetkg.reading.ocr_model import PictureText
from budgetkg.reading.pdf import notices
from budgetkg.reading.pdf.pixels import Rendered
from budgetkg.reading.source import Box
from budgetkg.records import DocumentRecord, Indicator
from budgetkg.schema_json import document_json
from budgetkg.vocab import BKG

SCALE = 200 / 72
COLUMNS = (30, 170, 230, 300, 430, 815)
HEAD = (
    (300, 30, "2024年项目支出绩效目标表"),
    (30, 55, "部门名称：中共广州市黄埔区委员会宣传部"),
    (740, 55, "单位：万元"),
)
ROWS = (
    ("项目名称（资金使用单位）", "总计", "财政拨款", "绩效目标", "绩效指标"),
    ("合计", "41.50", "41.50", "", ""),
    ("文化中心", "41.50", "41.50", "", ""),
    ("巡展经费", "31.50", "31.50", "各街道都办展。",
     "1、1-产出指标；11-数量指标；展览场次；\n实施周期指标值:4场；年度指标值:4场。"),
    ("图书购置", "10.00", "10.00", "添置少儿图书。",
     "1、1-产出指标；11-数量指标；购书册数；\n实施周期指标值:2000册；年度指标值:2000册。"),
)  # fmt: skip
FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


def words() -> Iterator[tuple[float, float, str]]:
    """The lines of the form with their upper left corners, in points."""
    yield from HEAD
    for top, row in zip(tops(), ROWS, strict=False):
        for x, cell in zip(COLUMNS, row, strict=False):
            for index, line in enumerate(cell.split("\n")):
                if line:
                    yield x + 4, top + 4 + 14 * index, line


def tops() -> list[float]:
    heights = [14 * max(cell.count("\n") + 1 for cell in row) + 8 for row in ROWS]
    return [75 + sum(heights[:number]) for number in range(len(heights) + 1)]


def scan(font: str | None = None, slope: float = 0, sideways: bool = False) -> bytes:
    """The form as a PDF that holds nothing but a picture; without a font its words are left out.

    With a slope it lay askew on the scanner, or sideways, so that its text runs up.
    """
    image = Image.new("L", (int(842 * SCALE), int(595 * SCALE)), 255)
    pen = ImageDraw.Draw(image)
    for top in tops():
        pen.line((COLUMNS[0] * SCALE, top * SCALE, COLUMNS[-1] * SCALE, top * SCALE), fill=0, width=2)
    for x in COLUMNS:
        pen.line((x * SCALE, tops()[0] * SCALE, x * SCALE, tops()[-1] * SCALE), fill=0, width=2)
    if font:
        face = ImageFont.truetype(font, int(10 * SCALE))
        for x, top, line in words():
            pen.text((x * SCALE, top * SCALE), line, fill=0, font=face)
    image = image.rotate(-math.degrees(math.atan(slope)), Image.Resampling.BICUBIC, fillcolor=255)
    if sideways:
        image = image.transpose(Image.Transpose.ROTATE_90)
    out = io.BytesIO()
    image.save(out, format="PDF", resolution=200)
    return out.getvalue()


def model(page: Rendered | None = None, name: str = "", slope: float = 0) -> PictureText:
    """What a model would say of the scan; it doubts a digit, and a full stop."""
    return PictureText([(char, doubt, turned(box, slope)) for char, doubt, box in characters()], slope)


def turned(box: Box, slope: float) -> Box:
    across, down = (box[0] + box[2]) / 2 - 421, (box[1] + box[3]) / 2 - 297.5
    angle = math.atan(slope)
    x = 421 + across * math.cos(angle) - down * math.sin(angle)
    y = 297.5 + across * math.sin(angle) + down * math.cos(angle)
    return x - 4.5, y - 5, x + 4.5, y + 5


def characters() -> Iterator[tuple[str, float, Box]]:
    for x, top, line in words():
        for number, char in enumerate(line):
            doubt = {("10.00", 0): 0.4, ("各街道都办展。", 6): 0.3}.get((line, number), 0.99)
            yield char, doubt, (x + 9 * number, top, x + 9 * number + 9, top + 10)


def facts(record: DocumentRecord) -> list[tuple[str, str, str | None, list[tuple[str, str | None]]]]:
    def values(indicators: tuple[Indicator, ...]) -> list[tuple[str, str | None]]:
        return [(indicator.name, indicator.period_value) for indicator in indicators]

    return [
        (project.name, str(project.amounts.total and project.amounts.total.value), project.goal,
         values(project.indicators))
        for unit in record.units_of_use for project in unit.projects
    ]  # fmt: skip


EXPECTED = [
    ("巡展经费", "31.50", "各街道都办展。", [("展览场次", "4场")]),
    ("图书购置", "10.00", "添置少儿图书。", [("购书册数", "2000册")]),
]


def test_without_the_extra_a_scan_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ocr, notices):
        monkeypatch.setattr(module, "available", lambda: False)
    with pytest.raises(UnreadableDocument, match=r"a scan.*\[ocr\]"):
        parse_document(scan(), "scan.pdf")


def test_a_scanned_table_is_read_by_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read_picture", model)
    (record,) = parse_document(scan(), "scan.pdf")
    assert facts(record) == EXPECTED
    assert record.account.remainder == 0
    assert next(f.values for f in record.findings if f.code == "read-by-ocr") == {"pages": "1"}
    doubted = [finding for finding in record.findings if finding.code == "ocr-low-confidence"]
    assert [finding.values for finding in doubted] == 2 * [{"confidence": "0.40", "text": "10.00"}]
    # Everything taken from a picture is marked as such, in the JSON and in the graph.
    places: list[Evidence] = [place for unit in record.units_of_use for project in unit.projects
                              for place in project.evidence]  # fmt: skip
    assert [place.confidence for place in places] == [0.99, 0.4]
    projects = document_json(record)["units_of_use"][0]["projects"]
    assert [project["evidence"][0]["confidence"] for project in projects] == [0.99, 0.4]
    said = [quad for quad in document_quads(record) if quad.predicate == BKG.readingConfidence]
    assert {str(quad.object.value) for quad in said} == {"0.99", "0.4"}
    evidence = [quad for quad in document_quads(record) if quad.predicate == BKG.pageNumber]
    assert len(said) == len(evidence)


@pytest.mark.parametrize("slope", [-0.02, 0.007, 0.02])
def test_a_page_that_lies_askew_is_set_level(slope: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read_picture", lambda page, name: model(page, name, slope))
    (record,) = parse_document(scan(slope=slope), "scan.pdf")
    assert facts(record) == EXPECTED


def test_a_page_that_lies_sideways_is_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    upright = model()
    lying = [(char, sure, (top, 842 - right, bottom, 842 - left))
             for char, sure, (left, top, right, bottom) in upright.characters]  # fmt: skip
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read_picture", lambda page, name: PictureText(lying, rotation=1))
    (record,) = parse_document(scan(sideways=True), "scan.pdf")
    assert facts(record) == EXPECTED
    boxes = [place.box for unit in record.units_of_use for project in unit.projects
             for place in project.evidence]  # fmt: skip
    assert all(box is not None and box[2] <= 595 and box[3] <= 842 for box in boxes)


def test_the_packaged_model_reads_a_scan_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rapidocr", reason="the extra [ocr] is not installed")
    pytest.importorskip("onnxruntime", reason="the extra [ocr] is not installed")
    font = next((name for name in FONTS if Path(name).is_file()), None)
    if font is None:
        pytest.skip("no Chinese font on this machine to draw a scan with")

    def refused(*_: object) -> None:
        raise AssertionError("the model is fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)
    for sideways in (False, True):
        (record,) = parse_document(scan(font, sideways=sideways), "scan.pdf")
        assert facts(record) == EXPECTED


def test_the_packaged_model_leaves_nothing_in_the_users_home(tmp_path: Path) -> None:
    """Its runtime would report its use to its maker, and keeps in the home what it could not send."""
    pytest.importorskip("rapidocr", reason="the extra [ocr] is not installed")
    pytest.importorskip("onnxruntime", reason="the extra [ocr] is not installed")
    source, home = tmp_path / "scan.pdf", tmp_path / "home"
    source.write_bytes(scan())
    home.mkdir()
    command = [sys.executable, "-m", "budgetkg", "parse", str(source)]
    subprocess.run(command, env={**os.environ, "HOME": str(home)}, capture_output=True, check=False)
    assert not list(home.rglob("*"))
