"""Which indicators count the same thing in the same unit, so that their targets compare.

A quantity joins a measure where a label of the measure stands in the indicator's name, or in the
clause that holds the number, and the unit is the measure's. 场 never stands beside 次. A bare number
has the unit that the name says (活动次数: 次). Where several numbers fit none is taken: no guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from budgetkg.codelists import Concept, concept, concepts, find_label
from budgetkg.inference.labels import LabelIndex, label_words
from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.subjects import Extract, IndicatorFacts
from budgetkg.values import Quantity, read_target

_CLAUSE = re.compile(r"[，,、；;。]")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator's target of the year as a number of a measure, in the measure's unit."""

    indicator: str
    measure: str
    target: str
    quantity: Quantity


class Measures:
    """Recognises measures by their labels in ``ontology/comparable-measures.ttl``."""

    def __init__(self, local_names: LocalNames) -> None:
        index = LabelIndex(label_words("comparable-measure", local_names.removed_from))
        self._named = lru_cache(maxsize=1 << 13)(
            lambda text: tuple(sorted({hit.notation for hit in index.find(local_names.removed_from(text))}))
        )

    def of(self, document: Extract) -> Iterator[Measured]:
        """The annual targets of a document that are a number of a measure."""
        for subject in document.subjects:
            for indicator in subject.indicators:
                if indicator.annual and indicator.annual_iri and len(indicator.annual) <= _LONGEST:
                    yield from self._of(indicator, indicator.annual, indicator.annual_iri)

    def _of(self, indicator: IndicatorFacts, text: str, target: str) -> Iterator[Measured]:
        named = self._named(indicator.name)
        for notation in sorted({*named, *self._named(text)}):
            unit = _unit_of(notation)
            quantities = self._whole(indicator, text, unit) if notation in named else []
            if len(quantities) != 1:
                quantities = self._clauses(indicator, text, notation, unit)
            if len(quantities) == 1:
                yield Measured(indicator.iri, notation, target, replace(quantities[0], unit=unit.zh))

    def _whole(self, indicator: IndicatorFacts, text: str, unit: Concept) -> list[Quantity]:
        read = read_target(text, indicator.name, indicator.operator, indicator.unit)
        return [number for number in read.quantities if _fits(number, unit, indicator.name)]

    def _clauses(self, indicator: IndicatorFacts, text: str, notation: str, unit: Concept) -> list[Quantity]:
        """The quantities of the clauses that name the measure themselves."""
        quantities: list[Quantity] = []
        for clause in _CLAUSE.split(text):
            if notation in self._named(clause):
                quantities += self._whole(indicator, clause, unit)
        return quantities


def _fits(number: Quantity, unit: Concept, name: str) -> bool:
    """Whether a quantity is a number of the unit in a year, and not a change of that number."""
    if number.change is not None or number.per not in (None, "year"):
        return False
    if number.unit is None:
        return re.search(f"{unit.zh}数", name) is not None
    return find_label("counting-unit", number.unit) == unit


@cache
def _unit_of(notation: str) -> Concept:
    measure = next(item for item in concepts("comparable-measure") if item.notation == notation)
    return concept("counting-unit", measure.values("hasComparedUnit")[0].rpartition("/")[2])
