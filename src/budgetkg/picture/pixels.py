"""The pages of a PDF as pictures, with the fate of each text and the numbers of findings drawn over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

from budgetkg.errors import UnreadableDocument
from budgetkg.picture.marks import FATES, Marks
from budgetkg.reading.ledger import Fate
from budgetkg.reading.pdf.pixels import Rendered, rendered
from budgetkg.reading.source import Box

# Pixels a point.
_SCALE = 2.0
_COLOURS = {
    Fate.RECORD: (0, 114, 178), Fate.FURNITURE: (110, 110, 110), Fate.FINDING: (230, 159, 0),
    Fate.NONE: (213, 94, 0),
}  # fmt: skip
# Pixels: the height of a line of text, and the margin around it.
_LINE = 22
_ROOM = 6


def pictures(data: bytes, marks: Marks) -> Iterator[Image.Image]:
    """The picture of each page in turn; raises :class:`UnreadableDocument` for a file that is no PDF."""
    source = marks.trace.reading.source
    if not source.boxes:
        raise UnreadableDocument(source.name, "not-a-pdf-picture")
    sheets = _Sheets(marks)
    for page in rendered(data, source.name, _SCALE):
        yield sheets.drawn(page)


class _Sheets:
    """Draws pages; knows what stands on each."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._boxes = marks.trace.reading.source.boxes
        self._font = ImageFont.load_default(16)
        self._runs: dict[int, list[tuple[Fate, Box]]] = defaultdict(list)
        self._cells: dict[int, list[Box]] = defaultdict(list)
        self._notes: dict[int, list[tuple[int, str, Box]]] = defaultdict(list)
        self._veils: dict[int, list[Box]] = defaultdict(list)
        self._general: list[str] = []  # findings on the file as a whole stand below its first page
        source = marks.trace.reading.source
        for line in source.lines:
            for start, end, fate in marks.runs(line.start, line.end):
                self._runs[line.page] += [(fate, box) for box in self._strips(start, end)]
        for row in marks.trace.reading.rows:
            for cell in row.cells:
                for place in source.evidence_of(cell.place.offsets):
                    if place.box:
                        self._cells[place.page].append(place.box)
        for remark in marks.remarks:
            if not remark.spans:
                self._general.append(f"{remark.number}: {remark.code}")
            for start, end in remark.spans:
                strips = self._strips(start, end)
                page = source.line_at(start).page
                self._notes[page] += [(remark.number, remark.code, strip) for strip in strips[:1]]
        self._here: dict[int, list[Box]] = defaultdict(list)
        first, last = marks.here or (0, 0)
        for line in source.lines:
            start, end = max(line.start, first), min(line.end, last)
            if start < end:
                self._here[line.page] += self._strips(start, end)
        for start, end in marks.hidden:
            self._veils[source.line_at(start).page] += self._strips(start, end)

    def _strips(self, start: int, end: int) -> list[Box]:
        """The boxes of a span of text, neighbours on one line joined."""
        strips: list[Box] = []
        for box in self._boxes[start:end]:
            if box is None:
                continue
            before = strips[-1] if strips else None
            if before and abs(before[1] - box[1]) < 2 and abs(before[2] - box[0]) < 3:
                strips[-1] = (before[0], min(before[1], box[1]), box[2], max(before[3], box[3]))
            else:
                strips.append(box)
        return strips

    def drawn(self, page: Rendered) -> Image.Image:
        """A page with its marks, the legend above it and its findings below."""
        sheet = page.image.convert("RGB")
        over = Image.new("RGBA", sheet.size, (0, 0, 0, 0))
        pen = ImageDraw.Draw(over)
        for box in self._cells[page.number]:
            pen.rectangle(page.pixels(box, 2), outline=(0, 0, 0, 90))
        for fate, box in self._runs[page.number]:
            _mark(pen, page.pixels(box), fate)
        for box in self._veils[page.number]:
            pen.rectangle(page.pixels(box), fill=(0, 0, 0, 255))
        for box in self._here[page.number]:
            pen.rectangle(page.pixels(box, 3), outline=(176, 0, 32, 255), width=4)
        for number, _, box in self._notes[page.number]:
            self._number(pen, page.pixels(box), number)
        sheet.paste(over, mask=over)
        return self._framed(sheet, page)

    def _number(self, pen: ImageDraw.ImageDraw, box: Box, number: int) -> None:
        wide = self._font.getlength(str(number)) + 6
        left, top = max(0.0, box[0] - wide), max(0.0, box[1] - 4)
        pen.rectangle((left, top, left + wide, top + 18), fill=(0, 0, 0, 220))
        pen.text((left + 3, top), str(number), fill=(255, 255, 255, 255), font=self._font)

    def _framed(self, sheet: Image.Image, page: Rendered) -> Image.Image:
        own = (f"{number}: {code}" for number, code, _ in self._notes[page.number])
        notes = dict.fromkeys((*(self._general if page.number == 1 else ()), *own))
        lines = self._wrapped(list(notes), sheet.width)
        whole = Image.new("RGB", (sheet.width, sheet.height + _LINE * (len(lines) + 2)), "white")
        whole.paste(sheet, (0, _LINE + _ROOM))
        pen = ImageDraw.Draw(whole, "RGBA")
        at = float(_ROOM)
        for fate, (name, _) in FATES.items():
            wide = self._font.getlength(name)
            _mark(pen, (at, 2.0, at + wide + 8, float(_LINE)), fate)
            pen.text((at + 4, 1), name, fill="black", font=self._font)
            at += wide + 28
        pen.text((at, 1), f"page {page.number}", fill="black", font=self._font)
        for index, line in enumerate(lines):
            top = sheet.height + _LINE * (index + 1) + 2 * _ROOM
            pen.text((_ROOM, top), line, fill="black", font=self._font)
        return whole

    def _wrapped(self, notes: list[str], width: int) -> list[str]:
        lines = [""]
        for text in notes:
            longer = f"{lines[-1]}     {text}".strip()
            if self._font.getlength(longer) > width - 2 * _ROOM and lines[-1]:
                lines.append(text)
            else:
                lines[-1] = longer
        return [line for line in lines if line]


def _mark(pen: ImageDraw.ImageDraw, box: Box, fate: Fate) -> None:
    """Colour a text, and draw a line that shows its fate to readers who can't tell the colours apart."""
    x0, top, x1, bottom = box
    colour = _COLOURS[fate]
    pen.rectangle(box, fill=(*colour, 60))
    if fate is Fate.RECORD:
        pen.line((x0, bottom, x1, bottom), fill=(*colour, 255), width=2)
    elif fate is Fate.FURNITURE:
        pen.line((x0, (top + bottom) / 2, x1, (top + bottom) / 2), fill=(*colour, 255), width=1)
    else:
        pen.rectangle(box, outline=(*colour, 255), width=2)
    if fate is Fate.NONE:
        pen.line((x0, bottom, x1, top), fill=(*colour, 255), width=2)
