"""The same project next year: same department, same unit, same name once years are taken out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.subjects import Extract


@dataclass(frozen=True, slots=True)
class Series:
    """Projects of several years that are the same project, continued."""

    department: str
    unit: str
    name: str
    members: tuple[str, ...]


class SeriesOf:
    """Collects projects; a series is what more than one year has."""

    def __init__(self, local_names: LocalNames) -> None:
        self._local_names = local_names
        self._found: dict[tuple[str, str, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, document: Extract) -> None:
        """Take a document's projects; one whose year is unknown can't follow another."""
        if document.year is None or document.department is None:
            return
        for subject in document.subjects:
            name = self._local_names.removed_from(subject.name)
            if subject.kind == "project" and name:
                place = (document.department, self._local_names.removed_from(subject.unit), name)
                self._found[place][document.year].append(subject.iri)

    def all(self) -> Iterable[Series]:
        """The series, sorted."""
        for place, years in sorted(self._found.items()):
            if len(years) > 1:
                members = {iri for projects in years.values() for iri in projects}
                yield Series(*place, tuple(sorted(members)))
