"""The lines of an indicator cell: which of its line breaks part indicators, and which only wrap."""

from __future__ import annotations

import re
from itertools import pairwise

from budgetkg.forms.indicators.cell_grammar import Spoken, begins_line, read_list, read_spoken
from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.reading import Source
from budgetkg.reading.source import Healed
from budgetkg.text import fold_width as fold

_PARTED = ";。"
_GOES_ON = ",、:([【-—–/|\\>"
_SAYS_VALUE = "≥≤≧≦<>=:"
_MARK = "；"
_CLOSED = re.compile(r"[;。】\]〕]")
_VALUED = re.compile(rf"[{_SAYS_VALUE}\d]")
_NUMBER = re.compile(r"^(?:\d{1,2}[.、)]|\(\d{1,2}\)|[①-⑳]|指标\d{1,2}:?)")
# A name of two words or more, a colon, a figure, whole on one line; the first behind its tiers in brackets.
_ITEM = re.compile(
    r"(?:【[^】]*】)?[^\d,;:。、≥≤≧≦<>=()]{4,30}:\s?[≥≤≧≦<>=]{0,2}\s?\d[^,;:。、≥≤≧≦<>=]{0,20}"
)
_BRACKETED = re.compile(r"[^()]\([^()]+\)$")


def read_lines(source: Source, cell: Healed, layout: Layout) -> Spoken:
    """The reading of a cell: as a list, each line an item where all of them are, or by its grammars."""
    parted = with_parted_lines(source, cell, layout)
    every = parted if source.boxes else _with_every_line(source, cell)
    return read_list(every, layout) or read_list(parted, layout) or read_spoken(parted, layout)


def _with_every_line(source: Source, cell: Healed) -> Healed:
    """A cell with a mark at each of its line breaks."""
    first, *others = _lines(source, cell)
    text, offsets = first.text, first.offsets
    for line in others:
        text, offsets = text + _MARK + line.text, (*offsets, offsets[-1], *line.offsets)
    return Healed(text, offsets)


def with_parted_lines(source: Source, cell: Healed, layout: Layout) -> Healed:
    """A cell with a mark where a line break parts two indicators.

    A printed page breaks lines where they end, so only a line that begins with a number, a bracket or a
    tier is taken as one of its own, and below a name with its figure another such; who types a cell breaks
    them where something else begins.
    """
    lines = _lines(source, cell)
    typed = not source.boxes
    text, offsets = lines[0].text, lines[0].offsets
    for above, line in pairwise(lines):
        so_far = above.text if typed else text.rpartition(_MARK)[2]
        if (typed or not _breaks_off(text)) and _parts(so_far, line.text, layout, typed):
            text, offsets = text + _MARK, (*offsets, offsets[-1])
        text, offsets = text + line.text, (*offsets, *line.offsets)
    return Healed(text, offsets)


def _lines(source: Source, cell: Healed) -> list[Healed]:
    ends = [at + 1 for at, (one, other) in enumerate(pairwise(cell.offsets))
            if other > one + 1 and "\n" in source.text[one + 1 : other]]  # fmt: skip
    return [cell[start:end] for start, end in pairwise([0, *ends, len(cell.text)])]


def _breaks_off(so_far: str) -> bool:
    """Whether a printed text ends in an item that has no value yet, so that the next line goes on with it."""
    item = _CLOSED.split(fold(so_far))[-1].strip()
    return bool(item) and tier_of(item) is None and not _VALUED.search(_NUMBER.sub("", item))


def _parts(above: str, line: str, layout: Layout, typed: bool) -> bool:
    last, plain = fold(above).rstrip()[-1:], fold(line)
    if not last or not line.strip() or last in _PARTED or last in _GOES_ON:
        return False
    if begins_line(line, layout):
        return typed or not (last.isdecimal() and plain.lstrip()[:1].isdecimal())
    if not typed:
        return all(_ITEM.fullmatch(fold(text).strip()) for text in (above, line))
    if _BRACKETED.search(fold(above).rstrip()) and _BRACKETED.search(plain.rstrip(" ;。")):
        return True  # 工程合格率(100%) over 人均成本(2万元)
    if tier_of(above.strip()) is not None:
        return True  # （一）数量指标 on a line of its own
    said = any(mark in fold(above) for mark in _SAYS_VALUE)
    return said and any(char in _SAYS_VALUE or char.isdecimal() for char in plain)
