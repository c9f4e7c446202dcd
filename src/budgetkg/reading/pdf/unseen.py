"""Text that a page holds and doesn't show: not painted, white where nothing dark lies, too small to be seen.

Whoever reads the page doesn't see it, so it is no text of the form: it is left out and reported. The one
exception are pages of pictures whose text is unpainted throughout: what a program recognised in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgetkg.reading.pdf.overlays import lightness
from budgetkg.reading.pdf.page import CLIPPED_BESIDE, DrawnPage, Glyph
from budgetkg.reading.pdf.paths import Matrix, PathStep, bounding_box, points_of
from budgetkg.reading.source import Box

_UNPAINTED, _FILLED = frozenset({3, 7}), frozenset({0, 4})
"""Text rendering modes that paint nothing, and that fill and don't stroke (ISO 32000-1, table 106)."""
_OF_LIGHT = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased"})
"""Colour spaces whose components say how light a colour is; in a Separation 1 is all of an ink."""
_TINY = 1.0
"""Points. Nobody reads smaller type; of twice the size it is read with a glass."""
_WHITE = 0.97
"""From 0 (black) to 1 (white). Lighter text can't be told from paper, nor lighter ground from it."""
_MOST_FILLS = 2_000
"""With more filled paths on a page white text is taken as seen: each is looked for under each glyph."""


@dataclass(slots=True)
class Unseen:
    """What one page may not show, as it is drawn."""

    _unpainted: list[Glyph] = field(default_factory=list)
    _tiny: list[Glyph] = field(default_factory=list)
    _white: list[Glyph] = field(default_factory=list)
    _dark: list[Box] = field(default_factory=list)
    _is_shaded: bool = False
    _asked: tuple[object, str] = (None, "")
    _answer: bool = False

    def take(self, glyph: Glyph, mode: int, colour: object, space: str) -> None:
        """Note a glyph that may not be seen: its text rendering mode, its colour and colour space."""
        if glyph.text.isspace():
            return
        if mode in _UNPAINTED:
            self._unpainted.append(glyph)
        elif 0 < glyph.size < _TINY:
            self._tiny.append(glyph)
        elif mode in _FILLED and self._is_of_white(colour, space):
            self._white.append(glyph)

    def _is_of_white(self, colour: object, space: str) -> bool:
        """Whether a glyph's colour is white: most glyphs have that of the one before, the very object."""
        if colour is not self._asked[0] or space != self._asked[1]:
            self._asked, self._answer = (colour, space), _is_white(colour, space)
        return self._answer

    def shade(self) -> None:
        """Note that a gradient is painted, which may be the dark ground of any text."""
        self._is_shaded = True

    def fill(self, path: Sequence[PathStep], ctm: Matrix, height: float, colour: object, space: str) -> None:
        """Note a filled path on a page so high; white text shows where it isn't white."""
        points = [point for step in path for point in points_of(step)]
        if points and not _is_white(colour, space):
            xs, ys = zip(*points, strict=True)
            left, lower, right, upper = bounding_box((min(xs), min(ys), max(xs), max(ys)), ctm)
            if min(right - left, upper - lower) >= _TINY:
                self._dark.append((left, height - upper, right, height - lower))

    def remove_from(self, page: DrawnPage) -> None:
        """Move what isn't seen to the furniture of its page, as text that doesn't show."""
        inked = sum(not glyph.text.isspace() for glyph in page.glyphs)
        recognised = page.images > 0 and 2 * len(self._unpainted) > inked
        unseen = [*self._tiny, *([] if recognised else self._unpainted)]
        # A picture or a gradient may be the dark ground of white text, as may fills too many to look through.
        if not (page.images or self._is_shaded or len(self._dark) > _MOST_FILLS):
            unseen += [glyph for glyph in self._white if not self._is_on_dark(glyph)]
        if not unseen:
            return
        hidden = {id(glyph) for glyph in unseen}
        page.furniture += [
            replace(glyph, visibility=CLIPPED_BESIDE) for glyph in page.glyphs if id(glyph) in hidden
        ]
        page.glyphs = [glyph for glyph in page.glyphs if id(glyph) not in hidden]

    def _is_on_dark(self, glyph: Glyph) -> bool:
        return any(
            left <= glyph.x <= right and top <= glyph.y <= bottom for left, top, right, bottom in self._dark
        )


def _is_white(colour: object, space: str) -> bool:
    return space in _OF_LIGHT and lightness(colour) >= _WHITE
