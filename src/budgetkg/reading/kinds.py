"""What kind of file some bytes are: told by the bytes, never by the name.

A name that claims another kind than the bytes are is reported, because the office that published
the file may have put up the wrong one.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from budgetkg.errors import UnreadableDocument
from budgetkg.messages import Message
from budgetkg.reading.csv_table import is_csv, ragged_separator_of
from budgetkg.reading.markdown import is_markdown
from budgetkg.reading.mht import is_mht
from budgetkg.reading.packages import package_kind
from budgetkg.reading.text_dump import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF, _PDF_WITHIN = b"%PDF-", 1024
"""Its mark may stand behind a little of something else."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# What the end of a name claims, and what people call each kind.
_CLAIMS = {
    ".pdf": "pdf",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".xls": "xls",
    ".docx": "document",
    ".docm": "document",
    ".doc": "doc",
    ".htm": "html",
    ".html": "html",
    ".shtml": "html",
    ".txt": "text",
    ".tsv": "text",
    ".csv": "csv",
    ".ofd": "ofd",
    ".md": "markdown",
    ".mht": "mht",
    ".mhtml": "mht",
    ".wps": "doc",
    ".et": "xls",
    ".rtf": "rtf",
    ".odt": "odt",
    ".ods": "ods",
    ".fodt": "fodt",
    ".fods": "fods",
    ".uot": "uot",
    ".uos": "uos",
    ".xlsb": "xlsb",
}
_LABELS = {
    "pdf": "PDF",
    "workbook": "xlsx",
    "document": "docx",
    "xls": "xls",
    "doc": "doc",
    "html": "HTML",
    "text": "text",
    "csv": "CSV",
    "ofd": "OFD",
    "markdown": "Markdown",
    "mht": "mht",
    "rtf": "RTF",
    "odt": "odt",
    "ods": "ods",
    "fodt": "fodt",
    "fods": "fods",
    "uot": "UOF",
    "uos": "UOF",
    "word-xml": "Word XML",
    "excel-xml": "Excel XML",
    "xlsb": "xlsb",
}
_NO_TEXT = (
    (b"\x89PNG", "kind-png"),
    (b"\xff\xd8\xff", "kind-jpeg"),
    (b"GIF8", "kind-gif"),
    (b"II*\x00", "kind-tiff"),
    (b"MM\x00*", "kind-tiff"),
    (b"\x1f\x8b", "kind-gzip"),
    (b"Rar!", "kind-rar"),
    (b"7z\xbc\xaf\x27\x1c", "kind-7z"),
    (b"\x7fELF", "kind-program"),
    (b"MZ\x90", "kind-program"),
)
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|meta|title|style|script)[\s/>]", re.I
)
# Office files as one XML file: the name of the root, and what kind it is; a word tells a sheet from a text.
_XML_ROOT = re.compile(rb"<(?:[\w.-]+:)?(Workbook|wordDocument|package|document|UOF)[\s>]")
_SPREADSHEETS = (b"opendocument.spreadsheet", "电子表格".encode(), b"spreadSheet")
_SNIFFED, _SNIFFED_OF_A_TEXT = 4096, 65_536


def kind_of(data: bytes, name: str) -> str:
    """Return which reader some bytes are for.

    One of pdf, ofd, workbook, document, xls, html, mht, markdown, csv, text, or of
    :data:`budgetkg.reading.office.KINDS`.

    Raises UnreadableDocument where it is for none.
    """
    if data.startswith(_ZIP):
        return package_kind(data, name)
    if data.startswith(_OLE):
        return _legacy(data, name)
    if _PDF in data[:_PDF_WITHIN]:
        return "pdf"
    for magic, kind in _NO_TEXT:
        if data.startswith(magic):
            raise UnreadableDocument(name, "unreadable-kind", kind=Message(kind))
    head = data[:_SNIFFED].replace(b"\x00", b"")  # as UTF-16, markup has a zero beside each letter
    inked = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if inked.startswith(b"{\\rtf"):
        return "rtf"
    if inked.startswith(b"<?xml") and (root := _XML_ROOT.search(head)):
        return _xml_kind(root[1], data, name)
    # A dump may quote markup; a page begins with it, or is called one.
    page = inked.startswith(b"<") or claimed_kind(name) == "html"
    if page and _MARKUP.search(head):
        return "html"
    if is_mht(inked):
        return "mht"
    text = decode(data[:_SNIFFED_OF_A_TEXT], name).text if inked else ""
    if is_markdown(text):
        return "markdown"
    # Rows of several widths may be prose with commas, unless the file is called a table.
    ragged = claimed_kind(name) == "csv" and ragged_separator_of(text) is not None
    return "csv" if ragged or is_csv(text) else "text"


def claimed_kind(name: str) -> str | None:
    """The kind that the end of a file's name claims."""
    return _CLAIMS.get(PurePath(name).suffix.lower())


def kind_label(kind: str) -> str:
    """Return what people call a kind (workbook: xlsx)."""
    return _LABELS[kind]


def _legacy(data: bytes, name: str) -> str:
    """An OLE2 file is a workbook of before 2007, an encrypted file of today, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableDocument(name, "office-password")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return "xls"
    raise UnreadableDocument(name, "ole-without-workbook")


def _xml_kind(root: bytes, data: bytes, name: str) -> str:
    """An Office file saved as one XML file: of Excel or Word 2003, OpenDocument, or UOF (GB/T 20916)."""
    if root == b"package":
        raise UnreadableDocument(name, "office-in-one-xml")
    sheet = any(word in data for word in _SPREADSHEETS)
    return {
        b"Workbook": "excel-xml", b"wordDocument": "word-xml", b"document": "fods" if sheet else "fodt",
        b"UOF": "uos" if sheet else "uot",
    }[root]  # fmt: skip
