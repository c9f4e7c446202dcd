"""Numbers for a year that no form prints but that follow from its words.

每个行政村每月放映一场 beside 28个行政村 is 28 × 12 × 1 = 336 场: a count in each period, in each of so
many places. The places are counted in the same words, else in other words of the subject, else in
those of a subject with the same theme in the same document. Where no count is printed nothing follows,
nor where the subject itself prints how many there are in the whole year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgetkg.inference.subjects import Extract, Subject
from budgetkg.text import comparison_key

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_PERIODS = {
    "天": (365, "天"), "日": (365, "天"), "周": (52, "周"), "月": (12, "个月"),
    "季度": (4, "个季度"), "季": (4, "个季度"), "半年": (2, "个半年"), "年": (1, "年"),
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,6}|[一两二三四五六七八九十])"
_RATE = re.compile(
    r"(?:每(?:一?[个所家座处])?(?P<noun>[一-鿿]{1,6}?)(?:[、,，]|均|都|应)?)?"
    r"每个?(?P<period>季度|季|半年|[天日周月年])"
    r"(?P<between>[^\d。;；,，、:：”“\"各]{0,6}?)" + _NUMBER + r"(?P<unit>[场次期篇条册节课])"
)
_WHOLE_YEAR = re.compile(r"全年[^\d。;；,，、]{0,6}?" + _NUMBER + r"(?P<unit>[场次期篇条册节课])")
# Another sentence or an 也 behind the number: the money pays for more than what is counted.
_FURTHER = re.compile(r"同时|此外|另外|还将|还要|以及|也|[;；。][^;；。]{6,}")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Implied:
    """A yearly number that follows; ``grounds`` are the nodes whose words were multiplied."""

    subject: str
    value: Decimal
    unit: str
    derivation: str
    grounds: tuple[str, ...]
    further: bool


@dataclass(frozen=True, slots=True)
class _Words:
    node: str
    text: str


def implied_quantities(document: Extract, themes: dict[str, set[str]]) -> Iterator[Implied]:
    """The yearly numbers of each project and task; where two have one unit, the first in its words."""
    for subject in document.subjects:
        if subject.kind == "plan":
            continue
        units = {said["unit"] for words in _words_of(subject) for said in _WHOLE_YEAR.finditer(words.text)}
        for words in _words_of(subject):
            for rate in _RATE.finditer(words.text):
                implied = _read(document, subject, words, rate, themes)
                if implied and implied.unit not in units:
                    units.add(implied.unit)
                    yield implied


def _words_of(subject: Subject) -> Iterator[_Words]:
    """The words of a subject, its goal first."""
    if subject.ground:
        yield _Words(subject.ground, comparison_key(subject.text)[:_LONGEST])
    for row in subject.indicators:
        for node, text in ((row.annual_iri, row.annual), (row.period_iri, row.period)):
            if node and text:
                yield _Words(node, comparison_key(text)[:_LONGEST])


def _read(
    document: Extract, subject: Subject, words: _Words, rate: re.Match[str], themes: dict[str, set[str]]
) -> Implied | None:
    times, period = _PERIODS[rate["period"]]
    number, unit = _number(rate["number"]), rate["unit"]
    further = bool(_FURTHER.search(words.text, rate.end()))
    if rate["noun"] is None and times == 1:
        return None
    if rate["noun"] is None:
        # 每季度1次: the rate itself is printed, nothing has to be known beside it.
        derivation = f"{times}{period} × {number}{unit} = {times * number}{unit}"
        return Implied(subject.iri, Decimal(times * number), unit, derivation, (words.node,), further)
    counted = next(_counts(document, subject, words, rate["noun"], themes), None)
    if counted is None:
        return None
    node, places, printed = counted
    value = places * times * number
    derivation = f"{printed} × {times}{period} × {number}{unit} = {value}{unit}"
    return Implied(subject.iri, Decimal(value), unit, derivation, _distinct(words.node, node), further)


def _counts(
    document: Extract, subject: Subject, words: _Words, noun: str, themes: dict[str, set[str]]
) -> Iterator[tuple[str, int, str]]:
    """The counts of a noun (28个行政村): the node that prints it, the number, the words as printed."""
    counted = re.compile(rf"(?P<count>\d{{1,6}})(?:多?[个所家座处])?[一-鿿]{{0,4}}?{re.escape(noun)}")
    own = [other for other in _words_of(subject) if other.node != words.node]
    for place in (words, *own, *_kindred(document, subject, themes)):
        if match := counted.search(place.text):
            yield place.node, int(match["count"]), match[0]
    for row in subject.indicators:
        number = re.search(r"\d{1,6}", comparison_key(row.annual or ""))
        if noun in row.name and number and row.annual_iri:
            yield row.annual_iri, int(number[0]), f"{number[0]}{noun}"


def _kindred(document: Extract, subject: Subject, themes: dict[str, set[str]]) -> Iterable[_Words]:
    """The words of the other subjects of the document that share a theme."""
    own = themes.get(subject.iri, set())
    for other in document.subjects:
        if other.iri != subject.iri and own & themes.get(other.iri, set()):
            yield from _words_of(other)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _DIGITS[text]


def _distinct(*nodes: str) -> tuple[str, ...]:
    return tuple(sorted(set(nodes)))
