"""Corrections of themes by a person, in a file beside the generations that survives every build.

``DIR/corrections/themes.csv`` has the columns subject, district, theme, verdict, reason, who, share, or the
same in Chinese: the subject is an IRI or a name as printed, the district may be blank, the verdict is ``is``
or ``is-not`` (是, 不是). Where one project serves several themes, several lines give each its share of the
money (60% or 0.6), which add up to 1. The encodings that Excel writes are read (:mod:`budgetkg.sheets`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from budgetkg.codelists import concepts, find_label
from budgetkg.errors import BudgetkgError, choices
from budgetkg.inference.subjects import Extract
from budgetkg.inference.themes import Assignment, with_main
from budgetkg.sheets import sheet_lines
from budgetkg.text import comparison_key, fold_width

COLUMNS = {
    "subject": "对象", "district": "区", "theme": "主题", "verdict": "判断", "reason": "理由",
    "who": "更正人", "share": "占比",
}  # fmt: skip
"""The columns by their English names, with the Chinese ones."""

_VERDICTS = {"is": "is", "is-not": "is-not", "是": "is", "不是": "is-not"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file: a theme that a subject has (``is``) or doesn't have (``is-not``).

    ``share`` is what part of its money the theme has, above 0 and at most 1.
    """

    subject: str
    district: str
    theme: str
    verdict: str
    reason: str
    line: int
    who: str = ""
    share: Decimal | None = None


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file; none where there is no file. Raises BudgetkgError for an unclear line."""
    found = tuple(_correction(path, line, fields) for line, fields in lines_of(path, COLUMNS))
    for several in _shared(found).values():
        whole = sum((item.share or Decimal(0) for item in several), Decimal(0))
        if whole != 1:
            raise BudgetkgError(
                "correction-shares", path=path, line=several[-1].line, subject=several[0].subject,
                sum=f"{whole:.0%}" if whole * 100 % 1 == 0 else f"{whole * 100:f}%",
            )  # fmt: skip
    return found


def _shared(found: Iterable[Correction]) -> dict[tuple[str, str], list[Correction]]:
    """The lines that give a subject shares; the last line on a theme counts."""
    last: dict[tuple[str, str], dict[str, Correction]] = defaultdict(dict)
    for item in found:
        place = _identity(item.subject), comparison_key(item.district)
        if item.verdict == "is" and item.share is None:
            last[place].clear()
        elif item.share is None:
            last[place].pop(item.theme, None)
        else:
            last[place][item.theme] = item
    return {place: list(several.values()) for place, several in last.items() if several}


def read_share(text: str) -> Decimal | None:
    """A share as a person writes it, 60%, 60％ or 0.6, as a part of 1; ``None`` where it is none."""
    plain = fold_width(text).strip()
    try:
        share = Decimal(plain.rstrip("%").strip()) / (100 if plain.endswith("%") else 1)
    except InvalidOperation:
        return None
    return share if 0 < share <= 1 else None


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
        near = choices(fields["theme"], (known.zh for known in concepts("theme")), "list-themes")
        raise BudgetkgError("correction-theme", path=path, line=line, theme=fields["theme"], choices=near)
    if fields["verdict"] not in _VERDICTS:
        raise BudgetkgError("correction-verdict", path=path, line=line, verdict=fields["verdict"])
    verdict, given = _VERDICTS[fields["verdict"]], fields["share"]
    share = read_share(given) if given else None
    if given and (share is None or verdict != "is"):
        raise BudgetkgError("correction-share", path=path, line=line, share=given)
    told = {name: text for name, text in fields.items() if name != "share"}
    return Correction(**{**told, "theme": theme.notation, "verdict": verdict}, line=line, share=share)


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
    before = [a for a in assigned if a.subject == iri and a.theme != item.theme]
    own, denied = [a for a in before if not a.denied], [a for a in before if a.denied]
    by_hand = Assignment(iri, item.theme, "by-a-person", Decimal(1), (), (iri,))
    by_hand = replace(by_hand, note=item.reason or None, who=item.who or None, share=item.share)
    if item.verdict == "is-not":
        own = with_main(replace(a, main=False) for a in own)
        denied.append(replace(by_hand, denied=True))
    elif item.share is None:
        own = [replace(by_hand, main=True), *(replace(a, main=False, share=None) for a in own)]
    else:
        shared = [*(a for a in own if a.share is not None), by_hand]
        main = max(shared, key=lambda a: a.share or 0)
        others = (replace(a, main=False) for a in own if a.share is None)
        own = [*(replace(a, main=a is main) for a in shared), *others]
    return [*(a for a in assigned if a.subject != iri), *own, *denied]


def _named(document: Extract) -> Iterable[tuple[str, str]]:
    for subject in document.subjects:
        yield subject.iri, subject.name
        yield from ((row.iri, row.name) for row in subject.indicators)


def _identity(subject: str) -> str:
    return subject if "://" in subject else comparison_key(subject)
