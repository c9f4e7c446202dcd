"""Which characters of a row's quote are which of the texts that the row prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from budgetkg.findings import Evidence
from budgetkg.text import without_white_space

# What stands between two cells of a row, or around a value inside a cell (年度指标值:100%；).
_BEFORE = frozenset("：:；;")
_AFTER = frozenset("；;。")
# No row of a form has so many characters; in one that has, comparing all places would take too long.
_LONGEST = 20_000


@dataclass(slots=True)
class Text:
    """A text that a row prints, without white space: a fact, or another text that stands beside facts."""

    value: str
    node: NamedNode | None = None
    """The node that states the fact; ``None`` for a text that is no fact, such as a name."""
    order: int | None = None
    """The column, counted within one thing; ``None`` where it isn't known."""
    thing: int = 0
    """Which thing prints it: several may share a row."""
    rows: tuple[Evidence, ...] = ()
    row_if_unfound: bool = True
    """Whether the fact has the evidence of its rows where no cell is found for it."""


def text_of(value: str, order: int | None) -> Text:
    """A text to be located; white space in it doesn't count."""
    return Text(without_white_space(value), order=order)


def locate(quote: str, texts: Iterable[Text]) -> Iterator[tuple[Text, int, int]]:
    """Where in a quote the texts stand: each with its first offset and the offset behind its last character.

    Only texts whose place is beyond doubt are given. In the quote ``甲村 100 100 1001``, with the texts 甲村,
    100 (column 2), 100 (column 3) and 1001:

    - 1001 is located first, because it is longer; the 100 inside it is no place of a 100;
    - both 100 are located, in the order of their columns, because 100 is printed as often as it is wanted.
      Were it wanted once or three times, or were the columns unknown, neither would be;
    - if 1001 were wanted twice, it would have no place, and no text that it holds would have one;
    - where two texts overlap without one holding the other, neither is located.

    White space is ignored.
    """
    if len(quote) > _LONGEST:
        return
    bare, places = _index(quote)
    wanted: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        wanted[text.value].append(text)
    printed = {value: _whole_places(quote, bare, places, value) for value in wanted}
    every = [(at, at + len(value)) for value, starts in printed.items() for at in starts]
    taken = bytearray(len(bare))
    unfound: list[str] = []
    for value in sorted(wanted, key=lambda value: (-len(value), value)):
        likes = wanted[value]
        spans = [(at, at + len(value)) for at in printed[value]]
        free = [(at, end) for at, end in spans if 1 not in taken[at:end]]
        for at, end in free:
            taken[at:end] = b"\x01" * len(value)
        if len(free) != len(likes) or _crossed(free, every):
            unfound.append(value)
        elif not any(value in longer for longer in unfound) and _have_order(likes):
            ordered = sorted(likes, key=lambda text: text.order or 0)
            for text, (at, end) in zip(ordered, free, strict=True):
                yield text, places[at], places[end - 1] + 1


def _have_order(likes: list[Text]) -> bool:
    """Whether equal texts have a known order: they are of one thing, in columns that are known and differ."""
    orders = {text.order for text in likes}
    return len(likes) == 1 or (
        None not in orders and len(orders) == len(likes) and len({text.thing for text in likes}) == 1
    )


def _crossed(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    """Does a place overlap another one without one of the two holding the other?"""
    return any(
        start < first < end < last or first < start < last < end
        for start, end in spans
        for first, last in others
    )


def _whole_places(quote: str, bare: str, places: Sequence[int], value: str) -> list[int]:
    """The offsets where a text stands as a word of its own; where it overlaps itself, only the first."""
    starts: list[int] = []
    at = bare.find(value)
    while at >= 0:
        whole = _is_whole(quote, places, at, len(value))
        if whole:
            starts.append(at)
        at = bare.find(value, at + (len(value) if whole else 1))
    return starts


def _is_whole(quote: str, places: Sequence[int], at: int, length: int) -> bool:
    """Whether the text there is a whole word or number, and no part of a longer one."""
    start, end = places[at], places[at + length - 1] + 1
    before, after = quote[start - 1 : start], quote[end : end + 1]
    return (not before or before.isspace() or before in _BEFORE) and (
        not after or after.isspace() or after in _AFTER
    )


def _index(quote: str) -> tuple[str, Sequence[int]]:
    """The quote without white space, and where in the quote each character stands."""
    bare = without_white_space(quote)
    if len(bare) == len(quote):
        return bare, range(len(quote))
    places: list[int] = []
    at = 0
    for piece in quote.split():
        at = quote.index(piece, at)
        places += range(at, at + len(piece))
        at += len(piece)
    return bare, places
