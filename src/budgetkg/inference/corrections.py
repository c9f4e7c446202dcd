"""Corrections of themes by a person, in a file beside the generations that survives every build.

``DIR/corrections/themes.csv`` has the columns subject, district, theme, verdict, reason, who, or the same
in Chinese: the subject is an IRI or a name as printed, the district may be blank, the verdict is ``is``
or ``is-not`` (是, 不是). The encodings that Excel writes are read (:mod:`budgetkg.sheets`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from budgetkg.codelists import concepts, find_label
from budgetkg.errors import BudgetkgError, choices
from budgetkg.inference.subjects import Extract
from budgetkg.inference.themes import Assignment, with_main
from budgetkg.sheets import sheet_lines
from budgetkg.text import comparison_key

COLUMNS = {
    "subject": "对象", "district": "区", "theme": "主题", "verdict": "判断", "reason": "理由",
    "who": "更正人",
}  # fmt: skip
"""The columns by their English names, with the Chinese ones."""

_VERDICTS = {"is": "is", "is-not": "is-not", "是": "is", "不是": "is-not"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file: a theme that a subject has (``is``) or doesn't have (``is-not``)."""

    subject: str
    district: str
    theme: str
    verdict: str
    reason: str
    line: int
    who: str = ""


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file; none where there is no file. Raises BudgetkgError for an unclear line."""
    return tuple(_correction(path, line, fields) for line, fields in lines_of(path, COLUMNS))


def lines_of(path: Path, columns: dict[str, str]) -> list[tuple[int, dict[str, str]]]:
    """The lines of a person's file: number, and text by column. Blank lines are left out.

    Raises BudgetkgError where the file can't be read, or a line has no subject.
    """
    if not path.exists():
        return []
    lines = list(sheet_lines(path, columns))
    for line, fields in lines:
        if not fields["subject"]:
            raise BudgetkgError("correction-subject", path=path, line=line, columns=tuple(columns))
    return lines


def _correction(path: Path, line: int, fields: dict[str, str]) -> Correction:
    theme = find_label("theme", fields["theme"]) if fields["theme"] else None
    if theme is None:
        near = choices(fields["theme"], (known.zh for known in concepts("theme")))
        raise BudgetkgError("correction-theme", path=path, line=line, theme=fields["theme"], choices=near)
    if fields["verdict"] not in _VERDICTS:
        raise BudgetkgError("correction-verdict", path=path, line=line, verdict=fields["verdict"])
    verdict = _VERDICTS[fields["verdict"]]
    return Correction(**{**fields, "theme": theme.notation, "verdict": verdict}, line=line)


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
        by_hand = Assignment(iri, item.theme, "by-a-person", Decimal(1), (), (iri,))
        by_hand = replace(by_hand, note=item.reason or None, who=item.who or None)
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
