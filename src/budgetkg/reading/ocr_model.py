"""The packaged model that reads pictures: characters with their boxes, and which way up a page lies.

The classifier of the package tells of each line whether it is upside down, and is often wrong (≥90% becomes
%06<). So the longest lines of a page are read both ways up here, and the page is turned as a whole.
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
from budgetkg.reading.pdf.pixels import Rendered
from budgetkg.reading.source import Box
from budgetkg.text import is_blank

_MIN_SLOPE_LENGTH = 60.0  # points; the slope of a shorter line is known too badly
# Pixels of the longest side on which lines and the way up are looked for: memory grows with the square.
_DETECTION_SIDE = 2000
_ROTATION_SIDE = 1200
_ELONGATED = 1.5  # a line is so many times longer than thick, or says nothing of its direction
_LINES_TRIED = 6  # both ways up
_LENGTH_TRIED = 10  # times its height: so much of a line tells which way up it is
# Quarter turns of the text counter-clockwise → how the picture is turned so that it reads level.
_BACK = {1: Transpose.ROTATE_270, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_90}


@dataclass(frozen=True, slots=True)
class PictureText:
    """The characters of a page: text, confidence from 0 to 1, box in points on the page as it lies.

    ``slope`` is that of its lines, ``rotation`` how many quarter turns the text is turned
    counter-clockwise.
    """

    characters: list[tuple[str, float, Box]]
    slope: float = 0.0
    rotation: int = 0


def read_picture(page: Rendered, name: str) -> PictureText:
    """Read the picture of a page; raises UnreadableDocument where the model runs out of memory."""
    failed = _failures()
    try:
        rotation = _rotation(page.image)
        image = page.image.transpose(_BACK[rotation]) if rotation else page.image
        lines, words = _lines(image)
    except failed as error:
        raise UnreadableDocument(name, "picture-unreadable", place=page.number) from error
    least = _MIN_SLOPE_LENGTH * page.scale
    slopes = [(right[1] - left[1]) / (right[0] - left[0])
              for left, right, *_ in lines if right[0] - left[0] > least]  # fmt: skip
    return PictureText(list(_characters(page, rotation, words)), float(median(slopes or [0.0])), rotation)


@cache
def _model() -> Any:
    # onnxruntime reports its use to its maker, and keeps what it could not send under ~/.cache; that must
    # be switched off before it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    params = {
        "Global.log_level": "critical",  # the model's own log is of no use to a reader
        "Global.max_side_len": 6000,
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECTION_SIDE,
        "Rec.rec_batch_num": 1,  # several lines at once take more memory and no less time
    }
    return RapidOCR(params=params)


def _failures() -> type[Exception]:
    """The exception that the package raises where the model can't be run."""
    _model()
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    failure: type[Exception] = ONNXRuntimeError
    return failure


def _run_model(image: Image, **what: bool) -> Any:
    """Run the steps of the model that are asked for (use_det, use_cls, use_rec) on a picture."""
    import numpy

    with contextlib.redirect_stdout(io.StringIO()):
        return _model()(numpy.asarray(image.convert("RGB")), **what)


def _lines(image: Image) -> tuple[list[Any], list[Any]]:
    """The corners of the lines of a picture, and the characters of each."""
    result = _run_model(
        image, use_det=True, use_cls=False, use_rec=True, return_word_box=True, return_single_char_box=True
    )
    return list(result.boxes if result.boxes is not None else ()), list(result.word_results or ())


def _rotation(image: Image) -> int:
    """How many quarter turns the text of a picture is turned counter-clockwise."""
    scale = min(1.0, _ROTATION_SIDE / max(image.size))
    small = image.resize((round(image.width * scale), round(image.height * scale)), Resampling.BILINEAR)
    boxes = _boxes(small)
    tall = sum(
        bottom - top for left, top, right, bottom in boxes if bottom - top > _ELONGATED * (right - left)
    )
    wide = sum(
        right - left for left, top, right, bottom in boxes if right - left > _ELONGATED * (bottom - top)
    )
    rotation = 1 if tall > wide else 0
    if rotation:
        image, small = image.transpose(_BACK[1]), small.transpose(_BACK[1])
        boxes = _boxes(small)
    boxes.sort(key=lambda box: (box[0] - box[2], box))
    pieces = (
        (left / scale, top / scale, min(right, left + _LENGTH_TRIED * (bottom - top)) / scale, bottom / scale)
        for left, top, right, bottom in boxes[:_LINES_TRIED]
    )
    advantage = sum([_upright_advantage(image.crop(piece)) for piece in pieces])
    return rotation + 2 * (advantage < 0)


def _boxes(image: Image) -> list[Box]:
    """The boxes of the lines of text of a picture, in pixels."""
    found = _run_model(image, use_det=True, use_cls=False, use_rec=False).boxes
    lines = ([*zip(*corners, strict=True)] for corners in (found if found is not None else ()))
    return [(min(xs), min(ys), max(xs), max(ys)) for xs, ys in lines]


def _upright_advantage(line: Image) -> float:
    """How much surer the model is of a line as it stands than of the same line upside down."""
    ways = (line, line.transpose(Transpose.ROTATE_180))
    scores_of_ways = [_run_model(way, use_det=False, use_cls=False, use_rec=True).scores for way in ways]
    upright, upside_down = (float(sum(scores)) if scores else 0.0 for scores in scores_of_ways)
    return upright - upside_down


def _characters(page: Rendered, rotation: int, lines: list[Any]) -> Iterator[tuple[str, float, Box]]:
    """The characters that the model gives, with their boxes on the page as it lies."""
    for words in lines:
        for text, score, corners in words:
            if text and corners and not all(is_blank(char) for char in text):
                places = [_before_rotation(x, y, rotation, page.image.size) for x, y in corners]
                xs, ys = zip(*places, strict=True)
                box = page.points((min(xs), min(ys), max(xs), max(ys)))
                yield from _single(text, float(score), box, rotation)


def _before_rotation(x: float, y: float, rotation: int, size: tuple[int, int]) -> tuple[float, float]:
    """Where a point of the turned picture is in the picture as it lies."""
    width, height = size
    return {0: (x, y), 1: (y, height - x), 2: (width - x, height - y), 3: (width - y, x)}[rotation]


def _single(text: str, score: float, box: Box, rotation: int) -> Iterator[tuple[str, float, Box]]:
    """The characters of a word that the model gives as one, in the direction in which it runs."""
    left, top, right, bottom = box
    across, down = (right - left) / len(text), (bottom - top) / len(text)
    for number, char in enumerate(text):
        at = number if rotation in (0, 3) else len(text) - 1 - number
        x0, x1 = (left, right) if rotation % 2 else (left + at * across, left + (at + 1) * across)
        y0, y1 = (top + at * down, top + (at + 1) * down) if rotation % 2 else (top, bottom)
        yield char, score, (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
