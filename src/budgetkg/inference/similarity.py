"""Goals of different districts that are worded alike.

Comparing all with all would cost the square of their number. Each wording keeps the twelve smallest
hashes of its four-character pieces; only wordings that share one are compared, a piece that too many
share says nothing, and each goal keeps its three best partners. Cost and result grow with the number
of goals.
"""

from __future__ import annotations

import heapq
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz.distance import Indel

AT_LEAST = 0.6
"""From here on two goals count as worded alike."""

_PIECE, _KEPT = 4, 12
_SHORTEST = 12
_CROWD = 60
_COMPARED = 24
_PARTNERS = 3
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Goal:
    """A project's goal in comparable wording."""

    project: str
    district: str
    wording: str


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two projects of two districts, the smaller IRI first."""

    first: str
    second: str
    similarity: Decimal


def near_copies(goals: Iterable[Goal]) -> list[Pair]:
    """Pairs of goals worded alike in two districts, sorted."""
    members: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for goal in goals:
        if len(goal.wording) >= _SHORTEST:
            members[goal.wording][goal.district].append(goal.project)
    wordings = sorted(members)
    scores: dict[tuple[str, str], float] = {}
    for place, others in _candidates(wordings):
        own = wordings[place]
        scored = heapq.nsmallest(_COMPARED, ((-_alike(own, wordings[o]), wordings[o]) for o in others))
        ranked = [(own, 1.0), *((text, -score) for score, text in scored if -score >= AT_LEAST)]
        for district, projects in members[own].items():
            for project in projects:
                scores |= _partners(project, district, ranked, members)
    return [Pair(*pair, _rounded(score)) for pair, score in sorted(scores.items())]


def _partners(
    project: str, district: str, ranked: list[tuple[str, float]], members: dict[str, dict[str, list[str]]]
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


def _candidates(wordings: list[str]) -> Iterator[tuple[int, list[int]]]:
    """For each wording those that share a kept piece with it, the most pieces first."""
    buckets: dict[int, list[int]] = defaultdict(list)
    sketches = [_sketch(text) for text in wordings]
    for place, sketch in enumerate(sketches):
        for piece in sketch:
            buckets[piece].append(place)
    for place, sketch in enumerate(sketches):
        shared: Counter[int] = Counter()
        for piece in sketch:
            if len(buckets[piece]) <= _CROWD:
                shared.update(buckets[piece])
        del shared[place]
        best = heapq.nsmallest(_COMPARED, shared.items(), key=lambda item: (-item[1], item[0]))
        yield place, [other for other, _ in best]


def _sketch(text: str) -> list[int]:
    pieces = {text[i : i + _PIECE] for i in range(len(text) - _PIECE + 1)}
    return heapq.nsmallest(_KEPT, {zlib.crc32(piece.encode()) for piece in pieces})


def _alike(one: str, other: str) -> float:
    """Dice's coefficient of the character bigrams: what two sorted sequences share is their overlap."""
    return Indel.normalized_similarity(_bigrams(one), _bigrams(other))


def _bigrams(text: str) -> list[str]:
    return sorted(text[i : i + 2] for i in range(len(text) - 1))


def _rounded(score: float) -> Decimal:
    return Decimal(score).quantize(_PLACES)
