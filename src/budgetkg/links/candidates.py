"""Candidate pairs: concepts of two lists whose labels share a word, each pair with its likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from budgetkg.links.similarity import Likeness, Weights, cognates
from budgetkg.links.skos import Label, ListedConcept
from budgetkg.links.wording import FAINT, Wording, wording

# Factor on the likeness of two labels that aren't both preferred ones.
_OTHER_LABEL = 0.97
# An ending is the list's and not the entry's where more than this share of at least so many labels has it.
_MOST_LABELS = 0.5
_FEWEST_LABELS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two concepts with the likeness of their closest labels; ``above`` is that of their parents (0 to 1)."""

    source: str
    target: str
    likeness: Likeness
    method: str
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class _Worded:
    label: Label
    wording: Wording


class Comparison:
    """Two lists side by side.

    ``comparable`` is whether they have labels in a common language.
    """

    def __init__(self, left: Sequence[ListedConcept], right: Sequence[ListedConcept]) -> None:
        self._left = {item.iri: _worded(item, _tails(left)) for item in left}
        self._right = {item.iri: _worded(item, _tails(right)) for item in right}
        self._parents = {item.iri: item.broader for item in (*left, *right)}
        self._weights = Weights(_wordings(self._left), _wordings(self._right))
        self.comparable = bool(_languages(left) & _languages(right))
        self._known: dict[tuple[str, str], tuple[Likeness, str]] = {}

    def pairs(self) -> list[Pair]:
        """Every pair whose labels share a word that isn't faint."""
        pairs = []
        for source, target in self._sharing_a_word():
            likeness, method = self.likeness(source, target)
            if likeness.score > 0:
                pairs.append(Pair(source, target, likeness, method, self._above(source, target)))
        return pairs

    def likeness(self, source: str, target: str) -> tuple[Likeness, str]:
        """The best likeness over the labels of two concepts in one language, and by which labels."""
        known = self._known.get((source, target))
        if known is None:
            known = self._known[source, target] = self._compared(source, target)
        return known

    def _compared(self, source: str, target: str) -> tuple[Likeness, str]:
        best, method = Likeness(0.0), "label"
        for ours in self._left[source]:
            for theirs in self._right[target]:
                if not _same_language(ours.label, theirs.label):
                    continue
                likeness = self._weights.likeness(ours.wording, theirs.wording)
                preferred = ours.label.preferred and theirs.label.preferred
                if not preferred:
                    likeness = replace(likeness, score=likeness.score * _OTHER_LABEL)
                if likeness > best:
                    best, method = likeness, "label" if preferred else "alternative-label"
        return best, method

    def _above(self, source: str, target: str) -> float:
        ours, theirs = self._parents[source], self._parents[target]
        # A parent may stand in another scheme than its child: then there is nothing to compare here.
        listed = ours in self._left and theirs in self._right
        return self.likeness(ours, theirs)[0].score if ours and theirs and listed else 0.0

    def _sharing_a_word(self) -> list[tuple[str, str]]:
        ours, theirs = _postings(self._left), _postings(self._right)
        pairs: set[tuple[str, str]] = set()
        for word, others in cognates(ours, theirs).items():
            for other in others:
                pairs.update((source, target) for source in ours[word] for target in theirs[other])
        return sorted(pairs)


def _worded(item: ListedConcept, tails: dict[str, str]) -> tuple[_Worded, ...]:
    return tuple(
        _Worded(label, wording(_shortened(label, tails.get(label.language, "")), label.language))
        for label in item.labels
    )


def _tails(concepts: Sequence[ListedConcept]) -> dict[str, str]:
    """By language the ending of most Chinese labels (支出, 指标): it tells nothing about the single entry."""
    tails = {}
    for language in _languages(concepts):
        texts = [
            label.text
            for item in concepts
            for label in item.labels
            if label.language == language and label.preferred
        ]
        tails[language] = _tail(texts)
    return tails


def _tail(texts: Sequence[str]) -> str:
    tail = ""
    while len(texts) >= _FEWEST_LABELS:
        longer = Counter(text[-len(tail) - 1 :] for text in texts if len(text) > len(tail) + 1)
        best, count = longer.most_common(1)[0] if longer else ("", 0)
        if count <= _MOST_LABELS * len(texts) or best[0] < "\u3400":
            break
        tail = best
    return tail


def _shortened(label: Label, tail: str) -> str:
    return label.text.removesuffix(tail) if tail and label.text != tail else label.text


def _wordings(items: dict[str, tuple[_Worded, ...]]) -> list[Wording]:
    return [worded.wording for labels in items.values() for worded in labels]


def _languages(concepts: Iterable[ListedConcept]) -> set[str]:
    return {label.language for item in concepts for label in item.labels}


def _same_language(left: Label, right: Label) -> bool:
    return left.language == right.language or not left.language or not right.language


def _postings(items: dict[str, tuple[_Worded, ...]]) -> dict[str, set[str]]:
    postings: dict[str, set[str]] = defaultdict(set)
    for iri, worded in items.items():
        for label in worded:
            for word, weight in label.wording.words:
                if weight > FAINT:
                    postings[word].add(iri)
            if label.wording.plain:
                postings[label.wording.plain].add(iri)
    return postings
