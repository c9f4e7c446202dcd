"""Cases as folders: a document and what a person who read it wrote down about it.

``tests/cases/<form>/<slug>/`` holds ``document.*`` (any file kind), ``records.json`` in the public record
schema (a list where the file holds several documents) and, as wanted, ``findings.txt`` (every finding's
code, with a count where there are several), ``findings.json`` (findings that must be among them) and
``graph.ttl`` (the graph of the document and the description of its plan, without evidence, nodes of ours as
blank nodes).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

CASES = Path(__file__).resolve().parent / "cases"

AMOUNTS = frozenset(
    {"total", "printed_total", "fiscal_appropriation", "fiscal_special_account", "other", "amount"}
)
# What a document must not hold more of than was written down, even where the key is left out.
COUNTED = {
    "document": ("units_of_use", "indicators", "tasks"),
    "units_of_use": ("projects",),
    "projects": ("indicators",),
    "tasks": ("indicators",),
}


@dataclass(frozen=True)
class Case:
    """One folder of ``tests/cases``."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.relative_to(CASES).as_posix()

    @property
    def document(self) -> Path:
        (found,) = self.folder.glob("document.*")
        return found

    @property
    def records(self) -> list[dict[str, Any]]:
        found = json.loads((self.folder / "records.json").read_text(encoding="utf-8"))
        return found if isinstance(found, list) else [found]

    def file(self, name: str) -> Path | None:
        path = self.folder / name
        return path if path.is_file() else None


def cases() -> list[Case]:
    return [Case(path.parent) for path in sorted(CASES.glob("*/*/records.json"))]


def with_file(name: str) -> list[Case]:
    return [case for case in cases() if case.file(name)]


def finding_counts(path: Path) -> Counter[str]:
    """``code`` or ``code count`` a line; # begins a remark."""
    counts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, count = line.partition("#")[0].strip().partition(" ")
        if code:
            counts[code] += int(count or 1)
    return counts


def differences(expected: Any, found: Any, kind: str = "document", at: str = "") -> Iterator[str]:
    """Where a record differs from what was written down: every stated field, and no record more."""
    if isinstance(expected, Mapping):
        if not isinstance(found, Mapping):
            yield f"{at}: expected an object, found {found!r}"
            return
        stated = {name: [] for name in COUNTED.get(kind, ())} | dict(expected)
        for name, value in stated.items():
            yield from differences(value, found.get(name), name, f"{at}/{name}")
        if kind == "budget" and set(expected) != set(found):
            yield f"{at}: expected the lines {sorted(expected)}, found {sorted(found)}"
    elif isinstance(expected, list):
        yield from _list_differences(expected, found, kind, at)
    elif not _same(expected, found, kind):
        yield f"{at}: expected {expected!r}, found {found!r}"


def _list_differences(expected: list[Any], found: Any, kind: str, at: str) -> Iterator[str]:
    if len(expected) != len(found or ()):
        names = [item.get("name") if isinstance(item, Mapping) else item for item in found or ()]
        yield f"{at}: expected {len(expected)}, found {len(names)}: {names}"
        return
    for number, (one, other) in enumerate(zip(expected, found or (), strict=True)):
        yield from differences(one, other, kind, f"{at}[{number}]")


def _same(expected: Any, found: Any, kind: str) -> bool:
    if expected is None or found is None:
        return expected == found
    if kind in AMOUNTS:
        try:
            return Decimal(expected) == Decimal(found)
        except InvalidOperation:
            return False
    if isinstance(expected, str) and isinstance(found, str):
        return _bare(expected) == _bare(found)
    return bool(expected == found)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def evidence_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every evidence of a document's JSON, however deep."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from item if name == "evidence" else evidence_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from evidence_in(item)
