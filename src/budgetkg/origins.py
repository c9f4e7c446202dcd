"""Where a document comes from: the list of sources that a person keeps, or that was collected.

A list is a table as a spreadsheet saves it (CSV), with some of the columns file, url, publisher, issued,
page and licence, or the same in Chinese. A row names a file beside the list, an address, or both.
"""

from __future__ import annotations

import csv
import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from budgetkg.messages import Message
from budgetkg.sheets import columns_of, decoded, rows_of, sheet_lines, sheet_rows

COLUMNS = {
    "file": "文件", "url": "网址", "publisher": "发布单位", "issued": "发布日期", "page": "来源页面",
    "licence": "许可",
}  # fmt: skip
"""The columns by their English names, with the Chinese ones."""

_NAMING = ("file", "url")
_FEWEST = 2  # columns that tell a list of sources from any other table
_HEAD = 4096  # bytes in which a header ends
_DATE = re.compile(r"((?:19|20)\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of where a document comes from; empty text stands for what isn't.

    ``url`` is the address of the file, ``page`` the page that links to it, ``issued`` the date on which
    it was published (2024-03-01), ``licence`` an address or words.
    """

    url: str = ""
    publisher: str = ""
    issued: str = ""
    page: str = ""
    licence: str = ""

    def json(self) -> dict[str, Any]:
        """What is known, by name."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: the file that it names (as written), where that comes from, and what is wrong with it."""

    line: int
    file: str
    origin: Origin
    fault: Message | None = None


def is_list(path: Path) -> bool:
    """Is a file a list of sources? Its name ends in .csv, and its first row names two of the columns."""
    if path.suffix.lower() != ".csv":
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD).split(b"\n", 1)[0]
        rows = rows_of(decoded(head))
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    found = columns_of(rows[0], COLUMNS) if rows else {}
    return len(found) >= _FEWEST and any(name in found for name in _NAMING)


def read_list(path: Path) -> list[Listed]:
    """The rows of a list; blank ones are left out. Raises BudgetkgError where the file can't be read."""
    return [_listed(line, told) for line, told in sheet_lines(path, COLUMNS)]


def unknown_columns(path: Path) -> tuple[str, ...]:
    """The columns of a list that are none of :data:`COLUMNS`: notes of its own, or names misspelt."""
    header = next(iter(sheet_rows(path)), [])
    known = {*COLUMNS, *COLUMNS.values(), ""}
    return tuple(name for cell in header if (name := cell.strip()) not in known)


def _listed(line: int, told: dict[str, str]) -> Listed:
    file = told.pop("file")
    issued = told["issued"]
    day = _day(issued)
    origin = Origin(**{**told, "issued": day})
    if not file and not origin.url:
        return Listed(line, file, origin, Message("source-names-nothing"))
    if issued and not day:
        return Listed(line, file, origin, Message("source-date", date=issued))
    for address in (origin.url, origin.page):
        if address and not _is_address(address):
            return Listed(line, file, origin, Message("source-address", url=address))
    return Listed(line, file, origin)


def _day(text: str) -> str:
    """The day as 2024-03-01; empty where the text is none."""
    match = _DATE.match(text)
    if match is None:
        return ""
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
