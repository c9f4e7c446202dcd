"""How much one PDF may draw before it is given up: a file of two kilobytes can ask for millions of lines."""

from __future__ import annotations

from dataclasses import dataclass

from budgetkg.errors import UnreadableDocument

_MAX_PAGES = 3_000
_MAX_OBJECTS_OF_A_PAGE = 200_000
_MAX_OPERANDS_OF_A_PAGE = 1_500_000
FORM = 20
"""What a form is worth in objects: forms that each draw others twice are 2 to the power of their number."""
MAX_CONTENT_OF_A_PAGE = 64 * 1024 * 1024
"""Bytes of drawing instructions of one page, unpacked."""
_MAX_PAGE_SIZE = 14_400 * 4  # points; 14 400 is what the format allows, user units may stretch it


@dataclass(slots=True)
class Budget:
    """What one document may still draw.

    ``pages`` is how many pages it may have, ``objects`` how many characters, lines and pictures each page
    may draw, ``counted`` how many pages it has. Every method raises
    :class:`budgetkg.errors.UnreadableDocument` with the page where a limit is passed.
    """

    name: str
    pages: int = _MAX_PAGES
    objects: int = _MAX_OBJECTS_OF_A_PAGE
    counted: int = 0
    _number: int = 0
    _drawn: int = 0
    _operands: int = 0
    _content: int = 0

    def count(self, pages: int) -> None:
        """Take note of how many pages the file has (or of one more than it may have)."""
        self.counted = pages
        if pages > self.pages:
            raise UnreadableDocument(self.name, "too-many-pages", most=self.pages)
        if not pages:
            raise UnreadableDocument(self.name, "no-pages")

    def page(self, number: int) -> None:
        """Begin a page: what the one before drew does not count any more."""
        self._number, self._drawn, self._operands, self._content = number, 0, 0, 0

    def content(self, size: int) -> None:
        """Count the bytes of a stream of drawing instructions."""
        self._content += size
        if self._content > MAX_CONTENT_OF_A_PAGE:
            most = MAX_CONTENT_OF_A_PAGE >> 20
            raise self._exceeded("too-many-instructions", most=most)

    def drawn(self, worth: int = 1) -> None:
        """Count a character, a path or a picture that is drawn; a form is worth as many as it takes time."""
        self._drawn += worth
        if self._drawn > self.objects:
            raise self._exceeded("too-many-objects", most=self.objects)

    def operand(self) -> None:
        """Count a number or a name of a drawing instruction."""
        self._operands += 1
        if self._operands > _MAX_OPERANDS_OF_A_PAGE:
            raise self._exceeded("draws-without-end")

    def box(self, width: float, height: float) -> None:
        """Check the size of a page, in points."""
        if not (0 < width <= _MAX_PAGE_SIZE and 0 < height <= _MAX_PAGE_SIZE):
            raise self._exceeded("page-size", width=width, height=height)

    def _exceeded(self, code: str, **params: float) -> UnreadableDocument:
        return UnreadableDocument(self.name, code, place=self._number, **params)


def budget(name: str, pages: int | None = None, objects: int | None = None) -> Budget:
    """Return the budget of a document; ``None`` stands for the program's own limit."""
    return Budget(name, pages or _MAX_PAGES, objects or _MAX_OBJECTS_OF_A_PAGE)
