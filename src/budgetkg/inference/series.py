"""The same project next year: same department, same unit, same name once years are taken out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from budgetkg.inference.subjects import Extract
from budgetkg.inference.wording import Wording


@dataclass(frozen=True, slots=True)
class Series:
    """Projects of several years that are one undertaking."""

    department: str
    unit: str
    name: str
    members: tuple[str, ...]


class SeriesOf:
    """Collects projects; a series is what more than one year has."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._found: dict[tuple[str, str, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, document: Extract) -> None:
        """Take a document's projects; one whose year is unknown can't follow another."""
        if document.year is None or document.department is None:
            return
        for subject in document.subjects:
            name = self._wording.plain(subject.name)
            if subject.kind == "project" and name:
                place = (document.department, self._wording.plain(subject.unit), name)
                self._found[place][document.year].append(subject.iri)

    def all(self) -> Iterable[Series]:
        """The series, sorted."""
        for place, years in sorted(self._found.items()):
            if len(years) > 1:
                members = {iri for found in years.values() for iri in found}
                yield Series(*place, tuple(sorted(members)))
