"""What was promised and what was reached: targets beside results, plans beside self-evaluations.

A target and its result compare where each is one number, in one unit, neither of them a change nor per
some span of time that the other isn't. Nothing is concluded where they don't, nor where the target is a
bare number that was missed or exceeded and no column says which way is better.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from types import MappingProxyType

from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.subjects import Extract, IndicatorFacts, Subject
from budgetkg.values import Quantity, read_target
from budgetkg.values.units import unit_concept

_SIGNS: Mapping[str, Callable[[Decimal, Decimal], bool]] = MappingProxyType(
    {">=": ge, ">": gt, "<=": le, "<": lt}
)
_WAYS = MappingProxyType({"正向": ge, "反向": le, "正向指标": ge, "反向指标": le})
_BY_SIGN, _BY_DIRECTION = Decimal(1), Decimal("0.9")
_SAME_UNIT, _OTHER_UNIT = Decimal(1), Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Attained:
    """Whether a result meets a target; ``direction`` is the printed word that decided, if one did."""

    indicator: str
    target: str
    result: str
    attained: bool
    confidence: Decimal
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A project or indicator of a plan and of a self-evaluation; ``grounds`` are what they are matched by."""

    planned: str
    evaluated: str
    confidence: Decimal
    grounds: tuple[str, ...]
    name: str


def attainments(document: Extract) -> Iterator[Attained]:
    """Each target of a document that compares with its result."""
    for subject in document.subjects:
        for row in subject.indicators:
            for target, text in ((row.annual_iri, row.annual), (row.period_iri, row.period)):
                found = _attained(row, target, text) if target and text else None
                if found is not None:
                    yield found


def _attained(row: IndicatorFacts, target: str, text: str) -> Attained | None:
    if row.result is None or row.result_iri is None:
        return None
    promised = _number(text, row, row.operator)
    reached = _number(row.result, row, None)
    if promised is None or reached is None or not _compare(promised, reached):
        return None
    way = _WAYS.get(row.direction or "")
    if promised.comparator in _SIGNS:
        met = _SIGNS[promised.comparator](reached.value, promised.value)
        return Attained(row.iri, target, row.result_iri, met, _BY_SIGN)
    if promised.comparator == "between" and promised.upper is not None:
        met = promised.value <= reached.value <= promised.upper
        return Attained(row.iri, target, row.result_iri, met, _BY_SIGN)
    if promised.comparator != "=":
        return None
    if eq(promised.value, reached.value):
        return Attained(row.iri, target, row.result_iri, True, _BY_SIGN)
    if way is None:
        return None
    met = way(reached.value, promised.value)
    return Attained(row.iri, target, row.result_iri, met, _BY_DIRECTION, row.direction)


def _number(text: str, row: IndicatorFacts, operator: str | None) -> Quantity | None:
    read = read_target(text, row.name, operator, row.unit)
    return read.quantities[0] if read.kind == "quantity" and len(read.quantities) == 1 else None


def _compare(promised: Quantity, reached: Quantity) -> bool:
    """One unit, one kind of number; a result is a number, not a bound."""
    return (
        reached.comparator == "="
        and reached.upper is None
        and (promised.change, promised.per) == (reached.change, reached.per)
        and _unit(promised) == _unit(reached)
    )


def _unit(number: Quantity) -> str | None:
    concept = unit_concept(number.unit) if number.unit else None
    return concept.notation if concept else number.unit


class Matches:
    """Finds what plans and self-evaluations of one department and year have in common, by names."""

    def __init__(self, local_names: LocalNames) -> None:
        self._local_names = local_names
        self._planned: dict[tuple[str, int], list[Subject]] = defaultdict(list)
        self._evaluated: dict[tuple[str, int], list[Subject]] = defaultdict(list)

    def add(self, document: Extract) -> None:
        """Take the projects, and the department itself, of a document whose department and year are known."""
        if document.department is None or document.year is None:
            return
        side = self._evaluated if document.is_evaluation else self._planned
        kept = (item for item in document.subjects if item.kind in ("project", "plan"))
        side[document.department, document.year] += kept

    def all(self) -> Iterator[Match]:
        """The matches, whatever the order of documents."""
        for place, evaluated in sorted(self._evaluated.items()):
            planned = self._planned.get(place, [])
            own = [[item for item in side if item.kind == "plan"] for side in (planned, evaluated)]
            if all(own):
                yield from self._rows(_joined(own[0]), _joined(own[1]), _SAME_UNIT)
            for one, other, confidence in self._projects(planned, evaluated):
                name = self._local_names.removed_from(other.name)
                yield Match(one.iri, other.iri, confidence, (one.iri, other.iri), name)
                yield from self._rows(one.indicators, other.indicators, confidence)

    def _projects(
        self, planned: list[Subject], evaluated: list[Subject]
    ) -> Iterator[tuple[Subject, Subject, Decimal]]:
        """Pairs by name and unit; by the name alone where it stands once on each side."""
        for confidence, by_unit in ((_SAME_UNIT, True), (_OTHER_UNIT, False)):
            plans, reports = (self._single(side, by_unit) for side in (planned, evaluated))
            found = [(plans[name], reports[name]) for name in sorted(plans.keys() & reports.keys())]
            for one, other in found:
                yield one, other, confidence
            taken = {item.iri for pair in found for item in pair}
            planned = [item for item in planned if item.iri not in taken]
            evaluated = [item for item in evaluated if item.iri not in taken]

    def _single(self, side: list[Subject], by_unit: bool) -> dict[tuple[str, str], Subject]:
        """The projects whose name stands once; a name that several bear tells none."""
        names = {
            item.iri: (
                self._local_names.removed_from(item.name),
                self._local_names.removed_from(item.unit) if by_unit else "",
            )
            for item in side
            if item.kind == "project"
        }
        times = Counter(names.values())
        items = {item.iri: item for item in side}
        return {name: items[iri] for iri, name in names.items() if name[0] and times[name] == 1}

    def _rows(
        self, planned: Iterable[IndicatorFacts], evaluated: Iterable[IndicatorFacts], confidence: Decimal
    ) -> Iterator[Match]:
        """Indicators whose name stands once on each side, and both say something to compare."""
        plans, reports = (_by_name(side, self._local_names) for side in (planned, evaluated))
        for name in sorted(plans.keys() & reports.keys()):
            one, other = plans[name], reports[name]
            target, result = one.annual_iri or one.period_iri, other.result_iri
            if target and result:
                yield Match(one.iri, other.iri, confidence, (target, result), name)


def _joined(subjects: list[Subject]) -> list[IndicatorFacts]:
    return [row for subject in subjects for row in subject.indicators]


def _by_name(rows: Iterable[IndicatorFacts], local_names: LocalNames) -> dict[str, IndicatorFacts]:
    rows = list(rows)
    times = Counter(local_names.removed_from(row.name) for row in rows)
    return {name: row for row in rows if times[name := local_names.removed_from(row.name)] == 1 and name}
