"""Text in lines of a given width in cells of a terminal; no Latin word, name or number is cut.

A Chinese character fills two cells and may end a line anywhere, but no line begins with what closes
a phrase, or ends with what opens one. A word that is wider than the whole line stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len

from budgetkg.late import late_pattern

# A run of narrow characters without blanks is never parted, nor is a short note such as [必填]; between
# wide ones a line may end.
_PIECE = late_pattern(r"\[[^\[\]\s]{1,8}\]|[\u0021-\u2e7f\ua4d0-\uabff\uffe8-\uffff]+|\s+|.", re.DOTALL)
_OPENING = tuple("（《「『【“‘([{")
_CLOSING = tuple("，。、；：？！）》」』】”’…％)]}")


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text; at least one, which may be empty."""
    lines, line, filled = [], "", 0
    for piece in _pieces(text):
        wide = cell_len(piece)
        if line and not piece.isspace() and filled + wide > width:
            lines.append(line.rstrip())
            line, filled = "", 0
        if line or not piece.isspace():
            line, filled = line + piece, filled + wide
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def widest_piece(text: str) -> int:
    """The cells of the longest piece that no line parts."""
    return max((cell_len(piece) for piece in _pieces(text) if not piece.isspace()), default=0)


def filled(text: str, width: int, *, right: bool = False) -> str:
    """A text with blanks up to a width, before it where ``right``."""
    blanks = " " * max(0, width - cell_len(text))
    return blanks + text if right else text + blanks


def fitting(natural: Sequence[int], least: Sequence[int], width: int) -> list[int] | None:
    """Widths of columns that fit: the widest shrink, none below its ``least``.

    ``None`` where even the least are too wide.
    """
    if sum(least) > width:
        return None
    widths = [min(size, width) for size in natural]
    while sum(widths) > width:
        free = [place for place, size in enumerate(widths) if size > least[place]]
        widths[max(free, key=lambda place: widths[place])] -= 1
    return widths


def _pieces(text: str) -> list[str]:
    """What stays together: words, and a character of double width with what closes a phrase behind it."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        closes = piece.startswith(_CLOSING) and pieces and not pieces[-1].isspace()
        if closes or (pieces and pieces[-1].endswith(_OPENING)):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
