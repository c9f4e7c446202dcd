"""Scans: pages that are pictures, read by a packaged model behind the extra ``[ocr]`` (decision 0015).

The model gives characters with their boxes and how sure it is of each; the edges of a table are the long
dark runs of pixels. Both become a :class:`budgetkg.reading.pdf.page.DrawnPage`, so that a scanned table is
read by the same code as a printed one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from math import atan, cos, degrees, sin
from typing import TYPE_CHECKING

from PIL.Image import Resampling

from budgetkg.findings import Evidence
from budgetkg.reading.grid import Reading
from budgetkg.reading.ocr_model import read_picture
from budgetkg.reading.pdf.page import DrawnPage, Edge, Glyph
from budgetkg.reading.pdf.pixels import Rendered, rendered
from budgetkg.reading.source import Box, Notice

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

_SCALE = 200 / 72  # pixels to a point: 200 dpi
_DARK = 140  # of 255; a darker pixel is one of an edge
_MIN_HORIZONTAL, _MIN_VERTICAL = 24.0, 16.0  # points; a shorter dark run may be a stroke of a character
_MAX_THICKNESS = 4.0  # points of an edge
_MAX_GAP = 3  # pixels that a scanner may leave out of an edge
_DOUBTFUL = 0.8  # a text of less confidence is reported
_QUOTED = 200  # characters of it that a notice quotes
_MIN_SLOPE, _MAX_SLOPE = 0.0007, 0.2  # of lines; a smaller one is noise, a larger one an error of the model


@dataclass(slots=True)
class Scans:
    """Reads the scanned pages of one file, and remembers the confidence of each character by page and box."""

    data: bytes
    name: str
    confidences: dict[tuple[int, Box], float] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)

    def read(self, drawn: DrawnPage) -> DrawnPage:
        """Return a page as it is, or as read from its picture where it has no text (and with the extra)."""
        if not drawn.images or any(not glyph.text.isspace() for glyph in drawn.glyphs) or not available():
            return drawn
        (page,) = rendered(self.data, self.name, _SCALE, (drawn.number,))
        read = read_picture(page, self.name)
        if not read.characters:
            return drawn
        self.pages.append(drawn.number)
        deskewed = _Deskewed(page, read.slope if _MIN_SLOPE < abs(read.slope) < _MAX_SLOPE else 0)
        glyphs = []
        for text, score, box in read.characters:
            self.confidences[drawn.number, box] = score
            glyph = deskewed.glyph(text, box)
            glyph.rotation = read.rotation
            glyphs.append(glyph)
        return replace(drawn, glyphs=glyphs, edges=_edges(deskewed.page(), read.rotation % 2 == 1))

    def with_confidences(self, reading: Reading) -> Reading:
        """Return a reading with the confidence of each character, and notices of what is in doubt."""
        if not self.pages:
            return reading
        source = reading.source
        by_offset: list[float | None] = [None] * len(source.text)
        for line in source.lines:
            for offset in range(line.start, line.end):
                box = source.boxes[offset]
                by_offset[offset] = self.confidences.get((line.page, box)) if box else None
        source = replace(source, confidences=tuple(by_offset))
        pages = ", ".join(map(str, self.pages))
        notices = [Notice("read-by-ocr", params=(("pages", pages),))]
        for row in reading.rows:
            for cell in row.cells:
                notices += map(_doubt, filter(_is_doubtful, source.evidence_of(cell.place.offsets)))
        return replace(reading, source=replace(source, notices=(*notices, *source.notices)))


def _is_doubtful(evidence: Evidence) -> bool:
    return evidence.confidence is not None and evidence.confidence < _DOUBTFUL


def _doubt(evidence: Evidence) -> Notice:
    params = (("confidence", f"{evidence.confidence:.2f}"), ("text", evidence.quote[:_QUOTED]))
    return Notice("ocr-low-confidence", f"p. {evidence.page}", evidence.start, evidence.end, params)


def available() -> bool:
    """Whether the extra ``[ocr]`` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class _Deskewed:
    """A page turned level that lay a little askew on the scanner; boxes stay as they are in the picture.

    ``slope`` is that of its lines of text.
    """

    def __init__(self, page: Rendered, slope: float) -> None:
        self._page, self._angle = page, atan(slope)
        width, height = page.image.size
        self._x, self._y, *_ = page.points((width / 2, height / 2, 0, 0))

    def glyph(self, text: str, box: Box) -> Glyph:
        """Return a character, laid out as if the page were level."""
        right, down = (box[0] + box[2]) / 2 - self._x, (box[1] + box[3]) / 2 - self._y
        x = self._x + right * cos(self._angle) + down * sin(self._angle)
        y = self._y - right * sin(self._angle) + down * cos(self._angle)
        wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        return Glyph(text, box, x - wide, y - high, x + wide, y + high, x, y)

    def page(self) -> Rendered:
        """Return the picture, turned by the slope."""
        if not self._angle:
            return self._page
        grey = self._page.image.convert("L")
        turned = grey.rotate(degrees(self._angle), Resampling.BICUBIC, fillcolor=255)
        return replace(self._page, image=turned)


def _edges(page: Rendered, sideways: bool) -> list[Edge]:
    """The long dark runs of a picture along both axes; ``sideways`` says that its text runs up or down."""
    import numpy

    dark = numpy.asarray(page.image.convert("L")) < _DARK
    horizontal, vertical = (_MIN_VERTICAL, _MIN_HORIZONTAL) if sideways else (_MIN_HORIZONTAL, _MIN_VERTICAL)
    return [*_runs(dark, page, False, horizontal), *_runs(dark.T, page, True, vertical)]


def _runs(dark: NDArray[bool_], page: Rendered, vertical: bool, shortest: float) -> Iterator[Edge]:
    """The dark runs along the rows of pixels, those of neighbouring rows as one edge.

    For vertical edges the picture comes transposed; ``shortest`` is in points.
    """
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
    across, along = (page.left, page.top) if vertical else (page.top, page.left)
    for first, last, begin, stop in (*done, *open_runs):
        if last - first <= _MAX_THICKNESS * page.scale:
            at = (first + last) / 2 / page.scale + across
            yield Edge(vertical, float(at), begin / page.scale + along, stop / page.scale + along)


def _stretches(row: NDArray[bool_], least: float) -> Iterator[tuple[int, int]]:
    """The first and last pixel of each dark stretch of a row that is ``least`` pixels long."""
    places = row.nonzero()[0]
    if len(places) < least / 2:
        return
    breaks = ((places[1:] - places[:-1]) > _MAX_GAP).nonzero()[0]
    starts, ends = [0, *(breaks + 1)], [*breaks, len(places) - 1]
    for first, last in zip(starts, ends, strict=True):
        if places[last] - places[first] >= least:
            yield int(places[first]), int(places[last])
