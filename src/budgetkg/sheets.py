"""Tables that a person fills in in a spreadsheet program and saves as CSV, in whatever way it does that.

Excel writes UTF-8 with a byte order mark, GBK or GB18030, and as "Unicode text" UTF-16 with tabs; where
the system's list separator is a semicolon it parts the cells by that. All of them are read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from budgetkg.errors import BudgetkgError, why
from budgetkg.regular import content

_MARKS = ",;\t"
_LARGEST = 256 << 20  # bytes: no spreadsheet program opens a table of that size
_ALSO = {
    "正确值": ("值", "更正值"),
    "区": ("区划",),
    "区划": ("区",),
    "年度": ("年份", "年"),
    "人口": ("常住人口", "人口数"),
}
"""What else a person calls a column."""
Line = tuple[int, dict[str, str]]


def sheet_rows(path: Path, shown: Path | str | None = None, *, piped: bool = False) -> list[list[str]]:
    """The rows of a table, its header first. ``shown`` is what messages call the file.

    ``piped``: it may be a pipe that somebody names, which is waited for.
    Raises BudgetkgError where it can't be read.
    """
    name = shown or path
    try:
        data = path.read_bytes() if piped else content(path, _LARGEST)
        return rows_of(decoded(data))
    except OSError as error:
        raise BudgetkgError("cant-be-read", path=name, error=why(error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BudgetkgError("cant-be-read", path=name, error=error) from error


def sheet_lines(path: Path, columns: dict[str, str], *, piped: bool = False) -> Iterator[Line]:
    """The rows that aren't blank, numbered as a spreadsheet numbers them, by the English names of columns.

    ``columns`` has the Chinese name of each: a header may have either. A column that isn't there is blank.
    Raises BudgetkgError where the file can't be read. ``piped`` is as in :func:`sheet_rows`.
    """
    rows = sheet_rows(path, piped=piped)
    at = columns_of(rows[0], columns) if rows else {}
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            yield (
                number,
                {
                    name: row[at[name]].strip() if name in at and at[name] < len(row) else ""
                    for name in columns
                },
            )


def with_row(
    data: bytes,
    columns: Mapping[str, str],
    fields: Mapping[str, str],
    gone: Callable[[Mapping[str, str]], bool] | None = None,
) -> bytes:
    """A table with one more row, in the encoding, with the marks and the columns that it has.

    An empty one gets a header in English and the byte order mark by which Excel knows UTF-8. A column that
    the header lacks is added at its end where the row says something in it. Rows that are ``gone`` leave.
    """
    text = decoded(data)
    rows = rows_of(text) if text.strip() else [list(columns)]
    at = columns_of(rows[0], dict(columns))
    if gone is not None:
        body = (
            row
            for row in rows[1:]
            if not gone({name: row[at[name]] if at[name] < len(row) else "" for name in at})
        )
        rows = [rows[0], *body]
    for name in fields:
        if name not in at and fields[name]:
            at[name] = len(rows[0])
            rows[0].append(name)
    added = [""] * len(rows[0])
    for name, place in at.items():
        added[place] = fields.get(name, "")
    stream = io.StringIO()
    end = "\r\n" if "\r\n" in text else "\n"
    csv.writer(stream, delimiter=_mark(text), lineterminator=end).writerows([*rows, added])
    return stream.getvalue().encode(_encoding(data))


def _mark(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(_MARKS, key=head.count)


def _encoding(data: bytes) -> str:
    """What :func:`decoded` took the bytes for, with the byte order mark that they have."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig" if not data or data.startswith(b"\xef\xbb\xbf") else "utf-8"


def decoded(data: bytes) -> str:
    """What a spreadsheet program wrote: by its byte order mark, else UTF-8, else GB18030 with GBK in it.

    Raises UnicodeDecodeError where it is none of these.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def rows_of(text: str) -> list[list[str]]:
    """The rows of a table, its header first. Raises csv.Error for what no spreadsheet program writes."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text)))


def columns_of(header: list[str], columns: dict[str, str]) -> dict[str, int]:
    """Where each column stands, by its English or its Chinese name; ``columns`` has both."""
    said = [cell.strip() for cell in header]
    return {
        name: said.index(word)
        for name, zh in columns.items()
        for word in (*_ALSO.get(zh, ()), zh, name)
        if word in said
    }
