"""The ledger of a document: what became of each of its characters, so that nothing is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum

from budgetkg.reading.source import Line, Source
from budgetkg.records import Account
from budgetkg.text import is_blank


class Fate(IntEnum):
    """What became of a character; of several claims the one with the highest number holds."""

    NONE = 0
    FURNITURE = 1
    FINDING = 2
    RECORD = 3


class Ledger:
    """What became of each character of one source; its furniture is claimed from the start."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._fates = bytearray(len(source.text))
        blanks = "".join(filter(is_blank, set(source.text)))
        self._ink = re.compile(f"[^{re.escape(blanks)}]+" if blanks else ".+", re.DOTALL)
        for start, end in source.furniture:
            self.claim(start, end, Fate.FURNITURE)

    def claim(self, start: int, end: int, fate: Fate) -> None:
        """Claim the characters between two offsets, ``end`` left out."""
        self.claim_offsets(range(start, end), fate)

    def claim_offsets(self, offsets: Iterable[int], fate: Fate) -> None:
        """Claim the characters at some offsets."""
        fates = self._fates
        for offset in offsets:
            if fates[offset] < fate:
                fates[offset] = fate

    @property
    def fates(self) -> bytes:
        """The number of the fate of every character of the source, one byte each."""
        return bytes(self._fates)

    def among(self, start: int, end: int) -> frozenset[int]:
        """The fates of the characters between two offsets, ``end`` left out."""
        return frozenset(self._fates[start:end])

    def unclaimed(self) -> list[tuple[int, int]]:
        """Return the stretches (start, end) of text that nothing claimed.

        Those that follow one another on a page are one.
        """
        stretches: list[tuple[int, int]] = []
        page = 0
        for line in self._source.lines:
            for offset in self._inked(line):
                if self._fates[offset] != Fate.NONE:
                    page = 0  # what is claimed parts two stretches
                elif page == line.page:
                    stretches[-1] = (stretches[-1][0], offset + 1)
                else:
                    stretches.append((offset, offset + 1))
                    page = line.page
        return stretches

    def _inked(self, line: Line) -> Iterator[int]:
        """The offsets of the characters of a line that leave ink; of claimed runs the first alone."""
        for found in self._ink.finditer(line.text):
            start, end = line.start + found.start(), line.start + found.end()
            yield from range(start, end if Fate.NONE in self._fates[start:end] else start + 1)

    def account(self) -> Account:
        """Count the characters that leave ink by what became of them."""
        inked = bytearray().join(
            self._fates[line.start + found.start() : line.start + found.end()]
            for line in self._source.lines
            for found in self._ink.finditer(line.text)
        )
        counts = {fate: inked.count(fate) for fate in Fate}
        dropped = self._source.dropped
        return Account(
            total=len(inked) + dropped,
            records=counts[Fate.RECORD],
            furniture=counts[Fate.FURNITURE],
            findings=counts[Fate.FINDING] + dropped,
        )
