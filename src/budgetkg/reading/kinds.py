"""What kind of file some bytes are: told by the bytes, never by the name.

A name that claims another kind than the bytes are is reported, because the office that published
the file may have put up the wrong one.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from budgetkg.errors import UnreadableDocument
from budgetkg.messages import Message
from budgetkg.reading.csv_table import is_csv
from budgetkg.reading.packages import package_kind
from budgetkg.reading.pdf.document import is_pdf
from budgetkg.reading.text_dump import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# What the end of a name claims, and what people call each kind.
_CLAIMS = {
    ".pdf": "pdf", ".xlsx": "workbook", ".xlsm": "workbook", ".xls": "xls", ".docx": "document",
    ".docm": "document", ".doc": "doc", ".htm": "html", ".html": "html", ".shtml": "html",
    ".txt": "text", ".tsv": "text", ".csv": "csv",
}  # fmt: skip
_CALLED = {
    "pdf": "PDF", "workbook": "xlsx", "document": "docx", "xls": "xls", "doc": "doc", "html": "HTML",
    "text": "text", "csv": "CSV",
}  # fmt: skip
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
    (b"{\\rtf", "kind-rtf"),
)
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|tbody|tr|td|div|meta|title|style|script)[\s/>]", re.I
)
_OTHER_XML = re.compile(rb"<(?:\w+:)?(Workbook|wordDocument|package)[\s>]")
_WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/", re.I)
_SNIFFED, _SNIFFED_FOR_COMMAS = 4096, 65_536


def kind_of(data: bytes, name: str) -> str:
    """A reader's name (``pdf``, ``workbook``, ``document``, ``xls``, ``html``, ``csv``, ``text``); raises
    where it is for none.
    """
    if data.startswith(_ZIP):
        return package_kind(data, name)
    if data.startswith(_OLE):
        return _legacy(data, name)
    if is_pdf(data):
        return "pdf"
    for magic, kind in _NO_TEXT:
        if data.startswith(magic):
            raise UnreadableDocument(name, "unreadable-kind", kind=Message(kind))
    head = data[:_SNIFFED].replace(b"\x00", b"")  # as UTF-16, markup has a zero beside each letter
    inked = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if inked.startswith(b"<?xml") and _OTHER_XML.search(head):
        raise UnreadableDocument(name, "office-in-one-xml")
    # A dump may quote markup; a page begins with it, or is called one.
    page = inked.startswith(b"<") or claimed_kind(name) == "html"
    if page and _MARKUP.search(head):
        return "html"
    if _WEB_ARCHIVE.match(inked):
        raise UnreadableDocument(name, "web-archive")
    return "csv" if inked and is_csv(decode(data[:_SNIFFED_FOR_COMMAS], name).text) else "text"


def claimed_kind(name: str) -> str | None:
    """The kind that the end of a file's name claims."""
    return _CLAIMS.get(PurePath(name).suffix.lower())


def called(kind: str) -> str:
    """What people call a kind."""
    return _CALLED[kind]


def _legacy(data: bytes, name: str) -> str:
    """An OLE2 file is a workbook of before 2007, an encrypted file of today, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableDocument(name, "office-password")
    if "WordDocument".encode("utf-16-le") in data:
        raise UnreadableDocument(name, "old-word")
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book")):
        return "xls"
    raise UnreadableDocument(name, "ole-without-workbook")
