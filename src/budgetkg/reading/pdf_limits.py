"""How much one PDF may draw before it is given up."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.errors import UnreadableDocument

MOST_PAGES = 3_000
_MOST_OBJECTS_OF_A_PAGE = 200_000
_MOST_OPERANDS_OF_A_PAGE = 1_500_000
_LARGEST_PAGE = 14_400 * 4  # points; 14 400 is what the format allows, user units may stretch it


@dataclass(slots=True)
class Budget:
    """What is left for one document."""

    name: str
    pages: int = MOST_PAGES
    objects: int = _MOST_OBJECTS_OF_A_PAGE
    counted: int = 0
    _number: int = 0
    _drawn: int = 0
    _operands: int = 0

    def count(self, pages: int) -> None:
        """The file has so many pages."""
        if pages > self.pages:
            raise UnreadableDocument(self.name, f"more than {self.pages} pages (--max-pages)")
        if not pages:
            raise UnreadableDocument(self.name, "the PDF has no pages")
        self.counted = pages

    def page(self, number: int) -> None:
        """A page begins."""
        self._number, self._drawn, self._operands = number, 0, 0

    def drawn(self) -> None:
        """A character, a line or a form is drawn."""
        self._drawn += 1
        if self._drawn > self.objects:
            raise UnreadableDocument(
                self.name, f"draws more than {self.objects} objects", f"page {self._number}"
            )

    def operand(self) -> None:
        """A number or a name is read that something may be drawn with."""
        self._operands += 1
        if self._operands > _MOST_OPERANDS_OF_A_PAGE:
            raise UnreadableDocument(self.name, "draws without end", f"page {self._number}")

    def box(self, width: float, height: float) -> None:
        """A page has a size."""
        if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE):
            raise UnreadableDocument(
                self.name, f"a page of {width:.0f} × {height:.0f} points", f"page {self._number}"
            )
