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


def facts(record: DocumentRecord) -> object:
    """What a record says, without its places."""
    bare = document_json(replace(record, findings=(), evidence=()))
    for name in ("source", "sha256", "media_type", "evidence", "account"):
        del bare[name]
    return _without_evidence(bare)


def _without_evidence(value: object) -> object:
    if isinstance(value, dict):
        return {
            name: _without_evidence(part)
            for name, part in value.items()
            if not name.endswith(("evidence", "year_statements"))
        }
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


def clipped(flag: str, area: str, boundary: str = "10 20 60 30") -> str:
    """A text at (12, 25) mm, as large as 3 mm, drawn in units of half a millimetre under a clip."""
    clips = f"<Clips {flag}><Clip>{area}</Clip></Clips>"
    return (
        f'<TextObject Size="6" Boundary="{boundary}" CTM="0.5 0 0 0.5 0 0">{clips}'
        '<TextCode X="4" Y="10" DeltaX="6">目标</TextCode></TextObject>'
    )


def area(x0: float, y0: float, x1: float, y1: float, attributes: str = "") -> str:
    path = f"M {x0} {y0} L {x1} {y0} L {x1} {y1} L {x0} {y1} C"
    data = f"<AbbreviatedData>{path}</AbbreviatedData>"
    return f'<Area {attributes}><Path Boundary="0 0 99 99">{data}</Path></Area>'


ARC = "<Area><Path Boundary='0 0 9 9'><AbbreviatedData>M 0 0 A 1 1 0 0 0 2 2</AbbreviatedData></Path></Area>"


@pytest.mark.parametrize(
    ("flag", "areas", "shown"),
    [
        ("", area(0, 0, 20, 12), "目标"),
        ("", area(0, 0, 9, 12), "目"),
        ("", area(0, 0, 5, 12) + area(5, 0, 9, 12), "目"),
        ("", area(0, 0, 20, 12) + "</Clip><Clip>" + area(10, 0, 20, 12), "标"),
        ('TransFlag="true"', area(0, 0, 9, 12), "目"),
        ('TransFlag="false"', area(0, 0, 4.5, 6), "目"),
        ('TransFlag="false"', area(0, 0, 9, 6), "目标"),
        ("", area(0, 0, 4.5, 6, 'CTM="2 0 0 2 0 0"'), "目"),
        ("", area(0, 0, 20, 2), ""),
        ("", area(0, 0, 9, 12) + "<Area><Text/></Area>", "目标"),
        ("", ARC, "目标"),
        ("", "", "目标"),
    ],
)
def test_an_object_shows_within_its_clips(flag: str, areas: str, shown: str) -> None:
    reading = read_document(
        ofd(text('Size="3" Boundary="0 0 9 9"', 'X="9" Y="9"') + clipped(flag, areas)), "a.ofd"
    )
    found = [cell.text for row in reading.rows for cell in row.cells]
    assert found == ["目标", shown] if shown else found == ["目标"]


def test_a_line_shows_within_its_clip() -> None:
    """A rule that its clip ends before the second column leaves the two cells below one another merged."""
    rules = "".join(
        f'<PathObject Boundary="0 0 99 99"><AbbreviatedData>{path}</AbbreviatedData>{clips}</PathObject>'
        for path, clips in [
            *((f"M 10 {y} L 70 {y}", "") for y in (10, 50)),
            *((f"M {x} 10 L {x} 50", "") for x in (10, 40, 70)),
            ("M 10 30 L 70 30", f"<Clips><Clip>{area(0, 0, 40, 99)}</Clip></Clips>"),
        ]
    )
    words = text('Size="3" Boundary="0 0 9 9"', 'X="12" Y="20"') + text(
        'Size="3" Boundary="0 0 9 9"', 'X="42" Y="40"'
    )
    (row,) = read_document(ofd(rules + words), "a.ofd").rows
    assert [(cell.column, cell.rows) for cell in row.cells] == [(0, 1), (1, 2)]
