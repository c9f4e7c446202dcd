"""What a fetched file is called: as the list says, else as the server or the address does."""

from __future__ import annotations

import hashlib
import re
from email.message import Message as Headers
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

_LONGEST = 120  # bytes of a name; file systems take 255, and a suffix may be added
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


def file_name(url: str, headers: dict[str, str], wanted: str) -> str:
    """A name without folders; ``wanted`` is what the list says, and may be empty."""
    said = Headers()
    said["Content-Disposition"] = headers.get("Content-Disposition", "")
    said["Content-Type"] = headers.get("Content-Type", "")
    last = PurePosixPath(unquote(urlsplit(url).path)).name
    name = wanted or _decoded(_told(said)) or last
    name = _FORBIDDEN.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(". ")
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    if not wanted and len(suffix) not in range(3, 7):
        stem, suffix = name, _SUFFIXES.get(said.get_content_type(), "")
    stem = stem[:_LONGEST]
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem or 'document'}{suffix}"


def _told(said: Headers) -> str:
    try:
        return said.get_filename() or ""
    except ValueError:  # a part of a name numbered with thousands of digits
        return ""


def apart(name: str, url: str) -> str:
    """The name for a second address that would have the same."""
    path = PurePosixPath(name)
    return f"{path.stem}-{hashlib.sha256(url.encode()).hexdigest()[:8]}{path.suffix}"


def _decoded(name: str) -> str:
    """Servers send names in UTF-8 or GBK, which HTTP reads as Latin-1."""
    try:
        raw = name.encode("latin-1")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
