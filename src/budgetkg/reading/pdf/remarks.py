"""What is to be said of a PDF itself: pages without text, fonts without characters, hidden text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgetkg.errors import UnreadableDocument
from budgetkg.messages import Message
from budgetkg.reading.ocr import available
from budgetkg.reading.pdf.flow import Flow
from budgetkg.reading.pdf.page import SEEN, Ink
from budgetkg.reading.source import Notice

_QUOTED = 200


@dataclass(slots=True)
class Told:
    """The pages as they go by, counted."""

    name: str
    pages: int = 0
    glyphs: int = 0
    unknown: int = 0
    images: int = 0
    restricted: bool = False
    notices: list[Notice] = field(default_factory=list)

    def page(self, ink: Ink) -> None:
        """Take note of a page."""
        inked = sum(not glyph.text.isspace() for glyph in ink.glyphs)
        self.pages = ink.number
        self.glyphs += inked
        self.unknown += ink.unknown
        self.images += ink.images
        self.restricted = self.restricted or ink.restricted
        if not inked and ink.images:
            self.notices.append(_notice("page-without-text", ink.number, "page", ink.number))
        if ink.radicals:
            self.notices.append(_notice("radicals-read", ink.number, "characters", ink.radicals))
        if ink.unknown:
            self.notices.append(_notice("characters-unmapped", ink.number, "characters", ink.unknown))

    def remarks(self) -> list[Notice]:
        """The findings; a document of which nothing can be read is refused."""
        if not self.glyphs and self.images:
            why = Message("no-words-found") if available() else Message("needs-ocr")
            raise UnreadableDocument(self.name, "no-text-layer", why=why)
        if not self.glyphs:
            raise UnreadableDocument(self.name, "no-text")
        if self.unknown * 2 > self.glyphs:
            raise UnreadableDocument(self.name, "fonts-unmapped")
        general = [Notice("extraction-restricted")] if self.restricted else []
        return general + self.notices


def hidden_texts(flow: Flow) -> Iterator[Notice]:
    """Text that no page shows: a clip hides it, and it is not drawn in full elsewhere."""
    shown = {line.text.strip() for row in flow.rows for place in row.places for line in place.lines}
    lost: dict[int, list[str]] = defaultdict(list)
    for page, line in flow.hidden:
        if line.cut != SEEN and line.text.strip() not in shown:
            lost[page].append(line.text.strip())
    for page, texts in sorted(lost.items()):
        yield _notice("text-clipped", page, "text", "".join(texts)[:_QUOTED])


def _notice(code: str, page: int, parameter: str, value: object) -> Notice:
    return Notice(code, f"p. {page}", params=((parameter, str(value)),))
