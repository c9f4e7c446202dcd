"""What one page of a PDF draws: its glyphs and edges, and the page turned so that its text reads level.

All places are in points from the upper left corner of the page, x to the right and y downwards.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from budgetkg.reading.pdf.settings import GLYPHS
from budgetkg.reading.source import Box

VISIBLE, CLIPPED_ABOVE, CLIPPED_BELOW, CLIPPED_BESIDE = 0, -1, 1, 2
"""Whether a glyph shows, or on which side of its clip (or of the page) it is hidden."""


@dataclass(slots=True)
class Glyph:
    """One drawn character.

    ``box`` is where it is printed on the page; ``x0``, ``top``, ``x1``, ``bottom`` is where it stands in
    the layout, which differs once a page was turned or laid beside another one. ``x`` and ``y`` are its
    centre moved into its clip: they say to which cell it belongs even where the cell hides it.
    ``rotation`` counts quarter turns counter-clockwise; ``vertical_script`` is true where the writing
    mode of its font is from top to bottom. ``page`` is the number of the page on which it is
    printed if that was laid beside another one, else 0.
    """

    text: str
    box: Box
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float
    visibility: int = VISIBLE
    rotation: int = 0
    vertical_script: bool = False
    page: int = 0

    @property
    def size(self) -> float:
        """The height in points: the unit of all tolerances that grow with the type size."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight printed line: ``at`` is its x if it is vertical, else its y; it runs from start to end."""

    vertical: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class DrawnPage:
    """All that a page draws; ``furniture`` are glyphs that carry nothing: watermarks, stamps, hidden ones.

    ``unknown`` counts glyphs whose font does not say which character they print, ``radicals`` are those that
    the font names by the radical that looks like the character printed, ``images`` the pictures on the
    page; ``restricted`` is true where the file asks not to be copied from. ``untold`` are the texts of
    annotations that have no appearance, so that not every viewer shows them.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    furniture: list[Glyph] = field(default_factory=list)
    unknown: int = 0
    radicals: list[str] = field(default_factory=list)
    images: int = 0
    untold: list[str] = field(default_factory=list)
    restricted: bool = False


def place_glyph(text: str, box: Box, clip: Box, rotation: int = 0) -> Glyph | None:
    """Return a glyph as its clip shows it, or ``None`` where the clip is too small to show anything."""
    x0, top, x1, bottom = box
    left, upper, right, lower = clip
    if right - left < GLYPHS.clip_min_size or lower - upper < GLYPHS.clip_min_size:
        return None
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    if left <= x <= right and upper <= y <= lower:
        return Glyph(text, box, x0, top, x1, bottom, x, y, VISIBLE, rotation)
    margin = GLYPHS.clip_margin
    visibility = VISIBLE
    if y < upper - margin:
        visibility = CLIPPED_ABOVE
    elif y > lower + margin:
        visibility = CLIPPED_BELOW
    elif x < left - margin or x > right + margin:
        visibility = CLIPPED_BESIDE
    inside = min(GLYPHS.clip_inset, (lower - upper) / 4)
    return Glyph(
        text, box, x0, top, x1, bottom,
        x=min(max(x, left + margin), right - margin),
        y=min(max(y, upper + inside), lower - inside),
        visibility=visibility, rotation=rotation,
    )  # fmt: skip


def is_inked(glyphs: list[Glyph] | tuple[Glyph, ...]) -> bool:
    """Whether any of some glyphs is more than white space."""
    return any(not glyph.text.isspace() for glyph in glyphs)


def with_level_text(page: DrawnPage) -> DrawnPage:
    """Turn a page whose text is set sideways, so that its lines run level; boxes stay as printed."""
    rotation = _main_rotation(page.glyphs, GLYPHS.rotated_share_of_page)
    if not rotation:
        return page
    for glyph in page.glyphs:
        _rotate_glyph(glyph, rotation, page.width, page.height)
        glyph.rotation = (glyph.rotation - rotation) % 4
        glyph.visibility = _visibility_after_rotation(glyph)
    width, height = (page.width, page.height) if rotation == 2 else (page.height, page.width)
    edges = [_rotate_edge(edge, rotation, page.width, page.height) for edge in page.edges]
    return replace(page, width=width, height=height, edges=edges)


def level_glyphs(glyphs: list[Glyph]) -> list[Glyph]:
    """Return the glyphs of one cell, laid out level if most of them are set sideways."""
    if not any(glyph.rotation for glyph in glyphs):
        return glyphs
    rotation = _main_rotation(glyphs, GLYPHS.rotated_share_of_cell)
    if not rotation:
        return glyphs
    copies = [replace(glyph) for glyph in glyphs]
    for glyph in copies:
        _rotate_glyph(glyph, rotation, 0, 0)
    return copies


def _main_rotation(glyphs: list[Glyph], share: float) -> int:
    """The rotation that at least ``share`` of some glyphs have; 0 if there is none."""
    rotations = Counter(glyph.rotation for glyph in glyphs)
    rotation, count = max(rotations.items(), key=lambda item: item[1], default=(0, 0))
    return rotation if count >= share * len(glyphs) else 0


def _rotate_glyph(glyph: Glyph, rotation: int, width: float, height: float) -> None:
    first = _rotate_point(glyph.x0, glyph.top, rotation, width, height)
    second = _rotate_point(glyph.x1, glyph.bottom, rotation, width, height)
    glyph.x0, glyph.x1 = sorted((first[0], second[0]))
    glyph.top, glyph.bottom = sorted((first[1], second[1]))
    glyph.x, glyph.y = _rotate_point(glyph.x, glyph.y, rotation, width, height)


def _visibility_after_rotation(glyph: Glyph) -> int:
    """On which side a glyph of a turned page is hidden: where it lies from the place it was moved to."""
    if glyph.visibility == VISIBLE:
        return VISIBLE
    beyond = (glyph.top + glyph.bottom) / 2 - glyph.y
    if abs(beyond) <= 2 * GLYPHS.clip_margin + 0.01:  # moved by the margin at most; 0.01 is for rounding
        return CLIPPED_BESIDE
    return CLIPPED_ABOVE if beyond < 0 else CLIPPED_BELOW


def _rotate_edge(edge: Edge, rotation: int, width: float, height: float) -> Edge:
    start = (edge.at, edge.start) if edge.vertical else (edge.start, edge.at)
    end = (edge.at, edge.end) if edge.vertical else (edge.end, edge.at)
    x0, y0 = _rotate_point(*start, rotation, width, height)
    x1, y1 = _rotate_point(*end, rotation, width, height)
    if edge.vertical == (rotation == 2):
        return Edge(True, x0, min(y0, y1), max(y0, y1))
    return Edge(False, y0, min(x0, x1), max(x0, x1))


def _rotate_point(x: float, y: float, rotation: int, width: float, height: float) -> tuple[float, float]:
    """A point of a page of this width and height after the page is turned back by some quarters."""
    if rotation == 1:
        return height - y, x
    if rotation == 2:
        return width - x, height - y
    return y, width - x
