"""The statements of one graph as text: sorted lines, from which every other form is made.

A document has some twelve thousand statements, and a term as an object costs more to make, compare and
serialise than the text that it becomes. So the mapping writes each statement once, as N-Triples without the
full stop, and files, validation and the document in brief are all made of the same lines.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

_END = " .\n"
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Statements:
    """Sorted statements about one named graph; ``graph`` is its IRI in angle brackets."""

    graph: str
    lines: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def nquads(self) -> bytes:
        """The statements as N-Quads, in the order of their bytes."""
        end = f" {self.graph}{_END}"
        return (end.join(self.lines) + end).encode() if self.lines else b""

    @property
    def ending(self) -> bytes:
        """What each statement ends in as a line of N-Quads."""
        return f" {self.graph}{_END}".encode()

    def ntriples(self) -> str:
        """The statements as N-Triples."""
        return ntriples(self.lines)

    def count(self, predicate: NamedNode) -> int:
        """How many of the statements have a property."""
        name = f" {predicate} "
        return sum(name in line and parts(line)[1] == name.strip() for line in self.lines)

    def quads(self) -> list[Quad]:
        """The statements as terms, in the same order."""
        return list(parse(io.BytesIO(self.nquads()), format=RdfFormat.N_QUADS))

    @staticmethod
    def of(nquads: bytes) -> Statements:
        """The statements in the sorted N-Quads of one graph; of none, no graph is known."""
        if not nquads:
            return Statements("", ())
        text = nquads.decode()
        graph = text[: text.find(_END)].rpartition(" ")[2]
        return Statements(graph, tuple(text.removesuffix(f" {graph}{_END}").split(f" {graph}{_END}")))


def ntriples(lines: Iterable[str]) -> str:
    """Statements as N-Triples."""
    text = _END.join(lines)
    return text + _END if text else ""


def parts(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object of a statement, each as it is written."""
    subject, predicate, value = line.split(" ", 2)
    return subject, predicate, value


def beginning(lines: tuple[str, ...], subject: str) -> Iterator[str]:
    """The statements, among sorted ones, about a subject as it is written."""
    at, start = bisect_left(lines, f"{subject} "), f"{subject} "
    while at < len(lines) and lines[at].startswith(start):
        yield lines[at]
        at += 1


def content(term: str) -> str:
    """What a term as it is written says: an IRI, the text of a literal, the label of a blank node."""
    if term.startswith("<"):
        return term if term.startswith("<<") else term[1:-1]
    if term.startswith("_:"):
        return term[2:]
    text = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_plain, text) if "\\" in text else text


def _plain(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    return chr(int(digits, 16)) if digits else _SIGNS.get(found[3], found[3])
