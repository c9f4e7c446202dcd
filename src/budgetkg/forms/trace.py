"""What became of every character of a file: what a person looks at who wants to see a reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgetkg.forms.explaining import DocumentRead
from budgetkg.reading import Ledger, Reading
from budgetkg.records import DocumentRecord


@dataclass(frozen=True, slots=True)
class Trace:
    """A file as read; ``fates`` has a number (:class:`budgetkg.reading.ledger.Fate`) per character.

    ``reason`` says why there are no records, where there are none. ``explained`` says of each record how
    its tables were decided.
    """

    reading: Reading
    fates: bytes
    records: tuple[DocumentRecord, ...]
    reason: str | None = None
    explained: tuple[DocumentRead, ...] = ()


def overlaid(ledgers: Iterable[Ledger]) -> bytes:
    """The fates of a file that holds several documents: each has claimed its own characters."""
    return bytes(map(max, zip(*(ledger.fates for ledger in ledgers), strict=True)))
