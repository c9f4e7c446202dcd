"""Corrections of themes by a person, in a file beside the generations that survives every build.

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
from budgetkg.inference.subjects import Extract
from budgetkg.inference.themes import Assignment, with_main
from budgetkg.text import comparison_key

COLUMNS = ("subject", "district", "theme", "verdict", "reason")
_VERDICTS = ("is", "is-not")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file: a theme that a subject has (``is``) or doesn't have (``is-not``)."""

    subject: str
    district: str
    theme: str
    verdict: str
    reason: str
    line: int


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file; none where there is no file. Raises BudgetkgError for an unclear line."""
    return tuple(_correction(path, line, fields) for line, fields in lines_of(path, COLUMNS))


def lines_of(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The lines of a person's file: number, and text by column. Blank lines are left out.

    Raises BudgetkgError where the file can't be read, or a line has no subject.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BudgetkgError("cant-be-read", path=path, error=error) from error
    lines = []
    for line, row in enumerate(rows, start=2):
        fields = {name: (row.get(name) or "").strip() for name in columns}
        if any(row.values()):
            if not fields["subject"]:
                raise BudgetkgError("correction-subject", path=path, line=line, columns=tuple(columns))
            lines.append((line, fields))
    return lines


def _correction(path: Path, line: int, fields: dict[str, str]) -> Correction:
    theme = find_label("theme", fields["theme"]) if fields["theme"] else None
    if theme is None:
        raise BudgetkgError("correction-theme", path=path, line=line, theme=fields["theme"])
    if fields["verdict"] not in _VERDICTS:
        raise BudgetkgError("correction-verdict", path=path, line=line, verdict=fields["verdict"])
    return Correction(**{**fields, "theme": theme.notation}, line=line)


class Corrections:
    """Applies the corrections to assignments, and remembers which of them fitted nothing."""

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
        """The assignments of a document after the corrections."""
        corrected = list(assigned)
        for iri, name in _named(document) if self._given else ():
            for item in (*self._by_subject.get(iri, ()), *self._by_subject.get(comparison_key(name), ())):
                district = comparison_key(document.district or "")
                if not item.district or comparison_key(item.district) == district:
                    self._used.add(item)
                    corrected = _applied(corrected, iri, item)
        return corrected


def _applied(assigned: list[Assignment], iri: str, item: Correction) -> list[Assignment]:
    own = [a for a in assigned if a.subject == iri and a.theme != item.theme]
    if item.verdict == "is":
        by_hand = Assignment(iri, item.theme, "by-a-person", Decimal(1), (), (iri,), note=item.reason or None)
        own = [replace(by_hand, main=True), *(replace(a, main=False) for a in own)]
    else:
        own = with_main(replace(a, main=False) for a in own)
    return [*(a for a in assigned if a.subject != iri), *own]


def _named(document: Extract) -> Iterable[tuple[str, str]]:
    for subject in document.subjects:
        yield subject.iri, subject.name
        yield from ((row.iri, row.name) for row in subject.indicators)


def _identity(subject: str) -> str:
    return subject if "://" in subject else comparison_key(subject)
