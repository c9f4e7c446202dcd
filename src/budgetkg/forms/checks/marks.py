"""Checks of marks: stray ones, brackets and signs of two kinds, misprinted words of the form."""

from __future__ import annotations

import re

from budgetkg.findings import Evidence
from budgetkg.forms.checks.places import EXAMPLES, HAN, Text, around, holding, indicators_of, sum_up, texts_of
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.text import fold_width as fold
from budgetkg.text import plain_signs

_OPENS = re.compile(rf"[-—–,，、。;；:：.·]+(?=\s*(?:\d{{1,2}}[.、)]|[{HAN}《“]))")
_SIGN = re.compile(r"[＞>][=＝]|[＜<][=＝]|[=＝][＞>＜<]")
_SIGNS_AS_USUAL = frozenset({">=", "<="})
_SIGN = re.compile(r"[＞>][=＝]|[＜<][=＝]|[=＝][＞>＜<]")
_SIGNS_AS_USUAL = frozenset({">=", "<="})
_MISPRINT = re.compile(r"^\s*(标椎|标淮|标隹|标推)\s*[:：]")
_YEAR = re.compile(r"[（(\[〔](20\d\d)[）)\]〕]年")
_INSIDE = re.compile(r"[。；](?=.)|(?<=[^。；])[。；]$")


def check_marks(reader: Reader, parts: Parts) -> None:
    """Report marks over which a careful reader stumbles."""
    for text in texts_of(parts):
        _check_marks(reader, text)
    _check_values(reader, parts)
    year = _YEAR.search(fold(parts.title or ""))
    if year is not None and parts.title:
        printed = parts.title[slice(*year.span())]
        reader.log.add("year-in-brackets", "", parts.evidence[:1], printed=printed, year=year[1])


def _check_marks(reader: Reader, text: Text) -> None:
    opens = _OPENS.match(text.text)
    if opens and text.text.count(opens[0]) < 3:  # a list may well have dashes for its points
        at = holding(text.evidence, text.text)
        reader.log.add("text-opens-with-mark", text.where, at, text=text.text[:20])
    mixed = _mixed_bracket(text.text)
    if mixed is not None:
        reader.log.add("bracket-widths-mixed", text.where, holding(text.evidence, mixed), text=mixed)


def _mixed_bracket(text: str) -> str | None:
    """The first bracket of one width that one of another width closes, with what it holds."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in "(（":
            opened.append(at)
        elif char in ")）" and opened:
            start = opened.pop()
            if (text[start] == "(") != (char == ")"):
                return text[start : at + 1]
    return None


def _check_values(reader: Reader, parts: Parts) -> None:
    misprints: list[tuple[str, Evidence | None]] = []
    inside: list[tuple[str, Evidence | None]] = []
    for where, one in indicators_of(parts):
        place = one.evidence[0] if one.evidence else None
        values = tuple(dict.fromkeys(value for value in (one.period_value, one.annual_value) if value))
        for value in values:
            if sign := next((s for s in _SIGN.finditer(value) if s[0] not in _SIGNS_AS_USUAL), None):
                reader.log.add("sign-unusual", f"{where} / {one.name}", one.evidence,
                               printed=sign[0], read=plain_signs(fold(sign[0])))  # fmt: skip
            if misprint := _MISPRINT.match(value):
                misprints.append((misprint[1], place))
            if one.seq is not None and (mark := _INSIDE.search(value)):
                inside.append((around(value, *mark.span()), place))
    for printed in dict.fromkeys(word for word, _ in misprints):
        same = [pair for pair in misprints if pair[0] == printed]
        reader.log.add("form-word-misprinted", "", tuple(place for _, place in same if place)[:EXAMPLES],
                       printed=printed, count=len(same))  # fmt: skip
    sum_up(reader, "separator-inside-value", inside)
