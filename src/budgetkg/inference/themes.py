"""Which themes a project, task or indicator belongs to, on what ground, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from budgetkg.inference import scheme
from budgetkg.inference.labels import Hit
from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.subjects import Extract, IndicatorFacts, Subject

WEAK = Decimal("0.5")
"""Below this strength a person should look; money is not counted by such an assignment."""

_FULL, _IN_INDICATOR, _NAMED_BY_A_TASK = Decimal(1), Decimal("0.3"), Decimal("0.6")
# A goal speaks of many things: its strength is a floor and the theme's share of what it speaks of.
_ALONE = (Decimal("0.4"), Decimal("0.3"))
_BESIDE_A_NAME = (Decimal("0.2"), Decimal("0.2"))
_BY_DEPARTMENT = Decimal("0.4")
# What a department usually does is likelier; what is bought says less than what it is bought for.
_AGREES, _DISAGREES, _BOUGHT = Decimal("0.15"), Decimal("-0.45"), Decimal("-0.2")
_LEAST, _CENT = Decimal("0.05"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A subject's theme; ``words`` were recognised, ``grounds`` are the nodes that print them.

    ``rank`` orders the themes of one subject, where strength alone would leave a tie; 0 is the strength.
    ``share`` is what part of the money a person gave the theme; ``denied`` says that a person took it away.
    """

    subject: str
    theme: str
    method: str
    strength: Decimal
    words: tuple[str, ...]
    grounds: tuple[str, ...]
    main: bool = False
    note: str | None = None
    who: str | None = None
    rank: Decimal = Decimal(0)
    share: Decimal | None = None
    denied: bool = False

    @property
    def weak(self) -> bool:
        """Should a person look at it?"""
        return self.strength < WEAK

    @property
    def money(self) -> Decimal | None:
        """Which part of its subject's money counts for the theme; the main one has all without a choice."""
        return self.share if self.share is not None else _FULL if self.main else None


@dataclass(frozen=True, slots=True)
class _Office:
    """The class in which a unit or department works, by which words, and the node that prints them.

    ``also`` are further classes that it may work in: housing, for those who build.
    """

    theme: str
    words: tuple[str, ...]
    also: frozenset[str]
    ground: str


class Themes:
    """Assigns by the words of the scheme."""

    def __init__(self, local_names: LocalNames) -> None:
        self._local_names = local_names
        self._index = scheme.name_index(local_names.removed_from)
        self._departments = scheme.department_index(local_names.removed_from)
        self._find = lru_cache(maxsize=1 << 13)(self._hits)
        self._works_in = lru_cache(maxsize=4096)(self._class_of)

    def of(self, document: Extract) -> Iterator[Assignment]:
        """The assignments that follow from a document's own words."""
        units = {}
        for subject in document.subjects:
            office = self._office(document, subject)
            if subject.unit_iri and office and office.ground == subject.unit_iri:
                units[subject.unit_iri] = office
            if subject.kind != "plan":
                yield from with_main(self._of_subject(subject, office))
            for indicator in subject.indicators:
                yield from with_main(self._of_indicator(indicator))
        yield from (_by_office(iri, office) for iri, office in units.items())

    def widened(self, theme: str) -> tuple[str, ...]:
        """A theme and the wider ones it belongs to; a functional class holds too much to compare by."""
        return tuple(step for step in scheme.wider(theme) if step not in scheme.classes())

    def _hits(self, text: str) -> tuple[Hit, ...]:
        return self._index.find(self._local_names.removed_from(text))

    def _class_of(self, name: str) -> tuple[str, tuple[str, ...], frozenset[str]] | None:
        hits = self._departments.find(self._local_names.removed_from(name))
        own = [hit for hit in hits if hit.sure]
        found = {hit.notation for hit in own}
        also = frozenset(hit.notation for hit in hits) - found
        return (found.pop(), _words(own), also) if len(found) == 1 else None

    def _office(self, document: Extract, subject: Subject) -> _Office | None:
        """What the unit's name says, else what the department's does; two classes in a name say nothing."""
        for name, iri in ((subject.unit, subject.unit_iri), (document.department_name, document.plan)):
            works_in = self._works_in(name) if name and iri else None
            if works_in and iri:
                return _Office(*works_in, iri)
        return None

    def _of_subject(self, subject: Subject, office: _Office | None) -> list[Assignment]:
        by_name = self._by_name(subject.iri, self._find(subject.name), office)
        by_text = self._by_text(subject, {item.theme for item in by_name}, office)
        named = self._by_named(subject)
        best: dict[str, Assignment] = {}
        for assignment in (*by_name, *by_text, *named, *self._by_indicators(subject)):
            known = best.get(assignment.theme)
            if known is None or assignment.strength > known.strength:
                best[assignment.theme] = assignment
        strong = {scheme.top(item.theme) for item in best.values() if not item.weak}
        if office and not strong & scheme.classes():
            alone = best.get(office.theme)
            if alone is None or alone.strength < _BY_DEPARTMENT:
                best[office.theme] = _by_office(subject.iri, office)
        # The class of a finer theme is said by skos:broader already.
        finer = {item.theme for item in best.values() if not item.weak} - scheme.classes()
        said = scheme.classes() & {scheme.top(theme) for theme in finer}
        return [item for item in best.values() if item.theme not in said]

    def _of_indicator(self, indicator: IndicatorFacts) -> list[Assignment]:
        hits = tuple(hit for hit in self._find(indicator.name) if hit.notation not in scheme.classes())
        return self._by_name(indicator.iri, hits, None)

    def _by_name(self, iri: str, hits: tuple[Hit, ...], office: _Office | None) -> list[Assignment]:
        assignments = []
        for theme, own in _by_theme(hits):
            weight = max(hit.word.weight for hit in own)
            if office and theme in scheme.classes() and weight < WEAK and theme != office.theme:
                continue  # such a word means something in the mouth of a department of the class only
            method = "label-in-name" if weight == _FULL else "keyword-in-name"
            found = Assignment(iri, theme, method, weight, _words(own), (iri,))
            assignments.append(_ranked(found, office))
        return assignments

    def _by_text(self, subject: Subject, named: set[str], office: _Office | None) -> list[Assignment]:
        sure = tuple(hit for hit in self._find(subject.text) if hit.sure)
        hits = tuple(hit for hit in sure if hit.notation not in scheme.classes())
        if not hits and not any(map(scheme.is_functional, named)):
            hits = sure
        assignments = []
        for theme, own in _by_theme(hits):
            # A goal may say more exactly what the name says: a narrower theme is no rival of it.
            free = not named or scheme.broader(theme) in named
            floor, more = _ALONE if free else _BESIDE_A_NAME
            strength = (floor + more * len(own) / len(hits)).quantize(_CENT)
            grounds = (subject.ground or subject.iri,)
            found = Assignment(subject.iri, theme, "label-in-text", strength, _words(own), grounds)
            assignments.append(_ranked(found, office))
        return assignments

    def _by_named(self, subject: Subject) -> list[Assignment]:
        """The themes of the projects that a task names as its own."""
        hits = tuple(hit for hit in self._find(subject.named) if hit.sure) if subject.named else ()
        iri, method = subject.iri, "label-in-named-project"
        return [
            Assignment(iri, theme, method, _NAMED_BY_A_TASK, _words(own), (iri,))
            for theme, own in _by_theme(hits)
        ]

    def _by_indicators(self, subject: Subject) -> list[Assignment]:
        words: dict[str, set[str]] = {}
        grounds: dict[str, set[str]] = {}
        for indicator in subject.indicators:
            for hit in self._find(indicator.name):
                if hit.sure and hit.notation not in scheme.classes():
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

    Of equally sure ones of one class the first in the subject's words is the main one; where they belong
    to different classes none is: money that may be for either is counted for neither.
    """
    ordered = sorted(assignments, key=lambda item: -_order(item))
    strong = [item for item in ordered if not item.weak]
    if not strong:
        return ordered
    first = strong[0]
    level = {scheme.top(item.theme) for item in strong if _order(item) == _order(first)}
    return [replace(item, main=item is first and len(level) == 1) for item in ordered]


def _order(item: Assignment) -> Decimal:
    return item.rank or item.strength


def _ranked(found: Assignment, office: _Office | None) -> Assignment:
    """With what the department says: it confirms a class, and decides between equally sure themes."""
    if not scheme.is_functional(found.theme):
        return replace(found, rank=found.strength + _BOUGHT)
    if office is None or scheme.top(found.theme) in office.also:
        return found
    if scheme.top(found.theme) != office.theme:
        if found.theme not in scheme.classes():
            return replace(found, rank=found.strength - _AGREES)
        # One word for a class against what the department does: 妇女 in a project of the hospital.
        return replace(found, strength=max(found.strength + _DISAGREES, _LEAST))
    agreed = replace(found, rank=found.strength + _AGREES)
    if found.theme != office.theme:
        return agreed
    return replace(
        agreed,
        method="name-and-department" if found.method != "label-in-text" else found.method,
        strength=min(_FULL, agreed.rank),
        words=tuple(sorted({*found.words, *office.words})),
        grounds=tuple(sorted({*found.grounds, office.ground})),
    )


def _by_office(iri: str, office: _Office) -> Assignment:
    return Assignment(iri, office.theme, "department-name", _BY_DEPARTMENT, office.words, (office.ground,))


def _by_theme(hits: tuple[Hit, ...]) -> list[tuple[str, list[Hit]]]:
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.notation, []).append(hit)
    return list(grouped.items())


def _words(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(sorted({hit.label for hit in hits}))
