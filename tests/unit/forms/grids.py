"""Small tables written as text → web pages: a row a line, cells parted by |, ``^`` columns, ``~`` rows."""

from __future__ import annotations

import html
import re

from budgetkg.forms import parse_document
from budgetkg.records import DocumentRecord, Indicator, Project

_CELL = re.compile(r"(?P<text>.*?)(?:\^(?P<cols>\d+))?(?:~(?P<rows>\d+))?", re.DOTALL)

HEAD = """
项目名称|路灯改造^5
主管部门|天河区城市管理局^2|实施单位|天河区市政所^2
项目资金（万元）~2|年度资金总额^2|60.00^3
其中：财政拨款^2|60.00^3
年度总体目标|改造路灯120盏。^5
"""


def page(title: str, *tables: str, before: str = "", after: str = "") -> bytes:
    """A web page with a title and tables."""
    out = [f"<html><body>{before}<p>{title}</p>"]
    for table in tables:
        out.append('<table border="1">')
        for line in table.strip("\n").split("\n"):
            out.append("<tr>")
            for cell in line.split("|"):
                found = _CELL.fullmatch(cell)
                assert found
                text = html.escape(found["text"]).replace("\\n", "<br/>")
                out.append(f"<td colspan={found['cols'] or 1} rowspan={found['rows'] or 1}>{text}</td>")
            out.append("</tr>")
        out.append("</table>")
    return ("".join(out) + f"{after}</body></html>").encode()


def read(title: str, *tables: str, before: str = "", after: str = "") -> DocumentRecord:
    """The record of such a page, read to its last character."""
    (record,) = parse_document(page(title, *tables, before=before, after=after), "a.html")
    assert record.account.remainder == 0
    return record


def project(record: DocumentRecord) -> Project:
    """The only project of a record."""
    ((unit),) = record.units_of_use
    (found,) = unit.projects
    return found


def facts(row: Indicator) -> dict[str, object]:
    """What an indicator says, without blanks and evidence."""
    names = [
        name for name in row.__dataclass_fields__ if name != "evidence" and not name.endswith("_printed")
    ]
    return {name: value for name in names if (value := getattr(row, name)) not in (None, ())}


def codes(record: DocumentRecord) -> list[str]:
    """The codes of its findings."""
    return [finding.code for finding in record.findings]
