"""A picture of one document, drawn within the limits under which it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkg.errors import UnreadableDocument, why
from budgetkg.messages import Message
from budgetkg.pipeline.guarded import Limits, guarded
from budgetkg.pipeline.parsing import LayoutLike, own_layouts, reason_of
from budgetkg.pipeline.sources import expand, read_bytes

if TYPE_CHECKING:
    from budgetkg.forms.layout import Layout


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is to be drawn, and where to; ``personal`` shows clerks' names too."""

    path: Path
    out: Path
    limits: Limits
    personal: bool
    layouts: tuple[Layout, ...] = ()
    page: int | None = None
    mark: tuple[int, int] | None = None


def draw(
    source: str,
    out: Path,
    *,
    limits: Limits,
    personal: bool = False,
    layout: LayoutLike | None = None,
    page: int | None = None,
    mark: tuple[int, int] | None = None,
) -> list[Path]:
    """Draw one file, or one page of it, with the characters of ``mark`` in a frame; returns what was written.

    Raises UnreadableDocument where nothing can be drawn.
    """
    found = expand([source])
    files, failures = found.files, found.failures
    if len(files) != 1:
        reason = failures[0].reason if failures else Message("one-picture")
        raise UnreadableDocument(source, reason)
    sketch = Sketch(files[0], out, limits, personal, own_layouts(layout), page, mark)
    ((written, why),) = guarded(_draw, [sketch], workers=1, limits=limits, lost=lambda _, why: ([], why))
    if why is not None:
        raise UnreadableDocument(source, why)
    return written


def _draw(sketch: Sketch) -> tuple[list[Path], Message | None]:
    from budgetkg.forms.layout import reading_with
    from budgetkg.picture import draw

    try:
        data = read_bytes(sketch.path)
        pages, objects = sketch.limits.pages, sketch.limits.objects
        with reading_with(sketch.layouts):
            written, _ = draw(
                data, sketch.path.name, sketch.out, pages=pages, objects=objects,
                personal=sketch.personal, page=sketch.page, mark=sketch.mark,
            )  # fmt: skip
    except OSError as error:
        return [], Message("at-path", path=sketch.out, reason=why(error))
    except Exception as error:  # noqa: BLE001 - what is wrong with a file is said in one line
        return [], reason_of(error)
    return written, None
