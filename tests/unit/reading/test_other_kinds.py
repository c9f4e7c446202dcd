"""One table in the files of other programs: the records are those of the document they were made from."""

from __future__ import annotations

import email.message
import email.policy
import socket
import subprocess
import threading
from functools import cache
from pathlib import Path

import pytest
from tests.unit.reading.test_ofd import facts

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import parse_document
from budgetkg.reading import office, read_document
from budgetkg.reading.csv_table import separator_of
from budgetkg.reading.markdown import as_html, is_markdown

FORMATS = Path(__file__).resolve().parents[3] / "examples" / "formats"
WORD, BOOK, PAGE = (FORMATS / f"panyu-2024-projects.{end}" for end in ("docx", "xlsx", "html"))
needs_office = pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed")


@cache
def records(path: Path) -> list[object]:
    return [facts(record) for record in parse_document(path.read_bytes(), path.name)]


def read(data: bytes, name: str) -> list[object]:
    return [facts(record) for record in parse_document(data, name)]


def converted(path: Path, kind: str, into: Path) -> bytes:
    """A document saved as another kind, by the same program that a clerk may have used."""
    profile = (into / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(into),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    return (into / f"{path.stem}.{kind}").read_bytes()


@needs_office
@pytest.mark.parametrize(
    ("path", "kind"), [(WORD, "odt"), (WORD, "rtf"), (WORD, "fodt"), (BOOK, "ods"), (BOOK, "fods")]
)
def test_what_libreoffice_saves_is_read_back(path: Path, kind: str, tmp_path: Path) -> None:
    data = converted(path, kind, tmp_path)
    (record,) = parse_document(data, f"a.{kind}")
    assert [facts(record)] == records(path)
    assert "read-through-office" in {finding.code for finding in record.findings}


@needs_office
def test_a_document_of_word_97(tmp_path: Path) -> None:
    # Not in one step: LibreOffice 7.4 loses the table on the way from docx to doc.
    (tmp_path / "a.odt").write_bytes(converted(WORD, "odt", tmp_path))
    assert read(converted(tmp_path / "a.odt", "doc", tmp_path), "a.doc") == records(WORD)


@needs_office
def test_nothing_is_fetched_while_a_file_is_saved() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port, visits = listener.getsockname()[1], list[object]()
    threading.Thread(target=lambda: visits.append(listener.accept()), daemon=True).start()
    link = f"http://127.0.0.1:{port}/x.png"
    text = (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        "<text:p>绩效<draw:frame><draw:image"
        f' xlink:href="{link}"/></draw:frame></text:p></office:text></office:body></office:document>'
    )
    reading = read_document(f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode(), "a.fodt")
    assert "绩效" in reading.source.text
    assert not visits
    listener.close()


@needs_office
def test_a_damaged_file_is_refused_in_one_line() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        parse_document(b"{\\rtf1 \x00\x01 broken", "a.rtf")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", sorted(office.KINDS))
def test_without_libreoffice_one_line_says_what_to_do(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ())
    with pytest.raises(UnreadableDocument, match=r"save the file as (docx|xlsx)"):
        office.saved_as(b"", "a", kind)


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_web_archive_is_its_page(charset: str, encoding: str) -> None:
    archive = email.message.EmailMessage(policy=email.policy.SMTP)
    archive["From"] = "<Saved by a browser>"
    archive.make_related()
    page = email.message.EmailMessage(policy=email.policy.SMTP)
    page.set_content(PAGE.read_text("gb18030"), subtype="html", charset=charset, cte=encoding)
    archive.attach(page)
    (record,) = parse_document(archive.as_bytes(), "a.mht")
    assert [facts(record)] == records(PAGE)
    assert record.media_type == "multipart/related"


def test_a_web_archive_without_a_page() -> None:
    with pytest.raises(UnreadableDocument, match="without a page"):
        read_document(
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\nx\n--b--\n", "a.mht"
        )


def test_rows_between_bars_are_a_table() -> None:
    text = (
        "# 预算绩效\n\n说明 a*b*c 与 <3 天\n\n| 名称 | 数量 |\n| --- | --- |\n| **宣传\\|教育** |"
        " ≥5元/人*月*2<br>共两行 |\n| 乙 | 2 |\n"
    )
    assert is_markdown(text)
    page = as_html(text)
    for printed in (
        "<h1>预算绩效</h1>",
        "a*b*c 与 &lt;3 天",
        "<td>宣传|教育</td>",
        "≥5元/人*月*2<br>共两行",
    ):
        assert printed in page


def test_outer_bars_may_be_left_out_row_by_row() -> None:
    page = as_html(
        "一级 | 二级 | 名称\n---|---|---\n产出 | 数量 | 甲\n| | | 乙\n注：到此为止\n"
        "\n丙 | 丁\n--- | ---\n子 | 丑"
    )
    assert page.count("<table>") == 2
    assert page.count("<tr>") == 5
    assert "<p>注：到此为止</p>" in page


def test_bold_labels_are_labels_and_stars_of_masked_names_stay() -> None:
    page = as_html("**部门：** 某局　　**单位：万元**\n\n张**、李**，甲**乙**丙")
    assert "部门： 某局　　单位：万元" in page
    assert "张**、李**，甲**乙**丙" in page


def test_a_pipe_table_without_dashes_and_a_table_of_html() -> None:
    assert as_html("甲 | 乙 | 丙\n1 | 2 | 3\n4 | 5 | 6").count("<tr>") == 3
    assert is_markdown("# 表\n\n<table><tr><td>1</td></tr></table>")
    assert not is_markdown("单价|数量\n只有一行")


def test_markdown_of_a_web_page_says_what_the_page_says() -> None:
    table = PAGE.read_text("gb18030")
    text = "# 说明\n\n" + table[table.index("<body") :].replace("\n\n", "\n")
    (record,) = parse_document(text.encode(), "a.md")
    assert record.media_type == "text/markdown"
    assert [record.totals.total] == [
        found.totals.total for found in parse_document(PAGE.read_bytes(), "a.html")
    ]


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        (",", "a,b,c,d\n" * 4),
        (";", "a;b;c;d\n" * 4),
        ("\t", '"a\nb"\tb\tc\td\n' * 4),
        (None, "a\tb\tc\td\n" * 4),
        (None, "a，b；c\n" * 4),
    ],
)
def test_what_parts_the_fields(mark: str | None, text: str) -> None:
    assert separator_of(text) == mark


def test_a_table_parted_by_semicolons_reads_like_one_parted_by_commas() -> None:
    path = next((FORMATS.parents[1] / "tests/cases/project-table/comma-separated-values").glob("*.csv"))
    text = path.read_text("gb18030")
    assert "," in text
    assert ";" not in text
    assert read(text.replace(",", ";").encode(), "a.csv") == read(text.encode(), "a.csv")
