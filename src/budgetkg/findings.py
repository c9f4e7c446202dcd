"""What a careful reader would report about a document, as typed data.

A finding's code is the notation of a concept in ``ontology/codelists.ttl`` or ``ontology/finding-codes.ttl``;
its severity and its zh and en message templates are said there and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What a finding says that is about a page, not about a named thing.
_PAGE = re.compile(r"p\. (?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a source and the exact words that stand there.

    ``page`` counts from 1; ``lines`` is the first and last line of the whole document, from 1;
    ``start`` and ``end`` are character offsets in the document's text; ``box`` is x0, top, x1,
    bottom in points where the source has a geometry; ``cells`` is the address of a spreadsheet's
    cells (Sheet1!A6:G6); ``confidence``, from 0 to 1, is how sure the model is that read the words from
    a scan (``None`` for words that the file itself holds). The quote is the text as printed, line breaks
    included.
    """

    page: int
    lines: tuple[int, int] | None
    start: int
    end: int
    quote: str
    box: tuple[float, float, float, float] | None = None
    cells: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a document: a code, where it stands, what fills its message, its evidence."""

    code: str
    where: str
    evidence: tuple[Evidence, ...] = ()
    params: tuple[tuple[str, str], ...] = ()

    @property
    def values(self) -> dict[str, str]:
        """The parameters of the message as a mapping."""
        return dict(self.params)


def where_said(where: str, language: str) -> str:
    """What a finding is about, for a reader of a language: a page ("p. 3") is 第 3 页 in Chinese."""
    page = _PAGE.fullmatch(where)
    return f"第 {page['number']} 页" if page is not None and language == "zh" else where
