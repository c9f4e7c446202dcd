"""Evidence: the row in which a document prints something, and in the row the cell of each fact.

A record says in which row a thing is printed (:class:`budgetkg.findings.Evidence`); which cell of it
holds a target or an amount is found here, by the printed value itself. Where that can't be decided
without doubt, the fact has the evidence of the whole row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from budgetkg.findings import Evidence
from budgetkg.mapping import iri
from budgetkg.mapping.literals import decimal
from budgetkg.text import without_white_space
from budgetkg.vocab import BKG, OA, RDF

if TYPE_CHECKING:
    from budgetkg.mapping.context import Context

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


@dataclass(slots=True)
class Cells:
    """The texts that the rows of a document hold, until all are known and can be located."""

    texts: dict[Evidence, list[Text]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[Evidence, NamedNode] = field(default_factory=dict)
    things: int = 0


class Row:
    """What one thing prints, column by column, in the rows that are its evidence.

    ``row_if_unfound`` says whether a fact has the evidence of the rows where no cell is found for it. It
    hasn't where the rows belong to other things too, such as the heading of a document.

    All texts of the row are to be added before :func:`add_cells`, those of known columns in their order: a
    fact may else be located in the cell of a text that wasn't added.
    """

    def __init__(self, context: Context, places: Iterable[Evidence], row_if_unfound: bool = True) -> None:
        self._context, self._places = context, tuple(places)
        self._row_if_unfound = row_if_unfound
        self._order = 0
        context.cells.things += 1
        self._thing = context.cells.things

    def subject(self, node: NamedNode) -> None:
        """The thing that the rows are about."""
        add_evidence(self._context, node, self._places)

    def text(self, value: str | None) -> None:
        """A text of the next column that is no fact of its own, such as a name."""
        self._put(value, None)

    def fact(self, node: NamedNode, value: str) -> None:
        """A fact of the next column, by the node that states it."""
        self._put(value, node)

    def texts_anywhere(self, *values: str | None) -> None:
        """Further texts of the row, in columns whose order isn't known; blank ones are left out."""
        for value in values:
            text = without_white_space(value or "")
            if text:
                self._add(Text(text))

    def _put(self, value: str | None, node: NamedNode | None) -> None:
        self._order += 1
        text = without_white_space(value or "")
        if text:
            self._add(Text(text, node, self._order, self._thing, self._places, self._row_if_unfound))

    def _add(self, text: Text) -> None:
        for place in dict.fromkeys(self._places):
            self._context.cells.texts[place].append(text)


def text_of(value: str, order: int | None) -> Text:
    """A text to be located; white space in it doesn't count."""
    return Text(without_white_space(value), order=order)


def add_evidence(context: Context, subject: NamedNode, places: Iterable[Evidence]) -> None:
    """Say in which rows a subject is printed; two subjects of one row share its evidence."""
    for place in places:
        context.sink.add(subject, BKG.hasEvidence, _row(context, place))


def add_cells(context: Context) -> None:
    """Add the cell of every fact; to be called once, when all texts of all rows are known."""
    located: dict[int, NamedNode] = {}
    facts: dict[int, Text] = {}
    for place, texts in context.cells.texts.items():
        facts |= {id(text): text for text in texts if text.node is not None}
        for text, start, end in locate(place.quote, texts):
            if text.node is not None:
                located[id(text)] = text.node
                context.sink.add(text.node, BKG.hasEvidence, _cell(context, place, start, end))
    for key, fact in facts.items():
        if key not in located and fact.row_if_unfound and fact.node is not None:
            add_evidence(context, fact.node, fact.rows)


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
        free = [(at, end) for at, end in spans if not any(taken[at:end])]
        for at, end in free:
            taken[at:end] = b"\x01" * len(value)
        if len(free) != len(likes) or any(_cross(span, other) for span in free for other in every):
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


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Do two places overlap without one holding the other?"""
    return max(one[0], other[0]) < min(one[1], other[1]) and not (_holds(one, other) or _holds(other, one))


def _whole_places(quote: str, bare: str, places: list[int], value: str) -> list[int]:
    """The offsets where a text stands as a word of its own; where it overlaps itself, only the first."""
    starts: list[int] = []
    at = bare.find(value)
    while at >= 0:
        whole = _is_whole(quote, places, at, len(value))
        if whole:
            starts.append(at)
        at = bare.find(value, at + (len(value) if whole else 1))
    return starts


def _is_whole(quote: str, places: list[int], at: int, length: int) -> bool:
    """Whether the text there is a whole word or number, and no part of a longer one."""
    start, end = places[at], places[at + length - 1] + 1
    before, after = quote[start - 1 : start], quote[end : end + 1]
    return (not before or before.isspace() or before in _BEFORE) and (
        not after or after.isspace() or after in _AFTER
    )


def _index(quote: str) -> tuple[str, list[int]]:
    """The quote without white space, and where in the quote each character stands."""
    kept = [(char, at) for at, char in enumerate(quote) if not char.isspace()]
    return "".join(char for char, _ in kept), [at for _, at in kept]


def _cell(context: Context, place: Evidence, start: int, end: int) -> NamedNode:
    """The evidence of a cell; the row's own where the cell is all of it.

    Its IRI holds the characters of the row's quote that it is. So the exact place of a fact takes two
    statements, and a document's evidence no more of them than evidence by row would.
    """
    row = _row(context, place)
    if (start, end) == (0, len(place.quote)):
        return row
    node = iri.cell(row, start, end)
    context.sink.add(node, BKG.partOfEvidence, row)
    return node


def _row(context: Context, place: Evidence) -> NamedNode:
    """The evidence of a row, described where it is met for the first time."""
    known = context.cells.rows.get(place)
    if known is not None:
        return known
    quote = context.privacy.masked(place)
    node = context.mint.shared("evidence", str(place.page), str(place.start), str(place.end), quote)
    context.cells.rows[place] = node
    _describe(context, node, place, quote)
    return node


def _describe(context: Context, node: NamedNode, place: Evidence, quote: str) -> None:
    sink = context.sink
    sink.add(node, RDF.type, BKG.Evidence)
    sink.add(node, OA.hasSource, context.mint.document)
    sink.integer(node, BKG.pageNumber, place.page)
    if place.lines is not None:
        sink.integer(node, BKG.firstLine, place.lines[0])
        sink.integer(node, BKG.lastLine, place.lines[1])
    sink.text(node, BKG.cellRange, place.cells)
    if place.confidence is not None:
        sink.add(node, BKG.readingConfidence, decimal(Decimal(str(place.confidence))))
    sink.text(node, BKG.quote, quote)
    sink.integer(node, BKG.startOffset, place.start)
