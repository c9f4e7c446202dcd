"""Checks of blanks and of Western marks between Chinese characters."""

from __future__ import annotations

import re
from collections import Counter

from budgetkg.forms.checks.places import EXAMPLES, HAN, around, indicators_of, sum_up, texts_of
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader

# A printed line may break on either side of a mark.
_HALF = re.compile(rf"(?:(?<=[{HAN}”’）》])|(?<=[{HAN}”’）》]\n))[,;?!](?=[ \n]{{0,2}}[{HAN}“‘（《\"])")
_WIDE = f"{HAN}，。；：、？！（）《》“”‘’"
# Every mark of one byte beside Chinese; a full stop before it is that of a number: 1.完成.
_BEHIND = rf"(?:(?<=[{_WIDE}])|(?<=[{_WIDE}]\n))"
_BESIDE = re.compile(rf"{_BEHIND}[,;:?!()\"'.]|[,;:?!()\"'](?=\n?[{_WIDE}])")
_BLANK = re.compile(
    rf"(?<=[{HAN}，。；：、）》”])[ \u3000\xa0\u2000-\u200a\u202f]+(?=[{HAN}，。；：、（《“])"
    rf"(?![{HAN}（）()]{{2,16}}[：:])"  # blanks before a label part facts: …96.50万元　其中：财政拨款：…
)
_UNUSUAL = re.compile("[\xa0\u2000-\u200d\u202f\u2060\ufeff]")


def check_blanks(reader: Reader, parts: Parts) -> None:
    """Report blanks and marks that a person or a scanner left in Chinese text."""
    _check_source(reader)
    _check_inside(reader, parts)


def _check_source(reader: Reader) -> None:
    """Western marks between Chinese characters, and blanks of other kinds, wherever they stand."""
    text, source = reader.source.text, reader.source
    half = ((around(text, *mark.span()), source.evidence(*mark.span())) for mark in _HALF.finditer(text))
    sum_up(reader, "punctuation-half-width", half, signs=_counted(text))
    blanks = [(blank[0], source.evidence(*blank.span())) for blank in _UNUSUAL.finditer(text)]
    if blanks:
        signs = "、".join(sorted({f"U+{ord(sign):04X}" for sign, _ in blanks}))
        evidence = tuple(place for _, place in blanks[:EXAMPLES])
        reader.log.add("blanks-unusual", "", evidence, count=len(blanks), signs=signs)


def _counted(text: str) -> str:
    """How often each mark of one byte stands beside Chinese: “,” 82, “(” 29."""
    counts = Counter(mark[0] for mark in _BESIDE.finditer(text))
    return "、".join(f"“{sign}”×{count}" for sign, count in counts.most_common())


def _check_inside(reader: Reader, parts: Parts) -> None:
    """Blanks between Chinese characters of one line: typed there, or left by a scanner's line breaks."""
    places = dict.fromkeys(place for _, one in indicators_of(parts) for place in one.evidence)
    places |= dict.fromkeys(place for text in texts_of(parts) if text.where for place in text.evidence)
    found = (
        (around(place.quote, *blank.span()), place)
        for place in places
        for blank in _BLANK.finditer(place.quote)
    )
    sum_up(reader, "blanks-inside-text", found)
