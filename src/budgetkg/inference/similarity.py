"""Goals of different districts that are worded alike.

Comparing all with all would cost the square of their number. Each wording keeps the twelve smallest
hashes of its four-character pieces; only wordings that share one are compared, a piece that too many
share says nothing, and each goal keeps its three best partners. Cost and result grow with the number
of goals.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz.distance import Indel

AT_LEAST = 0.6
"""From here on two goals count as worded alike."""

SHORTEST = 12
"""The length from which on a wording is compared."""

CROWD = 60
"""A piece that more wordings share says nothing."""

COMPARED = 24
"""With how many others a wording is compared."""

_PIECE, _KEPT = 4, 12
_PARTNERS = 3
_PLACES = Decimal("0.0001")

Ranked: TypeAlias = list[tuple[str, float]]
"""Other wordings with their likeness, 0 to 1, the likest first."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two projects of two districts, the smaller IRI first."""

    first: str
    second: str
    similarity: Decimal


def nearest(shared: Mapping[str, int]) -> list[str]:
    """Of wordings, by how many pieces they share with one, those that share most."""
    least = sorted(shared.values(), reverse=True)[COMPARED - 1] if len(shared) > COMPARED else 0
    best = sorted((-count, other) for other, count in shared.items() if count >= least)
    return [other for _, other in best[:COMPARED]]


def ranking(own: str, others: list[str]) -> Ranked:
    """Those of other wordings that are worded like one."""
    scored = sorted((-_alike(own, other), other) for other in others)
    return [(text, -score) for score, text in scored if -score >= AT_LEAST]


def partners(
    project: str, district: str, ranked: Ranked, members: Mapping[str, Mapping[str, list[str]]]
) -> dict[tuple[str, str], float]:
    """The best partners of one project: of each other wording and district the first."""
    scores: dict[tuple[str, str], float] = {}
    for text, score in ranked:
        for other in sorted(members[text]):
            if other == district:
                continue
            if len(scores) == _PARTNERS:
                return scores
            partner = min(members[text][other])
            scores[(min(project, partner), max(project, partner))] = score
    return scores


@lru_cache(maxsize=1 << 14)
def sketch(text: str) -> tuple[int, ...]:
    """The pieces by which a wording is compared."""
    pieces = {text[i : i + _PIECE] for i in range(len(text) - _PIECE + 1)}
    return tuple(heapq.nsmallest(_KEPT, {zlib.crc32(piece.encode()) for piece in pieces}))


def _alike(one: str, other: str) -> float:
    """Dice's coefficient of the character bigrams: what two sorted sequences share is their overlap."""
    return Indel.normalized_similarity(_bigrams(one), _bigrams(other))


@lru_cache(maxsize=1 << 13)  # some 2 KB each
def _bigrams(text: str) -> list[str]:
    return sorted(text[i : i + 2] for i in range(len(text) - 1))


def forget() -> None:
    """Give back what is remembered of single wordings: some 30 MB."""
    sketch.cache_clear()
    _bigrams.cache_clear()


def rounded(score: float) -> Decimal:
    """A likeness as it is stated."""
    return Decimal(score).quantize(_PLACES)
