"""The classes of made-up projects of a county's departments, decided by a person before any was assigned."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from budgetkg.inference import scheme
from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.subjects import Extract, Subject
from budgetkg.inference.themes import Assignment, Themes

FOLDER = Path(__file__).resolve().parent / "themes"


class Case(NamedTuple):
    """What a person says (``right``), and what was found; ``sure`` where more than the department says so."""

    department: str
    name: str
    right: str
    found: str
    sure: bool


def of_subject(department: str, subject: Subject) -> list[Assignment]:
    document = Extract("k", "plan", "x", "d", 2024, 0, (subject,), department_name=department)
    return [item for item in themes().of(document) if item.subject == subject.iri]


@cache
def themes() -> Themes:
    return Themes(LocalNames(frozenset()))


def classified(assigned: list[Assignment]) -> tuple[str, bool]:
    """The class that a reader would add the project's money to, and whether it is more than a guess."""
    functional = [item for item in assigned if scheme.is_functional(item.theme)]
    main = [item for item in functional if item.main]
    strong = [item for item in functional if not item.weak]
    for choice in (main, strong, functional):
        found = {scheme.top(item.theme) for item in choice}
        if found:
            return (found.pop() if len(found) == 1 else "", choice is not functional)
    return "", False


@cache
def cases() -> tuple[Case, ...]:
    found = []
    for path in sorted(FOLDER.glob("projects*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                assigned = of_subject(row["department"], Subject("p", "project", row["name"]))
                found.append(Case(row["department"], row["name"], row["class"], *classified(assigned)))
    return tuple(found)


def test_classes_are_right_and_found() -> None:
    sure = [case for case in cases() if case.sure and case.found]
    wrong = [case for case in cases() if case.found and case.found != case.right]
    right = [case for case in cases() if case.right and case.found == case.right]
    expected = [case for case in cases() if case.right]
    print(f"{len(cases())} projects, {len(sure)} sure, {len(wrong)} wrong, {len(right)}/{len(expected)} found")
    for case in cases():
        if case.found != case.right:
            print(case)
    assert len(wrong) <= 0.05 * (len(wrong) + len(right)), wrong
    assert len([case for case in sure if case.found != case.right]) <= 0.05 * len(sure), wrong
    assert len(right) >= 0.85 * len(expected)
    assert len(cases()) >= 300
    assert len({case.department for case in cases()}) >= 40
