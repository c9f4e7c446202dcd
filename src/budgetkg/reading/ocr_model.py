"""The packaged model that reads pictures: characters with their boxes, and which way up a page lies.

What the package calls a classifier says of a line whether it stands on its head, and is often wrong
(≥90% becomes %06<). Here the longest lines of a page are read both ways up: the page is turned as a whole.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from PIL.Image import Image, Resampling, Transpose

from budgetkg.errors import UnreadableDocument
from budgetkg.folding import is_blank
from budgetkg.reading.pdf.pixels import Rendered
from budgetkg.reading.source import Box

_LONG = 60.0  # points; the slope of a shorter text is known too badly
# The longest side on which lines are looked for, and on which the way up is: memory grows with the square.
_LOOKED_AT = 2000
_GLANCED_AT = 1200
_TALL = 1.5
_ASKED = 6
_ENOUGH = 10  # times its height: so much of a line tells which way up it is
# Quarter turns against the clock of the text → how the picture is turned so that it reads level.
_BACK = {1: Transpose.ROTATE_270, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_90}


@dataclass(frozen=True, slots=True)
class Found:
    """The characters of a page, how sure the model is of each, where they stand on the page as it lies.

    ``slope`` is that of its lines, ``turn`` how many quarters the text is turned against the clock.
    """

    characters: list[tuple[str, float, Box]]
    slope: float = 0.0
    turn: int = 0


def read_picture(page: Rendered, name: str) -> Found:
    """Read the picture of a page; raise UnreadableDocument where the model can't."""
    failed = _failures()
    try:
        turn = _turn(page.image)
        image = page.image.transpose(_BACK[turn]) if turn else page.image
        lines, words = _lines(image)
    except failed as error:
        raise UnreadableDocument(name, "picture-unreadable", place=page.number) from error
    slopes = [(right[1] - left[1]) / (right[0] - left[0])
              for left, right, *_ in lines if right[0] - left[0] > _LONG * page.scale]  # fmt: skip
    return Found(list(_characters(page, turn, words)), float(median(slopes or [0.0])), turn)


@cache
def _model() -> Any:
    # onnxruntime reports its use to its maker, and keeps what it could not send under ~/.cache; when it
    # is imported it is too late to say no.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    params = {
        "Global.log_level": "critical",  # the model's own log is of no use to a reader
        "Global.max_side_len": 6000,
        "Det.limit_type": "max",
        "Det.limit_side_len": _LOOKED_AT,
        "Rec.rec_batch_num": 1,  # several lines at once take more memory and no less time
    }
    return RapidOCR(params=params)


def _failures() -> type[Exception]:
    """What the package raises where the model can't be run."""
    _model()
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    failure: type[Exception] = ONNXRuntimeError
    return failure


def _asked(image: Image, **what: bool) -> Any:
    import numpy

    with contextlib.redirect_stdout(io.StringIO()):
        return _model()(numpy.asarray(image.convert("RGB")), **what)


def _lines(image: Image) -> tuple[list[Any], list[Any]]:
    """The corners of the lines of a picture, and the characters of each."""
    said = _asked(
        image, use_det=True, use_cls=False, use_rec=True, return_word_box=True, return_single_char_box=True
    )
    return list(said.boxes if said.boxes is not None else ()), list(said.word_results or ())


def _turn(image: Image) -> int:
    """How many quarters the text of a picture is turned against the clock."""
    scale = min(1.0, _GLANCED_AT / max(image.size))
    small = image.resize((round(image.width * scale), round(image.height * scale)), Resampling.BILINEAR)
    boxes = _boxes(small)
    tall = sum(bottom - top for left, top, right, bottom in boxes if bottom - top > _TALL * (right - left))
    wide = sum(right - left for left, top, right, bottom in boxes if right - left > _TALL * (bottom - top))
    turn = 1 if tall > wide else 0
    if turn:
        image, small = image.transpose(_BACK[1]), small.transpose(_BACK[1])
        boxes = _boxes(small)
    boxes.sort(key=lambda box: (box[0] - box[2], box))
    pieces = (
        (left / scale, top / scale, min(right, left + _ENOUGH * (bottom - top)) / scale, bottom / scale)
        for left, top, right, bottom in boxes[:_ASKED]
    )
    upright = [_legible(image.crop(piece)) for piece in pieces]
    return turn + 2 * (sum(upright) < 0)


def _boxes(image: Image) -> list[Box]:
    """The lines of text of a picture."""
    found = _asked(image, use_det=True, use_cls=False, use_rec=False).boxes
    lines = ([*zip(*corners, strict=True)] for corners in (found if found is not None else ()))
    return [(min(xs), min(ys), max(xs), max(ys)) for xs, ys in lines]


def _legible(line: Image) -> float:
    """How much surer the model is of a line as it stands than of the same on its head."""
    ways = (line, line.transpose(Transpose.ROTATE_180))
    said = [_asked(way, use_det=False, use_cls=False, use_rec=True).scores for way in ways]
    stands, turned = (float(sum(scores)) if scores else 0.0 for scores in said)
    return stands - turned


def _characters(page: Rendered, turn: int, lines: list[Any]) -> Iterator[tuple[str, float, Box]]:
    for words in lines:
        for text, score, corners in words:
            if text and corners and not all(is_blank(char) for char in text):
                places = [_as_it_lies(x, y, turn, page.image.size) for x, y in corners]
                xs, ys = zip(*places, strict=True)
                box = page.points((min(xs), min(ys), max(xs), max(ys)))
                yield from _single(text, float(score), box, turn)


def _as_it_lies(x: float, y: float, turn: int, size: tuple[int, int]) -> tuple[float, float]:
    """Where a place of the turned picture is in the picture as it lies."""
    width, height = size
    return {0: (x, y), 1: (y, height - x), 2: (width - x, height - y), 3: (width - y, x)}[turn]


def _single(text: str, score: float, box: Box, turn: int) -> Iterator[tuple[str, float, Box]]:
    """The characters of a word that the model gives as one, in the direction in which it runs."""
    left, top, right, bottom = box
    across, down = (right - left) / len(text), (bottom - top) / len(text)
    for number, char in enumerate(text):
        at = number if turn in (0, 3) else len(text) - 1 - number
        x0, x1 = (left, right) if turn % 2 else (left + at * across, left + (at + 1) * across)
        y0, y1 = (top + at * down, top + (at + 1) * down) if turn % 2 else (top, bottom)
        yield char, score, (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
