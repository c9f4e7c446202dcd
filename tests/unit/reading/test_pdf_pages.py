"""Pages as they come: turned, with a script that runs down, with stamps, without text, restricted."""

from __future__ import annotations

import hashlib
import random

import pytest
from tests.printers.pdf import Pdf, Sheet, printed

from budgetkg.errors import UnreadableDocument
from budgetkg.reading import Reading, read_document
from budgetkg.reading.pdf.overlays import split_overprint
from budgetkg.reading.pdf.page import Glyph

XS = (50, 180, 300, 420)


def read(*sheets: Sheet) -> Reading:
    return read_document(printed(*sheets), "sample.pdf")


def rows(reading: Reading) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in reading.rows]


def furniture(reading: Reading) -> str:
    text = reading.source.text
    return "|".join(text[start:end].strip() for start, end in reading.source.furniture)


def codes(reading: Reading) -> list[tuple[str, dict[str, str]]]:
    return [(found.code, dict(found.params)) for found in reading.source.notices]


def sideways(degrees: int) -> Sheet:
    """A table set so that it reads level once the page is turned by so many degrees."""
    turn = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[degrees]
    sheet = Sheet(595, 842)
    for number, words in enumerate(("名称", "金额", "绩效", "目标")):
        along, across = 60 + 100 * (number % 2), 60 + 30 * (number // 2)
        x, top = {
            90: (across + 9, 842 - 50 - along), 180: (595 - along, 842 - across - 18), 270: (595 - across - 9,
            along - 9)}[degrees]  # fmt: skip
        sheet.text(x, top, words, turn=turn)
    for edge in (50, 150, 250):
        place = 842 - edge if degrees == 90 else 595 - edge if degrees == 180 else edge
        if degrees == 180:
            sheet.line(place, 842 - 50, place, 842 - 110)
        else:
            far = (50, 110) if degrees == 90 else (595 - 110, 595 - 50)
            sheet.line(far[0], place, far[1], place)
    for edge in (50, 80, 110):
        if degrees == 180:
            sheet.line(595 - 250, 842 - edge, 595 - 50, 842 - edge)
        else:
            x = edge if degrees == 90 else 595 - edge
            span = (842 - 250, 842 - 50) if degrees == 90 else (50, 250)
            sheet.line(x, span[0], x, span[1])
    return sheet


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("declared", [True, False], ids=["declared", "undeclared"])
def test_a_turned_page_is_read_as_it_is_held(degrees: int, declared: bool) -> None:
    sheet = sideways(degrees)
    sheet.rotate = degrees if declared else 0
    reading = read(sheet)
    assert rows(reading) == [["名称", "金额"], ["绩效", "目标"]]
    assert all(row.table == 1 for row in reading.rows)


def test_script_that_runs_down() -> None:
    sheet = Sheet()
    sheet.table(XS, 90, [["\n\n\n", "甲", "乙"]])
    sheet.text(80, 95, "年度绩", font="F3").text(65, 95, "效目标", font="F3")
    assert rows(read(sheet)) == [["年度绩效目标", "甲", "乙"]]


def test_words_turned_within_a_cell() -> None:
    sheet = Sheet()
    sheet.table(XS, 90, [["\n\n\n\n", "甲", "乙"]])
    sheet.text(70, 150, "年度目标", turn=(0, 1, -1, 0))
    assert rows(read(sheet)) == [["年度目标", "甲", "乙"]]


def test_stamps_and_watermarks_are_furniture() -> None:
    sheet = Sheet()
    sheet.table(XS, 90, [["甲", "乙", "丙"], ["丁", "戊", "己"]])
    sheet.text(150, 120, "内部资料", 30, turn=(0.8, 0.6, -0.6, 0.8), grey=0.7)
    sheet.text(60, 85, "样张", 50, grey=0.85)
    sheet.text(30, 300, "骑缝", turn=(0, 1, -1, 0))
    reading = read(sheet)
    assert rows(reading) == [["甲", "乙", "丙"], ["丁", "戊", "己"]]
    assert sorted("".join(furniture(reading).replace("|", "").split())) == sorted("内部资料样张骑缝")


def test_a_bold_face_made_by_drawing_twice_is_read_once() -> None:
    sheet = Sheet()
    sheet.table(XS, 90, [["项目名称", "金额", "目标"]])
    sheet.text(53.3, 93, "项目名称")
    assert rows(read(sheet)) == [["项目名称", "金额", "目标"]]


def test_a_character_is_drawn_again_where_an_equal_one_is_near() -> None:
    """As comparing each with each says."""
    chance = random.Random(1)
    for _ in range(60):
        places = [(chance.choice("ab"), round(chance.uniform(0, 6), 2), round(chance.uniform(0, 6), 2))
                  for _ in range(100)]  # fmt: skip
        glyphs = [Glyph(text, (x, y, x + 1, y + 1), x, y, x + 1, y + 1, x, y) for text, x, y in places]
        near = [
            later for later, (text, x, y) in enumerate(places)
            if any(other == text and abs(left - x) <= 0.7 and abs(top - y) <= 0.7
                   for other, left, top in places[:later])
        ]  # fmt: skip
        kept, again = split_overprint(glyphs)
        assert [id(glyph) for glyph in again] == [id(glyphs[number]) for number in near]
        assert len(kept) + len(again) == len(glyphs)


def test_a_font_that_does_not_say_its_characters_is_a_finding() -> None:
    sheet = Sheet()
    sheet.table(XS, 90, [["项目名称", "金额", ""]])
    sheet.text(303, 93, "目标", font="F2")
    reading = read(sheet)
    assert rows(reading) == [["项目名称", "金额", "\ufffd\ufffd"]]
    assert codes(reading) == [("characters-unmapped", {"characters": "2"})]


def test_nothing_but_such_fonts_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="ToUnicode"):
        read(Sheet().text(60, 60, "项目支出绩效目标表", font="F2"))


def scanned(words: str | None) -> bytes:
    """Two pages: one that may hold words, one that is a picture only."""
    pdf = Pdf()
    image = pdf.stream(b"\xff" * 3, "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
                       " /ColorSpace /DeviceRGB")  # fmt: skip
    plain = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    blank = pdf.stream(b"q 500 0 0 700 0 0 cm /I Do Q")
    text = pdf.stream(f"BT /F 12 Tf 60 700 Td ({words}) Tj ET".encode()) if words else blank
    parent = len(pdf.objects) + 3
    kids = [
        pdf.add(f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R"
                f" /Resources << /XObject << /I {image} 0 R >> /Font << /F {plain} 0 R >> >> >>")
        for content in (text, blank)
    ]  # fmt: skip
    pages = pdf.add(f"<< /Type /Pages /Count 2 /Kids [{kids[0]} 0 R {kids[1]} 0 R] >>")
    return pdf.bytes(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>"))


def test_a_scan_is_refused_and_called_one() -> None:
    with pytest.raises(UnreadableDocument, match=r"no text layer.*scan"):
        read_document(scanned(None), "scan.pdf")


def test_a_page_that_is_a_picture_is_a_finding() -> None:
    reading = read_document(scanned("Budget"), "mixed.pdf")
    assert rows(reading) == [["Budget"]]
    assert reading.source.pages == 2
    assert codes(reading) == [("page-without-text", {"page": "2"})]


def test_headers_footers_and_page_numbers_are_furniture() -> None:
    sheets = []
    for page in range(1, 4):
        sheet = Sheet().text(60, 30, "某区年度部门预算").text(60, 60, "项目支出绩效目标表", 16)
        sheet.table(XS, 90, [["甲", f"{page}.00", "丙"]])
        sheets.append(sheet.text(290, 800, f"- {page} -"))
    reading = read(*sheets)
    assert [words for row in reading.rows for words in rows(Reading(reading.source, (row,)))[0]] == [
        "某区年度部门预算", "项目支出绩效目标表", "甲", "1.00", "丙",
        "项目支出绩效目标表", "甲", "2.00", "丙", "项目支出绩效目标表", "甲", "3.00", "丙",
    ]  # fmt: skip
    assert furniture(reading).count("某区年度部门预算") == 2
    assert [f"- {page} -" in furniture(reading) for page in (1, 2, 3)] == [True] * 3


def test_a_file_that_asks_not_to_be_copied_from_is_read_and_said_so() -> None:
    # The 40-bit handler with empty passwords, as the format describes it: what matters is the bit alone.
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")

    def rc4(key: bytes, data: bytes) -> bytes:
        box, at = list(range(256)), 0
        for index in range(256):
            at = (at + box[index] + key[index % len(key)]) % 256
            box[index], box[at] = box[at], box[index]
        out, one, two = bytearray(), 0, 0
        for byte in data:
            one = (one + 1) % 256
            two = (two + box[one]) % 256
            box[one], box[two] = box[two], box[one]
            out.append(byte ^ box[(box[one] + box[two]) % 256])
        return bytes(out)

    owner = rc4(hashlib.md5(pad).digest()[:5], pad)
    rights = (-60).to_bytes(4, "little", signed=True)  # print, nothing else
    key = hashlib.md5(pad + owner + rights + b"\x00").digest()[:5]
    pdf = Pdf()
    plain = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    number = len(pdf.objects) + 1
    salted = hashlib.md5(key + number.to_bytes(3, "little") + b"\x00\x00").digest()[:10]
    content = pdf.stream(rc4(salted, b"BT /F 12 Tf 60 700 Td (Budget) Tj ET"))
    page = pdf.add(f"<< /Type /Page /Parent {content + 2} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R"
                   f" /Resources << /Font << /F {plain} 0 R >> >> >>")  # fmt: skip
    pages = pdf.add(f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>")
    locks = f"/O <{owner.hex()}> /U <{rc4(key, pad).hex()}>"
    root = pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>")
    data = pdf.bytes(root, f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -60 {locks} >> /ID [<00> <00>]")
    reading = read_document(data, "restricted.pdf")
    assert rows(reading) == [["Budget"]]
    assert codes(reading) == [("extraction-restricted", {})]
