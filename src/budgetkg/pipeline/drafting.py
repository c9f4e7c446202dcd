"""A layout drafted from one document, read within the limits of any other."""

from __future__ import annotations

from pathlib import Path

from budgetkg.errors import UnreadableDocument
from budgetkg.messages import Message
from budgetkg.pipeline.guarded import Limits, guarded
from budgetkg.pipeline.parsing import LayoutLike, Source, own_layouts, reason_of
from budgetkg.pipeline.sources import name_of, read_bytes


def draft(path: Path, limits: Limits, layout: LayoutLike | None = None) -> str:
    """The text of a layout file. Raises UnreadableDocument where none can be drafted."""
    source = Source(path, limits.pages, limits.objects, own_layouts(layout))
    ((text, why),) = guarded(_draft, [source], workers=1, limits=limits, lost=_undrafted)
    if why is not None:
        raise UnreadableDocument(str(path), why)
    return text


def _draft(source: Source) -> tuple[str, Message | None]:
    from budgetkg.forms.drafting import draft_layout
    from budgetkg.forms.layout import reading_with
    from budgetkg.reading import read_document

    try:
        data = read_bytes(source.path)
        reading = read_document(data, name_of(source.path), pages=source.pages, objects=source.objects)
        with reading_with(source.layouts):
            return draft_layout(reading), None
    except Exception as error:  # noqa: BLE001 - what is wrong with a file is said in one line
        return "", reason_of(error)


def _undrafted(_: Source, why: Message) -> tuple[str, Message | None]:
    return "", why
