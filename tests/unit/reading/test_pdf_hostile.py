"""PDFs that are no good, or mean no good: one line that says why, soon, and in little memory."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from tests.printers.pdf import Pdf, Sheet, printed

from budgetkg.errors import UnreadableDocument
from budgetkg.reading import read_document


def one_page(content: bytes, resources: str = "", box: str = "[0 0 595 842]", *first: str | bytes) -> bytes:
    """A page that draws what it is told to; objects that its resources name are written first."""
    pdf = Pdf()
    for body in first:
        pdf.add(body)
    stream = pdf.stream(content, packed=True)
    parent = stream + 2
    page = pdf.add(f"<< /Type /Page /Parent {parent} 0 R /MediaBox {box} /Resources << {resources} >>"
                   f" /Contents {stream} 0 R >>")  # fmt: skip
    pages = pdf.add(f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>")
    return pdf.bytes(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>"))


def form(content: str, inner: int | None = None) -> str:
    resources = f"/XObject << /X {inner} 0 R >>" if inner else ""
    return (f"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << {resources} >>"
            f" /Length {len(content)} >> stream\n{content}\nendstream")  # fmt: skip


def forms_in_forms() -> bytes:
    """A line drawn ten million times from two kilobytes."""
    forms = [form("0 0 m 10 10 l S"), *(form("/X Do " * 10, inner) for inner in range(1, 7))]
    return one_page(b"/X Do " * 10, "/XObject << /X 7 0 R >>", "[0 0 595 842]", *forms)


def form_in_itself() -> bytes:
    return one_page(b"/X Do ", "/XObject << /X 1 0 R >>", "[0 0 595 842]", form("/X Do", 1))


def shared_pages() -> bytes:
    pdf = Pdf()
    content = pdf.stream(b"BT ET")
    parent = 10_002
    for _ in range(10_000):
        pdf.add(f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 9 9] /Contents {content} 0 R >>")
    kids = " ".join(f"{number} 0 R" for number in range(2, parent))
    pages = pdf.add(f"<< /Type /Pages /Count 10000 /Kids [{kids}] >>")
    return pdf.bytes(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>"))


def page_tree_in_a_circle() -> bytes:
    pdf = Pdf()
    pdf.add("<< /Type /Pages /Count 1 /Kids [2 0 R] >>")
    pdf.add("<< /Type /Pages /Count 1 /Kids [1 0 R] /Parent 1 0 R >>")
    return pdf.bytes(pdf.add("<< /Type /Catalog /Pages 1 0 R >>"))


def packed_twice(content: bytes) -> bytes:
    """A page whose stream is packed by two filters, one over the other."""
    pdf = Pdf()
    twice = zlib.compress(zlib.compress(content, 9), 9)
    packed = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(twice)
    pdf.add(b"%s stream\n%s\nendstream" % (packed, twice))
    pdf.add("<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents 1 0 R >>")
    pages = pdf.add("<< /Type /Pages /Count 1 /Kids [2 0 R] >>")
    return pdf.bytes(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>"))


def locked() -> bytes:
    """Encrypted under a password that nobody gives (the keys are noise)."""
    pdf = Pdf()
    pages = pdf.add("<< /Type /Pages /Count 0 /Kids [] >>")
    keys = f"/Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}>"
    root = pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>")
    return pdf.bytes(root, f"/Encrypt << {keys} >> /ID [<00> <00>]")


WHOLE = printed(Sheet().text(50, 50, "绩效"))

CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut short": (lambda: WHOLE[: len(WHOLE) // 2], "cut short"),
    "a mark only": (lambda: b"%PDF-1.7\n", "cut short"),
    "noise": (lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(4000), "cut short"),
    "no pages": (page_tree_in_a_circle, "no pages"),
    "password": (locked, "password"),
    "shared pages": (shared_pages, "more than 3000 pages"),
    "deep arrays": (lambda: one_page(b"[" * 60_000 + b"]" * 60_000 + b" TJ"), "no text"),
    "deep objects": (lambda: one_page(b"", "/Font " + "[" * 60_000 + "]" * 60_000), ""),
    "blanks": (lambda: one_page(b" " * (128 << 20)), "(page 1): is drawn by more than 64 MiB"),
    "blanks in blanks": (lambda: packed_twice(b" " * (128 << 20)), "(page 1): is drawn by more than 64 MiB"),
    "numbers": (lambda: one_page(b"0 " * (2 << 20)), "(page 1): draws without end"),
    "forms in forms": (forms_in_forms, "(page 1): draws more than 200000 objects"),
    "a form in itself": (form_in_itself, "no text"),
    "a huge page": (lambda: one_page(b"", box="[0 0 1000000 1000000]"), "points"),
    "half a box": (lambda: one_page(b"", box="[0 0]"), ""),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_hostile_file_is_one_line(case: str) -> None:
    make, words = CASES[case]
    with pytest.raises(UnreadableDocument) as caught:
        read_document(make(), "bad.pdf")
    message = str(caught.value)
    assert message.startswith("bad.pdf")
    assert words in message
    assert "\n" not in message


def test_a_character_drawn_over_and_over_is_read_once_and_soon() -> None:
    """Comparing each of them with each would take a quarter of an hour."""
    sheet = Sheet().text(50, 50, "绩")
    code = f"<{'绩'.encode('utf-16-be').hex()}>"
    sheet.drawn[0] = sheet.drawn[0].replace(f"{code} Tj", f"[{f'{code} 1000 ' * 40_000}] TJ")
    source = read_document(printed(sheet), "a.pdf").source
    furniture = "".join(source.text[start:end] for start, end in source.furniture)
    assert (source.text.count("绩"), furniture.count("绩")) == (40_000, 39_999)


def test_how_much_a_page_may_draw_is_the_users_to_say() -> None:
    four = printed(Sheet().text(50, 50, "绩效目标"))
    with pytest.raises(UnreadableDocument, match=r"page 1.*more than 3 objects \(--max-objects\)"):
        read_document(four, "a.pdf", objects=3)
    assert "绩效目标" in read_document(four, "a.pdf", objects=4).source.text


def test_noise_in_a_good_file_costs_that_file_alone() -> None:
    chance = random.Random(5)
    sheet = Sheet()
    sheet.table((50, 180, 300), 90, [["甲", "乙"], ["丙", "丁"]])
    whole = printed(sheet)
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(10, len(data))] = chance.randrange(256)
        with suppress(UnreadableDocument):
            read_document(bytes(data), "noise.pdf")
