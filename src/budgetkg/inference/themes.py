"""Which themes a project, task or indicator belongs to, on what ground, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from budgetkg.codelists import concepts
from budgetkg.inference.labels import Hit, LabelIndex
from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.subjects import Extract, IndicatorFacts, Subject

WEAK = Decimal("0.5")
"""Below this strength a person should look; money is not counted by such an assignment."""

_NAMED, _HINTED, _IN_INDICATOR = Decimal("1"), Decimal("0.7"), Decimal("0.3")
# A goal speaks of many things: its strength is a floor and the theme's share of what it speaks of.
_ALONE = (Decimal("0.4"), Decimal("0.3"))
_BESIDE_A_NAME = (Decimal("0.2"), Decimal("0.2"))
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A subject's theme; ``words`` were recognised, ``grounds`` are the nodes that print them."""

    subject: str
    theme: str
    method: str
    strength: Decimal
    words: tuple[str, ...]
    grounds: tuple[str, ...]
    main: bool = False
    note: str | None = None

    @property
    def weak(self) -> bool:
        """Should a person look at it?"""
        return self.strength < WEAK


class Themes:
    """Assigns by the labels of ``ontology/themes.ttl``."""

    def __init__(self, local_names: LocalNames) -> None:
        self._local_names = local_names
        self._index = LabelIndex("theme", local_names.removed_from)
        self._broader = {item.notation: item.parent for item in concepts("theme")}
        self._find = lru_cache(maxsize=65536)(self._hits)

    def of(self, document: Extract) -> Iterator[Assignment]:
        """The assignments that follow from a document's own words."""
        for subject in document.subjects:
            if subject.kind != "plan":
                yield from with_main(self._of_subject(subject))
            for indicator in subject.indicators:
                yield from with_main(self._of_indicator(indicator))

    def widened(self, theme: str) -> tuple[str, ...]:
        """A theme and the wider one it belongs to."""
        broader = self._broader[theme]
        return (theme, broader) if broader else (theme,)

    def _hits(self, text: str) -> tuple[Hit, ...]:
        return self._index.find(self._local_names.removed_from(text))

    def _of_subject(self, subject: Subject) -> list[Assignment]:
        by_name = self._by_name(subject.iri, self._find(subject.name))
        by_text = self._by_text(subject, {item.theme for item in by_name})
        by_indicators = self._by_indicators(subject)
        best: dict[str, Assignment] = {}
        for assignment in (*by_name, *by_text, *by_indicators):
            known = best.get(assignment.theme)
            if known is None or assignment.strength > known.strength:
                best[assignment.theme] = assignment
        return list(best.values())

    def _of_indicator(self, indicator: IndicatorFacts) -> list[Assignment]:
        return self._by_name(indicator.iri, self._find(indicator.name))

    def _by_name(self, iri: str, hits: tuple[Hit, ...]) -> list[Assignment]:
        assignments: dict[str, Assignment] = {}
        for theme, own in _by_theme(hits):
            sure = any(hit.sure for hit in own)
            method, strength = ("label-in-name", _NAMED) if sure else ("keyword-in-name", _HINTED)
            assignments[theme] = Assignment(iri, theme, method, strength, _words(own), (iri,))
        return list(assignments.values())

    def _by_text(self, subject: Subject, named: set[str]) -> list[Assignment]:
        hits = tuple(hit for hit in self._find(subject.text) if hit.sure)
        assignments = []
        for theme, own in _by_theme(hits):
            # A goal may say more exactly what the name says: a narrower theme is no rival of it.
            free = not named or self._broader[theme] in named
            floor, more = _ALONE if free else _BESIDE_A_NAME
            strength = (floor + more * len(own) / len(hits)).quantize(_CENT)
            grounds = (subject.ground or subject.iri,)
            method = "label-in-text"
            assignments.append(Assignment(subject.iri, theme, method, strength, _words(own), grounds))
        return assignments

    def _by_indicators(self, subject: Subject) -> list[Assignment]:
        words: dict[str, set[str]] = {}
        grounds: dict[str, set[str]] = {}
        for indicator in subject.indicators:
            for hit in self._find(indicator.name):
                if hit.sure:
                    words.setdefault(hit.notation, set()).add(hit.label)
                    grounds.setdefault(hit.notation, set()).add(indicator.iri)
        return [
            Assignment(
                subject.iri, theme, "label-in-indicator", _IN_INDICATOR,
                tuple(sorted(words[theme])), tuple(sorted(grounds[theme])),
            )
            for theme in sorted(words)
        ]  # fmt: skip


def with_main(assignments: Iterable[Assignment]) -> list[Assignment]:
    """The assignments of one subject with the surest marked as its main theme, unless that one is weak.

    Of equally sure ones the first in the subject's words is the main one.
    """
    ordered = sorted(assignments, key=lambda item: -item.strength)
    if ordered and not ordered[0].weak:
        ordered[0] = replace(ordered[0], main=True)
    return ordered


def _by_theme(hits: tuple[Hit, ...]) -> list[tuple[str, list[Hit]]]:
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.notation, []).append(hit)
    return list(grouped.items())


def _words(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(sorted({hit.label for hit in hits}))
