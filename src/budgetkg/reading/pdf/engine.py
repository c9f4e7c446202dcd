"""The reference engine: pdfplumber opens the file, its interpreter draws onto a device of ours.

pdfplumber's own page objects leave out the clip under which a character is drawn, and the clip is what
says that a cell cut by a page break is drawn a second time. So the pages are interpreted here, with the
clip kept; ruled lines and characters come out as :class:`budgetkg.reading.pdf.page.Ink`.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from budgetkg.errors import UnreadableDocument
from budgetkg.folding import unify
from budgetkg.reading.pdf.limits import MOST_CONTENT_OF_A_PAGE, Budget
from budgetkg.reading.pdf.page import BESIDE, Glyph, Ink, is_watermark, place, without_watermarks
from budgetkg.reading.pdf.stamps import without_stamps
from budgetkg.reading.pdf.streams import unpacked_size
from budgetkg.reading.pdf.strokes import Matrix, Path, box_of, moved, rules_of
from budgetkg.reading.source import Box

# What a parser complains of is either said by us, or of no use to a reader of forms.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())

UNKNOWN = "\ufffd"
_STEEP = 0.01


def open_pages(data: bytes, budget: Budget) -> Iterator[Ink]:
    """The pages of a PDF, one after the other; what the parser trips over is raised as it is."""
    with _opened(data, budget) as pdf:
        # The first page beyond the limit is enough to know, before any is drawn.
        pages = list(islice(PDFPage.create_pages(pdf.doc), budget.pages + 1))
        budget.count(len(pages))
        device = _Device(pdf.rsrcmgr, budget)
        interpreter = _Interpreter(pdf.rsrcmgr, device)
        for number, page in enumerate(pages, start=1):
            budget.page(number)
            interpreter.process_page(page)
            ink = device.ink(number)
            ink.restricted = not pdf.doc.is_extractable
            yield ink
            page.contents.clear()


def _opened(data: bytes, budget: Budget) -> PDF:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise UnreadableDocument(budget.name, "pdf-password") from error
        raise


class _Device(PDFTextDevice):
    """Takes what is drawn: characters under their clip, ruled lines, the number of pictures."""

    def __init__(self, rsrcmgr: PDFResourceManager, budget: Budget) -> None:
        super().__init__(rsrcmgr)
        self.budget = budget
        self.clip: Box = (0.0, 0.0, 0.0, 0.0)
        self.ctm: Matrix = (1, 0, 0, 1, 0, 0)
        self._figures: list[tuple[Matrix, Box]] = []
        self._ink = Ink(0, 0, 0)
        self._large: list[tuple[Glyph, float]] = []
        self._slanted: list[tuple[Box, object]] = []
        self._printed: list[tuple[Glyph, object]] = []

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start with a blank page of which the crop box is seen."""
        _, _, width, height = box_of(page.mediabox, ctm)
        self.budget.box(width, height)
        self._ink = Ink(0, width, height)
        self._large, self._figures, self._slanted, self._printed = [], [], [], []
        left, lower, right, upper = box_of(page.cropbox, ctm)
        self.clip = (max(left, 0), max(height - upper, 0), min(right, width), min(height - lower, height))

    def clip_to(self, box: Box) -> None:
        """Narrow the clip to a box of device space."""
        left, lower, right, upper = box
        height = self._ink.height
        mine = self.clip
        self.clip = (
            max(mine[0], left), max(mine[1], height - upper),
            min(mine[2], right), min(mine[3], height - lower),
        )  # fmt: skip

    def begin_figure(self, name: str, bbox: Box, matrix: Matrix) -> None:
        """A form within the page: its box clips what it draws."""
        self.budget.drawn()
        self._figures.append((self.ctm, self.clip))
        self.clip_to(box_of(bbox, moved(matrix, self.ctm)))

    def end_figure(self, name: str) -> None:
        """Back to what was around the form."""
        self.ctm, self.clip = self._figures.pop()

    def render_image(self, name: str, stream: object) -> None:
        """Count a picture."""
        self.budget.drawn()
        self._ink.images += 1

    def paint_path(
        self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Sequence[Any]]
    ) -> None:
        """Keep what looks like a ruled line."""
        self.budget.drawn()
        rules = rules_of(path, self.ctm, self._ink.height, stroke, self.clip)
        self._ink.rules.extend(rules)

    def render_char(
        self, matrix: Matrix, font: PDFFont, fontsize: float, scaling: float, rise: float, cid: int,
        ncs: object, graphicstate: Any,
    ) -> float:  # fmt: skip
        """Keep one character with its place; returns how far it moves the pen."""
        self.budget.drawn()
        advance = float(font.char_width(cid) * fontsize * scaling)
        a, b, c, d, e, f = matrix
        down = bool(font.is_vertical())
        origin = font.char_disp(cid)
        if down and isinstance(origin, tuple):
            shift = fontsize * 0.5 if origin[0] is None else origin[0] * fontsize * 0.001
            rise += (1000 - origin[1]) * fontsize * 0.001
            left, low, right, high = -shift, rise + advance, fontsize - shift, rise
        else:
            low = font.get_descent() * fontsize + rise
            left, right, high = 0.0, advance, low + fontsize
        xs = (a * left + c * low + e, a * right + c * high + e)
        ys = (b * left + d * low + f, b * right + d * high + f)
        height = self._ink.height
        box = (
            round(min(xs), 2), round(height - max(ys), 2), round(max(xs), 2), round(height - min(ys), 2),
        )  # fmt: skip
        self._take(self._text(font, cid), box, (a, b), graphicstate.ncolor, down)
        return advance

    def _text(self, font: PDFFont, cid: int) -> str:
        try:
            text = str(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text = ""
        if not text or text == "\x00":
            self._ink.unknown += 1
            return UNKNOWN
        unified = unify(text)
        self._ink.radicals += unified != text
        return unified

    def _take(self, text: str, box: Box, direction: tuple[float, float], colour: object, down: bool) -> None:
        a, b = direction
        if abs(b) <= _STEEP * abs(a):
            turn = 0 if a > 0 else 2
        elif abs(a) <= _STEEP * abs(b):
            turn = 1 if b > 0 else 3
        else:
            turn = 0
            if is_watermark(0, 1, direction, 0):
                self._ink.stray.append(Glyph(text, box, *box, box[0], box[1], 0, 0))
                self._slanted.append((box, colour))
                return
        glyph = place(text, box, self.clip, turn)
        if glyph is None:
            self._ink.stray.append(Glyph(text, box, *box, box[0], box[1], BESIDE, turn))
            return
        glyph.down = down
        self._ink.glyphs.append(glyph)
        self._printed.append((glyph, colour))
        if glyph.size > 20 and not text.isspace():
            self._large.append((glyph, _shade(colour)))

    def ink(self, number: int) -> Ink:
        """The page as drawn."""
        ink = self._ink
        ink.number = number
        without_watermarks(ink, self._large)
        without_stamps(ink, self._slanted, self._printed)
        return ink


def _shade(colour: object) -> float:
    """How light a colour is, 0 for black and 1 for white."""
    parts = colour if isinstance(colour, list | tuple) else (colour,)
    values = [float(part) for part in parts if isinstance(part, int | float)]
    if not values:
        return 0.0
    return 1 - max(values) if len(values) == 4 else sum(values) / len(values)


class _Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, which reads clips over, made to keep them."""

    device: _Device

    def init_state(self, ctm: Matrix) -> None:
        """Nothing is saved yet."""
        super().init_state(ctm)
        self._clips: list[Box] = []

    def execute(self, streams: Sequence[object]) -> None:
        """Draw what some streams say, unless they say too much."""
        for stream in map(stream_value, streams):
            self.device.budget.content(unpacked_size(stream, MOST_CONTENT_OF_A_PAGE))
        super().execute(streams)

    def push(self, obj: Any) -> None:
        """Take an operand."""
        self.device.budget.operand()
        super().push(obj)

    def do_q(self) -> None:
        """Save the clip with the graphics state."""
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802 - named after the operator
        """Restore it."""
        if self._clips:
            self.device.clip = self._clips.pop()
        super().do_Q()

    def do_W(self) -> None:  # noqa: N802 - named after the operator
        """Clip to the box around the path."""
        points = [point for step in self.curpath for point in _points(step)]
        if points:
            xs, ys = zip(*points, strict=True)
            self.device.clip_to(box_of((min(xs), min(ys), max(xs), max(ys)), self.ctm))

    def do_W_a(self) -> None:  # noqa: N802 - named after the operator
        """The same, with the other rule of what is inside."""
        self.do_W()


def _points(step: Path) -> Iterator[tuple[float, float]]:
    numbers = step[1:]
    return zip(numbers[::2], numbers[1::2], strict=False)
