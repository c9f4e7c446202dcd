"""How much one PDF may draw before it is given up."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.errors import UnreadableDocument

MOST_PAGES = 5_000
_MOST_OBJECTS_OF_A_PAGE = 200_000
_LARGEST_PAGE = 14_400 * 4  # points; 14 400 is what the format allows, user units may stretch it


@dataclass(slots=True)
class Budget:
    """What is left for one document."""

    name: str
    pages: int = MOST_PAGES
    objects: int = _MOST_OBJECTS_OF_A_PAGE
    _number: int = 0
    _drawn: int = 0

    def page(self, number: int) -> None:
        """A page begins."""
        if number > self.pages:
            raise UnreadableDocument(self.name, f"more than {self.pages} pages (--max-pages)")
        self._number, self._drawn = number, 0

    def drawn(self) -> None:
        """A character, a line or a form is drawn."""
        self._drawn += 1
        if self._drawn > self.objects:
            raise UnreadableDocument(
                self.name, f"draws more than {self.objects} objects", f"page {self._number}"
            )

    def box(self, width: float, height: float) -> None:
        """A page has a size."""
        if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE):
            raise UnreadableDocument(
                self.name, f"a page of {width:.0f} × {height:.0f} points", f"page {self._number}"
            )
