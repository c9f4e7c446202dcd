"""What follows from one document alone, and what is remembered of it to compare it with others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from budgetkg.inference.comparisons import Facts, Goal
from budgetkg.inference.corrections import Correction, Corrections
from budgetkg.inference.implied import Implied, implied_quantities
from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.measures import Measured, Measures
from budgetkg.inference.results import Attained, attainments
from budgetkg.inference.subjects import Extract
from budgetkg.inference.themes import Assignment, Themes
from budgetkg.inference.transfers import Transfer, transfers


@dataclass(frozen=True, slots=True)
class Single:
    """The conclusions of one document; ``used`` are the lines of corrections that fit it."""

    assigned: Mapping[str, list[Assignment]] = field(default_factory=dict)
    implied: tuple[Implied, ...] = ()
    measured: tuple[Measured, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    attained: tuple[Attained, ...] = ()
    used: tuple[int, ...] = ()


class Concluder:
    """Concludes from one document after the other, by the same names and corrections."""

    def __init__(self, districts: Iterable[str], corrections: Iterable[Correction]) -> None:
        self.local_names = LocalNames(frozenset(districts))
        self.given = tuple(corrections)
        self._themes = Themes(self.local_names)
        self._measures = Measures(self.local_names)

    @property
    def basis(self) -> str:
        """All that decides what is concluded beside the documents themselves, as one hash."""
        said = (self.local_names.own, *self.given)
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()

    def conclude(self, document: Extract) -> Single:
        """What one document says.

        What a self-evaluation reports on is no other project: it has no theme and no series of its own.
        """
        if document.is_evaluation:
            return Single(attained=tuple(attainments(document)))
        corrections = Corrections(self.given)
        assigned = self._assigned(document, corrections)
        unused = {item.line for item in corrections.unused}
        return Single(
            assigned=assigned,
            implied=tuple(implied_quantities(document, self._strong(assigned))),
            measured=tuple(self._measures.of(document)),
            transfers=tuple(transfers(document)),
            used=tuple(item.line for item in self.given if item.line not in unused),
        )

    def assigned(self, document: Extract) -> dict[str, list[Assignment]]:
        """The themes of one document's subjects; what a self-evaluation reports on has none."""
        return {} if document.is_evaluation else self._assigned(document, Corrections(self.given))

    def _assigned(self, document: Extract, corrections: Corrections) -> dict[str, list[Assignment]]:
        assigned: dict[str, list[Assignment]] = {}
        for item in corrections.apply(document, self._themes.of(document)):
            assigned.setdefault(item.subject, []).append(item)
        return assigned

    def facts(self, document: Extract, single: Single, digest: str) -> Facts:
        """What is remembered of a document to compare it with others."""
        compared = not document.is_evaluation
        return Facts(
            key=document.key, digest=digest, department=document.department, year=document.year,
            evaluates=document.is_evaluation, used=single.used,
            goals=tuple(self._goals(document, single)) if compared else (),
            series=tuple(self._series(document)) if compared else (),
        )  # fmt: skip

    def _strong(self, assigned: Mapping[str, list[Assignment]]) -> dict[str, set[str]]:
        return {
            subject: {
                wider for a in own if not (a.weak or a.denied) for wider in self._themes.widened(a.theme)
            }
            for subject, own in assigned.items()
        }

    def _goals(self, document: Extract, single: Single) -> Iterable[Goal]:
        for subject in document.subjects:
            if subject.kind == "project" and subject.ground and document.district:
                wording = self.local_names.letters_of(subject.text)
                main = next((a for a in single.assigned.get(subject.iri, ()) if a.main), None)
                theme = (main.theme, str(main.strength), main.words) if main else (None, None, ())
                yield Goal(subject.iri, document.district, wording, subject.ground, *theme)

    def _series(self, document: Extract) -> Iterable[tuple[tuple[str, str, str], int, str]]:
        """The projects of a document by what makes them the same next year: department, unit, name.

        One whose year is unknown can't follow another.
        """
        if document.year is None or document.department is None:
            return
        for subject in document.subjects:
            name = self.local_names.removed_from(subject.name)
            if subject.kind == "project" and name:
                unit = self.local_names.removed_from(subject.unit)
                yield (document.department, unit, name), document.year, subject.iri
