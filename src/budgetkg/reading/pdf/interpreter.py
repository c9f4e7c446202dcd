"""pdfminer's interpreter of a page's drawing operators, made to obey clips, limits and annotations."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, stream_value
from pdfminer.psparser import LIT

from budgetkg.reading.pdf.annotations import Appearance, appearances
from budgetkg.reading.pdf.limits import MAX_CONTENT_OF_A_PAGE
from budgetkg.reading.pdf.paths import Matrix, bounding_box, points_of
from budgetkg.reading.source import Box

if TYPE_CHECKING:
    from budgetkg.reading.pdf.engine import Device


_APPEARANCE = LIT("Appearance")  # what the one form of an annotation is called while it is drawn


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, made to heed annotations, clipping operators and our limits."""

    device: Device

    def process_page(self, page: PDFPage) -> None:
        """Draw a page: its contents, and over them what its annotations show."""
        super().process_page(page)
        for shown in appearances(page):
            if isinstance(shown, Appearance):
                self.init_resources({"XObject": {_APPEARANCE.name: shown.form}})
                self.init_state(self.device.begin_annotation())
                self.do_cm(*shown.matrix)
                self.do_Do(_APPEARANCE)
            else:
                self.device.untold(shown)

    def init_state(self, ctm: Matrix) -> None:
        """Start with no saved clip."""
        super().init_state(ctm)
        self._clips: list[Box] = []

    def execute(self, streams: Sequence[object]) -> None:
        """Draw what some streams say, unless they say too much."""
        for stream in map(stream_value, streams):
            self.device.budget.content(_unpacked_size(stream, MAX_CONTENT_OF_A_PAGE))
        super().execute(streams)

    def push(self, obj: Any) -> None:
        """Put an operand on the stack."""
        self.device.budget.operand()
        super().push(obj)

    def do_q(self) -> None:
        """Save the clip with the graphics state."""
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802 - named after the operator
        """Restore the clip with the graphics state."""
        if self._clips:
            self.device.clip = self._clips.pop()
        super().do_Q()

    def do_cs(self, name: Any) -> None:
        """Choose a colour space, which begins with black; pdfminer keeps the colour of the one before."""
        super().do_cs(name)
        self.graphicstate.ncolor = 0

    def do_sh(self, name: object) -> None:
        """Paint a gradient."""
        self.device.shade()

    def do_W(self) -> None:  # noqa: N802 - named after the operator
        """Clip to the box around the path; forms clip by rectangles."""
        points = [point for step in self.curpath for point in points_of(step)]
        if points:
            xs, ys = zip(*points, strict=True)
            self.device.clip_to(bounding_box((min(xs), min(ys), max(xs), max(ys)), self.ctm))

    def do_W_a(self) -> None:  # noqa: N802 - named after the operator
        """Clip by the even-odd rule, which makes no difference for boxes."""
        self.do_W()


def _unpacked_size(stream: PDFStream, most: int) -> int:
    """How many bytes a stream unpacks to; a bomb is not unpacked beyond ``most``."""
    data: bytes | None = stream.rawdata
    if data is None or stream.decipher is not None:
        return len(stream.get_data())
    for kind, _ in stream.get_filters():
        if kind not in LITERALS_FLATE_DECODE:
            break
        try:
            data = zlib.decompressobj().decompress(data, most + 1)
        except zlib.error:
            break
        if len(data) > most:
            return len(data)
    return len(stream.get_data())
