"""Finding the labels of a SKOS scheme in a text: the longest ones, each at its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from budgetkg.codelists import concepts

_HEAD = 2
_LABEL, _HINT, _SURE = Decimal(1), Decimal("0.7"), Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that points to a concept, and how surely; 1 is as good as a label of the concept."""

    notation: str
    text: str
    weight: Decimal

    @property
    def sure(self) -> bool:
        """Is it more than a hint?"""
        return self.weight >= _SURE


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found in a text at ``start``."""

    start: int
    end: int
    word: Word

    @property
    def notation(self) -> str:
        """The concept that the word points to."""
        return self.word.notation

    @property
    def label(self) -> str:
        """The word."""
        return self.word.text

    @property
    def sure(self) -> bool:
        """Is it more than a hint?"""
        return self.word.sure


class LabelIndex:
    """The words of one scheme, by their first two characters."""

    def __init__(self, words: Iterable[Word]) -> None:
        best: dict[tuple[str, str], Word] = {}
        for word in words:
            known = best.setdefault((word.text, word.notation), word)
            if known.weight < word.weight:
                best[word.text, word.notation] = word
        by_text: dict[str, list[Word]] = defaultdict(list)
        for word in best.values():
            if len(word.text) >= _HEAD:
                by_text[word.text].append(word)
        heads: dict[str, list[tuple[str, tuple[Word, ...]]]] = defaultdict(list)
        for text, own in by_text.items():
            heads[text[:_HEAD]].append((text, tuple(sorted(own, key=lambda w: (-w.weight, w.notation)))))
        self._heads = {
            head: sorted(entries, key=lambda entry: (-len(entry[0]), entry[0]))
            for head, entries in heads.items()
        }

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every word in the text; one that lies inside a longer one is no hit."""
        hits: list[Hit] = []
        end = 0
        for start in range(len(text) - _HEAD + 1):
            for label, words in self._heads.get(text[start : start + _HEAD], ()):
                if text.startswith(label, start):
                    if start + len(label) > end:
                        end = start + len(label)
                        hits += [Hit(start, end, word) for word in words]
                    break
        return tuple(hits)


def label_words(scheme: str, plain: Callable[[str], str]) -> list[Word]:
    """The Chinese labels of a scheme as words; its hidden labels are hints."""
    return [
        Word(item.notation, plain(label), _HINT if label in item.hidden else _LABEL)
        for item in concepts(scheme)
        for label in (item.zh, *item.alt, *item.hidden)
    ]
