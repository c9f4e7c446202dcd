"""The items of a list inside a cell: cut at their numbers or marks, all of them parted in one way.

Who types a list says every item of it alike: 1.名称：值；2.名称：值. So the cell as a whole tells how a name
is parted from its value; a list of which one item can't be parted so isn't read here at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.late import late_pattern
from budgetkg.text import fold_width as fold

# How lists are numbered: before the number, behind it. What follows a point is no decimal.
_STYLES = (
    (r"(?<![\d.≥≤<>=])", r"\.(?!\d)"),
    (r"(?<![\d.≥≤<>=])", "、"),
    (r"\(", r"\)[.、]?"),
    (r"(?<![\d(≥≤<>=])", r"\)[.、]?"),
    (r"(?:三级)?指标\s?", r"[:、.,]?(?!\d)"),
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOST = 99
_HALF = 0.5
_BESIDE = " \t\n;。,、:"
_NAME = r"[^;:。,≥≤≧≦<>=()]++(?:\([^()]*+\)[^;:。,≥≤≧≦<>=()]*+)*"
_NO_SLASH = _NAME.replace("()]", r"()/|\\]")
_SIGN = "[≥≤≧≦<>=]|不[少低]于|不[超高大]?[过于]|不小于|大于|小于|等于|至少|超过|高于|低于"
_NO_NAME = re.compile(r"\d[^\d]{0,3}$|\)\w{2}")  # 巡河12次, 合格率(95%)人均成本
_NUMBER = re.compile(r"(?<![\d.])(\d{1,2})(?:\.(?!\d)|、)(?=[^\d\s%])|\((\d{1,2})\)(?=\w)|([①-⑳])")
_TIER = late_pattern(r"(?=([\u4e00-\u9fff]{2,10}指标)\s*[:\-—–/(\d])")
_AGAIN = re.compile(rf"[,、\s][^,、\s]*(?:{_SIGN}|:)")

# What is said in brackets may be said of the value; a further name with its figure may not.
_BRACKETED = re.compile(r"\([^()]*\)")
_ANOTHER = re.compile(r"\d[^,;:。、≥≤≧≦<>=]{0,8}?[^\d,;:。、≥≤≧≦<>=()]{4,30}:\s?[≥≤≧≦<>=]{0,2}\s?\d")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: where it stands in its text, its name and its value there."""

    start: int
    end: int
    name: tuple[int, int]
    value: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """An item not yet parted; ``numbered`` is whether a number begins it, ``named`` a 指标1."""

    start: int
    end: int
    numbered: bool
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to part names and values.

    ``told`` is the share of values that must hold a number, unless the list itself says that its items are
    indicators (指标1：); a form that asks for one asks for tiers, too.
    """

    pattern: re.Pattern[str]
    told: float = 0.0
    refuses: Callable[[re.Match[str], bool], bool] = field(default=lambda _match, _numbered: False)


def _more_than_one(match: re.Match[str], numbered: bool) -> bool:
    """Whether a value may hold the next item: 30人，合格率：95%."""
    return not numbered and _AGAIN.search(match["value"]) is not None


def _half_bracket(match: re.Match[str], numbered: bool) -> bool:
    """Whether a name was cut in the midst of a bracket, or a value holds the next item."""
    return match["name"].count("(") != match["name"].count(")") or _more_than_one(match, numbered)


def _commas(match: re.Match[str], numbered: bool) -> bool:
    return not numbered and match["value"].count(",") > 1 + len(re.findall(r"\d,\d{3}", match["value"]))


_FORMS = (
    _Form(re.compile(rf"\A(?P<name>{_NAME})\((?P<value>(?>(?:[^()]++|\([^()]*+\))+))\)"),
          refuses=lambda match, _numbered: _NO_NAME.search(match["name"]) is not None),
    _Form(re.compile(rf"\A(?P<name>(?>{_NAME})):(?P<value>.+)", re.DOTALL), refuses=_more_than_one),
    _Form(re.compile(rf"\A(?P<name>(?>{_NAME})),(?P<value>.+)", re.DOTALL), told=_HALF, refuses=_commas),
    _Form(re.compile(rf"\A(?P<name>(?>{_NO_SLASH}))[/|\\](?P<value>[^/|\\]+)", re.DOTALL), told=_HALF),
    _Form(re.compile(rf"\A(?P<name>[^\d;:。,≥≤≧≦<>=]+?)(?P<value>(?:{_SIGN}|\d).*)", re.DOTALL), told=_HALF,
          refuses=_half_bracket),
    _Form(re.compile(r"\A(?P<name>[^;:。,≥≤≧≦<>=\-—–]++)[-—–]{1,2}\s*+(?P<value>[^\s].*)", re.DOTALL),
          told=_HALF),
    _Form(re.compile(r"\A(?P<name>[^;:。,≥≤≧≦<>=\s]++)\s++(?P<value>\S+)"), told=_HALF),
)  # fmt: skip

_ALL_NUMBERS = replace(_FORMS[0], told=1.0)


def items_of(texts: Sequence[str], *, tiered: bool) -> list[list[Item]] | None:
    """The items of the texts of one cell; ``None`` where they aren't all of one kind.

    ``tiered`` is whether the cell says tiers: only then is a comma or a blank enough to part.
    """
    plain = [fold(text) for text in texts]
    pieces = _pieces(plain)
    if pieces is None or not any(pieces):
        return None
    for form in _FORMS:
        found = None if form.told and not tiered else _parted(plain, pieces, form)
        if found is not None:
            return found
    return _parted(plain, _behind_brackets(plain, pieces), _ALL_NUMBERS)


def _parted(texts: list[str], pieces: list[list[_Piece]], form: _Form) -> list[list[Item]] | None:
    found: list[list[Item]] = []
    values: list[str] = []
    for text, own in zip(texts, pieces, strict=True):
        found.append([])
        for piece in own:
            match = form.pattern.fullmatch(text[piece.start : piece.end])
            if match is None or not match["name"].strip(_BESIDE) or form.refuses(match, piece.numbered):
                return None
            if holds_tier(match[0]) or (not piece.numbered and holds_number(match[0])):
                return None
            spans = [(piece.start + start, piece.start + end) for start, end in
                     (match.span("name"), match.span("value"))]  # fmt: skip
            found[-1].append(Item(piece.start, piece.end, *spans))
            values.append(match["value"])
    told = sum(any(char.isdecimal() for char in value) for value in values)
    sure = all(piece.named for own in pieces for piece in own)
    return found if sure or told >= form.told * len(values) else None


def holds_tier(text: str) -> bool:
    """Whether a tier is said in the midst of a text, without a mark before it: 12公里质量指标：…."""
    return any(tier_of(match[1]) is not None for match in _TIER.finditer(fold(text)))


def holds_another(value: str) -> bool:
    """Whether a value goes on with a further name and its figure: ≥400株巡查次数：12次."""
    return _ANOTHER.search(_BRACKETED.sub("", fold(value))) is not None


def holds_number(text: str) -> bool:
    """Whether a number of a list other than its first stands in a text: 12公里②养护里程."""
    found = _NUMBER.search(fold(text))
    return found is not None and (found[1] or found[2] or str(_CIRCLED.index(found[3]) + 1)) != "1"


def _behind_brackets(texts: list[str], pieces: list[list[_Piece]]) -> list[list[_Piece]]:
    """The pieces cut behind each bracket as well: 合格率（95%）人均成本（2万元）."""
    return [[more for one in own for more in _marked(text, one.start, one.end, behind_brackets=True)
             if more.start < more.end] for text, own in zip(texts, pieces, strict=True)]  # fmt: skip


def _pieces(texts: list[str]) -> list[list[_Piece]] | None:
    found: list[list[_Piece]] = []
    counted: dict[int, int] = {}
    for text in texts:
        numbered = _numbered(text, counted)
        if numbered is None:
            return None
        found.append(numbered)
    return [[piece for one in own if (piece := _stripped(text, one)) is not None]
            for text, own in zip(texts, found, strict=True)]  # fmt: skip


def _numbered(text: str, counted: dict[int, int]) -> list[_Piece] | None:
    """The pieces of a text between its numbers, or its marks; ``None`` where a number may be part of a value.

    Numbers begin with 1, or go on with those of the text before (``counted``, by style).
    """
    start = len(text) - len(text.lstrip(_BESIDE))
    first = _first_number(text, start, counted)
    if first is None:
        return list(_marked(text, start, len(text)))
    style, number, begin = first
    stretches: list[_Piece] = []
    named = style == len(_STYLES) - 1
    while number < _MOST:
        following = _pattern(style, number + 1).search(text, begin)
        if following is None:
            break
        stretches.append(_Piece(begin, following.start(), numbered=True, named=named))
        begin, number = following.end(), number + 1
    counted[style] = number
    glued = style < 2 and re.search(rf"\d{number + 1}{_STYLES[style][1]}\s*[^\d\s]", text[begin:])
    return None if glued else [*stretches, _Piece(begin, len(text), numbered=True, named=named)]


def _first_number(text: str, start: int, counted: dict[int, int]) -> tuple[int, int, int] | None:
    """The style of the number that a text begins with, which it is, and where it ends."""
    for style in range(len(_STYLES) + 1):
        for number in dict.fromkeys((1, counted.get(style, 0) + 1)):
            match = _pattern(style, number).match(text, start)
            if match is not None:
                return style, number, match.end()
    return None


@cache
def _pattern(style: int, number: int) -> re.Pattern[str]:
    if style == len(_STYLES):
        return re.compile(_CIRCLED[number - 1] if number <= len(_CIRCLED) else r"(?!)")
    before, behind = _STYLES[style]
    return re.compile(f"{before}{number}{behind}")


def _marked(text: str, start: int, end: int, *, behind_brackets: bool = False) -> Iterator[_Piece]:
    """The items between marks that no bracket encloses, or behind each bracket that does."""
    depth, begin = 0, start
    for at in range(start, end):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth > 0:
            continue
        if text[at] in ";。" or (behind_brackets and text[at] == ")"):
            yield _Piece(begin, at + (text[at] == ")"), numbered=False)
            begin, depth = at + 1, 0
    yield _Piece(begin, end, numbered=False)


def _stripped(text: str, piece: _Piece) -> _Piece | None:
    start, end = piece.start, piece.end
    while start < end and text[start] in _BESIDE:
        start += 1
    while start < end and text[end - 1] in _BESIDE:
        end -= 1
    return replace(piece, start=start, end=end) if start < end else None
