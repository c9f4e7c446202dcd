"""Form fields and text boxes of a PDF: what they show is read where it is seen."""

from __future__ import annotations

import pytest
from tests.printers.pdf import Pdf, Sheet, font

from budgetkg.reading import Reading, read_document

LABELS = [["项目名称", ""], ["资金总额", ""]]
XS = (50, 150, 350)


def words(text: str) -> str:
    return f"<{text.encode('utf-16-be').hex()}>"


def drawn(text: str, size: float = 10) -> bytes:
    """What an appearance says: a border, and a text inside it."""
    return f"0 0 200 18 re S BT 0 g /F {size:g} Tf 3 5 Td {words(text)} Tj ET".encode()


def read(*annotations: str, shown: str = "清淤维护88.50万元", rotate: int = 0) -> Reading:
    """A form of two labels, the annotations over it; ``{form}`` and ``{half}`` stand for appearances."""
    pdf, sheet = Pdf(), Sheet()
    sheet.table(XS, 60, LABELS)
    letters = font(pdf, "".join(map("".join, LABELS)) + shown)
    inner = f"/Type /XObject /Subtype /Form /Resources << /Font << /F {letters} 0 R >> >>"
    form = pdf.stream(drawn(shown), f"{inner} /BBox [0 0 200 18]")
    half = pdf.stream(drawn(shown, 5), f"{inner} /BBox [0 0 200 18] /Matrix [0.5 0 0 0.5 7 9]")
    content = pdf.stream("\n".join(sheet.drawn).encode())
    kids = [pdf.add(one.format(form=f"{form} 0 R", half=f"{half} 0 R")) for one in annotations]
    parent = len(pdf.objects) + 2
    page = pdf.add(
        f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R"
        f" /Rotate {rotate} /Resources << /Font << /F1 {letters} 0 R >> >>"
        f" /Annots [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    )
    pages = pdf.add(f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>")
    return read_document(pdf.bytes(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>")), "filled.pdf")


def field(top: float, more: str, kind: str = "Widget /FT /Tx") -> str:
    """An annotation over a cell of the second column."""
    rectangle = f"/Rect [150 {842 - top - 18:g} 350 {842 - top:g}]"
    return f"<< /Type /Annot /Subtype /{kind} {rectangle} {more} >>"


def rows(reading: Reading) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in reading.rows]


def codes(reading: Reading) -> list[tuple[str, dict[str, str]]]:
    return [(found.code, dict(found.params)) for found in reading.source.notices]


BLANK = [["项目名称"], ["资金总额"]]
FILLED = [["项目名称", "清淤维护88.50万元"], ["资金总额"]]


@pytest.mark.parametrize(
    "annotation",
    [
        "/AP << /N {form} >>",
        "/AP << /N {half} >>",
        "/AP << /N << /On {form} /Off {half} >> >> /AS /On",
        "/F 4 /AP << /N {form} >>",
    ],
)
@pytest.mark.parametrize("kind", ["Widget /FT /Tx", "FreeText", "Stamp"])
def test_what_an_annotation_shows_stands_in_the_cell_that_it_fills(annotation: str, kind: str) -> None:
    reading = read(field(60, annotation, kind))
    assert rows(reading) == FILLED
    assert codes(reading) == []


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_it_turns_with_its_page(rotate: int) -> None:
    assert "清淤维护88.50万元" in str(rows(read(field(60, "/AP << /N {form} >>"), rotate=rotate)))


@pytest.mark.parametrize(
    "annotation",
    [
        field(60, "/F 2 /AP << /N {form} >>"),
        field(60, "/F 32 /AP << /N {form} >>"),
        field(60, "/AP << /N << /On {form} >> >> /AS /Off"),
        field(60, "/AP << /N {form} >>", "Popup"),
        field(60, "/Contents (a note)", "Text"),
        field(60, "/V /Yes", "Widget /FT /Btn"),
        "[1 2 3]",
        "null",
        field(60, "/AP 7 /F (x)"),
    ],
)
def test_what_is_not_shown_is_not_read(annotation: str) -> None:
    reading = read(annotation)
    assert rows(reading) == BLANK
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("/V {text}", "Widget /FT /Tx"),
        ("/Parent << /V {text} >>", "Widget"),
        ("/Contents {text}", "FreeText"),
    ],
)
def test_a_text_without_an_appearance_is_a_finding(more: str, kind: str) -> None:
    told = f"<feff{'清淤'.encode('utf-16-be').hex()}>"
    reading = read(field(60, more.replace("{text}", told), kind))
    assert rows(reading) == BLANK
    assert codes(reading) == [("annotation-unread", {"text": "清淤"})]
