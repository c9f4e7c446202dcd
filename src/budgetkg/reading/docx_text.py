"""The text of one Word paragraph: its runs in order, what is not printed, the text boxes in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from budgetkg.reading.docx_numbers import Numbers

_BREAKS = frozenset({"br", "cr"})
_PARTS_OF_TEXT = {"tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
# Elements whose text is no text of the paragraph: properties, codes of fields, readings above characters.
_NO_TEXT = frozenset({"rPr", "pPr", "instrText", "delInstrText", "rt"})
_DELETED = frozenset({"del", "moveFrom"})
_TWIPS_OF_A_BLANK = 120  # half a character of 12 points; a twip is a twentieth of a point
_MAX_BLANKS = 30


@dataclass(slots=True)
class Paragraph:
    """A paragraph: the text that it prints, deleted and hidden text, the content of its text boxes."""

    text: str = ""
    unprinted: str = ""
    boxes: list[ET.Element] = field(default_factory=list)


def read_paragraph(paragraph: ET.Element, numbers: Numbers) -> Paragraph:
    """Read the runs of a paragraph, its indent as blanks and its list number before them."""
    read = Paragraph()
    words: list[str] = []
    unprinted: list[str] = []
    _collect(paragraph, read, words, unprinted)
    read.unprinted = "".join(unprinted)
    text, number = "".join(words), numbers.before(paragraph)
    read.text = " " * _indent(paragraph) + number + text if text.strip() else ""
    return read


def _collect(element: ET.Element, read: Paragraph, words: list[str], unprinted: list[str]) -> None:
    """Add what an element holds to the words of its paragraph, its unprinted text and its text boxes."""
    for child in element:
        if child.tag == "txbxContent":
            read.boxes.append(child)
        elif child.tag == "AlternateContent":
            # The same content twice: Choice for new programs, Fallback for old ones.
            choice = child.find("Choice")
            chosen = choice if choice is not None and _has_text(choice) else child.find("Fallback")
            if chosen is not None:
                _collect(chosen, read, words, unprinted)
        elif child.tag in _NO_TEXT:
            continue
        elif child.tag in _DELETED or (child.tag == "r" and _is_hidden(child)):
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
            _collect(child, read, words, unprinted)


def _has_text(choice: ET.Element) -> bool:
    return any(node.text for node in choice.iter("t"))


def _is_hidden(run: ET.Element) -> bool:
    vanish = run.find("rPr/vanish")
    return vanish is not None and vanish.get("val", "1") not in ("0", "false", "off")


def _symbol(code: str) -> str:
    """A character of a symbol font, by its place in that font."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _indent(paragraph: ET.Element) -> int:
    """The indent of a paragraph in blanks: in a column of names it shows the hierarchy."""
    indent = paragraph.find("pPr/ind")
    if indent is None:
        return 0
    twips = sum(_twips(indent.get(name, "")) for name in ("left", "start", "firstLine"))
    return max(0, min(twips // _TWIPS_OF_A_BLANK, _MAX_BLANKS))


def _twips(text: str) -> int:
    return int(text) if text.lstrip("-").isdecimal() and text.isascii() and len(text) < 8 else 0
