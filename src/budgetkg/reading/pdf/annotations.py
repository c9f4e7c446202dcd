"""What a page shows besides its contents: form fields that somebody filled in, text boxes, stamps.

An annotation is drawn by its appearance stream (ISO 32000-1, 12.5.5), as viewers and printers draw it: so
its text stands where it is seen, in the cell of the form that it fills. One that has a text and no appearance
is drawn by some viewers and not by others; its text is told, and not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, num_value, resolve1
from pdfminer.psparser import LIT, PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, decode_text

from budgetkg.reading.pdf.paths import Matrix, bounding_box
from budgetkg.reading.source import Box

# Flags of an annotation (ISO 32000-1, table 165): bit 2 hides it, bit 6 shows it on paper only.
_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5
_MAX_PARENTS = 32  # fields a name and a value are handed down from; a ring of them would never end
# A pop-up is the window of another annotation's comment, which no page prints.
_UNPRINTED = (LIT("Popup"), LIT("Link"))


@dataclass(frozen=True, slots=True)
class Appearance:
    """A form XObject, and the matrix that lays it into the annotation's rectangle on the page."""

    form: PDFStream
    matrix: Matrix


def appearances(page: PDFPage) -> Iterator[Appearance | str]:
    """Yield what each annotation of a page shows, in the order they are drawn in.

    A text stands for an annotation that has it and no appearance.
    """
    for item in list_value(page.annots):
        annotation = dict_value(item)
        flags = resolve1(annotation.get("F"))
        if isinstance(flags, int) and flags & (_HIDDEN | _NO_VIEW):
            continue
        if resolve1(annotation.get("Subtype")) in _UNPRINTED:
            continue
        form = _form(annotation)
        if form is not None:
            yield Appearance(form, _matrix(form, _numbers(annotation.get("Rect"), (0, 0, 0, 0))))
        elif text := _text(annotation):
            yield text


def _form(annotation: Mapping[str, Any]) -> PDFStream | None:
    """The appearance of an annotation in its present state."""
    found = resolve1(dict_value(annotation.get("AP")).get("N"))
    if isinstance(found, dict):
        state = resolve1(annotation.get("AS"))
        found = resolve1(found.get(state.name)) if isinstance(state, PSLiteral) else None
    if not isinstance(found, PDFStream) or "BBox" not in found:
        return None
    found.attrs.setdefault("Subtype", LIT("Form"))  # writers leave it out; viewers don't mind
    return found


def _matrix(form: PDFStream, rectangle: Box) -> Matrix:
    """Lay the form's box, after its own matrix, into the rectangle (ISO 32000-1, algorithm 8.1)."""
    own: Matrix = _numbers(form.get("Matrix"), MATRIX_IDENTITY)
    box = bounding_box(_numbers(form["BBox"], (0, 0, 0, 0)), own)
    left, right = sorted((rectangle[0], rectangle[2]))
    lower, upper = sorted((rectangle[1], rectangle[3]))
    width, height = box[2] - box[0], box[3] - box[1]
    across = (right - left) / width if width else 1.0
    up = (upper - lower) / height if height else 1.0
    return (across, 0, 0, up, left - box[0] * across, lower - box[1] * up)


def _numbers(value: object, otherwise: Any) -> Any:
    """A list of as many numbers as another one has, else that one."""
    found = [num_value(item) for item in list_value(value)]
    return tuple(found) if len(found) == len(otherwise) else otherwise


def _text(annotation: Mapping[str, Any]) -> str:
    """What a field holds, or what a text box says; the comment of a note isn't on the page."""
    subtype = resolve1(annotation.get("Subtype"))
    if subtype is LIT("FreeText"):
        return _string(annotation.get("Contents"))
    if subtype is not LIT("Widget"):
        return ""
    field, found = annotation, ""
    for _ in range(_MAX_PARENTS):
        found = found or _string(field.get("V"))
        if found or "Parent" not in field:
            break
        field = dict_value(field["Parent"])
    return found


def _string(value: object) -> str:
    found = resolve1(value)
    return decode_text(found).strip() if isinstance(found, bytes) else ""
