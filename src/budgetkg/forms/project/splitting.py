"""Where the name of each row begins and ends, in a table flattened to lines.

A dump prints the name column, the amounts and the goal column one after the other, and a wrapped
name may go on below its amounts. Between two lines of amounts stand, in this order: the rest of the
upper name, its goal, its indicators, the head of the lower name. What tells them apart is how a
printer wraps: it breaks a line only where the next word has no room. Each reading has a price, and
the cheapest reading of the whole table wins; the width of the name column and the line beside which
amounts stand are those that make the whole table cheapest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from budgetkg.forms.project.names import (
    FULL_STOP,
    SENTENCE_END,
    begins_badly,
    ends_like_a_name,
    first_word_width,
    is_indented,
    unbalanced,
    width_in_column,
)
from budgetkg.reading.source import Line

_MOST_LINES = 8  # of a name above or below its amounts
_SLACK = 2  # half squares: proportional letters, a mark that hangs over the edge
_LEAST_BODY = 30
_NARROWEST_NAME, _WIDEST_NAME = 12, 64
_SAMPLE = 200  # rows by which the widths are judged
_MOST_WIDTHS = 14
_PLACES = ("end", "middle", "first", "beside the last", "beside the middle", "beside the first")


class Piece:
    """One line with what is asked of it again and again."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.text = line.text.strip()

    @cached_property
    def width(self) -> int:
        """Printed width, the indent included."""
        return width_in_column(self.line)

    @cached_property
    def first_word(self) -> int:
        """Width of its first word."""
        return first_word_width(self.text)

    @cached_property
    def indented(self) -> bool:
        """Whether it is set in."""
        return is_indented(self.line)

    @cached_property
    def as_name(self) -> int:
        """Price of the line as a line of a name, whatever stands around it."""
        price = 15 if self.text.endswith(tuple(SENTENCE_END)) else 0
        price += 8 if "。" in self.text[:-1] else 0
        return price + 3 * int(any(mark in self.text for mark in "，；,"))


@dataclass(frozen=True)
class Anchored:
    """One line of amounts: the name text on it, and whether the row is the total."""

    own: Piece | None
    is_total: bool


class Tried:
    """One way to make up a name, and the part of its price that no habit of the table changes."""

    def __init__(self, lines: list[Piece]) -> None:
        self.price = sum(piece.as_name for piece in lines) + _wording("".join(piece.text for piece in lines))
        self.widths = [piece.width for piece in lines]
        # What would have had to have room on one line, had the printer not broken it there.
        self.joints = [one.width + other.first_word - 1 for one, other in pairwise(lines)]
        self.set_in = 2 * int(not lines[0].indented) + 8 * sum(piece.indented for piece in lines[1:])
        self._known: dict[tuple[int, bool], int] = {}

    def price_in(self, habits: Habits) -> int:
        """Its price in a table of these habits, wherever its amounts stand."""
        known = self._known.get((habits.name, habits.indents))
        if known is None:
            known = self.price + 30 * sum(width > habits.name + _SLACK for width in self.widths)
            known += sum(_break(joint, habits) for joint in self.joints)
            known += self.set_in if habits.indents else 0
            self._known[habits.name, habits.indents] = known
        return known


class Gap:
    """The lines between two lines of amounts; an indicator cell begins at ``block_at``."""

    def __init__(self, lines: list[Line], block_at: int) -> None:
        self.pieces = [Piece(line) for line in lines]
        self.block_at = block_at
        self.breaks = [0] * (block_at + 1)  # price of the line breaks among the first lines
        # Names of the row below, by the lines that they take above and below its amounts.
        self.tried: dict[tuple[int, int], Tried] = {}
        self.between: dict[tuple[int, int], int] = {}  # prices of what is left, by the lines taken

    def price_breaks(self, body: int) -> None:
        """A line of a goal that is neither full nor the end of a sentence is a dear one."""
        for index in range(1, self.block_at):
            above, below = self.pieces[index - 1], self.pieces[index]
            free = above.text.endswith(tuple(SENTENCE_END)) or above.width + below.first_word > body - _SLACK
            self.breaks[index + 1] = self.breaks[index] + (0 if free else 3)


@dataclass(frozen=True)
class Habits:
    """How the table is printed: the name column, indents, where amounts stand beside wrapped names."""

    name: int
    body: int
    indents: bool
    amounts: str | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """How many lines above and below its amounts belong to a row's name."""

    head: int
    tail: int


def split_names(anchors: list[Anchored], gaps: list[Gap]) -> list[Cut]:
    """Cut every gap; ``gaps`` holds one more than ``anchors``, the lines before the first."""
    if not any(gap.pieces for gap in gaps):
        return [Cut(0, 0)] * len(anchors)
    indents = any(piece.indented for piece in _name_sites(anchors, gaps))
    goals = [piece.width for gap in gaps[: _SAMPLE + 1] for piece in gap.pieces[: gap.block_at]]
    body = max([_LEAST_BODY, *goals])
    for gap in gaps:
        gap.price_breaks(body)
    sample = anchors[:_SAMPLE], gaps[: _SAMPLE + 1]
    tried = [Habits(name, body, indents) for name in _widths(*sample)]
    best = min(tried, key=lambda habits: (_cheapest(*sample, habits)[0], habits.name))
    ways = [Habits(best.name, body, indents, way) for way in _PLACES]
    chosen = min(ways, key=lambda habits: _cheapest(*sample, habits)[0])
    return _cheapest(anchors, gaps, chosen)[1]


def _name_sites(anchors: list[Anchored], gaps: list[Gap]) -> Iterator[Piece]:
    for anchor, gap in zip(anchors, gaps, strict=False):
        if anchor.own is not None:
            yield anchor.own
        yield from gap.pieces[-3:]


def _widths(anchors: list[Anchored], gaps: list[Gap]) -> list[int]:
    """Widths that the name column may have: none under those of nearly all names seen for certain."""
    certain = sorted(
        piece.width
        for anchor, gap in zip(anchors, gaps, strict=False)
        for piece in ([anchor.own] if anchor.own else gap.pieces[-1:])
    )
    least = max(_NARROWEST_NAME, certain[len(certain) * 9 // 10] - _SLACK if certain else 0)
    sites = {piece.width for piece in _name_sites(anchors, gaps)}
    return sorted({least, *(size for size in sites if least <= size <= _WIDEST_NAME)})[:_MOST_WIDTHS]


def _cheapest(anchors: list[Anchored], gaps: list[Gap], habits: Habits) -> tuple[int, list[Cut]]:
    """The cheapest cut of all gaps together: dynamic programming from row to row."""
    prices = {head: 8 * (len(gaps[0].pieces) - head) for head in _heads(gaps[0], habits)}
    trail = []
    for position, anchor in enumerate(anchors):
        above, below = gaps[position], gaps[position + 1]
        tails = {
            tail: min([(price + _name(anchor, above, below, head, tail, habits), head)
                       for head, price in prices.items()])
            for tail in _tails(below, habits)
        }  # fmt: skip
        heads = {}
        for head in _heads(below, habits) if position + 1 < len(anchors) else [0]:
            ways = [(price + _between(anchor, below, head, tail, habits), tail)
                    for tail, (price, _) in tails.items() if tail + head <= len(below.pieces)]  # fmt: skip
            heads[head] = min(ways)
        trail.append((tails, heads))
        prices = {head: price for head, (price, _) in heads.items()}
    cuts, head = [], 0
    for tails, heads in reversed(trail):
        tail = heads[head][1]
        head = tails[tail][1]
        cuts.append(Cut(head, tail))
    return prices[0], cuts[::-1]


def _heads(gap: Gap, habits: Habits) -> range:
    """How many lines at the foot of a gap may be the head of the name below."""
    most = len(gap.pieces) - gap.block_at
    most = most - 1 if most else len(gap.pieces)
    return range(_fitting(gap.pieces[::-1][: min(most, _MOST_LINES)], habits) + 1)


def _tails(gap: Gap, habits: Habits) -> range:
    """How many lines at the head of a gap may be the rest of the name above."""
    return range(_fitting(gap.pieces[: min(gap.block_at, _MOST_LINES)], habits) + 1)


def _fitting(pieces: list[Piece], habits: Habits) -> int:
    wide = (index for index, piece in enumerate(pieces) if piece.width > habits.name + _SLACK)
    return next(wide, len(pieces))


def _between(anchor: Anchored, gap: Gap, head: int, tail: int, habits: Habits) -> int:
    """Price of the goal and the indicators that are left in a gap, the same for every width and place."""
    known = gap.between.get((head, tail))
    if known is None:
        known = gap.between[head, tail] = _left(anchor, gap, Cut(head, tail), habits.body)
    return known


def _left(anchor: Anchored, gap: Gap, cut: Cut, body: int) -> int:
    """Price of what a cut leaves in a gap; a total has neither goal nor indicators."""
    tail, end = cut.tail, len(gap.pieces) - cut.head
    if anchor.is_total:
        return 15 * (end - tail)
    goal_end = min(gap.block_at, end)
    price = 0
    if end > gap.block_at and not gap.pieces[end - 1].text.endswith("。"):
        price += 4
    if tail >= goal_end:
        return price + (4 if end > gap.block_at else 2 * int(bool(gap.pieces)))
    price += gap.breaks[goal_end] - gap.breaks[min(tail + 1, goal_end)]
    first, last = gap.pieces[tail], gap.pieces[goal_end - 1]
    price += 10 * int(begins_badly(first.text))
    if not last.text.endswith(tuple(FULL_STOP)):
        price += 3
        if goal_end < len(gap.pieces):
            price += int(last.width + gap.pieces[goal_end].first_word > body - _SLACK)
    return price


def _name(anchor: Anchored, above: Gap, below: Gap, head: int, tail: int, habits: Habits) -> int:
    """Price of a name made of lines above its amounts, beside them and below them."""
    if anchor.is_total:
        return 30 * (head + tail)
    if not (head or anchor.own or tail):
        return 40
    tried = above.tried.get((head, tail))
    if tried is None:  # the same names are tried for every width and place
        own = [anchor.own] if anchor.own else []
        lines = [*above.pieces[len(above.pieces) - head :], *own, *below.pieces[:tail]]
        tried = above.tried[head, tail] = Tried(lines)
    return tried.price_in(habits) + _place(anchor.own is not None, head, tail, habits.amounts)


def _wording(text: str) -> int:
    """Price of a name's words."""
    return 20 * int(begins_badly(text)) + 8 * int(unbalanced(text)) + 2 * int(not ends_like_a_name(text))


def _break(joint: int, habits: Habits) -> int:
    room = habits.name - joint
    if room <= 0:
        return 0
    return 2 if room <= _SLACK else min(12, 4 + room)


@cache
def _place(beside: bool, above: int, below: int, amounts: str | None) -> int:
    """Price of the place of the amounts: a name of one line has them beside it."""
    if not beside and (above + below < 2 or above == 0):
        return 5 + 5 * int(above == 0)
    if above + below == 0:
        return 0
    if amounts is None:
        return 3 if beside else 0
    usual = {
        "end": not beside and below == 0,
        "middle": not beside and abs(above - below) <= 1,
        "first": not beside and above == 1,
        "beside the last": beside and below == 0,
        "beside the middle": beside and abs(above - below) <= 1,
        "beside the first": beside and above == 0,
    }
    return 0 if usual[amounts] else 4
