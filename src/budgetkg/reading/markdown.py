"""Markdown and pipe tables, as programs write them that turn documents into text (MinerU, docling …).

The tables, headings and blocks of HTML of a text are rendered by markdown-it and read like a web page. No
emphasis, list or link is looked for: ``*`` and ``_`` are letters of targets (≥5元/人*月).
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"
_FEWEST_PIPES, _FEWEST_ROWS = 2, 3
"""Bars in a line, and lines in a row that have as many of them, from which on they are a table."""
_DELIMITER = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?>(?:\|\s*+:?-++:?\s*+)*)\|?\s*+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]+)(?<=\S)\1")
# **部门：** 某局, between blanks and marks. Stars within words are the form's own: 张**、李**.
_BOLD_WORDS = re.compile(
    r"(?<![^\s(（:：,，;；、。])\*\*(?=[^\s*])([^*]{1,80})(?<=\S)(?:(?<=[:：])\*\*|\*\*(?![^\s)）:：,，;；、。]))"
)
_BAR = re.compile(r"(?<!\\)\|")
_SNIFFED = 200_000
"""Characters: a table that begins later than that is no reason to call a text Markdown."""


def is_markdown(text: str) -> bool:
    """Whether lines of a text are the rows of a pipe table, or a table of HTML stands between its lines."""
    if "<table" in text and "</table>" in text:
        return True
    return any(len(block) >= _FEWEST_ROWS for block in _blocks(text[:_SNIFFED].splitlines()))


def as_html(text: str) -> str:
    """The text as a web page: its pipe tables as tables, all else as paragraphs and headings."""
    from markdown_it import MarkdownIt  # whether a file is Markdown is asked of every text

    parser = MarkdownIt("zero", {"html": True, "breaks": True})
    parser.enable(["newline", "table", "heading", "html_block", "html_inline", "entity", "escape"])
    tokens = parser.parse(_delimited(text))
    for token in tokens:
        _without_bold(token)
    return f"<html><body>{parser.renderer.render(tokens, parser.options, {})}</body></html>"


def _blocks(lines: list[str]) -> list[list[str]]:
    """Lines one after the other that have equally many bars."""
    counted = groupby(lines, key=lambda line: len(_BAR.findall(line.strip())))
    return [list(block) for count, block in counted if count >= _FEWEST_PIPES]


def _delimited(text: str) -> str:
    """The text with a line of dashes under the first row of each pipe table that has none.

    A table that has one ends at the first line without a bar; how many bars its rows have is their own affair
    (GitHub Flavored Markdown 0.29, 4.10: outer bars and the last cells of a row may be left out).
    """
    lines, parts, at = text.splitlines(), list[str](), 0
    while at < len(lines):
        end = _table_end(lines, at)
        block = lines[at:end]
        table = _is_headed(lines, at) or (_bars(lines[at]) >= _FEWEST_PIPES and len(block) >= _FEWEST_ROWS)
        if table and not any(_DELIMITER.fullmatch(line) for line in block[:2]):
            bars, open_sided = _bars(block[0]), block[0].strip()[0] != "|"
            block.insert(1, "|".join(["---"] * (bars + 1)) if open_sided else "|" + "---|" * (bars - 1))
        parts += ["", *block, ""] if table else block
        at = end
    return "\n".join(parts)


def _bars(line: str) -> int:
    return len(_BAR.findall(line.strip()))


def _is_headed(lines: list[str], at: int) -> bool:
    """Whether a line is the first of a table: a line of dashes with a bar stands below it."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return _bars(lines[at]) > 0 and _bars(below) > 0 and _DELIMITER.fullmatch(below) is not None


def _table_end(lines: list[str], at: int) -> int:
    """Where the lines of a table end, or those that have equally many bars."""
    end, headed = at + 1 + _is_headed(lines, at), _is_headed(lines, at)
    while end < len(lines) and not _is_headed(lines, end):
        if _bars(lines[end]) == 0 if headed else _bars(lines[end]) != _bars(lines[at]):
            break
        end += 1
    return end


def _without_bold(token: Token) -> None:
    """A heading, a cell or words that are bold: the stars are the program's, not the form's."""
    for child in token.children or ():
        if child.type == "text" and (found := _BOLD.fullmatch(child.content.strip())):
            child.content = found[2]
        elif child.type == "text":
            child.content = _BOLD_WORDS.sub(r"\1", child.content)
