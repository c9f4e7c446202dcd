"""Documents of any size in shapes that a reader may take to the square of them, made from one number."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isqrt

from openpyxl.utils import get_column_letter
from tests.printers.ofd import document_xml, root_xml
from tests.printers.packages import cell, packed, paragraph, sheet, word
from tests.printers.pdf import Pdf

TITLE = "2024年项目支出绩效目标表"
HEADER = ("项目名称", "总计", "财政拨款", "绩效目标", "绩效指标")
TIERS = ("一级指标", "二级指标", "三级指标", "指标值")
INDICATOR = ("产出指标", "数量指标", "场次", "≥4场")
_OWNER = "部门名称：某县文化局 单位：万元"


def _grid(rows: list[tuple[str, ...]], more: str = "") -> bytes:
    """A workbook with some rows."""
    return sheet("<sheetData>" + "".join(map(_row, rows)) + f"</sheetData>{more}")


def _row(cells: tuple[str, ...]) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in cells) + "</row>"


def _html(rows: list[tuple[str, ...]]) -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return f"<html><p>{TITLE}</p><p>{_OWNER}</p><table>{lines}</table></html>".encode()


def _word(rows: list[tuple[str, ...]]) -> bytes:
    lines = "".join("<tr>" + "".join(cell(paragraph(text)) for text in row) + "</tr>" for row in rows)
    return word(f"{paragraph(TITLE)}{paragraph(_OWNER)}<tbl>{lines}</tbl>")


def _mark(rows: list[tuple[str, ...]]) -> bytes:
    lines = ["|" + "|".join(row) + "|" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return ("\n".join([f"# {TITLE}", "", _OWNER, "", *lines]) + "\n").encode()


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    return "\n".join(",".join(row) for row in [(TITLE,), (_OWNER,), *rows]).encode()


def _tabs(rows: list[tuple[str, ...]]) -> bytes:
    return "\n".join("\t".join(row) for row in [(TITLE,), (_OWNER,), *rows]).encode()


def _projects(count: int) -> list[tuple[str, ...]]:
    total = f"{count}.00"
    return [HEADER, ("合计", total, total, "", ""),
            *((f"项目{at}", "1.00", "1.00", f"办展{at}场。", "") for at in range(count))]  # fmt: skip


def _indicators(count: int) -> list[tuple[str, ...]]:
    return [TIERS, *((*INDICATOR[:2], f"场次{number}", f"≥{number}场") for number in range(count))]


def _wide(count: int) -> list[tuple[str, ...]]:
    return [HEADER * (count // 5), ("甲", "1.00", "1.00", "办展。", "x") * (count // 5)]


def _wide_years(count: int) -> list[tuple[str, ...]]:
    head = (*TIERS[:3], *(f"{2000 + number}年指标值" for number in range(count)))
    return [head, (*INDICATOR[:3], *("≥4场" for _ in range(count)))]


def _heads(count: int) -> list[tuple[str, ...]]:
    """A header of two rows: a year over each value, a heading over each year."""
    upper = (*TIERS[:3], *("年度指标值" for _ in range(count)))
    lower = ("", "", "", *(f"{2000 + number}年" for number in range(count)))
    return [upper, lower, (*INDICATOR[:3], *("≥4场" for _ in range(count)))]


_WAYS = {"xlsx": _grid, "html": _html, "docx": _word, "md": _mark, "csv": _csv, "tabs": _tabs}
_TABLES = {"projects": _projects, "indicators": _indicators, "wide": _wide, "years side by side": _wide_years,
           "heads": _heads}  # fmt: skip


def _titled(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(TITLE,), (_OWNER,), *rows]


def _merged(count: int) -> bytes:
    """A project table whose cells are all merged, each of two rows and columns."""
    ranges = "".join(f'<mergeCell ref="A{2 * n + 9}:B{2 * n + 10}"/>' for n in range(count))
    return _grid(_titled(_projects(count)), f"<mergeCells>{ranges}</mergeCells>")


def _merged_wide(count: int) -> bytes:
    pairs = ((get_column_letter(2 * n + 1), get_column_letter(2 * n + 2)) for n in range(count))
    ranges = "".join(f'<mergeCell ref="{left}5:{right}6"/>' for left, right in pairs)
    return _grid(_titled(_wide(count)), f"<mergeCells>{ranges}</mergeCells>")


def _overlapping(count: int) -> bytes:
    ranges = "".join(f'<mergeCell ref="A{n + 1}:XFD{n + 9000}"/>' for n in range(count))
    return _grid(_titled(_projects(count)), f"<mergeCells>{ranges}</mergeCells>")


def _empty_rows(count: int) -> bytes:
    return sheet("<sheetData>" + "<row/>" * (count * 100) + "".join(map(_row, _titled(_projects(9))))
                 + "</sheetData>")  # fmt: skip


def _shared(count: int) -> bytes:
    """Every cell names the same long text: what is stored once is printed often."""
    cells = '<c t="s"><v>0</v></c>' * count
    text = "办展" * 1_000
    return sheet(f"<sheetData><row>{cells}</row></sheetData>",
                 others=[("xl/shared.xml", f"<sst><si><t>{text}</t></si></sst>")])  # fmt: skip


def _deep(tag: str) -> Callable[[int], bytes]:
    return lambda count: f"<html>{f'<{tag}>' * (10 * count)}{TITLE}".encode()


def _deep_cells(count: int) -> bytes:
    inner = "<div>" * count + "项目名称" + "</div>" * count
    return f"<html><p>{TITLE}<table>{f'<tr><td>{inner}</td></tr>' * 4}</table>".encode()


def _nested_word(count: int) -> bytes:
    return word("<tbl><tr><tc>" * count + paragraph(TITLE) + "</tc></tr></tbl>" * count)


def _spans_down(count: int) -> bytes:
    cells = "".join(f"<td rowspan={count - n}>{n}</td>" for n in range(count))
    return f"<html><p>{TITLE}<table>{'<tr>' + cells + '</tr>'}{'<tr><td>x</td></tr>' * count}".encode()


def _kids_cycle(count: int) -> bytes:
    """Page trees that lead back into themselves, each from many places."""
    pdf = Pdf()
    kids = " ".join(f"{n + 1} 0 R" for n in range(20))
    for _ in range(count):
        pdf.add(f"<< /Type /Pages /Count {count} /Kids [{kids}] >>")
    return pdf.bytes(pdf.add("<< /Type /Catalog /Pages 1 0 R >>"))


def _xref_loop(count: int) -> bytes:
    """Cross-reference tables of which each names the one before, and the first the last."""
    out = bytearray(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n")
    places = []
    for number in range(count):
        places.append(len(out))
        before = places[number - 1] if number else 10**9
        out += b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 2 /Root 1 0 R /Prev %010d >>\n" % before
    out = bytearray(bytes(out).replace(b"%010d" % 10**9, b"%010d" % places[-1]))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % places[-1]


def _one_page(content: bytes, more: str = "") -> Pdf:
    pdf = Pdf()
    stream = pdf.stream(content, packed=True)
    pdf.add(f"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R {more} >>")
    pdf.add("<< /Type /Pages /Count 1 /Kids [2 0 R] >>")
    return pdf


def _form_loop(count: int) -> bytes:
    """Forms that each draw the next one twice, and the last the first."""
    pdf = _one_page(b"/X0 Do", "/Resources << /XObject << /X0 4 0 R >> >>")
    for number in range(count):
        after = 4 + (number + 1) % count
        pdf.stream(b"/N Do /N Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                   f"/Resources << /XObject << /N {after} 0 R >> >>")  # fmt: skip
    return pdf.bytes(pdf.add("<< /Type /Catalog /Pages 3 0 R >>"))


def _lines(count: int) -> bytes:
    """A page of many rules, across and down: as many cells as the count times 144."""
    rules = range(12 * isqrt(count))
    drawn = "".join(f"0 {n % 842} m 595 {n % 842} l S {n % 595} 0 m {n % 595} 842 l S " for n in rules)
    pdf = _one_page(drawn.encode())
    return pdf.bytes(pdf.add("<< /Type /Catalog /Pages 3 0 R >>"))


def _saved(count: int) -> bytes:
    pdf = _one_page(b"q " * (count * 50))
    return pdf.bytes(pdf.add("<< /Type /Catalog /Pages 3 0 R >>"))


def _ofd_loop(count: int) -> bytes:
    """Pages that name themselves as templates, a root that lists the same page again and again."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="P.xml"/>' for n in range(count))
    templates = '<ofd:TemplatePage ID="900" BaseLoc="P.xml"/>'
    page = ('<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Area><ofd:PhysicalBox>0 0 210 297'
            '</ofd:PhysicalBox></ofd:Area><ofd:Template TemplateID="900"/><ofd:Content/>'
            '</ofd:Page>')  # fmt: skip
    return packed([("OFD.xml", root_xml("Doc_0/Document.xml")),
                   ("Doc_0/Document.xml", document_xml(listed, templates, "")),
                   ("Doc_0/P.xml", page)])  # fmt: skip


def _ofd_roots(count: int) -> bytes:
    """A file that says that it is its own document, many times."""
    roots = "<DocBody><DocRoot>OFD.xml</DocRoot></DocBody>" * count
    return packed([("OFD.xml", f"<OFD>{roots}</OFD>")])


def _json(count: int) -> bytes:
    return json.dumps(_projects(count)).encode()


def _named(table: str, way: str) -> Callable[[int], bytes]:
    def made(count: int) -> bytes:
        rows = _TABLES[table](count)
        return _WAYS[way](_titled(rows) if way == "xlsx" else rows)

    return made


LARGE: dict[str, Callable[[int], bytes]] = {
    **{f"{table} {way}": _named(table, way) for table in _TABLES for way in _WAYS},
    "merged rows": _merged, "merged columns": _merged_wide, "overlapping ranges": _overlapping,
    "empty rows": _empty_rows, "one text in many cells": _shared, "rowspans": _spans_down,
    "deep elements": _deep("div"), "deep words": _deep("b"), "deep lists": _deep("ul><li"),
    "deep cells": _deep_cells, "deep tables of html": _deep("table><tr><td"),
    "nested tables of docx": _nested_word, "page tree": _kids_cycle, "cross-reference loop": _xref_loop,
    "forms in forms": _form_loop, "rules": _lines, "saved states": _saved, "ofd loop": _ofd_loop,
    "ofd roots": _ofd_roots, "json": _json,
}  # fmt: skip
"""By name a document of a shape, given how many rows, columns, levels or objects it has."""
