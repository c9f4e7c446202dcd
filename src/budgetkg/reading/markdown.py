"""Markdown and pipe tables, as programs write them that turn documents into text (MinerU, docling …).

The tables, headings and blocks of HTML of a text are rendered by markdown-it and read like a web page. No
emphasis, list or link is looked for: ``*`` and ``_`` are letters of targets (≥5元/人*月).
"""

from __future__ import annotations

import re
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

MEDIA_TYPE = "text/markdown"
_FEWEST_PIPES, _FEWEST_ROWS = 2, 3
"""Bars in a line, and lines in a row that have as many of them, from which on they are a table."""
_DELIMITER = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?>(?:\|\s*+:?-++:?\s*+)*)\|?\s*+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]+)(?<=\S)\1")
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
    """The text with a line of dashes under the first row of each pipe table that has none."""
    parts: list[str] = []
    for count, found in groupby(text.splitlines(), key=lambda line: len(_BAR.findall(line.strip()))):
        block = list(found)
        table = count >= _FEWEST_PIPES and len(block) >= _FEWEST_ROWS
        if table and not any(_DELIMITER.fullmatch(line) for line in block[:2]):
            block.insert(
                1,
                "|".join(["---"] * (count + 1)) if block[0].strip()[0] != "|" else "|" + "---|" * (count - 1),
            )
        parts += ["", *block, ""] if table else block
    return "\n".join(parts)


def _without_bold(token: Token) -> None:
    """A heading or a cell that is bold as a whole: the stars are the program's, not the form's."""
    for child in token.children or ():
        if child.type == "text" and (found := _BOLD.fullmatch(child.content.strip())):
            child.content = found[2]
