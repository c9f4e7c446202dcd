"""Scans: pages that are pictures, read by a packaged model behind the extra ``[ocr]`` (decision 0015).

The model gives characters with their boxes and how sure it is of each; the rules of a table are the
long dark runs of the picture. Both become :class:`budgetkg.reading.pdf.page.DrawnPage`, so that a scanned
table is read by the same code as a printed one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from math import atan, cos, degrees, sin
from typing import TYPE_CHECKING

from PIL.Image import Resampling

from budgetkg.reading.grid import Reading
from budgetkg.reading.ocr_model import read_picture
from budgetkg.reading.pdf.page import DrawnPage, Edge, Glyph
from budgetkg.reading.pdf.pixels import Rendered, rendered
from budgetkg.reading.source import Box, Notice

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

_SCALE = 200 / 72
_DARK = 140
_LEVEL, _UPRIGHT = 24.0, 16.0  # points; a shorter dark run may be a stroke of a character
_THICKEST = 4.0
_GAP = 3  # pixels that a scanner may leave out of a line
_DOUBTFUL = 0.8
_LEAST_SLOPE, _MOST_SLOPE = 0.0007, 0.2


@dataclass(slots=True)
class Scans:
    """The scanned pages of one file; how sure the model is of each character, by page and box."""

    data: bytes
    name: str
    sure: dict[tuple[int, Box], float] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)

    def read(self, drawn: DrawnPage) -> DrawnPage:
        """A page as it is, or read from its picture where it is nothing else."""
        if not drawn.images or any(not glyph.text.isspace() for glyph in drawn.glyphs) or not available():
            return drawn
        (page,) = rendered(self.data, self.name, _SCALE, (drawn.number,))
        found = read_picture(page, self.name)
        if not found.characters:
            return drawn
        self.pages.append(drawn.number)
        level = _Level(page, found.slope if _LEAST_SLOPE < abs(found.slope) < _MOST_SLOPE else 0)
        glyphs = []
        for text, score, box in found.characters:
            self.sure[drawn.number, box] = score
            glyph = level.glyph(text, box)
            glyph.rotation = found.turn
            glyphs.append(glyph)
        return replace(drawn, glyphs=glyphs, edges=_edges(level.page(), found.turn % 2 == 1))

    def marked(self, reading: Reading) -> Reading:
        """The reading with the confidence of each character, and the findings on it."""
        if not self.pages:
            return reading
        source = reading.source
        sure: list[float | None] = [None] * len(source.text)
        for line in source.lines:
            for offset in range(line.start, line.end):
                box = source.boxes[offset]
                sure[offset] = self.sure.get((line.page, box)) if box else None
        source = replace(source, confidences=tuple(sure))
        pages = ", ".join(map(str, self.pages))
        notices = [Notice("read-by-ocr", params=(("pages", pages),))]
        for row in reading.rows:
            for cell in row.cells:
                for place in source.evidence_of(cell.place.offsets):
                    if place.confidence is not None and place.confidence < _DOUBTFUL:
                        params = (("confidence", f"{place.confidence:.2f}"), ("text", place.quote[:200]))
                        notices.append(
                            Notice("ocr-low-confidence", f"p. {place.page}", place.start, place.end, params)
                        )
        return replace(reading, source=replace(source, notices=(*notices, *source.notices)))


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class _Level:
    """Sets a page level that lay a little askew on the scanner; boxes stay as they are printed."""

    def __init__(self, page: Rendered, slope: float) -> None:
        self._page, self._angle = page, atan(slope)
        width, height = page.image.size
        self._x, self._y, *_ = page.points((width / 2, height / 2, 0, 0))

    def glyph(self, text: str, box: Box) -> Glyph:
        """A character, laid out as if the page were level."""
        right, down = (box[0] + box[2]) / 2 - self._x, (box[1] + box[3]) / 2 - self._y
        x = self._x + right * cos(self._angle) + down * sin(self._angle)
        y = self._y - right * sin(self._angle) + down * cos(self._angle)
        wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        return Glyph(text, box, x - wide, y - high, x + wide, y + high, x, y)

    def page(self) -> Rendered:
        """The picture, turned."""
        if not self._angle:
            return self._page
        grey = self._page.image.convert("L")
        turned = grey.rotate(degrees(self._angle), Resampling.BICUBIC, fillcolor=255)
        return replace(self._page, image=turned)


def _edges(page: Rendered, sideways: bool) -> list[Edge]:
    import numpy

    dark = numpy.asarray(page.image.convert("L")) < _DARK
    level, upright = (_UPRIGHT, _LEVEL) if sideways else (_LEVEL, _UPRIGHT)
    return [*_runs(dark, page, False, level), *_runs(dark.T, page, True, upright)]


def _runs(dark: NDArray[bool_], page: Rendered, upright: bool, shortest: float) -> Iterator[Edge]:
    """The dark runs along the rows of a picture, those of neighbouring rows as one rule."""
    least = shortest * page.scale
    open_runs: list[list[float]] = []  # first row, last row, start, end
    done: list[list[float]] = []
    for number in dark.sum(axis=1).nonzero()[0]:
        done += [run for run in open_runs if run[1] < number - 2]
        open_runs = [run for run in open_runs if run[1] >= number - 2]
        for start, end in _stretches(dark[number], least):
            same = next((run for run in open_runs if run[2] <= end and start <= run[3]), None)
            if same is None:
                open_runs.append([number, number, start, end])
            else:
                same[1:] = [number, min(same[2], start), max(same[3], end)]
    across, along = (page.left, page.top) if upright else (page.top, page.left)
    for first, last, begin, stop in (*done, *open_runs):
        if last - first <= _THICKEST * page.scale:
            at = (first + last) / 2 / page.scale + across
            yield Edge(upright, float(at), begin / page.scale + along, stop / page.scale + along)


def _stretches(row: NDArray[bool_], least: float) -> Iterator[tuple[int, int]]:
    places = row.nonzero()[0]
    if len(places) < least / 2:
        return
    breaks = ((places[1:] - places[:-1]) > _GAP).nonzero()[0]
    starts, ends = [0, *(breaks + 1)], [*breaks, len(places) - 1]
    for first, last in zip(starts, ends, strict=True):
        if places[last] - places[first] >= least:
            yield int(places[first]), int(places[last])
