"""A picture of how a file was read: its pages, what each text became, and the findings beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from budgetkg.errors import UnreadableDocument
from budgetkg.forms import trace_document
from budgetkg.picture.marks import Marks, marked
from budgetkg.picture.page import html_page, inline_parts
from budgetkg.picture.pixels import pictures

__all__ = ["SUFFIXES", "draw", "inline_parts"]

SUFFIXES = (".html", ".htm", ".png")


def draw(
    data: bytes,
    name: str,
    out: Path,
    *,
    pages: int | None = None,
    objects: int | None = None,
    personal: bool = False,
    page: int | None = None,
    mark: tuple[int, int] | None = None,
) -> tuple[list[Path], str | None]:
    """Draw a file; returns the pictures' paths, and the reason if the file gave no records (else ``None``).

    A name that ends in ``.png`` gets a PNG for each page of a PDF, any other a web page. ``pages`` and
    ``objects`` limit the pages and the drawn objects of a page; ``personal`` shows personal data; ``page``
    draws that page alone, and ``mark``, two offsets of the text, frames what stands between them. Raises
    :class:`budgetkg.errors.UnreadableDocument` where there is nothing to draw or no such page.
    """
    trace = trace_document(data, name, pages=pages, objects=objects)
    last = trace.reading.source.pages
    if page is not None and page > last:
        raise UnreadableDocument(name, "no-such-page", page=page, last=last)
    marks = marked(trace, personal=personal, here=mark)
    if out.suffix.lower() != ".png":
        out.write_text(html_page(marks, page), encoding="utf-8")
        return [out], trace.reason
    return list(_pixels(data, marks, out, page)), trace.reason


def _pixels(data: bytes, marks: Marks, out: Path, page: int | None) -> Iterator[Path]:
    single = page is not None or marks.trace.reading.source.pages == 1
    for number, image in enumerate(pictures(data, marks), start=1):
        if page not in (None, number):
            continue
        path = out if single else out.with_name(f"{out.stem}-{number}{out.suffix}")
        image.save(path, format="PNG")
        yield path
