"""The objects of an OFD page → glyphs and ruled lines in points.

GB/T 33190-2016, clause 8: lengths are millimetres, the origin is the upper left corner, y runs down. What
stands inside an object is in the object's own space: first moved by its ``CTM``, then to the upper left
corner of its ``Boundary``, which is in the space of the page. A clip counts as the box around it, as forms
clip by rectangles.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree import ElementTree as ET

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.pdf.limits import Budget
from budgetkg.reading.pdf.page import CLIPPED_BESIDE, DrawnPage, Glyph, place_glyph
from budgetkg.reading.pdf.paths import Matrix, bounding_box, edges_of, multiplied
from budgetkg.reading.source import Box
from budgetkg.text import unify_ideographs

POINTS = 72 / 25.4
"""Points in a millimetre."""
# How a font that isn't embedded is laid out: the share of an em above and below the baseline, and the
# share of an em that a character takes which no step of DeltaX tells (the last of a run).
_ASCENT, _DESCENT = 0.88, 0.12
_WIDE, _NARROW = 1.0, 0.5
_GROUPS = frozenset({"Layer", "PageBlock", "Content"})
# Operator of a path → how many numbers follow it, and what pdfminer calls the step (clause 9.1, table 35).
_STEPS = {
    "S": (2, "m"),
    "M": (2, "m"),
    "L": (2, "l"),
    "Q": (4, "v"),
    "B": (6, "c"),
    "A": (7, "c"),
    "C": (0, "h"),
}
_QUARTER = 90

Steps: TypeAlias = list[tuple[str | float, ...]]


@dataclass(slots=True)
class Drawing:
    """Draws the objects of one page ; objects of an annotation lie over the form as strays."""

    page: DrawnPage
    budget: Budget
    clip: Box

    def draw(self, container: ET.Element, outer: Matrix, *, over: bool = False) -> None:
        """Draw all that a layer, a block or an appearance holds; ``outer`` moves its space to points."""
        for element in container:
            if element.tag in _GROUPS:
                self.draw(element, outer, over=over)
            elif element.get("Visible", "true").lower() == "false":
                continue
            elif element.tag == "TextObject":
                self._text(element, self._inner(element, outer), self._clip(element, outer), over)
            elif element.tag == "PathObject" and not over:
                self._path(element, self._inner(element, outer), self._clip(element, outer))
            elif element.tag == "ImageObject" and not over:
                self.budget.drawn()
                self.page.images += 1

    def _inner(self, element: ET.Element, outer: Matrix) -> Matrix:
        left, top, *_ = self.numbers(element.get("Boundary", ""), 4)
        a, b, c, d, e, f = self._ctm(element)
        return multiplied((a, b, c, d, e + left, f + top), outer)

    def _ctm(self, element: ET.Element) -> Matrix:
        a, b, c, d, e, f = self.numbers(element.get("CTM", "1 0 0 1 0 0"), 6)
        return a, b, c, d, e, f

    def _clip(self, element: ET.Element, outer: Matrix) -> Box:
        """The box within which an object shows: that of the page, cut by each of its clips (clause 8.4).

        A clip is in the space of its object, which with TransFlag="false" is that without its CTM.
        """
        clips = element.find("Clips")
        if clips is None:
            return self.clip
        if clips.get("TransFlag", "true").lower() == "false":
            left, top, *_ = self.numbers(element.get("Boundary", ""), 4)
            space = multiplied((1.0, 0.0, 0.0, 1.0, left, top), outer)
        else:
            space = self._inner(element, outer)
        shown = self.clip
        for clip in clips.findall("Clip"):
            boxes = [self._area(area, space) for area in clip.findall("Area")]
            # What a text cuts out is no box; a clip of which a part is unknown hides nothing.
            if boxes and all(boxes):
                lefts, tops, rights, bottoms = zip(*filter(None, boxes), strict=True)
                shown = _overlap(shown, (min(lefts), min(tops), max(rights), max(bottoms)))
        return shown

    def _area(self, area: ET.Element, space: Matrix) -> Box | None:
        """The box around the path of an area in points; ``None`` where it has none, or one with arcs."""
        path = area.find("Path")
        said = path.find("AbbreviatedData") if path is not None else None
        if path is None or said is None:
            return None
        self.budget.drawn()
        inner = self._inner(path, multiplied(self._ctm(area), space))
        steps = self._steps((said.text or "").split())
        points = [bounding_box((*at, *at), inner) for step in steps for at in _points(step)]
        if not points or any(name == "A" for name in (said.text or "").split()):
            return None
        lefts, tops, rights, bottoms = zip(*points, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def _text(self, element: ET.Element, inner: Matrix, clip: Box, over: bool) -> None:
        size = element.get("Size")
        if size is None:
            raise self._departs("a text without a Size")
        (em,) = self.numbers(size, 1)
        (scale,) = self.numbers(element.get("HScale", "1"), 1)
        (turned,) = self.numbers(element.get("CharDirection", "0"), 1)
        for code in element.iter("TextCode"):
            for char, x, y, advance in self._placed(code, em, scale, turned):
                self.budget.drawn()
                self._glyph(char, _square(x, y, em, advance, turned), inner, None if over else clip)

    def _placed(
        self, code: ET.Element, em: float, scale: float, turned: float
    ) -> Iterator[tuple[str, float, float, float]]:
        """Each character with the origin of its glyph and how far it reaches along the line."""
        text = (code.text or "").strip("\r\n")
        x, y = (self.numbers(code.get(axis, "0"), 1)[0] for axis in ("X", "Y"))
        across, down = (self._deltas(code.get(axis, ""), len(text)) for axis in ("DeltaX", "DeltaY"))
        for index, char in enumerate(text):
            own = em * scale * (_NARROW if char.isascii() else _WIDE)
            # Behind the last glyph a step leads nowhere, whatever it says.
            step = across[index] if index < min(len(across), len(text) - 1) else 0.0
            if step > 0 and not turned:
                # A sign may be as wide as an ideograph (%): then the next one says how wide it is.
                own = min(step, own) if step > em * scale * _WIDE else step
            yield char, x, y, own
            x += step
            y += down[index] if index < len(down) else 0.0

    def _deltas(self, said: str, most: int) -> list[float]:
        """Steps from glyph to glyph; ``g 5 3.175`` stands for five of 3.175 (clause 11.3)."""
        words, steps, at = said.split(), list[float](), 0
        while at < len(words) and len(steps) < most:
            if words[at] == "g":
                count, step = self.numbers(" ".join(words[at + 1 : at + 3]), 2)
                steps += [step] * max(0, min(int(count), most - len(steps)))
                at += 3
            else:
                steps += self.numbers(words[at], 1)
                at += 1
        return steps

    def _glyph(self, char: str, square: Box, inner: Matrix, clip: Box | None) -> None:
        left, top, right, bottom = bounding_box(square, inner)
        box = (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
        turn = round(math.degrees(math.atan2(-inner[1], inner[0])) / _QUARTER) % 4
        text = unify_ideographs(char)
        if text != char:
            self.page.radicals.append(char)
        found = None if clip is None else place_glyph(text, box, clip, turn)
        if found is None:
            self.page.furniture.append(Glyph(text, box, *box, box[0], box[1], CLIPPED_BESIDE, turn))
        else:
            self.page.glyphs.append(found)

    def _path(self, element: ET.Element, inner: Matrix, clip: Box) -> None:
        self.budget.drawn()
        said = element.find("AbbreviatedData")
        steps = self._steps((said.text or "").split() if said is not None else [])
        # edges_of wants y upwards, as a PDF has it.
        a, b, c, d, e, f = inner
        raised = (a, -b, c, -d, e, self.page.height - f)
        if element.get("Stroke", "true").lower() == "true":
            self.page.edges += edges_of(steps, raised, self.page.height, True, clip)
        elif element.get("Fill", "false").lower() == "true":
            self.page.edges += edges_of(steps, raised, self.page.height, False, clip)

    def _steps(self, words: Sequence[str]) -> Steps:
        steps, at = Steps(), 0
        while at < len(words):
            self.budget.operand()
            count, name = _STEPS.get(words[at], (0, ""))
            if not name:
                raise self._departs(f"a path with the operator {words[at][:10]!r}")
            numbers = self.numbers(" ".join(words[at + 1 : at + 1 + count]), count)
            steps.append((name, *numbers))
            at += 1 + count
        return steps

    def numbers(self, said: str, count: int) -> list[float]:
        """So many numbers; raises UnreadableDocument where there are others or fewer."""
        try:
            found = [float(word) for word in said.split()]
        except ValueError:
            found = []
        if len(found) != count or not all(map(math.isfinite, found)):
            raise self._departs(f"{said[:40]!r} where {count} numbers belong")
        return found

    def _departs(self, what: str) -> UnreadableDocument:
        return departs(self.budget.name, what, self.page.number)


def departs(name: str, what: str, page: int | None = None) -> UnreadableDocument:
    """The refusal of a file that isn't as GB/T 33190 has it."""
    return UnreadableDocument(name, "departs-from-ofd", place=page, what=what)


def _points(step: tuple[str | float, ...]) -> Iterator[tuple[float, float]]:
    numbers = [float(number) for number in step[1:]]
    return zip(numbers[::2], numbers[1::2], strict=False)


def _overlap(one: Box, other: Box) -> Box:
    left, top, right, bottom = one
    return max(left, other[0]), max(top, other[1]), min(right, other[2]), min(bottom, other[3])


def _square(x: float, y: float, em: float, advance: float, turned: float) -> Box:
    """The box of a glyph in object space: along its line from the origin, or turned by quarters about it."""
    left, top, right, bottom = x, y - _ASCENT * em, x + advance, y + _DESCENT * em
    quarters = int(turned // _QUARTER) % 4
    corners = [(left - x, top - y), (right - x, bottom - y)]
    for _ in range(quarters):  # clockwise, as clause 11.3 counts
        corners = [(-dy, dx) for dx, dy in corners]
    (x0, y0), (x1, y1) = corners
    return min(x0, x1) + x, min(y0, y1) + y, max(x0, x1) + x, max(y0, y1) + y
