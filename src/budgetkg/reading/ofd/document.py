"""OFD → what its pages draw, which the reader of printed pages then reads like those of a PDF.

``OFD.xml`` names the document's root, the root its pages, its templates and its annotations
(GB/T 33190-2016, clause 7). Only what is placed as text is read: glyphs drawn as outlines hold no words.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from budgetkg.errors import UnreadableDocument
from budgetkg.reading.ofd.drawing import POINTS, Drawing, departs
from budgetkg.reading.packages import Package, open_package
from budgetkg.reading.pdf.limits import Budget
from budgetkg.reading.pdf.page import DrawnPage

MEDIA_TYPE = "application/ofd"
_ROOT = "OFD.xml"
_MILLIMETRES = (POINTS, 0.0, 0.0, POINTS, 0.0, 0.0)


def ofd_pages(data: bytes, budget: Budget) -> Iterator[DrawnPage]:
    """The pages one after the other; raises UnreadableDocument with the reason."""
    package = open_package(data, budget.name)
    files = [_Document.open(package, root) for root in _roots(package)]
    budget.count(sum(len(file.pages) for file in files))
    number = 0
    for file in files:
        for page in file.pages:
            number += 1
            budget.page(number)
            yield file.drawn(page, number, budget)


def _roots(package: Package) -> list[str]:
    roots = [_text(found) for found in package.tree(_ROOT).iter("DocRoot")]
    if not roots:
        raise departs(package.name, "no DocRoot")
    return list(dict.fromkeys(_joined("", root) for root in roots))  # a document named again is the same one


@dataclass(frozen=True, slots=True)
class _Document:
    """One document of the file: its pages (id, path), templates and annotations by the page's id."""

    package: Package
    folder: str
    area: ET.Element | None
    pages: tuple[tuple[str, str], ...]
    templates: dict[str, str]
    annotations: dict[str, str]

    @classmethod
    def open(cls, package: Package, path: str) -> _Document:
        root = package.tree(path)
        folder = posixpath.dirname(path)
        pages = tuple(
            (page.get("ID", ""), _joined(folder, page.get("BaseLoc", "")))
            for parent in root.findall("Pages") for page in parent.findall("Page")
        )  # fmt: skip
        templates = {
            found.get("ID", ""): _joined(folder, found.get("BaseLoc", ""))
            for found in root.iter("TemplatePage")
        }
        return cls(package, folder, root.find("CommonData/PageArea"), pages, templates,
                   _annotations(package, folder, root))  # fmt: skip

    def drawn(self, page: tuple[str, str], number: int, budget: Budget) -> DrawnPage:
        """What a page shows: its templates, its own layers, and over them the annotations."""
        identifier, path = page
        content = self.package.tree(path)
        width, height = self._size(content, number, budget)
        drawing = Drawing(DrawnPage(number, width, height), budget, (0.0, 0.0, width, height))
        for used in content.findall("Template"):
            template = self.templates.get(used.get("TemplateID", ""))
            if template is None:
                raise departs(self.package.name, "a template that isn't there", number)
            self._layers(drawing, self.package.tree(template))
        self._layers(drawing, content)
        if identifier in self.annotations:
            for annotation in self.package.tree(self.annotations[identifier]).iter("Annot"):
                self._appearance(drawing, annotation)
        return drawing.page

    def _layers(self, drawing: Drawing, content: ET.Element) -> None:
        for part in content.findall("Content"):
            drawing.draw(part, _MILLIMETRES)

    def _appearance(self, drawing: Drawing, annotation: ET.Element) -> None:
        """A stamp or a remark: it lies over the page and is no part of the form."""
        for shown in annotation.findall("Appearance"):
            left, top, *_ = drawing.numbers(shown.get("Boundary", "0 0 0 0"), 4)
            drawing.draw(shown, (POINTS, 0.0, 0.0, POINTS, left * POINTS, top * POINTS), over=True)

    def _size(self, content: ET.Element, number: int, budget: Budget) -> tuple[float, float]:
        area = content.find("Area")
        box = area if area is not None else self.area
        said = _text(box.find("PhysicalBox")) if box is not None else ""
        blank = Drawing(DrawnPage(number, 0, 0), budget, (0.0, 0.0, 0.0, 0.0))
        _, _, width, height = blank.numbers(said, 4)
        budget.box(width * POINTS, height * POINTS)
        return width * POINTS, height * POINTS


def _annotations(package: Package, folder: str, root: ET.Element) -> dict[str, str]:
    listed = root.find("Annotations")
    if listed is None:
        return {}
    path = _joined(folder, _text(listed))
    if not package.has(path):
        raise UnreadableDocument(package.name, "part-missing", path=path)
    return {
        page.get("PageID", ""): _joined(posixpath.dirname(path), _text(page.find("FileLoc")))
        for page in package.tree(path).iter("Page")
    }


def _joined(folder: str, path: str) -> str:
    """A location: from the root of the file where it begins with a stroke, else from the folder."""
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _text(element: ET.Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
