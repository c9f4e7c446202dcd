"""Text that a page holds and doesn't show: not painted, white where nothing dark lies, too small to be seen.

Whoever reads the page doesn't see it, so it is no text of the form: it is left out and reported. The one
exception are pages of pictures whose text is unpainted throughout: what a program recognised in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgetkg.reading.pdf.page import CLIPPED_BESIDE, DrawnPage, Glyph
from budgetkg.reading.pdf.paths import Matrix, bounding_box
from budgetkg.reading.source import Box

UNPAINTED_MODES = frozenset({3, 7})
"""Text rendering modes that paint nothing (ISO 32000-1, table 106)."""
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

    def take(self, glyph: Glyph, lightness: float, is_painted: bool) -> None:
        """Note a glyph that may not be seen; ``lightness`` is from 0 for black to 1 for white."""
        if glyph.text.isspace():
            return
        if not is_painted:
            self._unpainted.append(glyph)
        elif 0 < glyph.size < _TINY:
            self._tiny.append(glyph)
        elif lightness >= _WHITE:
            self._white.append(glyph)

    def fill(
        self, points: Sequence[tuple[float, float]], ctm: Matrix, height: float, lightness: float
    ) -> None:
        """Note a filled path on a page so high; white text shows where it isn't white."""
        if points and lightness < _WHITE:
            xs, ys = zip(*points, strict=True)
            left, lower, right, upper = bounding_box((min(xs), min(ys), max(xs), max(ys)), ctm)
            if min(right - left, upper - lower) >= _TINY:
                self._dark.append((left, height - upper, right, height - lower))

    def remove_from(self, page: DrawnPage) -> None:
        """Move what isn't seen to the furniture of its page, as text that doesn't show."""
        inked = sum(not glyph.text.isspace() for glyph in page.glyphs)
        recognised = page.images > 0 and 2 * len(self._unpainted) > inked
        unseen = [*self._tiny, *([] if recognised else self._unpainted)]
        # A picture may be the dark ground of white text, as may fills too many to look through.
        if self._white and not page.images and len(self._dark) <= _MOST_FILLS:
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
