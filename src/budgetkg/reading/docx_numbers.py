"""List numbers, which Word prints before paragraphs and stores in no text: 1、, （一）, 1.2.

After ECMA-376 part 1, 17.9: a paragraph, or its style, names a list and a level; the list says from
where each level counts, in which figures, and what stands around them (``%1、``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from budgetkg.text import is_wide

_LEVEL = re.compile(r"%([1-9])")
_DEEPEST = 8
_DIGITS = "零一二三四五六七八九"
_STEMS, _CIRCLES = "甲乙丙丁戊己庚辛壬癸", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"})


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    figures: str
    text: str
    suffix: str


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its levels by depth.

    ``counter`` names the counts, which lists of one definition share; ``restarts`` gives, by depth, the
    number from which this list counts anew.
    """

    counter: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


@dataclass(slots=True)
class Numbers:
    """The lists of one document by id, the styles that name a list, and how far each list has counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, ET.Element] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def before(self, paragraph: ET.Element) -> str:
        """Return what Word prints before a paragraph; its list counts on by one."""
        name, depth = self._list_and_depth(paragraph)
        own = self.lists.get(name)
        if own is None or depth not in own.levels:
            return ""
        counts, level = self._counts[own.counter], own.levels[depth]
        if (name, depth) not in self._begun and depth in own.restarts:
            counts[depth] = own.restarts[depth] - 1
        self._begun.add((name, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return _printed(level, own.levels, counts)

    def _list_and_depth(self, paragraph: ET.Element) -> tuple[str, int]:
        """The id of the list and the depth that a paragraph names, itself or by its style."""
        own = paragraph.find("pPr/numPr")
        style = paragraph.find("pPr/pStyle")
        named = self.styles.get(style.get("val", "")) if style is not None else None
        for named_list in (own, named):
            if named_list is not None and (number := named_list.find("numId")) is not None:
                level = named_list.find("ilvl")
                return number.get("val", ""), _number(level, 0)
        return "", 0


def numbers(lists: ET.Element | None, styles: ET.Element | None) -> Numbers:
    """Read the lists of a document from its parts ``numbering.xml`` and ``styles.xml``, if it has them."""
    if lists is None:
        return Numbers()
    abstract = {
        definition.get("abstractNumId", ""): {
            _number_of(level): _level(level) for level in definition.findall("lvl")
        }
        for definition in lists.findall("abstractNum")
    }
    named = {}
    for definition in lists.findall("num"):
        reference = definition.find("abstractNumId")
        number = reference.get("val", "") if reference is not None else ""
        restarts = {
            _number_of(other): _number(other.find("startOverride"), 1)
            for other in definition.findall("lvlOverride")
            if other.find("startOverride") is not None
        }
        named[definition.get("numId", "")] = _List(number, abstract.get(number, {}), restarts)
    by_style = {
        style.get("styleId", ""): place
        for style in (styles.findall("style") if styles is not None else ())
        if (place := style.find("pPr/numPr")) is not None
    }
    return Numbers(named, by_style)


def _level(level: ET.Element) -> _Level:
    values = {name: element.get("val", "") for name in ("numFmt", "lvlText", "suff")
              if (element := level.find(name)) is not None}  # fmt: skip
    return _Level(
        _number(level.find("start"), 0), values.get("numFmt", "decimal"), values.get("lvlText", ""),
        values.get("suff", "tab"),
    )  # fmt: skip


def _printed(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if level.figures in ("none", "bullet"):
        return ""

    def figure(place: re.Match[str]) -> str:
        depth = int(place[1]) - 1
        other = levels.get(depth, level)
        return _figure(counts.get(depth, other.start), other.figures)

    text = _LEVEL.sub(figure, level.text)
    blank = "" if level.suffix == "nothing" or (level.suffix == "tab" and is_wide(text[-1:] or " ")) else " "
    return text + blank


def _figure(count: int, figures: str) -> str:
    """Write a count in the numerals of a list (w:numFmt); those not known here as 1, 2, 3."""
    if figures in _CHINESE and 0 < count < 100:
        return _chinese(count)
    if figures in ("upperLetter", "lowerLetter") and count > 0:
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if figures == "upperLetter" else letter.lower()
    if figures in ("upperRoman", "lowerRoman") and 0 < count < 400:
        roman = _roman(count)
        return roman if figures == "upperRoman" else roman.lower()
    if figures == "decimalEnclosedCircle" and 0 < count <= len(_CIRCLES):
        return _CIRCLES[count - 1]
    if figures == "ideographTraditional" and 0 < count <= len(_STEMS):
        return _STEMS[count - 1]
    return f"{count:02d}" if figures == "decimalZero" else str(count)


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def _roman(count: int) -> str:
    roman = ""
    for value, letters in _ROMAN:
        roman += letters * (count // value)
        count %= value
    return roman


def _number_of(level: ET.Element) -> int:
    text = level.get("ilvl", "")
    return int(text) if text.isdecimal() and len(text) == 1 else _DEEPEST + 1


def _number(element: ET.Element | None, otherwise: int) -> int:
    text = element.get("val", "") if element is not None else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else otherwise
