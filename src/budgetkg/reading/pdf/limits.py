"""How much one PDF may draw before it is given up."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.errors import UnreadableDocument

_MOST_PAGES = 3_000
_MOST_OBJECTS_OF_A_PAGE = 200_000
_MOST_OPERANDS_OF_A_PAGE = 1_500_000
MOST_CONTENT_OF_A_PAGE = 64 * 1024 * 1024
_LARGEST_PAGE = 14_400 * 4  # points; 14 400 is what the format allows, user units may stretch it


@dataclass(slots=True)
class Budget:
    """What is left for one document; ``counted`` is how many pages it has."""

    name: str
    pages: int = _MOST_PAGES
    objects: int = _MOST_OBJECTS_OF_A_PAGE
    counted: int = 0
    _number: int = 0
    _drawn: int = 0
    _operands: int = 0
    _content: int = 0

    def count(self, pages: int) -> None:
        """The file has so many pages."""
        self.counted = pages
        if pages > self.pages:
            raise UnreadableDocument(self.name, "too-many-pages", most=self.pages)
        if not pages:
            raise UnreadableDocument(self.name, "no-pages")

    def page(self, number: int) -> None:
        """A page begins."""
        self._number, self._drawn, self._operands, self._content = number, 0, 0, 0

    def content(self, size: int) -> None:
        """A page or a form is drawn by so many bytes of instructions."""
        self._content += size
        if self._content > MOST_CONTENT_OF_A_PAGE:
            most = MOST_CONTENT_OF_A_PAGE >> 20
            raise self._broken("too-many-instructions", most=most)

    def drawn(self) -> None:
        """A character, a line, a picture or a form is drawn."""
        self._drawn += 1
        if self._drawn > self.objects:
            raise self._broken("too-many-objects", most=self.objects)

    def operand(self) -> None:
        """A number or a name is read that something may be drawn with."""
        self._operands += 1
        if self._operands > _MOST_OPERANDS_OF_A_PAGE:
            raise self._broken("draws-without-end")

    def box(self, width: float, height: float) -> None:
        """A page has a size."""
        if not (0 < width <= _LARGEST_PAGE and 0 < height <= _LARGEST_PAGE):
            raise self._broken("page-size", width=width, height=height)

    def _broken(self, code: str, **params: float) -> UnreadableDocument:
        return UnreadableDocument(self.name, code, place=self._number, **params)


def budget(name: str, pages: int | None = None, objects: int | None = None) -> Budget:
    """A budget of so many pages and objects a page; what is not said is the program's own limit."""
    return Budget(name, pages or _MOST_PAGES, objects or _MOST_OBJECTS_OF_A_PAGE)
