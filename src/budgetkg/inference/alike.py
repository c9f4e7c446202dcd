"""Which wordings of goals are alike (:mod:`budgetkg.inference.similarity`), while documents come and go.

A wording is compared with those that share most pieces with it, and which do changes only where a piece's
bucket changes: so only the wordings in such buckets are looked at again. Where wordings have only come, one
of these is compared again if it shares more with one of them than with the last that it was compared with,
which is remembered. Only the pairs of wordings whose order or projects have changed are made again.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import ClassVar, TypeAlias

from budgetkg.inference.similarity import (
    COMPARED,
    CROWD,
    SHORTEST,
    Ranked,
    forget,
    nearest,
    partners,
    ranking,
    sketch,
)

_Pair: TypeAlias = tuple[str, str]


class Alike:
    """The wordings of all goals, their pieces, their order by likeness, and the pairs of projects."""

    TABLES: ClassVar[str] = """
    CREATE TABLE wording (text PRIMARY KEY, least, last);
    CREATE TABLE piece (piece, text, PRIMARY KEY (piece, text)) WITHOUT ROWID;
    CREATE TABLE ranked (wording, place, text, score, PRIMARY KEY (wording, place)) WITHOUT ROWID;
    CREATE INDEX ranked_text ON ranked (text);
    CREATE TABLE pair (wording, first, second, score, PRIMARY KEY (wording, first, second)) WITHOUT ROWID;
    CREATE INDEX pair_first ON pair (first, second);
    CREATE INDEX pair_second ON pair (second, first);
    """

    # What an exchange goes through: it grows with what comes, so it waits on the disk.
    WAITING: ClassVar[str] = """
    CREATE TEMP TABLE touched (text PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE fresh (text PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE to_rank (text PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE to_pair (text PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE changed (first, second, PRIMARY KEY (first, second)) WITHOUT ROWID;
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._bucket = lru_cache(maxsize=1 << 14)(self._read_bucket)

    def begin(self) -> None:
        """Forget what the exchange before went through."""
        for table in ("touched", "fresh", "to_rank", "to_pair", "changed"):
            self._base.execute(f"DELETE FROM {table}")

    def touch(self, texts: Iterable[str]) -> None:
        """Note wordings of goals that come or go."""
        self._note("touched", (text for text in texts if len(text) >= SHORTEST))

    def exchange(self) -> None:
        """Take in that the goals with the touched wordings have changed.

        The table ``changed`` has the pairs that came, went or have another score.
        """
        self._reworded()
        for text in self._noted("to_rank"):
            if self._rank(text):
                self._note("to_pair", (text,))
        self._base.execute("INSERT OR IGNORE INTO to_pair SELECT text FROM touched")
        self._base.execute(
            "INSERT OR IGNORE INTO to_pair SELECT wording FROM touched JOIN ranked USING (text)"
        )
        for text in self._noted("to_pair"):
            self._base.executemany("INSERT OR IGNORE INTO changed VALUES (?, ?)", sorted(self._pair(text)))
        self._bucket.cache_clear()
        forget()

    def _note(self, table: str, texts: Iterable[str]) -> None:
        self._base.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", ((text,) for text in texts))

    def _noted(self, table: str) -> Iterator[str]:
        for (text,) in self._base.execute(f"SELECT text FROM {table} ORDER BY text"):
            yield text

    def _reworded(self) -> None:
        """Put in new wordings and take out those that no goal has; notes those to be compared again."""
        first = self._base.execute("SELECT 1 FROM wording").fetchone() is None
        delta, come = Counter[int](), Counter[int]()
        for text in self._noted("touched"):
            known = self._one("SELECT 1 FROM wording WHERE text = ?", text)
            used = self._one("SELECT 1 FROM goal WHERE wording = ? LIMIT 1", text)
            if used and not known:
                self._note("fresh", (text,))
                self._base.execute("INSERT INTO wording VALUES (?, 0, '')", (text,))
                self._base.executemany("INSERT INTO piece VALUES (?, ?)", [(p, text) for p in sketch(text)])
                if not first:
                    come.update(sketch(text))
            elif known and not used:
                self._base.execute("DELETE FROM wording WHERE text = ?", (text,))
                self._base.execute("DELETE FROM ranked WHERE wording = ?", (text,))
                self._base.executemany(
                    "DELETE FROM piece WHERE piece = ? AND text = ?", [(p, text) for p in sketch(text)]
                )
                delta.subtract(sketch(text))
        self._bucket.cache_clear()
        self._base.execute("INSERT INTO to_rank SELECT text FROM fresh")
        if not first:  # else all are fresh
            delta.update(come)
            self._crowded(delta, come)
            self._reached()

    def _crowded(self, delta: Counter[int], come: Counter[int]) -> None:
        """Note the wordings of which a piece says something now, or no longer, or is shared by fewer."""
        for piece, more in delta.items():
            now = self._size(piece)
            before = now - more
            if max(now, before) <= CROWD and more == come[piece]:
                continue  # it lost none
            # A piece that too many share, before and now, says nothing.
            if min(now, before) <= CROWD:
                self._note("to_rank", self._sharing(piece, now))

    def _reached(self) -> None:
        """Note the wordings that share enough with a fresh one to be compared with it."""
        least = lru_cache(maxsize=1 << 14)(self._least)
        for text in self._noted("fresh"):
            shared = self._shared(text)
            self._note("to_rank", (other for other in shared if (-shared[other], text) < least(other)))

    def _least(self, text: str) -> tuple[int, str]:
        """The last of those that a wording was compared with, as `nearest` puts them in order."""
        statement = "SELECT -least, last FROM wording WHERE text = ?"
        least, last = self._base.execute(statement, (text,)).fetchone()
        return least, last

    def _shared(self, text: str) -> Counter[str]:
        """The wordings that share pieces with one, with how many of those that say something."""
        shared: Counter[str] = Counter()
        for piece in sketch(text):
            shared.update(self._bucket(piece))
        del shared[text]
        return shared

    def _rank(self, text: str) -> bool:
        """Compare a wording with those that share a piece with it; has their order changed?"""
        shared = self._shared(text)
        compared = nearest(shared)
        full = len(compared) == COMPARED
        least = (shared[compared[-1]], compared[-1]) if full else (0, "")
        self._base.execute("UPDATE wording SET least = ?, last = ? WHERE text = ?", (*least, text))
        now, before = ranking(text, compared), self._ranked(text)
        if now == before:
            return False
        self._base.execute("DELETE FROM ranked WHERE wording = ?", (text,))
        rows = [(text, place, other, score) for place, (other, score) in enumerate(now)]
        self._base.executemany("INSERT INTO ranked VALUES (?, ?, ?, ?)", rows)
        return True

    def _pair(self, text: str) -> set[_Pair]:
        """Make the pairs of a wording's projects again; returns those that came or went."""
        rows = self._base.execute("SELECT first, second, score FROM pair WHERE wording = ?", (text,))
        before = {(first, second): score for first, second, score in rows}
        now: dict[_Pair, float] = {}
        ranked = [(text, 1.0), *self._ranked(text)]
        members = {other: self._members(other) for other, _ in ranked}
        for district, projects in members[text].items():
            for project in projects:
                now |= partners(project, district, ranked, members)
        if now != before:
            self._base.execute("DELETE FROM pair WHERE wording = ?", (text,))
            made = [(text, *pair, score) for pair, score in sorted(now.items())]
            self._base.executemany("INSERT INTO pair VALUES (?, ?, ?, ?)", made)
        return {pair for pair, _ in now.items() ^ before.items()}

    def _members(self, text: str) -> dict[str, list[str]]:
        """The projects whose goal has a wording, by district."""
        members: dict[str, list[str]] = defaultdict(list)
        rows = self._base.execute(
            "SELECT district, project FROM goal WHERE wording = ? ORDER BY 1, 2", (text,)
        )
        for district, project in rows:
            members[district].append(project)
        return members

    def _ranked(self, text: str) -> Ranked:
        rows = self._base.execute("SELECT text, score FROM ranked WHERE wording = ? ORDER BY place", (text,))
        return [(other, score) for other, score in rows]

    def _read_bucket(self, piece: int) -> tuple[str, ...]:
        """The wordings that share a piece; none where it says nothing."""
        found = self._sharing(piece, CROWD + 1)
        return found if len(found) <= CROWD else ()

    def _sharing(self, piece: int, most: int) -> tuple[str, ...]:
        rows = self._base.execute("SELECT text FROM piece WHERE piece = ? LIMIT ?", (piece, most))
        return tuple(sys.intern(text) for (text,) in rows)  # remembered in many buckets, and held once

    def _size(self, piece: int) -> int:
        (size,) = self._base.execute("SELECT count(*) FROM piece WHERE piece = ?", (piece,)).fetchone()
        return int(size)

    def _one(self, statement: str, text: str) -> bool:
        return self._base.execute(statement, (text,)).fetchone() is not None
