"""OFD: what its pages place is read like a PDF's; what departs from the standard is refused in one line."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.expected_records import expected_files, load
from tests.printers.ofd import document_xml, ofd_of, root_xml
from tests.printers.packages import packed

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document
from budgetkg.reading import read_document
from budgetkg.records import DocumentRecord
from budgetkg.schema_json import document_json

ROOT = Path(__file__).resolve().parents[3]
PDFS = sorted((ROOT / "examples").rglob("*.pdf"))
_AREA = "<Area><PhysicalBox>0 0 210 297</PhysicalBox></Area>"


@cache
def records_of_pdf(path: Path) -> tuple[DocumentRecord, ...]:
    return tuple(parse_document(path.read_bytes(), path.name))


_PLACES = {"evidence", "totals_evidence"}


def facts(record: DocumentRecord) -> object:
    """What a record says, without its places."""
    bare = document_json(replace(record, findings=(), evidence=()))
    for name in ("source", "sha256", "media_type", "evidence", "account"):
        del bare[name]
    return _without_evidence(bare)


def _without_evidence(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_evidence(part) for name, part in value.items() if name not in _PLACES}
    return [_without_evidence(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_an_ofd_says_what_its_pdf_says(path: Path, seed: int) -> None:
    data = ofd_of(
        path.read_bytes(),
        seed,
        template=seed % 2 == 1,
        absolute=seed > 1,
        stamp="样章" if seed == 3 else "",
    )
    found = tuple(parse_document(data, "a.ofd"))
    assert [facts(record) for record in found] == [facts(record) for record in records_of_pdf(path)]
    assert all(record.account.remainder == 0 and record.media_type == "application/ofd" for record in found)


def test_a_stamp_is_no_part_of_the_form() -> None:
    data = ofd_of(PDFS[0].read_bytes(), stamp="样本专用章")
    reading = read_document(data, "a.ofd")
    at = reading.source.text.index("样本专用章")
    assert any(start <= at < end for start, end in reading.source.furniture)


@pytest.mark.parametrize("name", ["panyu-2024-projects-writer", "liwan-2023-department"])
def test_reference_documents(name: str, shared: Path) -> None:
    path = shared / "documents" / "other-kinds" / f"{name}.ofd"
    twin = shared / "documents" / "rebuilt" / f"{name}.pdf"
    (record,), (other,) = (
        parse_document(path.read_bytes(), path.name),
        parse_document(twin.read_bytes(), twin.name),
    )
    assert facts(record) == facts(other)
    assert any(load(found)["form"] == record.form for found in expected_files(shared))


@pytest.mark.parametrize("name", ["easyofd", "outlines"])
def test_what_is_not_as_the_standard_has_it_is_refused(name: str, shared: Path) -> None:
    path = shared / "documents" / "other-kinds" / f"huadu-2023-department-{name}.ofd"
    wanted = {"easyofd": "departs from GB/T 33190", "outlines": "no text on any page"}[name]
    with pytest.raises(UnreadableDocument, match=wanted):
        read_document(path.read_bytes(), path.name)


def ofd(content: str, pages: str = '<Page ID="1" BaseLoc="P.xml"/>') -> bytes:
    return packed([
        ("OFD.xml", root_xml("Doc_0/Document.xml")),
        ("Doc_0/Document.xml", document_xml(pages.replace("<Page", "<ofd:Page"))),
        ("Doc_0/P.xml", f"<Page>{_AREA}<Content><Layer>{content}</Layer></Content></Page>"),
    ])  # fmt: skip


def text(attributes: str, code: str) -> str:
    return f"<TextObject {attributes}><TextCode {code}>目标</TextCode></TextObject>"


HOSTILE = {
    "no size": text('Boundary="0 0 1 1"', 'X="0" Y="0"'),
    "no boundary": text('Size="3"', 'X="0" Y="0"'),
    "words for numbers": text('Size="3" Boundary="a b c d"', 'X="0" Y="0"'),
    "infinite": text('Size="inf" Boundary="0 0 1 1"', 'X="0" Y="0"'),
    "no number": text('Size="nan" Boundary="0 0 1 1"', 'X="0" Y="0"'),
    "broken steps": text('Size="3" Boundary="0 0 1 1"', 'X="0" Y="0" DeltaX="g 5"'),
    "unknown operator": (
        '<PathObject Boundary="0 0 1 1"><AbbreviatedData>Z 1 2</AbbreviatedData></PathObject>'
    ),
    "cut path": '<PathObject Boundary="0 0 1 1"><AbbreviatedData>M 1</AbbreviatedData></PathObject>',
    "nothing": "",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_page_costs_one_line(name: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(ofd(HOSTILE[name]), "a.ofd")
    assert "\n" not in str(caught.value)


def test_a_step_repeated_without_end_is_as_long_as_its_text() -> None:
    reading = read_document(
        ofd(text('Size="3" Boundary="0 0 1 1"', 'X="9" Y="9" DeltaX="g 999999999 3"')), "a.ofd"
    )
    assert "目标" in reading.source.text


@pytest.mark.parametrize(
    "pages", ["", '<Page ID="1" BaseLoc="Q.xml"/>', '<Page ID="1" BaseLoc="../../P.xml"/>']
)
def test_pages_that_are_not_there(pages: str) -> None:
    with pytest.raises(UnreadableDocument):
        read_document(ofd("", pages), "a.ofd")


def test_more_objects_than_a_page_may_draw() -> None:
    many = text('Size="3" Boundary="0 0 1 1"', 'X="9" Y="9"') * 20
    with pytest.raises(UnreadableDocument, match="objects"):
        read_document(ofd(many), "a.ofd", objects=30)
