"""Web pages: the tables of a page as a browser lays them out, and the lines of text around them.

The tree is built as HTML5 says, so that a page with missing end tags reads as people see it. Scripts and
styles are markup; navigation (lines that are nothing but links, nav, footer, aside, form controls) and what a
site prints around its documents (:mod:`budgetkg.reading.site_lines`) are furniture. What a browser hides is
read and reported. A row that holds a table in one of its cells only lays the page out: its texts are lines. A
web page is one page; nothing that it links to is fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.grid import GridBuilder, GridRow, RawCell, Reading
from budgetkg.reading.html_tree import HtmlCell, HtmlTable, Item, Page, TextLine
from budgetkg.reading.sheets import check_size, text_lines
from budgetkg.reading.site_lines import is_site_line, site_lines
from budgetkg.reading.text_dump import Decoded, anchors, decode
from budgetkg.text import is_blank

MEDIA_TYPE = "text/html"
LARGEST_PAGE = 16 * 1024 * 1024  # bytes
DEEPEST_PAGE = 5_000  # levels; the parser takes the square of them, and browsers stop at 512
MOST_ELEMENTS = 1_000_000
MOST_ATTRIBUTES = 1_000
_PAGE = 1
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*+=\s*+["']?\s*+([\w-]{2,20})""", re.I)
_SNIFFED = 8192  # bytes in which a declared encoding is looked for
_LONGEST_QUOTE = 40  # characters of a hidden text that its notice quotes
# Browsers read pages that are declared as any of these as gb18030, which includes them.
_CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "hz-gb-2312", "cp936"})
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?=[\s/>])")
_WHOLE_TAG = re.compile(r"""<[a-zA-Z](?>(?:[^"'>]++|"[^"]*+"|'[^']*+')*)""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
# Elements that need no end tag, so that a count of the open ones says nothing.
_ENDED_BY_OTHERS = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr",
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
    "html", "head", "body",
})  # fmt: skip


def read_html(data: bytes, name: str) -> Reading:
    """Read a web page; raises UnreadableDocument where it is none, or larger or deeper than any form."""
    if len(data) > LARGEST_PAGE:
        raise UnreadableDocument(name, "page-too-large", size=len(data), most=LARGEST_PAGE)
    decoded = decode_page(data, name)
    _check_tags(decoded.text, name)
    root = LexborHTMLParser(decoded.text).root
    page = Page(name)
    if root is not None:
        page.take(root)
    writer = _Writer(name)
    writer.items(page.items)
    writer.report_hidden()
    return writer.builder.reading(
        data, name, MEDIA_TYPE, 1, decoded.encoding, decoded.certain, decoded.dropped
    )


def decode_page(data: bytes, name: str) -> Decoded:
    """Decode as the page declares, unless another encoding shows more of the words of these forms."""
    best = decode(data, name)
    charset = _CHARSET.search(data[:_SNIFFED])
    declared = charset[1].decode("ascii").lower() if charset else ""
    declared = "gb18030" if declared in _CHINESE else declared.replace("utf8", "utf-8")
    if best.certain or declared == best.encoding:
        return Decoded(best.text, best.encoding, True, best.dropped)
    try:
        text = data.decode(declared) if declared else ""
    except (LookupError, UnicodeError):
        return best
    return Decoded(text, declared, True, 0) if text and anchors(text) >= anchors(best.text) else best


def _check_tags(text: str, name: str) -> None:
    """Refuse a page whose tree would take too long to build, or more memory than any form."""
    depth: Counter[str] = Counter()
    for count, tag in enumerate(_TAG.finditer(text)):
        end, plain = tag[1], tag[2].lower()
        if count >= MOST_ELEMENTS:
            raise UnreadableDocument(name, "page-elements", most=MOST_ELEMENTS)
        if plain in _ENDED_BY_OTHERS:
            continue
        depth[plain] += -1 if end and depth[plain] else not end
        if depth[plain] > DEEPEST_PAGE:
            raise UnreadableDocument(name, "page-too-deep", most=DEEPEST_PAGE, tag=plain)
    for tag in _WHOLE_TAG.finditer(text):
        if len(tag[0]) > MOST_ATTRIBUTES and _attributes(tag[0]) > MOST_ATTRIBUTES:
            raise UnreadableDocument(name, "page-attributes", most=MOST_ATTRIBUTES)


def _attributes(tag: str) -> int:
    """About how many attributes a tag has; quoted values don't count."""
    return len(_QUOTED.sub(" ", tag).replace("/", " ").split())


class _Writer:
    """Writes the lines and tables of a page to a grid."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.builder = GridBuilder()
        self._tables = 0
        self._hidden: list[tuple[int, int]] = []

    def items(self, items: list[Item]) -> None:
        """Write the items of a page, or of a cell that only lays it out."""
        lines = [number for number, item in enumerate(items) if isinstance(item, TextLine)]
        of_site = {lines[at] for at in site_lines([_text(items[number]) for number in lines])}
        for number, item in enumerate(items):
            if isinstance(item, HtmlTable):
                self._table(item)
            elif item.linked or number in of_site:
                self.builder.furniture(_PAGE, [RawCell(0, text_lines(item.text))])
            else:
                written = self.builder.row([(_PAGE, [RawCell(0, text_lines(item.text))])], 1)
                self._note(written, {0} if item.hidden else set())
        check_size(self.name, self.builder.length)

    def _table(self, table: HtmlTable) -> None:
        self._tables += 1
        number = self._tables
        for at, row in enumerate(table.rows):
            if any(isinstance(item, HtmlTable) for cell in row for item in cell.items):
                for cell in row:
                    self.items(cell.items)
            else:
                self._row(row, table.width, number, at)

    def _row(self, row: list[HtmlCell], width: int, table: int, number: int) -> None:
        lines = [line for cell in row for line in _lines(cell)]
        cells = [
            RawCell(cell.column, tuple(texts), span=cell.span, rows=cell.rows)
            for cell in row
            if (texts := [part for line in _lines(cell) for part in text_lines(line.text)])
            and not all(is_blank(char) for part in texts for char in part)
        ]
        whole = len(cells) == 1 and cells[0].span >= width
        if lines and all(line.linked or (whole and is_site_line(line.text)) for line in lines):
            self.builder.furniture(_PAGE, cells)
        elif cells:
            written = self.builder.row([(_PAGE, cells)], width, table, number=number)
            self._note(written, {cell.column for cell in row if any(line.hidden for line in _lines(cell))})

    def _note(self, row: GridRow | None, columns: set[int]) -> None:
        """Remember the offsets of the cells of a row that a browser hides, by their columns."""
        cells = [cell for cell in row.cells if cell.column in columns] if row else []
        self._hidden += [(cell.place.offsets[0], cell.place.offsets[-1] + 1) for cell in cells]

    def report_hidden(self) -> None:
        """Report the text that nobody sees who opens the page; the first of it is quoted."""
        if not self._hidden:
            return
        what = " ".join(self.builder.text(*self._hidden[0]).split())
        what = what if len(what) <= _LONGEST_QUOTE else f"{what[:_LONGEST_QUOTE]}…"
        more = {"count": len(self._hidden)} if len(self._hidden) > 1 else {}
        for start, end in self._hidden:
            self.builder.notice("text-hidden", "", start, end, what=what, **more)


def _text(item: Item) -> str:
    return item.text if isinstance(item, TextLine) else ""


def _lines(cell: HtmlCell) -> Iterator[TextLine]:
    return (item for item in cell.items if isinstance(item, TextLine))
