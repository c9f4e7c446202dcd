"""The picture of a reading: every character once, in the colour of what became of it, nobody named."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from PIL import Image
from tests.command_line import budgetkg
from tests.printers.pdf import Sheet, printed

from budgetkg.forms import parse_document
from budgetkg.reading import read_document
from budgetkg.reading.pdf.engine import open_pages
from budgetkg.reading.pdf.limits import Budget
from budgetkg.reading.pdf.pixels import rendered

ROOT = Path(__file__).resolve().parent.parent
FILES = [*sorted(ROOT.glob("examples/*.txt")), *sorted(ROOT.glob("examples/formats/*.*"))]
TABLE = (
    ("项目名称（资金使用单位）", "总计", "财政拨款", "绩效目标"),
    ("合计", "10.00", "10.00", ""),
    ("甲中心", "10.00", "10.00", ""),
    ("巡展经费", "10.00", "10.00", "办展。"),
)


def document() -> Sheet:
    sheet = Sheet().text(200, 40, "2024年项目支出绩效目标表")
    sheet.text(40, 60, "部门名称：中共广州市黄埔区委员会宣传部")
    sheet.text(460, 60, "单位：万元")
    sheet.text(40, 700, "尾声")
    sheet.table([40, 220, 300, 380, 540], 90, TABLE)
    return sheet


def page_of(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str, code: int = 0) -> str:
    out = tmp_path / "out.html"
    budgetkg(capsys, "parse", file, "--picture", out, *more, code=code)
    return out.read_text(encoding="utf-8")


def shown(page: str, cls: str = "[rfnu]") -> str:
    """The text of one class, or of all, without blanks."""
    spans = re.findall(rf'<span class="{cls}" title="[^"]*">(.*?)</span>', page, re.DOTALL)
    return re.sub(r"\s", "", unescape("".join(spans)))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_character_is_shown_once_with_its_fate(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = page_of(file, tmp_path, capsys, "--with-personal-data")
    text = read_document(file.read_bytes(), file.name).source.text
    assert shown(page) == re.sub(r"\s", "", text)
    accounts = [record.account for record in parse_document(file.read_bytes(), file.name)]
    assert len(shown(page, "r")) == sum(account.records for account in accounts)
    assert len(shown(page, "f")) == sum(account.furniture for account in accounts)


def test_findings_and_their_places_point_at_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = page_of(ROOT / "examples" / "huangpu-2023-projects.txt", tmp_path, capsys)
    ids = re.findall(r'id="([ft]\d+)"', page)
    assert len(ids) == len(set(ids))
    links = re.findall(r'href="#([ft]\d+)"', page)
    assert links
    assert set(links) <= set(ids)
    assert "period-annual-contradict" in page


def test_what_a_file_prints_is_text_and_no_markup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "<img src=x>.txt"
    source.write_text(
        "2024年项目支出绩效目标表\n部门名称：中共广州市黄埔区委员会宣传部\t\t单位：万元\n"
        "项目名称\t总计\t财政拨款\t绩效目标\n合计\t1.00\t1.00\t\n甲中心\t1.00\t1.00\t\n"
        "<script>alert(1)</script>\t1.00\t1.00\t<b onload=x>好&amp;\n",
        encoding="utf-8",
    )
    page = page_of(source, tmp_path, capsys)
    ours = page.count("<script>")
    assert ours == 1
    assert not re.search(r"<(script|b|img)\b", page.replace("<script>", "", ours))
    assert "<script>alert(1)</script>" in shown(page)


def test_a_clerk_is_shown_only_where_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "d.txt"
    source.write_text(
        "2024年项目支出绩效目标表\n部门名称：中共广州市黄埔区委员会宣传部\t填报人：某某某\n单位：万元\n"
        "项目名称\t总计\t财政拨款\t绩效目标\n合计\t1.00\t1.00\t\n甲中心\t1.00\t1.00\t\n甲\t1.00\t1.00\t好。\n",
        encoding="utf-8",
    )
    assert "某某某" not in page_of(source, tmp_path, capsys)
    assert "某某某" in page_of(source, tmp_path, capsys, "--with-personal-data")


def test_where_no_record_is_found_the_text_is_shown_as_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "d.txt"
    source.write_text("部门预算公开情况表\n基本支出 10.00\n", encoding="utf-8")
    page = page_of(source, tmp_path, capsys, code=1)
    assert shown(page, "u") == "部门预算公开情况表基本支出10.00"
    assert "no performance table" in page


def test_what_the_reader_came_for_is_framed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = FILES[0]
    text = read_document(file.read_bytes(), file.name).source.text
    start = text.index("项目", 40)
    page = page_of(file, tmp_path, capsys, "--mark", str(start), str(start + 2))
    spans = re.findall(r'<span class="[rfnu] here"[^>]*>(.*?)</span>', page, re.DOTALL)
    assert re.sub(r"\s", "", unescape("".join(spans))) == "项目"
    assert page.count('id="here"') == 1


def test_a_pdf_has_a_png_for_each_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "d.pdf"
    source.write_bytes(printed(document(), Sheet().text(40, 40, "第二页")))
    _, err = budgetkg(capsys, "parse", source, "--picture", tmp_path / "out.png")
    assert [line.rpartition("/")[2] for line in err.splitlines()] == ["out-1.png", "out-2.png"]
    with Image.open(tmp_path / "out-1.png") as image:
        pixels = image.convert("RGB")
    # In the title a record's blue, in the text below the table the orange of a finding.
    below = 28  # the legend is above the page
    red, _, blue = pixels.getpixel((2 * 205, 2 * 42 + below))
    assert blue > red
    red, _, blue = pixels.getpixel((2 * 45, 2 * 702 + below))
    assert red > blue


def test_only_a_pdf_has_pixels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = budgetkg(capsys, "parse", FILES[0], "--picture", tmp_path / "out.png", code=1)
    assert FILES[0].name in out, "the records are printed all the same"
    assert "--picture OUT.html" in err
    assert err.count("\n") == 1
    budgetkg(capsys, "parse", FILES[0], FILES[1], "--picture", tmp_path / "out.html", code=2)
    budgetkg(capsys, "parse", FILES[0], "--picture", tmp_path / "out.svg", code=2)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_places_of_the_page_are_places_of_its_picture(rotate: int) -> None:
    sheet = Sheet(rotate=rotate, crop=(50, 30, 500, 800)).line(100, 200, 100, 400).line(100, 200, 300, 200)
    data = printed(sheet.text(150, 300, "a"))
    (drawn,) = open_pages(data, Budget("d.pdf"))
    (page,) = rendered(data, "d.pdf", 2)
    assert drawn.edges
    for edge in drawn.edges:
        along = (edge.start + edge.end) / 2
        point = (edge.at, along) if edge.vertical else (along, edge.at)
        x, y, _, _ = (round(place) for place in page.pixels((*point, *point)))
        around = page.image.convert("L").crop((x - 2, y - 2, x + 3, y + 3))
        assert min(around.tobytes()) < 160
