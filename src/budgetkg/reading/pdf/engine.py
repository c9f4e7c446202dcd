"""The bytes of a PDF → what each page draws: pdfplumber opens the file, pdfminer interprets its pages.

pdfplumber's own page objects leave out the clip under which a character is drawn, and the clip is what
says that a cell cut by a page break is drawn a second time. So the pages are drawn here onto a device
of our own, with the clip kept; glyphs and edges come out as :class:`budgetkg.reading.pdf.page.DrawnPage`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.pdf.interpreter import Interpreter
from budgetkg.reading.pdf.limits import FORM, Budget
from budgetkg.reading.pdf.overlays import is_slanted, lightness, remove_stamps, remove_watermarks
from budgetkg.reading.pdf.page import CLIPPED_BESIDE, DrawnPage, Glyph, place_glyph
from budgetkg.reading.pdf.paths import Matrix, bounding_box, edges_of, multiplied
from budgetkg.reading.pdf.quiet import hush
from budgetkg.reading.pdf.settings import OVERLAYS
from budgetkg.reading.pdf.unseen import Unseen
from budgetkg.reading.source import Box
from budgetkg.text import unify_ideographs

hush()

UNKNOWN = "\ufffd"
"""Stands for a character whose font does not say which one it is."""


def open_pages(data: bytes, budget: Budget) -> Iterator[DrawnPage]:
    """Yield the pages of a PDF in order.

    Raises :class:`budgetkg.errors.UnreadableDocument` where the file is protected by a password or asks
    for more than its budget; whatever else pdfminer raises on a broken file is passed on as it is.
    """
    with _opened(data, budget) as pdf:
        # The first page beyond the limit is enough to know, before any is drawn.
        pages = list(islice(PDFPage.create_pages(pdf.doc), budget.pages + 1))
        budget.count(len(pages))
        device = Device(pdf.rsrcmgr, budget)
        interpreter = Interpreter(pdf.rsrcmgr, device)
        for number, page in enumerate(pages, start=1):
            budget.page(number)
            interpreter.process_page(page)
            drawn = device.drawn_page(number)
            drawn.restricted = not pdf.doc.is_extractable
            yield drawn
            page.contents.clear()


def _opened(data: bytes, budget: Budget) -> PDF:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise UnreadableDocument(budget.name, "pdf-password") from error
        raise


class Device(PDFTextDevice):
    """Collects what a page draws: glyphs with their clip, edges, the number of pictures.

    pdfminer calls its methods; they take lengths in points with y upwards, as the file has them.
    """

    def __init__(self, rsrcmgr: PDFResourceManager, budget: Budget) -> None:
        super().__init__(rsrcmgr)
        self.budget = budget
        self.clip: Box = (0.0, 0.0, 0.0, 0.0)
        self.ctm: Matrix = (1, 0, 0, 1, 0, 0)
        self._figures: list[tuple[Matrix, Box]] = []
        self._page = DrawnPage(0, 0, 0)
        self._large: list[tuple[Glyph, float]] = []
        self._slanted: list[tuple[Box, object]] = []
        self._level: list[tuple[Glyph, object]] = []
        self._unseen = Unseen()
        self._mode = 0
        self._annotating = False
        self._whole: tuple[Matrix, Box] = (self.ctm, self.clip)

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a blank page of which the crop box shows."""
        _, _, width, height = bounding_box(page.mediabox, ctm)
        self.budget.box(width, height)
        self._page = DrawnPage(0, width, height)
        self._large, self._figures, self._slanted, self._level = [], [], [], []
        self._unseen = Unseen()
        left, lower, right, upper = bounding_box(page.cropbox, ctm)
        self.clip = (max(left, 0), max(height - upper, 0), min(right, width), min(height - lower, height))
        self._annotating, self._whole = False, (ctm, self.clip)

    def begin_annotation(self) -> Matrix:
        """Start what an annotation shows over the page's contents; returns the matrix of the page.

        Its borders frame a field and part no cells, so its paths are left out.
        """
        self._annotating = True
        ctm, self.clip = self._whole
        return ctm

    def untold(self, text: str) -> None:
        """Keep the text of an annotation that has no appearance."""
        self._page.untold.append(text)

    def clip_to(self, box: Box) -> None:
        """Narrow the clip to a box (left, lower, right, upper)."""
        left, lower, right, upper = box
        height = self._page.height
        before = self.clip
        self.clip = (
            max(before[0], left), max(before[1], height - upper),
            min(before[2], right), min(before[3], height - lower),
        )  # fmt: skip

    def begin_figure(self, name: str, bbox: Box, matrix: Matrix) -> None:
        """Enter a form XObject: its box clips what it draws."""
        self.budget.drawn(FORM)
        self._figures.append((self.ctm, self.clip))
        self.clip_to(bounding_box(bbox, multiplied(matrix, self.ctm)))

    def end_figure(self, name: str) -> None:
        """Leave a form XObject."""
        self.ctm, self.clip = self._figures.pop()

    def render_image(self, name: str, stream: object) -> None:
        """Count a picture."""
        self.budget.drawn()
        self._page.images += 1

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Sequence[Any]]
    ) -> None:
        """Keep the edges that a path prints."""
        self.budget.drawn()
        if self._annotating:
            return
        self._page.edges.extend(edges_of(path, self.ctm, self._page.height, stroke, self.clip))
        if fill:
            self._unseen.fill(path, self.ctm, self._page.height, gstate.ncolor, gstate.ncs.name)

    def shade(self) -> None:
        """A gradient is painted."""
        self._unseen.shade()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Draw some characters in their text rendering mode."""
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self, matrix: Matrix, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int,
        ncs: object, graphicstate: Any,
    ) -> float:  # fmt: skip
        """Keep one character; returns how far it moves the pen, as pdfminer wants it.

        The box is that of pdfminer's LTChar: as wide as the advance, as high as the font size.
        """
        self.budget.drawn()
        advance = float(font.char_width(cid) * fontsize * scaling)
        a, b, c, d, e, f = matrix
        vertical = bool(font.is_vertical())
        origin = font.char_disp(cid)
        if vertical and isinstance(origin, tuple):
            shift = fontsize * 0.5 if origin[0] is None else origin[0] * fontsize * 0.001
            rise += (1000 - origin[1]) * fontsize * 0.001
            left, low, right, high = -shift, rise + advance, fontsize - shift, rise
        else:
            low = font.get_descent() * fontsize + rise
            left, right, high = 0.0, advance, low + fontsize
        xs = (a * left + c * low + e, a * right + c * high + e)
        ys = (b * left + d * low + f, b * right + d * high + f)
        height = self._page.height
        box = (
            round(min(xs), 2), round(height - max(ys), 2), round(max(xs), 2), round(height - min(ys), 2),
        )  # fmt: skip
        self._take(self._text(font, cid), box, (a, b), graphicstate, vertical)
        return advance

    def _text(self, font: PDFFont, cid: int) -> str:
        try:
            text = str(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text = ""
        if not text or text == "\x00":
            self._page.unknown += 1
            return UNKNOWN
        unified = unify_ideographs(text)
        if unified != text:
            self._page.radicals.append(text)
        return unified

    def _take(
        self, text: str, box: Box, direction: tuple[float, float], gstate: Any, vertical_script: bool
    ) -> None:
        colour: object = gstate.ncolor
        rotation = _rotation(direction)
        if rotation is None and is_slanted(direction):
            self._page.furniture.append(Glyph(text, box, *box, box[0], box[1], 0, 0))
            self._slanted.append((box, colour))
            return
        glyph = place_glyph(text, box, self.clip, rotation or 0)
        if glyph is None:
            hidden = Glyph(text, box, *box, box[0], box[1], CLIPPED_BESIDE, rotation or 0)
            self._page.furniture.append(hidden)
            return
        glyph.vertical_script = vertical_script
        self._page.glyphs.append(glyph)
        self._level.append((glyph, colour))
        self._unseen.take(glyph, self._mode, colour, gstate.ncs.name)
        if glyph.size > OVERLAYS.watermark_min_points and not text.isspace():
            self._large.append((glyph, lightness(colour)))

    def drawn_page(self, number: int) -> DrawnPage:
        """Return the page drawn since ``begin_page``, its watermarks and stamps set aside."""
        page = self._page
        page.number = number
        remove_watermarks(page, self._large)
        remove_stamps(page, self._slanted, self._level)
        self._unseen.remove_from(page)
        return page


def _rotation(direction: tuple[float, float]) -> int | None:
    """How many quarter turns counter-clockwise a text that runs in a direction is turned by, if by some."""
    a, b = direction
    if abs(b) <= OVERLAYS.level_slope * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= OVERLAYS.level_slope * abs(b):
        return 1 if b > 0 else 3
    return None
