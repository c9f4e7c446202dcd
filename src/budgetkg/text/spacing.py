"""Blanks: which characters leave no ink, how wide the others print, and what a line break left behind."""

from __future__ import annotations

import re
import unicodedata

from budgetkg.text.comparison import INVISIBLE

_WIDE_IN_CHINESE = frozenset("“”‘’…—÷≥≤")
"""Signs that Unicode calls ambiguous; fonts for Chinese draw them as full squares."""
_JOINING = frozenset('"“”‘’%,')
"""Signs of ordinary width that no blank separates from a full square, unless somebody put it there."""


def is_blank(char: str) -> bool:
    """Whether a character leaves no ink: white space, an invisible mark or NUL."""
    return char.isspace() or char in INVISIBLE or char == "\x00"


def is_wide(char: str) -> bool:
    """Whether a character takes a full square: Chinese, Japanese and Korean letters, full-width marks."""
    return unicodedata.east_asian_width(char) in "WF"


def printed_width(text: str) -> int:
    """The printed width in half squares, blanks around the text not counted: 5 for `` 甲a“ ``."""
    return sum(2 if is_wide(char) or char in _WIDE_IN_CHINESE else 1 for char in text.strip())


def without_white_space(text: str) -> str:
    """The text without white space; every other character stays, ``（`` and ``㎡`` too."""
    return "".join(text.split())


def on_one_line(text: str) -> str:
    """The text with one blank for each run of white space, and none around it."""
    return " ".join(text.split())


def without_wrap_blanks(text: str) -> str:
    """The text of a cell without the blanks that its line breaks left between two Chinese characters.

    Blanks around the text go as well; those beside letters and digits stay. ``学习二十大精 神`` becomes
    ``学习二十大精神``, ``Twitter 账号`` stays.
    """
    kept: list[str] = []
    for piece in re.split(r"(\s+)", text.strip()):
        if piece.isspace():
            kept.append(piece)
        elif kept and kept[-1].isspace() and len(kept) > 1 and _joins(kept[-2][-1], piece[:1]):
            kept[-1] = piece
        else:
            kept.append(piece)
    return "".join(kept)


def _joins(left: str, right: str) -> bool:
    return all(is_wide(char) or char in _JOINING for char in (left, right)) and not left == right == ","
