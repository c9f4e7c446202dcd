"""A person's word on themes, in a file that stands beside the generations and survives every build.

``DIR/corrections/themes.csv`` has the columns subject, district, theme, verdict, reason: the subject
is an IRI or a name as printed, the district may be blank, the verdict is ``is`` or ``is-not``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from budgetkg.codelists import find_label
from budgetkg.errors import BudgetkgError
from budgetkg.folding import key
from budgetkg.inference.subjects import Extract
from budgetkg.inference.themes import Assignment, with_main

COLUMNS = ("subject", "district", "theme", "verdict", "reason")
_VERDICTS = ("is", "is-not")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file."""

    subject: str
    district: str
    theme: str
    verdict: str
    reason: str
    line: int


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file; none where there is no file. A line that says nothing clear is an error."""
    return tuple(_correction(path, line, said) for line, said in lines_of(path, COLUMNS))


def lines_of(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The lines of a person's file, with their numbers, as a text for each column; a blank line is none.

    Raises BudgetkgError where the file can't be read, or a line has no subject.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BudgetkgError(f"{path}: can't be read ({error})") from error
    found = []
    for line, row in enumerate(rows, start=2):
        said = {name: (row.get(name) or "").strip() for name in columns}
        if any(row.values()):
            if not said["subject"]:
                raise BudgetkgError(f"{path}:{line}: no subject (columns: {', '.join(columns)})")
            found.append((line, said))
    return found


def _correction(path: Path, line: int, said: dict[str, str]) -> Correction:
    theme = find_label("theme", said["theme"]) if said["theme"] else None
    if theme is None:
        raise BudgetkgError(f"{path}:{line}: no theme {said['theme']!r} in ontology/themes.ttl")
    if said["verdict"] not in _VERDICTS:
        raise BudgetkgError(f"{path}:{line}: verdict {said['verdict']!r} is neither is nor is-not")
    return Correction(**{**said, "theme": theme.notation}, line=line)


class Corrections:
    """Applies the file to what was assigned, and knows which lines fitted nothing."""

    def __init__(self, given: Iterable[Correction]) -> None:
        self._given = tuple(given)
        self._by_subject: dict[str, list[Correction]] = defaultdict(list)
        for item in self._given:
            self._by_subject[_identity(item.subject)].append(item)
        self._used: set[Correction] = set()

    @property
    def unused(self) -> tuple[Correction, ...]:
        """Lines that no subject of the graph fits."""
        return tuple(item for item in self._given if item not in self._used)

    def apply(self, document: Extract, assigned: Iterable[Assignment]) -> list[Assignment]:
        """The assignments of a document as the person wants them."""
        found = list(assigned)
        for iri, name in _named(document) if self._given else ():
            for item in (*self._by_subject.get(iri, ()), *self._by_subject.get(key(name), ())):
                if not item.district or key(item.district) == key(document.district or ""):
                    self._used.add(item)
                    found = _applied(found, iri, item)
        return found


def _applied(found: list[Assignment], iri: str, item: Correction) -> list[Assignment]:
    own = [a for a in found if a.subject == iri and a.theme != item.theme]
    if item.verdict == "is":
        said = Assignment(iri, item.theme, "by-a-person", Decimal(1), (), (iri,), note=item.reason or None)
        own = [replace(said, main=True), *(replace(a, main=False) for a in own)]
    else:
        own = with_main(replace(a, main=False) for a in own)
    return [*(a for a in found if a.subject != iri), *own]


def _named(document: Extract) -> Iterable[tuple[str, str]]:
    for subject in document.subjects:
        yield subject.iri, subject.name
        yield from ((row.iri, row.name) for row in subject.indicators)


def _identity(subject: str) -> str:
    return subject if "://" in subject else key(subject)
