"""The pages of a PDF as pictures, and the conversion of boxes between page and picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.source import Box

_MAX_PIXELS_OF_A_SIDE = 6000


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as a picture of ``scale`` pixels to a point.

    ``left`` and ``top`` are what its crop box takes away there, in points.
    """

    number: int
    image: Image.Image
    scale: float
    left: float
    top: float

    def pixels(self, box: Box, room: float = 0) -> Box:
        """Return a box of the page (points) as one of the picture (pixels), ``room`` pixels around it."""
        x0, top, x1, bottom = (
            (place - shift) * self.scale
            for place, shift in zip(box, (self.left, self.top) * 2, strict=True)
        )  # fmt: skip
        return x0 - room, top - room, max(x1, x0 + 1) + room, max(bottom, top + 1) + room

    def points(self, box: Box) -> Box:
        """Return a box of the picture (pixels) as one of the page (points)."""
        x0, top, x1, bottom = (
            round(place / self.scale + shift, 2)
            for place, shift in zip(box, (self.left, self.top) * 2, strict=True)
        )  # fmt: skip
        return x0, top, x1, bottom


def rendered(
    data: bytes, name: str, scale: float, numbers: Sequence[int] | None = None
) -> Iterator[Rendered]:
    """Yield the pages of these numbers, or all, with ``scale`` pixels to a point, fewer where a page is huge.

    Raises UnreadableDocument where they can't be drawn.
    """
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            for number in numbers or range(1, len(pdf) + 1):
                page = pdf[number - 1]
                own = min(scale, _MAX_PIXELS_OF_A_SIDE / max(*page.get_size(), 1))
                image = page.render(scale=own).to_pil()
                yield Rendered(number, image, own, *_cropped(page))
                page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(name, "undrawable") from error


def _cropped(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """What the crop box takes from the left and the top of the page as it is shown, in points."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    low, down = max(crop[0] - media[0], 0), max(crop[1] - media[1], 0)
    high, up = max(media[2] - crop[2], 0), max(media[3] - crop[3], 0)
    sides: tuple[tuple[float, float], ...] = ((low, up), (down, low), (high, down), (up, high))
    return sides[page.get_rotation() // 90 % 4]
