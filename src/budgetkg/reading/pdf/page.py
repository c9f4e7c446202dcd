"""A printed page as ink: glyphs with their places, rules, and what of it can be seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from budgetkg.reading.source import Box

_LARGE = 3.0
_PALE = 0.6
_MOST_OF_A_PAGE = 0.75
_MOST_OF_A_CELL = 0.6
_EDGE = 0.05
_OVERPRINT = 0.7

SEEN, ABOVE, BELOW, BESIDE = 0, -1, 1, 2
"""What a clip or the edge of the page does to a glyph: nothing, or it hides it on that side."""


# Characters drawn: by themselves and their row of squares, then by column, the upper left corners.
_Drawn: TypeAlias = dict[tuple[str, float], dict[float, list[tuple[float, float]]]]


@dataclass(slots=True)
class Glyph:
    """One character: its place as laid out, and its box on the page as printed.

    ``x`` and ``y`` are its centre, moved into the clip under which it was drawn: they say to which
    cell it belongs even where the cell hides it. ``cut`` says whether it is seen. ``turn`` counts
    quarter turns against the clock; ``down`` is whether its script runs from top to bottom.
    """

    text: str
    box: Box
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float
    cut: int = SEEN
    turn: int = 0
    down: bool = False

    @property
    def size(self) -> float:
        """The height."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed line: upright or level, where it stands, from where to where it runs."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Ink:
    """What a page shows; ``stray`` are glyphs that carry nothing: watermarks, fully hidden ones.

    ``unknown`` counts glyphs whose font does not say which character they print, ``radicals`` those
    that the font calls by the radical that looks like the character printed, ``images`` the
    pictures placed on the page; ``restricted`` is whether the file asks not to be copied from.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    stray: list[Glyph] = field(default_factory=list)
    unknown: int = 0
    radicals: int = 0
    images: int = 0
    restricted: bool = False


def place(text: str, box: Box, clip: Box, turn: int = 0) -> Glyph | None:
    """A glyph under its clip; ``None`` where the clip lets nothing through."""
    x0, top, x1, bottom = box
    left, upper, right, lower = clip
    if right - left < 0.1 or lower - upper < 0.1:
        return None
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    cut = SEEN
    if left <= x <= right and upper <= y <= lower:
        return Glyph(text, box, x0, top, x1, bottom, x, y, cut, turn)
    if y < upper - _EDGE:
        cut = ABOVE
    elif y > lower + _EDGE:
        cut = BELOW
    elif x < left - _EDGE or x > right + _EDGE:
        cut = BESIDE
    inside = min(0.5, (lower - upper) / 4)
    return Glyph(
        text, box, x0, top, x1, bottom,
        x=min(max(x, left + _EDGE), right - _EDGE),
        y=min(max(y, upper + inside), lower - inside),
        cut=cut, turn=turn,
    )  # fmt: skip


def without_overprint(glyphs: list[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Glyphs once each, and those drawn again at their place (a bold face made by drawing twice)."""
    drawn: _Drawn = {}
    again: set[int] = set()
    for number, glyph in enumerate(glyphs):
        if glyph.text.isspace():
            continue
        left, top = glyph.box[0], glyph.box[1]
        row, column = (glyph.text, top // _OVERPRINT), left // _OVERPRINT
        squares = drawn.setdefault(row, {})
        # Two in one square are near each other, so that only the first there looks around.
        if column in squares or _drawn_near(drawn, row, column, (left, top)):
            again.add(number)
        squares.setdefault(column, []).append((left, top))
    if not again:
        return glyphs, []
    return (
        [glyph for number, glyph in enumerate(glyphs) if number not in again],
        [glyphs[number] for number in sorted(again)],
    )


def _drawn_near(drawn: _Drawn, row: tuple[str, float], column: float, place: tuple[float, float]) -> bool:
    """Whether the same character has been drawn nearby, in one of the squares around its own."""
    text, level = row
    for squares in (drawn.get((text, level - 1)), drawn[row], drawn.get((text, level + 1))):
        if squares:
            for x, y in (there for side in (-1, 0, 1) for there in squares.get(column + side, ())):
                if abs(place[0] - x) <= _OVERPRINT and abs(place[1] - y) <= _OVERPRINT:
                    return True
    return False


def without_watermarks(ink: Ink, large: list[tuple[Glyph, float]]) -> None:
    """Take the watermarks out of the glyphs of a page; ``large`` are its large ones with their shade."""
    if not large:
        return
    sizes = sorted(glyph.size for glyph in ink.glyphs)
    usual = sizes[len(sizes) // 2]
    marks = {id(glyph) for glyph, shade in large if is_watermark(glyph.size, usual, (1, 0), shade)}
    if marks:
        ink.stray += [glyph for glyph in ink.glyphs if id(glyph) in marks]
        ink.glyphs = [glyph for glyph in ink.glyphs if id(glyph) not in marks]


def is_watermark(size: float, usual: float, slant: tuple[float, float], shade: float) -> bool:
    """Whether a glyph is a watermark's: set aslant, or very large and pale."""
    along, across = abs(slant[0]), abs(slant[1])
    if min(along, across) > 0.15 * max(along, across, 0.001):
        return True
    return size > _LARGE * usual and shade > _PALE


def upright(ink: Ink) -> Ink:
    """Turn a page whose text is set sideways, so that its lines run level; boxes stay as printed."""
    turns = Counter(glyph.turn for glyph in ink.glyphs)
    turn, count = max(turns.items(), key=lambda item: item[1], default=(0, 0))
    if not turn or count < _MOST_OF_A_PAGE * len(ink.glyphs):
        return ink
    for glyph in ink.glyphs:
        _turn_glyph(glyph, turn, ink.width, ink.height)
        glyph.turn = (glyph.turn - turn) % 4
        glyph.cut = _cut_as_turned(glyph)
    width, height = (ink.width, ink.height) if turn == 2 else (ink.height, ink.width)
    rules = [_turn_rule(rule, turn, ink.width, ink.height) for rule in ink.rules]
    return replace(ink, width=width, height=height, rules=rules)


def level(glyphs: list[Glyph]) -> list[Glyph]:
    """Lay the glyphs of one cell out level where most of them are set sideways."""
    if not any(glyph.turn for glyph in glyphs):
        return glyphs
    turns = Counter(glyph.turn for glyph in glyphs)
    turn, count = max(turns.items(), key=lambda item: item[1], default=(0, 0))
    if not turn or count < _MOST_OF_A_CELL * len(glyphs):
        return glyphs
    laid = [replace(glyph) for glyph in glyphs]
    for glyph in laid:
        _turn_glyph(glyph, turn, 0, 0)
    return laid


def _turn_glyph(glyph: Glyph, turn: int, width: float, height: float) -> None:
    first = _turned(glyph.x0, glyph.top, turn, width, height)
    second = _turned(glyph.x1, glyph.bottom, turn, width, height)
    glyph.x0, glyph.x1 = sorted((first[0], second[0]))
    glyph.top, glyph.bottom = sorted((first[1], second[1]))
    glyph.x, glyph.y = _turned(glyph.x, glyph.y, turn, width, height)


def _cut_as_turned(glyph: Glyph) -> int:
    """On which side a glyph of a turned page is hidden: where it lies from the place it was moved to."""
    if glyph.cut == SEEN:
        return SEEN
    beyond = (glyph.top + glyph.bottom) / 2 - glyph.y
    if abs(beyond) <= 2 * _EDGE + 0.01:
        return BESIDE
    return ABOVE if beyond < 0 else BELOW


def _turn_rule(rule: Rule, turn: int, width: float, height: float) -> Rule:
    start = (rule.at, rule.start) if rule.upright else (rule.start, rule.at)
    end = (rule.at, rule.end) if rule.upright else (rule.end, rule.at)
    (x0, y0), (x1, y1) = _turned(*start, turn, width, height), _turned(*end, turn, width, height)
    if rule.upright == (turn == 2):
        return Rule(True, x0, min(y0, y1), max(y0, y1))
    return Rule(False, y0, min(x0, x1), max(x0, x1))


def _turned(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """A point after the page is turned back by some quarters."""
    if turn == 1:
        return height - y, x
    if turn == 2:
        return width - x, height - y
    return y, width - x
