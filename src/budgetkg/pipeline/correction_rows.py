"""What a person sets right → the row of the file that says so; each part checked against the graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.codelists import concepts, find_label, is_inferred
from budgetkg.errors import BudgetkgError, choices
from budgetkg.forms.corrections import read_corrections as read_readings
from budgetkg.forms.corrections.fields import known_fields
from budgetkg.forms.corrections.lines import COLUMNS as READING_COLUMNS
from budgetkg.gazetteer import named, shortened
from budgetkg.inference import read_corrections as read_themes
from budgetkg.inference.corrections import COLUMNS as THEME_COLUMNS
from budgetkg.mapping.plan import department_name
from budgetkg.pipeline.concluding import CORRECTIONS, brief
from budgetkg.pipeline.correction_checks import (
    by_code,
    checked_division,
    is_reading_already,
    is_theme_already,
)
from budgetkg.pipeline.counting import EDITIONS, read_verdicts
from budgetkg.pipeline.readings import READINGS
from budgetkg.pipeline.summary import year_basis
from budgetkg.store.generations import Generation, is_named
from budgetkg.text import comparison_key

Json: TypeAlias = dict[str, Any]

_EDITION_COLUMNS = {"subject": "对象", "verdict": "判断", "reason": "理由"}
# A kind that is one key of the document's record.
_FIELDS = {"year": "year", "district": "district", "organisation": "department"}
_YEAR = re.compile(r"20\d\d")
_BY_PLACE = re.compile(r".+!\$?[A-Za-z]{1,3}\$?\d+|[pP]\.?\s*\d+.*|第\s*\d+\s*页.*", re.DOTALL)
_SHARE = re.compile(r"(?P<theme>[^=＝]+)[=＝](?P<share>[^=＝]+)")
_WITHIN = re.compile(r"(?<!\s)\s++[>＞]\s++")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says: of which kind, about what, and what is right.

    ``denied`` turns it round: the theme is not the subject's, the document no edition of another.
    """

    kind: str
    subject: str
    value: str = ""
    document: str = ""
    field: str = ""
    district: str = ""
    denied: bool = False
    reason: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file beside the generations: the file, its columns, what stands in them.

    ``document`` is the one that has to be read again, ``None`` where none has; ``read`` reads such a
    file. ``gone`` says which earlier rows the new one takes the place of; ``more`` are further rows of the
    same kind. ``already`` says that all of it is so without them.
    """

    file: Path
    columns: Mapping[str, str]
    fields: Mapping[str, str]
    read: Callable[[Path], object]
    document: str | None = None
    gone: Callable[[Mapping[str, str]], bool] | None = None
    more: tuple[Mapping[str, str], ...] = ()
    already: bool = False


def row_of(generation: Generation, asked: Asked) -> Row:
    """The row; raises BudgetkgError for what the graph or our lists don't know."""
    if asked.kind not in KINDS:
        raise BudgetkgError("correct-kind", kind=asked.kind, choices=choices(asked.kind, KINDS))
    return KINDS[asked.kind](generation, asked)


def _theme(generation: Generation, asked: Asked) -> Row:
    shares = _shares(asked.value)
    themes = [_theme_named(word) for word in shares or {asked.value: ""}]
    if shares and asked.denied:
        raise BudgetkgError("correct-share-denied")
    _known(asked.subject, _subjects(generation), "correct-subject")
    if asked.district:
        districts = (entry["district"] for entry in generation.entries() if entry["district"])
        _known(asked.district, districts, "correct-district")
    said = {"subject": asked.subject, "district": asked.district, "reason": asked.reason, "who": asked.who,
            "verdict": "is-not" if asked.denied else "is"}  # fmt: skip
    given = list(shares.values()) or [""]
    first, *more = (
        said | {"theme": theme, "share": share} for theme, share in zip(themes, given, strict=True)
    )
    meant = frozenset(_meant(generation, asked))
    already = not shares and is_theme_already(generation, meant, themes[0], asked.denied)
    gone = partial(_has_a_share, asked) if shares else None
    return Row(CORRECTIONS, THEME_COLUMNS, first, read_themes, None, gone, tuple(more), already)


def _shares(value: str) -> dict[str, str]:
    """The themes with their shares, where a value gives any: 农村电影放映=60%,图书采购=40%."""
    pairs = [_SHARE.fullmatch(part) for part in re.split("[,，;；]", value)]
    return {pair["theme"].strip(): pair["share"].strip() for pair in pairs if pair} if all(pairs) else {}


def _has_a_share(asked: Asked, fields: Mapping[str, str]) -> bool:
    """Whether an earlier row gave the same subject a share."""
    same = (asked.subject, asked.district) == (fields.get("subject", ""), fields.get("district", ""))
    return same and bool(fields.get("share"))


def _theme_named(word: str) -> str:
    theme = find_label("theme", word)
    if theme is None:
        known = [label for item in concepts("theme") for label in (item.zh, item.en, item.notation)]
        raise BudgetkgError("correct-theme", theme=word, choices=choices(word, known, "list-themes"))
    return theme.notation


def _meant(generation: Generation, asked: Asked) -> Iterator[str]:
    """The things that a subject means, by their IRIs."""
    wanted = comparison_key(asked.subject)
    for entry in generation.counted():
        if asked.district and asked.district != entry["district"]:
            continue
        for subject in brief(generation, entry).subjects:
            pairs = [(subject.iri, subject.name), *((row.iri, row.name) for row in subject.indicators)]
            yield from (iri for iri, name in pairs if asked.subject == iri or comparison_key(name) == wanted)


def _edition(generation: Generation, asked: Asked) -> Row:
    entry = _entry(generation, asked.subject)
    # The file has no column for who, so that it stands with the reason, which the graph keeps.
    reason = asked.reason if not asked.who else f"{asked.reason} ({asked.who})".strip()
    fields = {"subject": str(entry["sha256"]), "reason": reason,
              "verdict": "is-not-edition" if asked.denied else "counts"}  # fmt: skip
    group = {entry["superseded_by"], entry["key"]} - {None}
    rivals = [other for other in generation.entries() if {other["superseded_by"], other["key"]} & group]
    return Row(EDITIONS, _EDITION_COLUMNS, fields, read_verdicts, gone=partial(_is_about, rivals))


def _is_about(entries: Sequence[Json], fields: Mapping[str, str]) -> bool:
    """Whether an earlier row chose among these editions; of two choices neither would decide."""
    return any(is_named(entry, fields.get("subject", "")) for entry in entries)


def _reading(generation: Generation, asked: Asked) -> Row:
    entry = _entry(generation, asked.document or asked.subject)
    place = asked.subject if asked.document else ""
    if place and not _BY_PLACE.fullmatch(place):
        known = dict.fromkeys(_names(generation.record(entry["key"])))
        for part in _WITHIN.split(place):
            _known(part, known, "correct-place")
    fields = known_fields()
    if asked.field not in fields:
        raise BudgetkgError("correct-field", field=asked.field, choices=choices(asked.field, fields))
    return _row(generation, entry, asked, place, asked.field)


def _of_document(generation: Generation, asked: Asked) -> Row:
    if asked.kind == "year" and not _YEAR.fullmatch(asked.value):
        raise BudgetkgError("correct-year", value=asked.value)
    if not asked.value:
        raise BudgetkgError("correct-blank", kind=asked.kind)
    entry = _entry(generation, asked.subject)
    if asked.kind == "district" and by_code(asked.value) != asked.value:
        asked = replace(asked, value=by_code(asked.value))
    elif asked.kind == "district":
        if not (named(asked.value) or shortened(asked.value)):
            known = [item.zh for item in concepts("division")]
            raise BudgetkgError("correct-division", value=asked.value, choices=choices(asked.value, known))
        checked_division(generation, entry, asked.value)
    return _row(generation, entry, asked, "", _FIELDS[asked.kind])


def _row(generation: Generation, entry: Json, asked: Asked, place: str, field: str) -> Row:
    """A row of right readings; the document goes by its file's name where only one has it."""
    same = [other for other in generation.entries() if other["source"] == entry["source"]]
    document = str(entry["source"] if len(same) == 1 else entry["sha256"])
    fields = {"document": document, "place": place, "field": field, "value": asked.value,
              "reason": asked.reason, "who": asked.who}  # fmt: skip
    record = generation.record(entry["key"])
    known = field != "year" or not is_inferred(year_basis(entry))
    already = known and is_reading_already(record, place, field, asked.value)
    if asked.kind == "organisation" and record.get("department"):
        already = department_name(record["department"]) == department_name(asked.value)
    return Row(READINGS, READING_COLUMNS, fields, read_readings, document, already=already)


KINDS: Mapping[str, Callable[[Generation, Asked], Row]] = {
    "theme": _theme,
    "reading": _reading,
    "year": _of_document,
    "district": _of_document,
    "organisation": _of_document,
    "edition": _edition,
}
"""What can be set right, and how its row is made."""


def _entry(generation: Generation, document: str) -> Json:
    """The entry of a document by its name, hash or IRI; of several of one name, none."""
    entries = generation.entries()
    if not any(is_named(entry, document) for entry in entries):
        known = {str(entry["source"]) for entry in entries}
        raise BudgetkgError("correct-document", name=document, choices=choices(document, known))
    key = generation.key_of(document)
    return next(entry for entry in entries if entry["key"] == key)


def _subjects(generation: Generation) -> Iterator[str]:
    for entry in generation.counted():
        for subject in brief(generation, entry).subjects:
            yield subject.iri
            yield subject.name
            yield from (text for row in subject.indicators for text in (row.iri, row.name))


def _names(record: Any) -> Iterator[str]:
    """The names of all things in a record's JSON."""
    if isinstance(record, dict):
        name = record.get("name")
        if isinstance(name, str):
            yield name
        record = list(record.values())
    if isinstance(record, list):
        for part in record:
            yield from _names(part)


def _known(word: str, names: Iterable[str], code: str) -> None:
    """Refuse a word that nothing goes by, and say what is like it."""
    known = {comparison_key(name): name for name in names}
    if comparison_key(word) not in known and word not in known.values():
        said = [name for name in known.values() if "://" not in name]
        raise BudgetkgError(code, name=word, choices=choices(word, said))
