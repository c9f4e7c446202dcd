"""The picture as one web page; all text of the file is escaped, and only setting right needs the script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from itertools import groupby, pairwise

from budgetkg.findings import where_said
from budgetkg.picture.marks import FATES, Marks
from budgetkg.picture.proofs import STYLE, anchors, proofs, script
from budgetkg.reading.ledger import Fate
from budgetkg.reading.source import Line

_CLASSES = {Fate.RECORD: "r", Fate.FURNITURE: "f", Fate.FINDING: "n", Fate.NONE: "u"}
# The colours of Okabe and Ito, which colour-blind readers tell apart; the kind of line says the same.
_STYLE = """
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0;color:#111}
header{padding:8px 16px;border-bottom:1px solid #bbb;position:sticky;top:0;background:#fff;z-index:1}
h1{font-size:18px;margin:0} h2{font-size:14px;margin:16px 0 4px;color:#555}
main{display:flex} article{flex:3;padding:0 16px;min-width:0;overflow-x:auto}
aside{flex:1;min-width:280px;padding:0 16px;border-left:1px solid #bbb;font-size:13px;
position:sticky;top:72px;
align-self:start;max-height:calc(100vh - 72px);overflow:auto;box-sizing:border-box}
table{border-collapse:collapse;margin:4px 0} td{border:1px solid #bbb;padding:2px 6px;vertical-align:top}
td,p{white-space:pre-wrap;margin:0} li{margin:4px 0} :target{outline:3px solid #000}
.r{background:#d6e9f5;border-bottom:2px solid #0072b2} .f{background:#eee;border-bottom:2px dotted #666}
.n{background:#fbe7bd;border-bottom:2px dashed #b36b00}
.u{background:#f7d3bd;border-bottom:4px double #d55e00}
sup a{background:#000;color:#fff;padding:0 3px;border-radius:3px;text-decoration:none;font-size:10px}
.here{outline:3px solid #b00020;outline-offset:1px;scroll-margin:40vh}
.Info{opacity:.8} .reason{font-weight:bold;color:#a33c00}
"""


def html_page(marks: Marks, only: int | None = None) -> str:
    """The whole page: legend, the file's text page by page (or ``only`` one page), the findings beside it."""
    name = escape(marks.trace.reading.source.name)
    return (
        f'<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>{name}</title>'
        f"<style>{_STYLE}{STYLE}</style></head>\n<body><header><h1>{name}</h1>{_legend(marks)}</header>\n"
        f"<main><article>{''.join(_pages(marks, only))}</article>\n"
        f"<aside>{_findings(marks)}{proofs(marks, only)}</aside></main>"
        "</body></html>\n"
    )


def inline_parts() -> tuple[str, str]:
    """The style and the script of every such page, for whoever lets a browser run these and no other."""
    return _STYLE + STYLE, script()


def _legend(marks: Marks) -> str:
    counts = marks.counts()
    parts = [
        f'<span class="{_CLASSES[fate]}">{zh} {en}: {counts[fate]}</span>' for fate, (en, zh) in FATES.items()
    ]
    reason = f'<p class="reason">{escape(marks.trace.reason)}</p>' if marks.trace.reason else ""
    return "<p>" + " &nbsp; ".join(parts) + f"</p>{reason}"


def _findings(marks: Marks) -> str:
    items = []
    for remark in marks.remarks:
        number = f'<a href="#t{remark.number}">{remark.number}</a>' if remark.spans else str(remark.number)
        items.append(
            f'<li id="f{remark.number}" class="{remark.severity}">{number} <code>{remark.code}</code> '
            f"{escape(where_said(remark.where, 'zh'))}<br>{escape(remark.zh)}<br>{escape(remark.en)}</li>"
        )
    return f"<h2>问题 Findings: {len(items)}</h2><ul>{''.join(items)}</ul>"


def _pages(marks: Marks, only: int | None) -> Iterator[str]:
    writer = _Writer(marks)
    for page, lines in groupby(marks.trace.reading.source.lines, key=lambda line: line.page):
        if only not in (None, page):
            continue
        yield f'<section id="p{page}"><h2>第 {page} 页 Page {page}</h2>'
        for table, group in groupby(lines, key=writer.table_of):
            rows = "\n".join(writer.row(line) if table else writer.line(line) for line in group)
            yield f"<table>{rows}</table>" if table else rows
        yield "</section>\n"


class _Writer:
    """Writes lines with their cells; knows which cell each character belongs to."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._cells: dict[int, tuple[int, int, int]] = {}
        for row in marks.trace.reading.rows:
            for cell in row.cells:
                place = (row.table, cell.column, cell.span)
                self._cells.update(dict.fromkeys(cell.place.offsets, place))
        self._begin: dict[int, list[int]] = defaultdict(list)
        for remark in marks.remarks:
            for start, _ in remark.spans:
                self._begin[start].append(remark.number)
        self._anchors = anchors(marks)
        self._here = marks.here or (0, 0)
        self._came = False
        self._first = {remark.number: remark.spans[0][0] for remark in marks.remarks if remark.spans}

    def table_of(self, line: Line) -> int | None:
        """The number of the table that a line belongs to; ``None`` for text outside tables."""
        places = [self._place(start, end) for start, end in _chunks(line)]
        known = [place for place in places if place is not None]
        return known[0][0] if known and (known[0][0] or len(known) > 1) else None

    def row(self, line: Line) -> str:
        """A line as a row of a table, each cell in its column."""
        cells = []
        at = 0
        for start, end in _chunks(line):
            place = self._place(start, end)
            if place is None and not self._marks.text[start:end].strip():
                continue
            _, column, span = place or (0, at, 1)
            cells.append("<td></td>" * max(0, column - at))
            cells.append(f'<td colspan="{span}">{self._text(start, end)}</td>')
            at = max(at, column) + span
        return f"<tr>{''.join(cells)}</tr>"

    def line(self, line: Line) -> str:
        """A line as a paragraph."""
        return f"<p>{self._text(line.start, line.end) or '&nbsp;'}</p>"

    def _place(self, start: int, end: int) -> tuple[int, int, int] | None:
        return next((self._cells[at] for at in range(start, end) if at in self._cells), None)

    def _text(self, start: int, end: int) -> str:
        parts = []
        for first, last, fate in self._marks.runs(start, end):
            within = (
                at
                for at in range(first + 1, last)
                if at in self._begin or at in self._anchors or at in self._here
            )
            for one, other in pairwise([first, *within, last]):
                if one in self._anchors:
                    parts.append(f'<a id="at{one}"></a>')
                parts.append("".join(self._mark(number, one) for number in self._begin.get(one, ())))
                text = escape(self._marks.text[one:other])
                about = f'class="{_CLASSES[fate]}{self._came_for(one)} title="{FATES[fate][0]}"'
                parts.append(f"<span {about}>{text}</span>")
        return "".join(parts)

    def _came_for(self, at: int) -> str:
        """The end of a class attribute; what the reader came for is framed, its first part a target."""
        if not self._here[0] <= at < self._here[1]:
            return '"'
        first, self._came = not self._came, True
        return ' here" id="here"' if first else ' here"'

    def _mark(self, number: int, at: int) -> str:
        own = f' id="t{number}"' if self._first.get(number) == at else ""
        self._first.pop(number, None) if own else None
        return f'<sup><a href="#f{number}"{own}>{number}</a></sup>'


def _chunks(line: Line) -> Iterator[tuple[int, int]]:
    at = line.start
    for text in line.text.split("\t"):
        yield at, at + len(text)
        at += len(text) + 1
