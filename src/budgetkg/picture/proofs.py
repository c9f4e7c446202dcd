"""Beside the picture, what was read: each value can be set right there, as lines for ``readings.csv``.

Without the script the list is there to be read; nothing leaves the page but by the user's own copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

from budgetkg.forms.corrections import COLUMNS, Offer, offers
from budgetkg.mapping.privacy import Privacy
from budgetkg.picture.marks import Marks

STYLE = """
details{margin:4px 0} summary{cursor:pointer}
dl{display:grid;grid-template-columns:auto 1fr;gap:2px 8px;margin:4px 0}
dd{margin:0} dd textarea{width:100%;box-sizing:border-box;font:inherit;field-sizing:content}
dd textarea.changed{outline:2px solid #d55e00}
.blank{color:#666} #lines textarea{width:100%;height:8em;font:12px monospace}
#lines label{display:block;margin:4px 0}
"""
_KINDS = {
    "document": "文件 document", "unit_of_use": "用款单位 unit of use", "project": "项目 project",
    "task": "任务 task", "indicator": "指标 indicator", "budget_line": "预算 budget line",
    "fund_line": "资金 fund line",
}  # fmt: skip


def anchors(marks: Marks) -> frozenset[int]:
    """The offsets of the text at which things begin that were read."""
    found = (offer.start for record in marks.trace.records for offer in offers(record))
    return frozenset(start for start in found if start is not None)


def proofs(marks: Marks, only: int | None = None) -> str:
    """What was read of the whole file or of one page, and the form that makes lines of corrections."""
    lists = [text for number in range(len(marks.trace.records)) for text in _things(marks, number, only)]
    if not lists:
        return ""
    return (
        f"<h2>读到的内容 What was read: {len(lists)}</h2>{''.join(lists)}"
        f'<form id="lines" hidden data-columns="{",".join(COLUMNS)}">'
        "<h2>更正 Corrections</h2>"
        '<label>更正人 who <input name="who"></label><label>理由 reason <input name="reason"></label>'
        '<textarea readonly aria-label="readings.csv"></textarea>'
        '<p><a download="readings.csv" href="#lines">readings.csv</a> → DIR/corrections/</p></form>'
        f"<script>{script()}</script>"
    )


def _things(marks: Marks, number: int, only: int | None) -> Iterator[str]:
    record = marks.trace.records[number]
    privacy = Privacy(record.people, not marks.hidden)
    source = marks.trace.reading.source
    for (kind, where, start), group in groupby(offers(record), lambda one: (one.kind, one.where, one.start)):
        page = source.line_at(start).page if start is not None else 1
        if only not in (None, page):
            continue
        title = f"{_KINDS[kind]} · {privacy.masked_text(where)}" if where else _KINDS[kind]
        link = f' <a href="#at{start}">第 {page} 页</a>' if start is not None else ""
        rows = "".join(_row(offer, record.sha256, privacy) for offer in group)
        yield f"<details><summary>{escape(title)}</summary>{link}<dl>{rows}</dl></details>"


def _row(offer: Offer, document: str, privacy: Privacy) -> str:
    value = privacy.masked_text(offer.value)
    blank = "" if value else ' class="blank"'
    data = f'data-document="{document}" data-place="{escape(privacy.masked_text(offer.place))}"'
    name = f'aria-label="{offer.field}" data-field="{offer.field}" {data}'
    return f'<dt{blank}>{offer.field}</dt><dd><textarea rows="1" {name}>\n{escape(value)}</textarea></dd>'


@cache
def script() -> str:
    """What makes lines of corrections of the values that a reader changes."""
    return Path(__file__).with_name("proofs.js").read_text("utf-8")
