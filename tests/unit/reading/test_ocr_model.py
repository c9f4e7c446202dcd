"""The model of scans: which way up a page lies, where its characters stand, and that it tells nobody."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace

import pytest
from PIL import Image, ImageDraw

from budgetkg.errors import UnreadableDocument
from budgetkg.reading import ocr_model
from budgetkg.reading.pdf.pixels import Rendered

WORDS = "绩效目标"
WIDE, HIGH = 400, 300
LEFT, TOP, SIZE = 40.0, 60.0, 50.0
TURNS = {0: None, 1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


class Failed(Exception):
    """What the package raises."""


class Model:
    """Finds one black bar, takes it for four characters, and doubts it where it stands on its head."""

    def __init__(self, params: dict[str, object]) -> None:
        assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
        assert params["Det.limit_type"] == "max"

    def __call__(
        self, picture: object, *, use_det: bool, use_cls: bool, use_rec: bool, **_: object
    ) -> SimpleNamespace:
        image = Image.fromarray(picture).convert("L")
        assert not use_cls
        if not use_det:
            # The head of the bar is grey: at the right where the line stands on its head.
            heads = [image.getpixel((x, image.height // 2)) for x in (2, image.width - 3)]
            return SimpleNamespace(scores=(0.4 if heads[1] > heads[0] else 0.9,))
        left, top, right, bottom = image.point(lambda grey: 255 * (grey < 200)).getbbox()
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        step = (right - left) / len(WORDS)
        words = [
            (char, 0.9, [(left + n * step, top), (left + (n + 1) * step, top),
                         (left + (n + 1) * step, bottom), (left + n * step, bottom)])
            for n, char in enumerate(WORDS)
        ]  # fmt: skip
        return SimpleNamespace(boxes=[corners], word_results=[words] if use_rec else None)


@pytest.fixture(autouse=True)
def package(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    modules = ("rapidocr", "rapidocr.inference_engine", "rapidocr.inference_engine.onnxruntime")
    for name in (*modules, "rapidocr.inference_engine.onnxruntime.main"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(sys.modules["rapidocr"], "RapidOCR", Model, raising=False)
    errors = sys.modules["rapidocr.inference_engine.onnxruntime.main"]
    monkeypatch.setattr(errors, "ONNXRuntimeError", Failed, raising=False)
    ocr_model._model.cache_clear()
    yield sys.modules["rapidocr"]
    ocr_model._model.cache_clear()


def page(turn: int) -> Rendered:
    """A line of four squares, the first of them grey, on a page that is turned against the clock."""
    image = Image.new("L", (WIDE, HIGH), 255)
    pen = ImageDraw.Draw(image)
    pen.rectangle((LEFT, TOP, LEFT + 4 * SIZE - 1, TOP + SIZE - 1), fill=0)
    pen.rectangle((LEFT, TOP, LEFT + SIZE - 1, TOP + SIZE - 1), fill=120)
    way = TURNS[turn]
    return Rendered(1, image.transpose(way) if way is not None else image, 1.0, 0.0, 0.0)


@pytest.mark.parametrize("turn", sorted(TURNS))
def test_a_page_is_read_whichever_way_it_lies(turn: int) -> None:
    pytest.importorskip("numpy", reason="the extra [ocr] is not installed")
    found = ocr_model.read_picture(page(turn), "a.pdf")
    assert found.rotation == turn
    assert "".join(char for char, _, _ in found.characters) == WORDS
    # The middle of the first character, on the page as it lies.
    x, y = LEFT + SIZE / 2, TOP + SIZE / 2
    middle = {0: (x, y), 1: (y, WIDE - x), 2: (WIDE - x, HIGH - y), 3: (HIGH - y, x)}[turn]
    left, top, right, bottom = found.characters[0][2]
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx(middle, abs=1)


def test_what_the_model_can_not_do_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy", reason="the extra [ocr] is not installed")

    def fails(*_: object, **__: object) -> None:
        raise Failed("Traceback\nof the package")

    monkeypatch.setattr(Model, "__call__", fails)
    with pytest.raises(UnreadableDocument, match=r"a.pdf \(page 1\): .*--max-memory"):
        ocr_model.read_picture(page(0), "a.pdf")
