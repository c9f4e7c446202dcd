"""How alike two labels are: shared words, each weighed by how rare it is in the two lists."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import WRatio

from budgetkg.links.wording import Wording

# Jaro-Winkler similarity from which on two words count as one.
_SAME_WORD = 0.9
# Characters; shorter words must be equal.
_SHORTEST_WORD = 4
# Weight of a word that stands in every label.
_LEAST = 0.1
# Factor where one label names a remainder (other …) and the other doesn't.
_REST = 0.9


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """The likeness of two labels, each number from 0 to 1.

    ``score`` is that of both together, ``left`` and ``right`` the share of each that the other covers.
    """

    score: float
    left: float = 0.0
    right: float = 0.0


class Weights:
    """The weight of words: the more labels of either list hold a word, the less it weighs."""

    def __init__(self, *lists: Collection[Wording]) -> None:
        self._share: dict[str, float] = defaultdict(float)
        self._rarest = 1.0
        for labels in filter(None, lists):
            counts = Counter(word for label in labels for word, _ in label.words)
            self._rarest = min(self._rarest, 1 / len(labels))
            for word, count in counts.items():
                self._share[word] = max(self._share[word], count / len(labels))

    def of(self, word: str) -> float:
        """The weight of a word, from 0.1 (it is in every label) to 1 (in one label)."""
        if self._rarest == 1.0:
            return 1.0
        share = self._share.get(word, self._rarest)
        return max(_LEAST, math.log(share) / math.log(self._rarest))

    def likeness(self, left: Wording, right: Wording) -> Likeness:
        """Compare two labels by a weighted Dice coefficient: the words they share over the words of both."""
        if left.plain == right.plain:
            return Likeness(1.0, 1.0, 1.0)
        ours, theirs = self._weighed(left), self._weighed(right)
        covered, counter = _covered(ours, theirs), _covered(theirs, ours)
        total, other = sum(ours.values()), sum(theirs.values())
        if not total or not other:
            return Likeness(0.0)
        score = (covered + counter) / (total + other) * (1.0 if left.is_rest == right.is_rest else _REST)
        return Likeness(score, covered / total, counter / other)

    def _weighed(self, label: Wording) -> dict[str, float]:
        return {word: weight * self.of(word) for word, weight in label.words}


def _covered(ours: dict[str, float], theirs: dict[str, float]) -> float:
    return sum(weight * _best(word, theirs) for word, weight in ours.items())


def _best(word: str, others: dict[str, float]) -> float:
    return 1.0 if word in others else max((alike(word, other) for other in others), default=0.0)


def alike(word: str, other: str) -> float:
    """How alike two words of one root are, or misspelt ones: 0.9 to 1, else 0; short words must be equal."""
    if word[0] != other[0] or min(len(word), len(other)) < _SHORTEST_WORD:
        return 0.0
    return _alike(word, other)


@lru_cache(maxsize=1 << 18)
def _alike(word: str, other: str) -> float:
    return JaroWinkler.similarity(word, other, score_cutoff=_SAME_WORD)


def cognates(words: Collection[str], others: Collection[str]) -> dict[str, list[str]]:
    """For each word of one list the words of the other that equal it or are alike."""
    beginning: dict[str, list[str]] = defaultdict(list)
    for other in others:
        beginning[other[0]].append(other)
    return {
        word: [other for other in beginning.get(word[0], ()) if word == other or alike(word, other)]
        if len(word) < _SHORTEST_WORD
        else [cognate for cognate, _, _ in _near(word, beginning.get(word[0], []))]
        for word in words
    }


def _near(word: str, others: list[str]) -> list[tuple[str, float, int]]:
    near = process.extract(word, others, scorer=JaroWinkler.similarity, score_cutoff=_SAME_WORD, limit=None)
    return [item for item in near if item[0] == word or len(item[0]) >= _SHORTEST_WORD]


def nearness(text: str, names: Collection[str]) -> float:
    """How near a text comes to the nearest of a thing's names, from 0 to 100; parts of a name count less."""
    found = process.extractOne(text, names, scorer=WRatio)
    return 0.0 if found is None else float(found[1])
