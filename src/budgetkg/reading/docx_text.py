"""The text of one Word paragraph: its runs in order, what is not printed, the text boxes in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from budgetkg.reading.docx_numbers import Numbers

_BREAKS = frozenset({"br", "cr"})
_PARTS_OF_TEXT = {"tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
# Containers whose text is not printed: deletions, hidden runs' fields and the properties of a run.
_SILENT = frozenset({"rPr", "pPr", "instrText", "delInstrText", "rt"})
_GONE = frozenset({"del", "moveFrom"})
_TWIPS_OF_A_BLANK = 120  # half a character of 12 points
_MOST_BLANKS = 30


@dataclass(slots=True)
class Paragraph:
    """A paragraph: what it prints, what it holds beside that, its text boxes."""

    text: str = ""
    unprinted: str = ""
    boxes: list[ET.Element] = field(default_factory=list)


def read_paragraph(paragraph: ET.Element, numbers: Numbers) -> Paragraph:
    """Read the runs of a paragraph, and the number that Word prints before them."""
    found = Paragraph()
    words: list[str] = []
    unprinted: list[str] = []
    _take(paragraph, found, words, unprinted)
    found.unprinted = "".join(unprinted)
    text, number = "".join(words), numbers.before(paragraph)
    found.text = " " * _indent(paragraph) + number + text if text.strip() else ""
    return found


def _take(element: ET.Element, found: Paragraph, words: list[str], unprinted: list[str]) -> None:
    for child in element:
        if child.tag == "txbxContent":
            found.boxes.append(child)
        elif child.tag == "AlternateContent":
            # The same content twice, for new programs and for old ones.
            choice = child.find("Choice")
            chosen = choice if choice is not None and _says(choice) else child.find("Fallback")
            if chosen is not None:
                _take(chosen, found, words, unprinted)
        elif child.tag in _SILENT:
            continue
        elif child.tag in _GONE or (child.tag == "r" and _vanishes(child)):
            unprinted += [node.text or "" for node in child.iter() if node.tag in ("t", "delText")]
        elif child.tag == "t":
            words.append(child.text or "")
        elif child.tag in _BREAKS:
            words.append("\n")
        elif child.tag == "sym":
            words.append(_symbol(child.get("char", "")))
        elif child.tag in _PARTS_OF_TEXT:
            words.append(_PARTS_OF_TEXT[child.tag])
        else:
            _take(child, found, words, unprinted)


def _says(choice: ET.Element) -> bool:
    return any(node.text for node in choice.iter("t"))


def _vanishes(run: ET.Element) -> bool:
    vanish = run.find("rPr/vanish")
    return vanish is not None and vanish.get("val", "1") not in ("0", "false", "off")


def _symbol(code: str) -> str:
    """A character of a symbol font, by its place in that font."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _indent(paragraph: ET.Element) -> int:
    """Blanks that a paragraph is set in by: in a column of names they are the hierarchy."""
    indent = paragraph.find("pPr/ind")
    if indent is None:
        return 0
    twips = sum(_twips(indent.get(name, "")) for name in ("left", "start", "firstLine"))
    return max(0, min(twips // _TWIPS_OF_A_BLANK, _MOST_BLANKS))


def _twips(text: str) -> int:
    return int(text) if text.lstrip("-").isdecimal() and text.isascii() and len(text) < 8 else 0
