"""The rows of a document: what the steps that follow page breaks and come after work on."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetkg.reading.pdf.text import TextLine
from budgetkg.text import without_white_space


@dataclass(slots=True)
class CellPart:
    """What a cell shows on one page; ``rows`` is how many rows of the document's table it covers.

    ``in_further_block`` is true where the first columns of its row are printed on another page.
    """

    page: int
    table: int
    left: float
    right: float
    lines: list[TextLine]
    rows: int = 1
    in_further_block: bool = False


@dataclass(slots=True)
class DocumentRow:
    """A row of a table (``table`` is its number from 1), or a line outside any table (0).

    ``parts`` are its cells, one part per page. ``height`` is in points, over all pages;
    ``is_repeated_header`` is true where it is the header printed again on a later page; ``number`` counts
    the rows of the table without these; ``doubtful`` is as in :class:`PageRow`.
    """

    table: int
    first_page: int
    parts: list[CellPart] = field(default_factory=list)
    height: float = 0.0
    is_repeated_header: bool = False
    number: int = 0
    doubtful: bool = False

    @property
    def text(self) -> str:
        """Its text without white space, to be compared."""
        lines = (line.text for part in self.parts for line in part.lines)
        return without_white_space("".join(lines))
