"""Finding the labels of a SKOS scheme in a text: the longest ones, each at its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from budgetkg.codelists import concepts

_HEAD = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found in a text; ``sure`` is false for a hint (skos:hiddenLabel)."""

    start: int
    end: int
    notation: str
    label: str
    sure: bool


class LabelIndex:
    """The Chinese labels of one scheme, by their first two characters."""

    def __init__(self, scheme: str, plain: Callable[[str], str]) -> None:
        self._heads: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        for item in concepts(scheme):
            for label in (item.zh, *item.alt, *item.hidden):
                text = plain(label)
                if len(text) >= _HEAD:
                    self._heads[text[:_HEAD]].append((text, item.notation, label not in item.hidden))
        for entries in self._heads.values():
            entries.sort(key=lambda entry: (-len(entry[0]), not entry[2], entry[1]))

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every label in the text; one that lies inside a longer one is no hit."""
        hits: list[Hit] = []
        end = 0
        for start in range(len(text) - _HEAD + 1):
            for label, notation, sure in self._heads.get(text[start : start + _HEAD], ()):
                if text.startswith(label, start):
                    if start + len(label) > end:
                        end = start + len(label)
                        hits.append(Hit(start, end, notation, label, sure))
                    break
        return tuple(hits)
