"""Where the quads of one graph are collected, without repetition, and put in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, Triple

from budgetkg.mapping import literals
from budgetkg.mapping.statements import Statements
from budgetkg.vocab import XSD

_INTEGER = str(XSD.integer)
_NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)分?", re.ASCII)


class QuadSink:
    """Takes statements about one named graph; a blank (``None``) states nothing.

    ``masked`` masks personal data in what a form prints; every text and name goes through it.
    """

    def __init__(self, graph: NamedNode, masked: Callable[[str], str] = str) -> None:
        self._graph = graph
        self._masked = masked
        self._lines: set[str] = set()
        # A form prints the same words again and again: masked and written once.
        self._texts: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal | None) -> None:
        """One statement."""
        if value is not None:
            self._lines.add(f"{subject} {predicate} {value}")

    def state(self, triple: Triple) -> None:
        """A statement made elsewhere."""
        self._lines.add(f"{triple.subject} {triple.predicate} {triple.object}")

    def line(self, line: str) -> None:
        """A statement made elsewhere, as :class:`Statements` has it."""
        self._lines.add(line)

    def link(self, subject: NamedNode, predicate: NamedNode, nodes: Iterable[NamedNode]) -> None:
        """One statement for each node."""
        for node in nodes:
            self.add(subject, predicate, node)

    def identifier(self, subject: NamedNode, predicate: NamedNode, value: str) -> None:
        """A string that no form prints, such as a checksum, which may look like a telephone number."""
        self.add(subject, predicate, literals.string(value))

    def text(self, subject: NamedNode, predicate: NamedNode, value: str | None) -> None:
        """A printed string."""
        if value is not None:
            known = self._texts.get(value)
            if known is None:
                known = self._texts[value] = str(literals.string(self._masked(value)))
            self._lines.add(f"{subject} {predicate} {known}")

    def name(self, subject: NamedNode, predicate: NamedNode, value: str | None) -> None:
        """A name or title in Chinese."""
        if value is not None:
            known = self._names.get(value)
            if known is None:
                known = self._names[value] = str(literals.chinese(self._masked(value)))
            self._lines.add(f"{subject} {predicate} {known}")

    def integer(self, subject: NamedNode, predicate: NamedNode, value: int | None) -> None:
        """A whole number."""
        if value is not None:
            self._lines.add(f'{subject} {predicate} "{value}"^^{_INTEGER}')

    def number(self, subject: NamedNode, predicate: NamedNode, printed: str | None) -> None:
        """A printed number as a decimal: 20 and 9.7分; what is more than one number states nothing."""
        found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", "".join((printed or "").split())))
        if found:
            self.add(subject, predicate, literals.decimal(Decimal(found[1])))

    def statements(self) -> Statements:
        """What was stated, sorted as N-Quads lines are, so that files come out the same everywhere."""
        return Statements(str(self._graph), tuple(sorted(self._lines)))

    def quads(self) -> list[Quad]:
        """The same as terms."""
        return self.statements().quads()
