"""What a PDF itself is reported for: pages without text, fonts without characters, clipped text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgetkg.errors import UnreadableDocument
from budgetkg.messages import Message
from budgetkg.reading.ocr import available
from budgetkg.reading.pdf.continuation import DocumentRows
from budgetkg.reading.pdf.page import VISIBLE, DrawnPage
from budgetkg.reading.source import Notice

_QUOTED = 200  # characters of a text left out that a notice quotes


@dataclass(slots=True)
class PageCounts:
    """Counts over the pages taken so far: glyphs with ink, those of unknown characters, pictures."""

    name: str
    pages: int = 0
    glyphs: int = 0
    unknown: int = 0
    images: int = 0
    restricted: bool = False
    notices: list[Notice] = field(default_factory=list)

    def take(self, page: DrawnPage) -> None:
        """Count a page, and note what is odd about it."""
        inked = sum(not glyph.text.isspace() for glyph in page.glyphs)
        self.pages = page.number
        self.glyphs += inked
        self.unknown += page.unknown
        self.images += page.images
        self.restricted = self.restricted or page.restricted
        if not inked and page.images:
            self.notices.append(_notice("page-without-text", page.number, page=page.number))
        if page.radicals:
            said = {"characters": len(page.radicals), "example": page.radicals[0]}
            self.notices.append(_notice("radicals-read", page.number, **said))
        if page.untold:
            words = "；".join(page.untold)[:_QUOTED]
            self.notices.append(_notice("annotation-unread", page.number, text=words))
        if page.unknown:
            self.notices.append(_notice("characters-unmapped", page.number, characters=page.unknown))

    def notices_of_file(self) -> list[Notice]:
        """Return the notices once all pages are taken.

        Raises UnreadableDocument where there is no text, or the fonts hide more than half of it.
        """
        if not self.glyphs and self.images:
            why = Message("no-words-found") if available() else Message("needs-ocr")
            raise UnreadableDocument(self.name, "no-text-layer", why=why)
        if not self.glyphs:
            raise UnreadableDocument(self.name, "no-text")
        if self.unknown * 2 > self.glyphs:
            raise UnreadableDocument(self.name, "fonts-unmapped")
        general = [Notice("extraction-restricted")] if self.restricted else []
        return general + self.notices


def clipped_texts(document: DocumentRows) -> Iterator[Notice]:
    """Yield a notice of each page's text that a clip hides and that shows nowhere else."""
    shown = {line.text.strip() for row in document.rows for part in row.parts for line in part.lines}
    lost: dict[int, list[str]] = defaultdict(list)
    for page, line in document.furniture:
        if line.visibility != VISIBLE and line.text.strip() not in shown:
            lost[page].append(line.text.strip())
    for page, texts in sorted(lost.items()):
        yield _notice("text-clipped", page, text="".join(texts)[:_QUOTED])


def _notice(code: str, number: int, /, **params: object) -> Notice:
    texts = tuple(sorted((name, str(value)) for name, value in params.items()))
    return Notice(code, f"p. {number}", params=texts)
