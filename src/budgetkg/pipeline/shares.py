"""A document's share of the conclusions as sorted N-Quads, of which some are exchanged for others.

Most of a share stays as it is when another document comes, so it is neither read into terms nor made again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from budgetkg.mapping import Statements
from budgetkg.vocab import BKG


class Share:
    """The statements of one graph within a share that holds several."""

    def __init__(self, nquads: bytes, graph: NamedNode) -> None:
        self._text, self._ending = nquads, f" {graph} .\n".encode()
        self._lines = nquads.splitlines(keepends=True)
        self._gone: set[bytes] = set()
        self._come: set[bytes] = set()

    def without_subject(self, subject: str) -> None:
        """Take out what is said of a thing."""
        self._without(f"<{subject}> ".encode())

    def without_conclusions(self, thing: str) -> None:
        """Take out the conclusions that have a thing as their subject, with all that is said of them."""
        about, at = f" {BKG.hasSubject} <{thing}>".encode() + self._ending, -1
        while (at := self._text.find(about, at + 1)) >= 0:
            self._without(self._text[self._text.rfind(b"\n", 0, at) + 1 : at] + b" ")

    def without_statement(self, subject: str, predicate: NamedNode, value: str) -> None:
        """Take out one statement about two things."""
        self._gone.add(f"<{subject}> {predicate} <{value}>".encode() + self._ending)

    def take(self, said: Statements) -> None:
        """Put statements in."""
        self._come.update(said.nquads().splitlines(keepends=True))

    def nquads(self) -> bytes:
        """The whole share, sorted."""
        return b"".join(sorted({*self._kept(), *self._come}))

    def count(self, predicate: NamedNode) -> int:
        """How many statements of the graph have a property."""
        name = f" {predicate} ".encode()
        return sum(name in line and line.endswith(self._ending) for line in {*self._kept(), *self._come})

    def _kept(self) -> Iterable[bytes]:
        return (line for line in self._lines if line not in self._gone)

    def _without(self, start: bytes) -> None:
        self._gone.update(line for line in self._beginning(start) if line.endswith(self._ending))

    def _beginning(self, start: bytes) -> Iterator[bytes]:
        at = bisect_left(self._lines, start)
        while at < len(self._lines) and self._lines[at].startswith(start):
            yield self._lines[at]
            at += 1
