"""Unicode care: fold for comparison without moving a character, heal what a page wrapped.

Folding keeps the length of a text, so that an offset found in the folded text is an offset in the
text as printed.
"""

from __future__ import annotations

import re
import unicodedata

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {0x3000: 0x20, 0xA0: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0x2009: 0x20, 0x202F: 0x20, 0xFEFF: 0x20}
# Bidirectional controls and zero-width marks print nothing, so they are no part of a word.
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
_UNSEEN = dict.fromkeys(map(ord, _INVISIBLE))


def fold(text: str) -> str:
    """Full-width ASCII, ideographic and no-break blanks to their plain forms; same length."""
    return text.translate(_FOLD)


def key(text: str) -> str:
    """The form in which two printed texts are compared: NFKC, no white space, no invisible marks."""
    bare = "".join(unicodedata.normalize("NFKC", text).translate(_UNSEEN).split())
    return unicodedata.normalize("NFKC", bare)  # an accent may have stood apart on a blank


def is_blank(char: str) -> bool:
    """Whether a character leaves no ink: white space and invisible marks."""
    return char.isspace() or char in _INVISIBLE or char == "\x00"


def is_wide(char: str) -> bool:
    """Whether a character takes a full square: CJK letters and full-width punctuation."""
    return unicodedata.east_asian_width(char) in "WF"


def width(text: str) -> int:
    """Printed width in half squares, surrounding blanks left out."""
    return sum(2 if is_wide(char) or char in "“”‘’…—÷≥≤" else 1 for char in text.strip())


def heal_blanks(text: str) -> str:
    """Take out the blank that a lost line break left between two CJK characters of one cell."""
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
    return all(is_wide(char) or char in '"“”‘’%,' for char in (left, right)) and not left == right == ","
