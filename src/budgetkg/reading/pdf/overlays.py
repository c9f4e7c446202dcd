"""What is drawn over a form and is none of its text: watermarks, stamps, characters drawn twice.

A watermark is set aslant, or very large and pale. The words of a stamp stand around a circle in a colour
of their own: most of them aslant, by which they are known; the few that happen to stand level, and those
in the middle of the stamp, are known by the colour and the place that they share with the slanted ones.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

from budgetkg.reading.pdf.page import DrawnPage, Glyph
from budgetkg.reading.pdf.settings import OVERLAYS
from budgetkg.reading.source import Box

# The upper left corners of characters drawn so far: by text and row of a raster, then by its column.
_Raster: TypeAlias = dict[tuple[str, float], dict[float, list[tuple[float, float]]]]


def is_slanted(direction: tuple[float, float]) -> bool:
    """Whether a line of text that runs in a direction (x, y) is far from level and from upright."""
    along, across = abs(direction[0]), abs(direction[1])
    return min(along, across) > OVERLAYS.slant * max(along, across, 0.001)


def remove_watermarks(page: DrawnPage, large: list[tuple[Glyph, float]]) -> None:
    """Move large pale glyphs to the furniture of their page.

    ``large`` are the glyphs that may be a watermark's, each with its lightness (0 black, 1 white).
    """
    if not large:
        return
    sizes = sorted(glyph.size for glyph in page.glyphs)
    usual = sizes[len(sizes) // 2]
    least = OVERLAYS.watermark_min_size * usual
    pale = OVERLAYS.watermark_lightness
    _move_to_furniture(page, {id(glyph) for glyph, light in large if glyph.size > least and light > pale})


def remove_stamps(
    page: DrawnPage, slanted: list[tuple[Box, object]], level: list[tuple[Glyph, object]]
) -> None:
    """Move the level words of stamps to the furniture of their page.

    ``slanted`` are the boxes of slanted characters with their colours, ``level`` the other glyphs with
    theirs; a colour is what pdfminer gives: a number for grey, or three or four of them.
    """
    stamps: dict[tuple[float, ...], list[Box]] = defaultdict(list)
    for box, colour in slanted:
        if _is_chromatic(colour):
            stamps[_components(colour)].append(box)
    marks: set[int] = set()
    for shade, boxes in stamps.items():
        alike = [glyph for glyph, colour in level if _components(colour) == shade]
        # Where the form itself is printed in that colour, its words stand elsewhere too.
        if len(boxes) >= OVERLAYS.stamp_min_glyphs and all(_is_among(glyph, boxes) for glyph in alike):
            marks |= {id(glyph) for glyph in alike}
    _move_to_furniture(page, marks)


def lightness(colour: object) -> float:
    """How light a colour of a PDF is, from 0 for black to 1 for white; four components are CMYK."""
    values = _components(colour)
    if not values:
        return 0.0
    return 1 - max(values) if len(values) == 4 else sum(values) / len(values)


def split_overprint(glyphs: list[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Part glyphs into those drawn first and those drawn again at the same place.

    A bold face is often made by drawing each character twice. A raster keeps this linear: a page may
    draw one character a hundred thousand times.
    """
    raster: _Raster = {}
    repeated: set[int] = set()
    cell = OVERLAYS.overprint_distance
    for number, glyph in enumerate(glyphs):
        if glyph.text.isspace():
            continue
        left, top = glyph.box[0], glyph.box[1]
        row, column = (glyph.text, top // cell), left // cell
        squares = raster.setdefault(row, {})
        # Two in one square are near each other, so that only the first there looks around.
        if column in squares or _is_drawn_nearby(raster, row, column, (left, top)):
            repeated.add(number)
        squares.setdefault(column, []).append((left, top))
    if not repeated:
        return glyphs, []
    return (
        [glyph for number, glyph in enumerate(glyphs) if number not in repeated],
        [glyphs[number] for number in sorted(repeated)],
    )


def _is_drawn_nearby(
    raster: _Raster, row: tuple[str, float], column: float, corner: tuple[float, float]
) -> bool:
    """Whether the same character has been drawn in one of the squares around its own, and near enough."""
    text, line = row
    for squares in (raster.get((text, line - 1)), raster[row], raster.get((text, line + 1))):
        if squares:
            for x, y in (there for side in (-1, 0, 1) for there in squares.get(column + side, ())):
                distance = max(abs(corner[0] - x), abs(corner[1] - y))
                if distance <= OVERLAYS.overprint_distance:
                    return True
    return False


def _move_to_furniture(page: DrawnPage, marks: set[int]) -> None:
    if marks:
        page.furniture += [glyph for glyph in page.glyphs if id(glyph) in marks]
        page.glyphs = [glyph for glyph in page.glyphs if id(glyph) not in marks]


def _is_chromatic(colour: object) -> bool:
    """Whether a colour is red, green, blue or between, and no black, white or grey."""
    values = _components(colour)
    inks = values[:3] if len(values) == 4 else values
    return len(inks) == 3 and max(inks) - min(inks) > OVERLAYS.stamp_min_chroma


def _is_among(glyph: Glyph, boxes: list[Box]) -> bool:
    """Whether a glyph stands within the box around some boxes, or as near to it as it is high."""
    lefts, tops, rights, bottoms = ([box[side] for box in boxes] for side in range(4))
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    margin = glyph.size
    return (
        min(lefts) - margin <= x <= max(rights) + margin and min(tops) - margin <= y <= max(bottoms) + margin
    )


def _components(colour: object) -> tuple[float, ...]:
    parts = colour if isinstance(colour, list | tuple) else (colour,)
    return tuple([float(part) for part in parts if isinstance(part, (int, float))])
