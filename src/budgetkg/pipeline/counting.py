"""Which documents of a generation count, by what they print and by the verdicts of a person.

The verdicts stand in a file beside the generations, which survives every build.

``DIR/corrections/editions.csv`` has the columns subject, verdict, reason: the subject is the name of
a file, a SHA-256 or its beginning, or the IRI of a document; the verdict is ``counts`` (计入), which
chooses among editions of one table, or ``is-not-edition`` (不是版本), which lets a document count by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.codelists import is_inferred
from budgetkg.errors import BudgetkgError
from budgetkg.pipeline.concluding import brief
from budgetkg.pipeline.editions import Edition, Editions, editions_of
from budgetkg.pipeline.summary import year_basis
from budgetkg.store.generations import Generation, is_named

Json: TypeAlias = dict[str, Any]

EDITIONS = Path("corrections") / "editions.csv"
"""Where in the directory of a graph the file stands; no build touches it."""

VERDICT_COLUMNS = {"subject": "对象", "verdict": "判断", "reason": "理由"}
"""The columns of the file, with the Chinese name of each."""

_VERDICTS = {
    "counts": "counts", "is-not-edition": "is-not-edition", "计入": "counts", "不是版本": "is-not-edition",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's decision on one document: one line of the file."""

    subject: str
    verdict: str
    reason: str
    line: int

    def fits(self, entry: Json) -> bool:
        """Is it about the document that has this entry in the index?"""
        return is_named(entry, self.subject)


def read_verdicts(path: Path) -> tuple[Verdict, ...]:
    """The verdicts in a file; none where there is no file. Raises BudgetkgError for an unclear line."""
    from budgetkg.inference import lines_of

    verdicts = [Verdict(**fields, line=line) for line, fields in lines_of(path, VERDICT_COLUMNS)]
    for item in verdicts:
        if item.verdict not in _VERDICTS:
            known = tuple(_VERDICTS)
            raise BudgetkgError(
                "verdict-unknown", path=path, line=item.line, verdict=item.verdict, known=known
            )
    return tuple(replace(item, verdict=_VERDICTS[item.verdict]) for item in verdicts)


@dataclass(frozen=True, slots=True)
class Counted:
    """The entries of a generation, each with the edition that supersedes it or ``None``.

    ``unused`` are lines of the person's file that no document fits.
    """

    entries: tuple[Json, ...]
    editions: Editions
    unused: tuple[str, ...] = ()

    @property
    def counting(self) -> tuple[Json, ...]:
        """The entries of the documents that count."""
        return tuple(entry for entry in self.entries if not entry["superseded_by"])


def counted(staged: Generation, directory: Path, entries: Sequence[Json]) -> Counted:
    """Decide which documents count; nothing depends on the order of the entries."""
    verdicts = read_verdicts(directory / EDITIONS)
    editions = editions_of(_edition(staged, entry, verdicts) for entry in _beside_others(entries))
    superseded = editions.superseded
    marked = tuple(
        {**entry, "superseded_by": superseded[entry["key"]].counted if entry["key"] in superseded else None}
        for entry in entries
    )
    unused = (item for item in verdicts if not any(item.fits(entry) for entry in entries))
    return Counted(marked, editions, tuple(f"{EDITIONS}:{item.line}: {item.subject}" for item in unused))


def _beside_others(entries: Sequence[Json]) -> Iterator[Json]:
    """The documents that share their plan or family with another: the others have nothing to compare."""
    places = Counter(_family(entry) or entry["plan"] for entry in entries)
    yield from (entry for entry in entries if places[_family(entry) or entry["plan"]] > 1)


def _family(entry: Json) -> str:
    """What the plans of one department in one kind of form share, whatever the year."""
    from budgetkg.mapping.plan import department_name

    if not entry["department"]:
        return ""
    named = (entry["district"] or "", department_name(entry["department"]), entry["form_kind"])
    return "\n".join(named)


def _edition(staged: Generation, entry: Json, verdicts: Sequence[Verdict]) -> Edition:
    verdict = next((item for item in reversed(verdicts) if item.fits(entry)), None)
    return Edition(
        brief=brief(staged, entry),
        family=_family(entry),
        year_printed=not is_inferred(year_basis(entry)),
        published=entry.get("origin", {}).get("issued"),
        verdict=verdict.verdict if verdict else None,
        note=(verdict.reason or None) if verdict else None,
    )
