"""Stamps over a form: words set round a circle in a colour of their own.

Most of them stand aslant, and are told by that; the few that happen to stand level, and the words in the
middle of the stamp, are told by the colour and the place that they share with the slanted ones.
"""

from __future__ import annotations

from collections import defaultdict

from budgetkg.reading.pdf.page import Glyph, Ink
from budgetkg.reading.source import Box

_COLOURFUL = 0.2
_FEWEST = 3


def is_coloured(colour: object) -> bool:
    """Whether a colour is one, and no black, white or grey."""
    parts = _parts(colour)
    inks = parts[:3] if len(parts) == 4 else parts
    return len(inks) == 3 and max(inks) - min(inks) > _COLOURFUL


def without_stamps(ink: Ink, slanted: list[tuple[Box, object]], printed: list[tuple[Glyph, object]]) -> None:
    """Take the words of stamps that stand level out of the glyphs of a page.

    ``slanted`` are the places and colours of slanted characters, ``printed`` the others with their colours.
    """
    stamps: dict[tuple[float, ...], list[Box]] = defaultdict(list)
    for box, colour in slanted:
        if is_coloured(colour):
            stamps[_parts(colour)].append(box)
    marks: set[int] = set()
    for shade, boxes in stamps.items():
        alike = [glyph for glyph, colour in printed if _parts(colour) == shade]
        # Where the form itself is printed in that colour, its words stand elsewhere too.
        if len(boxes) >= _FEWEST and all(_is_within(glyph, boxes) for glyph in alike):
            marks |= {id(glyph) for glyph in alike}
    if marks:
        ink.stray += [glyph for glyph in ink.glyphs if id(glyph) in marks]
        ink.glyphs = [glyph for glyph in ink.glyphs if id(glyph) not in marks]


def _is_within(glyph: Glyph, boxes: list[Box]) -> bool:
    lefts, tops, rights, bottoms = ([box[side] for box in boxes] for side in range(4))
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    margin = glyph.size
    return (
        min(lefts) - margin <= x <= max(rights) + margin and min(tops) - margin <= y <= max(bottoms) + margin
    )


def _parts(colour: object) -> tuple[float, ...]:
    parts = colour if isinstance(colour, list | tuple) else (colour,)
    return tuple(float(part) for part in parts if isinstance(part, int | float))
