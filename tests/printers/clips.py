"""The clips of a PDF: the box within which each of its characters shows, as the page's operators set it."""

from __future__ import annotations

import io
from typing import Any, TypeAlias

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_pt

Box: TypeAlias = tuple[float, float, float, float]
_ALL: Box = (-1e6, -1e6, 1e6, 1e6)


def text_clips(pdf: bytes) -> list[list[Box]]:
    """For each page, for each character in the order drawn: left, top, right, bottom in points."""
    resources = PDFResourceManager()
    device = _Device(resources)
    interpreter = _Interpreter(resources, device)
    pages: list[list[Box]] = []
    for page in PDFPage.get_pages(io.BytesIO(pdf)):
        device.clip, device.clips = _ALL, []
        interpreter.process_page(page)
        x0, y0, x1, y1 = page.mediabox
        height = x1 - x0 if page.rotate % 180 else y1 - y0
        pages.append([(x0, height - y1, x1, height - y0) for x0, y0, x1, y1 in device.clips])
    return pages


class _Device(PDFLayoutAnalyzer):
    clip: Box = _ALL
    clips: list[Box]

    def render_char(self, *args: Any, **named: Any) -> float:
        self.clips.append(self.clip)
        return float(super().render_char(*args, **named))


class _Interpreter(PDFPageInterpreter):
    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.saved: list[Box] = []

    def do_q(self) -> None:
        super().do_q()
        self.saved.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802 - named after the operator
        super().do_Q()
        if self.saved:
            self.device.clip = self.saved.pop()

    def do_W(self) -> None:  # noqa: N802 - named after the operator
        numbers = [(step[at], step[at + 1]) for step in self.curpath for at in range(1, len(step) - 1, 2)]
        if numbers:
            xs, ys = zip(*(apply_matrix_pt(self.ctm, point) for point in numbers), strict=True)
            a, b, c, d = self.device.clip
            self.device.clip = max(a, min(xs)), max(b, min(ys)), min(c, max(xs)), min(d, max(ys))

    def do_W_a(self) -> None:  # noqa: N802 - named after the operator
        self.do_W()
