"""What is remembered of documents to compare them with others: goals, series, and which goals are alike.

A database in one file, or in memory. A document that comes or goes changes only what shares something with
it: a piece of a goal's wording, a project's name and unit. What follows is always that of all documents
together, whatever their order and however many came at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from budgetkg.inference.alike import Alike
from budgetkg.inference.similarity import Pair, rounded

_TABLES = """
CREATE TABLE document (key PRIMARY KEY, digest, department, year, evaluates, counts, used);
CREATE TABLE goal (project PRIMARY KEY, document, district, wording, ground, theme, strength, words);
CREATE INDEX goal_document ON goal (document);
CREATE INDEX goal_wording ON goal (wording, district, project);
CREATE TABLE series (project PRIMARY KEY, document, department, unit, name, year);
CREATE INDEX series_place ON series (department, unit, name, year, project);
CREATE INDEX series_document ON series (document);
CREATE TABLE given (taker PRIMARY KEY, document, themes);
CREATE INDEX given_document ON given (document);
"""
_WAITING = "CREATE TEMP TABLE near (project PRIMARY KEY) WITHOUT ROWID;"
# What a project says of its theme may pass to its near-copies.
_NEAR = """
INSERT OR IGNORE INTO near
SELECT project FROM goal WHERE document = ?1
UNION ALL SELECT second FROM goal JOIN pair ON first = project WHERE document = ?1
UNION ALL SELECT first FROM goal JOIN pair ON second = project WHERE document = ?1
"""


@dataclass(frozen=True, slots=True)
class Goal:
    """A project's goal in comparable wording, and the project's main theme with what it rests on."""

    project: str
    district: str
    wording: str
    ground: str = ""
    theme: str | None = None
    strength: str | None = None
    words: tuple[str, ...] = ()


Place: TypeAlias = tuple[str, str, str]
"""Department, unit and name, by which a project is the same in another year."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is remembered of a document: ``digest`` tells whether it is still the same.

    ``used`` are the lines of corrections that fitted it.
    """

    key: str
    digest: str
    department: str | None
    year: int | None
    evaluates: bool
    goals: tuple[Goal, ...]
    series: tuple[tuple[Place, int, str], ...]
    used: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Projects of several years that are the same project, continued."""

    place: Place
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """Documents whose comparisons may have changed.

    Of other documents, by their keys, only these pairs have come, gone, or another score.
    """

    documents: frozenset[str]
    pairs: Mapping[str, set[tuple[str, str]]]


class Comparisons:
    """What is remembered of all documents."""

    def __init__(self, path: Path | None = None) -> None:
        self.base = sqlite3.connect(path or ":memory:", isolation_level=None)
        if not self.base.execute("SELECT 1 FROM sqlite_master").fetchone():
            self.base.executescript(_TABLES + Alike.TABLES)
        self.base.executescript(_WAITING + Alike.WAITING)
        self.base.execute("BEGIN")
        self._alike = Alike(self.base)

    def digests(self) -> dict[str, str]:
        """The digests of the documents that are remembered, by their keys."""
        return dict(self.base.execute("SELECT key, digest FROM document"))

    def exchange(self, gone: Sequence[str], come: Iterable[Facts]) -> Touched:
        """Forget documents and take others, one at a time; one whose facts have changed goes and comes."""
        self._alike.begin()
        documents = self._beside(gone) | set(gone)
        for key in gone:
            self._alike.touch(
                text for (text,) in self._of("SELECT wording FROM goal WHERE document = ?", key)
            )
            for table, column in (("document", "key"), ("goal", "document"), ("series", "document"),
                                  ("given", "document")):  # fmt: skip
                self.base.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))
        keys = []
        for facts in come:
            self._alike.touch(goal.wording for goal in facts.goals)
            self._insert(facts)
            keys.append(facts.key)
        documents |= self._beside(keys) | set(keys)
        self._alike.exchange()
        self.base.execute("DELETE FROM near")
        self.base.execute("INSERT INTO near SELECT first FROM changed UNION SELECT second FROM changed")
        for key in keys:
            self.base.execute(_NEAR, (key,))
        return Touched(frozenset(documents), self._pairs_beside(documents))

    def near_changed(self) -> Iterator[str]:
        """The projects whose near-copies, or what these say, the last exchange has changed, sorted."""
        for (project,) in self.base.execute("SELECT project FROM near ORDER BY project"):
            yield project

    def _pairs_beside(self, documents: set[str]) -> dict[str, set[tuple[str, str]]]:
        """The pairs that have changed of other documents."""
        several: dict[str, set[tuple[str, str]]] = defaultdict(set)
        owned = "SELECT document, first, second FROM changed JOIN goal ON project = first"
        for owner, first, second in self.base.execute(owned):
            if owner not in documents:
                several[owner].add((first, second))
        return several

    def _insert(self, facts: Facts) -> None:
        row = (facts.key, facts.digest, facts.department, facts.year, facts.evaluates)
        used = " ".join(map(str, facts.used))
        self.base.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, "{}", used))
        self.base.executemany(
            "INSERT OR REPLACE INTO goal VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    g.project,
                    facts.key,
                    g.district,
                    g.wording,
                    g.ground,
                    g.theme,
                    g.strength,
                    "\n".join(g.words),
                )
                for g in facts.goals
            ],
        )
        self.base.executemany(
            "INSERT OR REPLACE INTO series VALUES (?, ?, ?, ?, ?, ?)",
            [(project, facts.key, *place, year) for place, year, project in facts.series],
        )

    def _beside(self, keys: Iterable[str]) -> set[str]:
        """The documents that have a project, or a department's year, in common with some."""
        found: set[str] = set()
        for key in keys:
            found |= {str(other) for (other,) in self._of(
                "SELECT DISTINCT b.document FROM series a JOIN series b USING (department, unit, name) "
                "WHERE a.document = ?", key)} | set(self.of_one_year(key))  # fmt: skip
        return found

    def of_one_year(self, key: str) -> list[str]:
        """The documents of the same department and year, where one of them is a self-evaluation."""
        rows = list(self._of(
            "SELECT b.key, b.evaluates FROM document a JOIN document b USING (department, year) "
            "WHERE a.key = ? ORDER BY b.key", key))  # fmt: skip
        return [str(other) for other, _ in rows] if any(evaluates for _, evaluates in rows) else []

    def pairs(self, key: str) -> list[Pair]:
        """The pairs of which a document has the first project, sorted."""
        rows = self._of(
            "SELECT DISTINCT first, second, score FROM pair JOIN goal ON project = first "
            "WHERE document = ? ORDER BY first, second", key)  # fmt: skip
        return [Pair(first, second, rounded(score)) for first, second, score in rows]

    def grounds(self, key: str) -> dict[str, str]:
        """Which node says the goal of each project in the pairs of a document."""
        return {str(project): str(ground) for project, ground in self.base.execute(
            "SELECT project, ground FROM goal WHERE project IN ("
            "SELECT first FROM pair JOIN goal ON project = first WHERE document = ?1 UNION "
            "SELECT second FROM pair JOIN goal ON project = first WHERE document = ?1)", (key,))}  # fmt: skip

    def pair(self, first: str, second: str) -> Pair | None:
        """The pair of two projects, if they are one."""
        found = self.base.execute(
            "SELECT score FROM pair WHERE first = ? AND second = ? LIMIT 1", (first, second)
        ).fetchone()
        return Pair(first, second, rounded(found[0])) if found else None

    def near(self, project: str) -> list[Pair]:
        """The pairs of a project, sorted."""
        rows = self.base.execute(
            "SELECT first, second, score FROM pair WHERE first = ? UNION "
            "SELECT first, second, score FROM pair WHERE second = ? ORDER BY first, second",
            (project, project),
        )
        return [Pair(first, second, rounded(score)) for first, second, score in rows]

    def goal(self, project: str) -> Goal:
        """The goal of a project of some pair."""
        (project, district, wording, ground, theme, strength, words) = next(self._of(
            "SELECT project, district, wording, ground, theme, strength, words FROM goal WHERE project = ?",
            project))  # fmt: skip
        several = tuple(words.split("\n")) if words else ()
        return Goal(project, district, wording, ground, theme, strength, several)

    def document_of(self, project: str) -> str | None:
        """The document of a project that has a goal."""
        row = next(self._of("SELECT document FROM goal WHERE project = ?", project), None)
        return str(row[0]) if row else None

    def series(self, key: str) -> list[Series]:
        """The series whose first project a document has, sorted."""
        places = self._of("SELECT DISTINCT department, unit, name FROM series WHERE document = ?", key)
        found = []
        for place in sorted(places):
            rows = self.base.execute(
                "SELECT project, document, year FROM series WHERE department = ? AND unit = ? AND name = ? "
                "ORDER BY project", place).fetchall()  # fmt: skip
            if rows[0][1] == key and len({year for *_, year in rows}) > 1:
                found.append(Series(place, tuple(project for project, *_ in rows)))
        return found

    def given(self, taker: str) -> str:
        """What was kept of the themes that a project takes from its near-copies."""
        row = next(self._of("SELECT themes FROM given WHERE taker = ?", taker), None)
        return str(row[0]) if row else ""

    def keep_given(self, taker: str, document: str, themes: str) -> None:
        """Keep the themes that a project takes; none are forgotten."""
        self.base.execute("DELETE FROM given WHERE taker = ?", (taker,))
        if themes:
            self.base.execute("INSERT INTO given VALUES (?, ?, ?)", (taker, document, themes))

    def counts(self) -> list[str]:
        """How many conclusions of each kind the documents have, each as JSON."""
        return [counts for (counts,) in self.base.execute("SELECT counts FROM document")]

    def add_counts(self, key: str, counts: Mapping[str, int]) -> None:
        """Keep how many conclusions of some kinds a document has."""
        row = self.base.execute("SELECT counts FROM document WHERE key = ?", (key,)).fetchone()
        whole = json.dumps({**json.loads(row[0]), **counts})
        self.base.execute("UPDATE document SET counts = ? WHERE key = ?", (whole, key))

    def used(self) -> set[int]:
        """The lines of corrections that fitted anything."""
        return {
            int(line) for (lines,) in self.base.execute("SELECT used FROM document") for line in lines.split()
        }

    def close(self, *, keeping: bool) -> None:
        """Write what was changed, or nothing of it."""
        self.base.execute("COMMIT" if keeping else "ROLLBACK")
        self.base.close()

    def _of(self, statement: str, value: str) -> Iterator[tuple[Any, ...]]:
        yield from self.base.execute(statement, (value,)).fetchall()
