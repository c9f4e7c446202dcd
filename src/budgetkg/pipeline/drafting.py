"""A layout drafted from one document, read within the limits of any other."""

from __future__ import annotations

from pathlib import Path

from budgetkg.errors import UnreadableDocument
from budgetkg.pipeline.document import reason_of
from budgetkg.pipeline.guarded import Limits, guarded
from budgetkg.pipeline.sources import read_bytes


def draft(path: Path, limits: Limits) -> str:
    """The text of a layout file. Raises UnreadableDocument where none can be drafted."""

    def drafted(file: Path) -> tuple[str, str | None]:
        from budgetkg.forms.drafting import draft_layout
        from budgetkg.reading import read_document

        try:
            data = read_bytes(file)
            reading = read_document(data, file.name, pages=limits.pages, objects=limits.objects)
            return draft_layout(reading), None
        except Exception as error:  # noqa: BLE001 - what is wrong with a file is said in one line
            return "", reason_of(error)

    ((text, why),) = guarded(drafted, [path], workers=1, limits=limits, lost=lambda _, why: ("", why))
    if why is not None:
        raise UnreadableDocument(str(path), why)
    return text
