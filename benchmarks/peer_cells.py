"""The peer's evidence of cells: where in a row a printed value stands, by budgetkg's own search.

What is compared is how statements are made and stored; where a value stands is the same for both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from pyoxigraph import NamedNode
from rdflib import URIRef

from budgetkg.findings import Evidence
from budgetkg.mapping.locating import Text, locate

CellPlace = tuple[URIRef, Evidence, tuple[int, int] | None]


class Cells:
    """The texts of all rows of a document."""

    def __init__(self) -> None:
        self._texts: dict[Evidence, list[Text]] = defaultdict(list)
        self._things = count(1)

    def row(
        self,
        places: Sequence[Evidence],
        columns: Sequence[tuple[URIRef | None, str | None]],
        others: Sequence[str | None] = (),
        fallback: bool = True,
    ) -> None:
        """The columns of one thing in their order, each with the node that states it, and other texts."""
        thing = next(self._things)
        texts = [
            Text(bare(value), NamedNode(node) if node else None, order, thing, tuple(places), fallback)
            for order, (node, value) in enumerate(columns, 1)
            if value and bare(value)
        ]
        texts += [Text(bare(value)) for value in others if value]
        for place in dict.fromkeys(places):
            self._texts[place] += texts

    def located(self) -> Iterator[CellPlace]:
        """For each fact its rows, with first and end position where its cell is found in one."""
        facts = {id(text): text for texts in self._texts.values() for text in texts if text.node}
        placed = set()
        for place, texts in self._texts.items():
            for text, start, end in locate(place.quote, texts):
                if text.node is not None:
                    placed.add(id(text))
                    whole = (start, end) == (0, len(place.quote))
                    yield URIRef(text.node.value), place, None if whole else (start, end)
        for key, text in facts.items():
            if key not in placed and text.row_if_unfound and text.node is not None:
                yield from ((URIRef(text.node.value), place, None) for place in text.rows)


def bare(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())
