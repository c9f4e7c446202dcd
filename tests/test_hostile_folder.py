"""A folder in which good documents lie among hostile ones: each of these costs itself alone."""

from __future__ import annotations

import json
import os
import shutil
import socket
from pathlib import Path

import pytest
from tests.command_line import budgetkg
from tests.printers.packages import cell, packed, paragraph, sheet, word
from tests.printers.pdf import Pdf, Sheet, printed

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE d [<!ENTITY l0 "lol">{LAUGHS}]>'
FILE = '<!DOCTYPE d [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'
WEB = '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">'
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'


def workbook(declared: str) -> bytes:
    main = '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>'
    related = '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>'
    xml = f"{declared}<worksheet><sheetData>{ROW}</sheetData></worksheet>"
    return packed([("xl/workbook.xml", main), ("xl/_rels/workbook.xml.rels", related), ("xl/s.xml", xml)])


def launching() -> bytes:
    """A page that would run a program and open an address as soon as it is seen."""
    pdf = Pdf()
    content = pdf.stream(b"BT ET")
    opened = "<< /O << /S /Launch /F (/bin/touch) >> /C << /S /URI /URI (http://127.0.0.1:9/) >> >>"
    pdf.add(f"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] /Contents {content} 0 R /AA {opened} >>")
    pages = pdf.add("<< /Type /Pages /Count 1 /Kids [2 0 R] >>")
    return pdf.bytes(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>"))


SPAN = cell(paragraph("项目名称"), '<gridSpan val="1000000000"/>')
FAR = (
    '<dimension ref="A1:XFD1048576"/>'
    '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
)
NESTED = b"".join(
    b'--b%d\nContent-Type: multipart/related; boundary="b%d"\n\n' % (level, level + 1)
    for level in range(5000)
).partition(b"\n")[2]
HOSTILE = {
    "laughs.xlsx": (workbook(BOMB), "entities are never expanded"),
    "laughs.docx": (packed([("word/document.xml", f"{BOMB}<document/>")]), "entities are never expanded"),
    "file.xlsx": (workbook(FILE), "entities are never expanded"),
    "web.xlsx": (workbook(WEB), "entities are never expanded"),
    "bomb.xlsx": (sheet(" " * (40 << 20)), "a zip bomb"),
    "up.xlsx": (sheet(FAR, others=[("../../up.txt", "up")]), "no performance table"),
    "wide.docx": (word(f"<tbl>{f'<tr>{SPAN * 4}</tr>' * 20}</tbl>"), "no performance table"),
    "deep.docx": (word("<tbl><tr><tc>" * 10_000), "nested deeper"),
    "spans.html": (b"<table><td rowspan=1000000 colspan=1000000>a</table>" * 500, "no performance table"),
    "links.html": (b"<html><img src=http://127.0.0.1:9/a.png><p>x</p></html>", "no performance table"),
    "deep.mht": (NESTED, "can't be told apart"),
    "launch.pdf": (launching(), "no text on any page"),
    "sheet.pdf": (b"<html><h1>404</h1></html>", "the file is HTML, its name says PDF"),
    "half.pdf": (printed(Sheet().text(9, 9, "绩效"))[:300], "cut short"),
    "empty.xlsx": (b"", "the file is empty"),
    "surrogate.txt": ("绩效\ud800目标".encode("utf-8", "surrogatepass"), "no text in any encoding"),
}


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}  # fmt: skip


@pytest.mark.parametrize("command", ["parse", "build"])
def test_good_documents_among_hostile_ones_are_read(
    command: str,
    samples: list[Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def connected(*_: object) -> None:
        raise AssertionError("something is fetched")

    monkeypatch.setattr(socket.socket, "connect", connected)
    folder, graph = tmp_path / "in", tmp_path / "graph"
    folder.mkdir()
    for name, (data, _) in HOSTILE.items():
        (folder / name).write_bytes(data)
    for sample in samples[:2]:
        shutil.copy(sample, folder)
    os.mkfifo(folder / "pipe.txt")
    before = everything(tmp_path)
    told = ("--into", graph, "--json") if command == "build" else ("--format", "json")
    out, err = budgetkg(capsys, command, folder, *told, code=1)
    found = json.loads(out)
    documents = found if command == "parse" else found["documents"]
    assert sorted(document["source"] for document in documents) == sorted(path.name for path in samples[:2])
    lines = {line.split(": ")[1].rpartition("/")[2]: line for line in err.splitlines()}
    assert len(lines) == len(err.splitlines()) == len(HOSTILE) + 1
    assert [name for name, (_, words) in HOSTILE.items() if words not in lines[name]] == []
    assert "not a regular file" in lines["pipe.txt"]
    shutil.rmtree(graph, ignore_errors=True)
    assert everything(tmp_path) == before
    assert not Path("/tmp/up.txt").exists()
