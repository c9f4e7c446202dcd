"""The tree of a web page → lines of text and tables, each cell in its column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from selectolax.lexbor import LexborNode

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.html_around import is_around
from budgetkg.reading.html_style import PLAIN, Look, look_of
from budgetkg.reading.sheets import check_size
from budgetkg.text import is_blank, is_wide

DEEPEST_TABLE = 50
MOST_PIECES = 300_000
# A page may claim any span: HTML5 caps them, and no form is as wide as this.
_MAX_COLUMNS = 256
_MAX_ROWSPAN = 65_534
_MARKUP = frozenset({"script", "style", "template", "noscript", "head", "svg", "iframe", "object"})
_AROUND = frozenset({"a", "nav", "footer", "aside", "select", "button", "textarea"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label",
    "mark", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr", "img", "-text", "-comment", "-document", "!--", "_comment", "ruby", "rb", "input",
})  # fmt: skip
# A table is indented as a whole; what counts is how far a text is indented within its cell.
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_WHITE = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text.

    ``linked`` is true where all of it is links or other navigation, ``hidden`` where a browser hides a part.
    """

    text: str
    linked: bool
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    linked: bool
    look: Look


@dataclass(slots=True)
class HtmlCell:
    """A cell: the column it begins at, how many columns and rows it covers, what it holds."""

    column: int = 0
    span: int = 1
    rows: int = 1
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class HtmlTable:
    """A table, ``width`` columns wide; ``_taken`` is the last row of the cell that covers a column."""

    rows: list[list[HtmlCell]] = field(default_factory=list)
    width: int = 1
    _taken: dict[int, int] = field(default_factory=dict)
    _next: int = 0

    def open_row(self) -> None:
        """Begin a row."""
        self.rows.append([])
        self._next = 0

    def open_cell(self, span: int, down: int) -> HtmlCell:
        """Begin a cell in the next column that no cell from above covers.

        It covers ``span`` columns and ``down`` rows.
        """
        if not self.rows:
            self.open_row()
        row = len(self.rows) - 1
        while self._taken.get(self._next, -1) >= row:
            self._next += 1
        cell = HtmlCell(self._next, max(1, min(span, _MAX_COLUMNS - self._next)), max(1, down))
        self._next += cell.span
        self.width = max(self.width, self._next)
        if down > 1:
            columns = range(cell.column, min(self._next, _MAX_COLUMNS))
            self._taken.update(dict.fromkeys(columns, row + down - 1))
        self.rows[-1].append(cell)
        return cell


Item: TypeAlias = TextLine | HtmlTable


class Page:
    """Collects the items of a tree, node by node without recursion: a page may be nested deeply."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.items: list[Item] = []
        self._boxes: list[list[Item]] = [self.items]
        self._tables: list[HtmlTable] = []
        self._words: list[_Word] = []
        self._look = PLAIN
        self._around = 0
        self._markup = 0
        self._pieces = 0
        self._characters = 0

    def take(self, root: LexborNode) -> None:
        """Take all that is below a node."""
        open_nodes: list[tuple[int, str, Look, int]] = []
        for node in root.traverse(include_text=True):
            parent = node.parent.mem_id if node.parent is not None else 0
            while open_nodes and open_nodes[-1][0] != parent:
                self._close(*open_nodes.pop())
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
            else:
                open_nodes.append((node.mem_id, tag, self._look, self._around))
                self._start(tag, node)
        while open_nodes:
            self._close(*open_nodes.pop())
        self._break()

    def _start(self, tag: str, node: LexborNode) -> None:
        self._markup += tag in _MARKUP
        if tag not in _INLINE:
            self._break()
        self._around += tag in _AROUND or (not self._tables and _is_around(tag, node))
        outer = Look(self._look.hidden) if tag in _TABLE_PARTS else self._look
        self._look = look_of(node.attributes).inside(outer)
        if tag == "table":
            self._open_table()
        elif tag == "tr" and self._tables:
            self._tables[-1].open_row()
        elif tag in ("td", "th") and self._tables:
            attributes = node.attributes
            span = _span(attributes.get("colspan"), _MAX_COLUMNS)
            cell = self._tables[-1].open_cell(span, _span(attributes.get("rowspan"), _MAX_ROWSPAN))
            self._boxes.append(cell.items)
            self._count()

    def _close(self, _: int, tag: str, outer: Look, around: int) -> None:
        """End an element; what follows looks as what is around it."""
        self._end(tag)
        self._look, self._around = outer, around

    def _end(self, tag: str) -> None:
        if tag not in _INLINE:
            self._break()
        self._markup -= tag in _MARKUP
        if tag == "table":
            self._tables.pop()
        elif tag in ("td", "th") and len(self._boxes) > 1:
            self._boxes.pop()

    def _open_table(self) -> None:
        if len(self._tables) >= DEEPEST_TABLE:
            raise UnreadableDocument(self.name, "tables-too-deep", most=DEEPEST_TABLE)
        table = HtmlTable()
        self._boxes[-1].append(table)
        self._tables.append(table)

    def _text(self, text: str) -> None:
        if not self._markup:
            self._characters += len(text)
            check_size(self.name, self._characters)
            self._words.append(_Word(text, self._around > 0, self._look))

    def _break(self) -> None:
        """End a line."""
        if not self._words:
            return
        text = _spaced("".join(word.text for word in self._words))
        inked = [word for word in self._words if not all(map(is_blank, word.text))]
        self._words.clear()
        if not all(map(is_blank, text)):
            text = inked[0].look.blanks + text
            linked, hidden = all(word.linked for word in inked), any(word.look.hidden for word in inked)
            self._boxes[-1].append(TextLine(text, linked, hidden))
            self._count()

    def _count(self) -> None:
        self._pieces += 1
        if self._pieces > MOST_PIECES:
            raise UnreadableDocument(self.name, "page-pieces", most=MOST_PIECES)


def _is_around(tag: str, node: LexborNode) -> bool:
    return is_around(
        tag, node.attributes, lambda css: node.css_first(css) is not None, lambda: node.text() or ""
    )


def _spaced(text: str) -> str:
    """Collapse white space to single blanks; a line break of the source is none between two ideographs."""

    def blank(white: re.Match[str]) -> str:
        left, right = text[white.start() - 1 : white.start()], text[white.end() : white.end() + 1]
        wraps = "\n" in white[0] and left and right and is_wide(left) and is_wide(right)
        return "" if wraps else " "

    text = text.strip(" \t\r\n\f")
    return _WHITE.sub(blank, text)


def _span(text: str | None, most: int) -> int:
    """The number in a colspan or rowspan, at most ``most``; 0 stands for all that follow."""
    plain = (text or "").strip()
    if not (plain.isascii() and plain.isdigit()):
        return 1
    number = int(plain[:9])
    return min(number, most) if number else most
