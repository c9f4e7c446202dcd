"""What is searched: names, targets, goals and findings in SQLite's trigrams, made anew with each graph.

Chinese is found from two characters on, names by pinyin too, whole or by its initials. A word of three and
more is looked up in the index of trigrams; a shorter one has none, and all texts are looked through.
"""

from __future__ import annotations

import importlib.util
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from budgetkg.graph import Rows
from budgetkg.report.wording import cell_of
from budgetkg.report.years import Row
from budgetkg.resources import page_query
from budgetkg.text import comparison_key
from budgetkg.web.asking import Site
from budgetkg.web.pages.cells import shown
from budgetkg.web.pages.names import Names

KINDS = (
    "district",
    "department",
    "theme",
    "unit",
    "project",
    "task",
    "indicator",
    "goal",
    "policy",
    "document",
    "finding",
)
MOST_HITS = 2000
_ORDER = ("kind", "name", "thing", "also", "owner")
_BY_SOUND = frozenset(KINDS) - {"goal", "finding"}
_TRIGRAM = 3
_MOST_WORDS = 8
_PATIENCE = 30
"""Times the limit of a reader's query that all names may take: they are read once of each graph."""
_FAR = 10_000  # where a word comes that is heard in a name and isn't written in it
_LONGEST_ALSO = 400  # characters of further names that are searched; a thing has a few of some twenty
_HAN = re.compile(r"[\u3400-\u9fff]")
_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(text, pinyin, initials, content='', tokenize='trigram');
CREATE TABLE texts (place INTEGER PRIMARY KEY, kind INTEGER, size INTEGER, text TEXT, initials TEXT);
"""
"""``rowid`` of words is the place in texts, where short words are looked for and hits are ranked."""


class Index:
    """The texts of one graph; asked from several threads."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._lock = threading.Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.executescript(_TABLES)
        for place, kind, size, text, pinyin, initials in _entries(rows):
            words = (place, text, pinyin, initials)
            self._base.execute("INSERT INTO words (rowid, text, pinyin, initials) VALUES (?, ?, ?, ?)", words)
            self._base.execute(
                "INSERT INTO texts VALUES (?, ?, ?, ?, ?)", (place, kind, size, text, initials)
            )
        self._base.commit()

    def hits(self, text: str) -> list[Row]:
        """The rows that hold every word, the nearest first within each kind; empty where there is no word."""
        words = [folded(word) for word in text.split()][:_MOST_WORDS]
        words = [word for word in words if word]
        if not words:
            return []
        found = self._places(words)
        if not found and any(_HAN.search(word) for word in words):
            # Traditional characters sound like the simplified ones.
            found = self._places([sounds(word)[0] for word in words])
        return [self._rows[place] for place in found]

    def names(self, text: str, most: int = 8) -> list[str]:
        """Names to go on with while somebody is typing."""
        hits = (str(row["name"]) for row in self.hits(text) if row["kind"] in _BY_SOUND)
        return list(dict.fromkeys(name for name in hits if len(name) <= 60))[:most]

    def _places(self, words: Sequence[str]) -> list[int]:
        """Where every word stands: by kind, then where a word comes early, in a short name."""
        long = [word for word in words if len(word) >= _TRIGRAM]
        conditions, given = [], []
        if long:
            conditions.append("place IN (SELECT rowid FROM words WHERE words MATCH ?)")
            given.append(" AND ".join('"' + word.replace('"', '""') + '"' for word in long))
        for word in words:
            if len(word) < _TRIGRAM:
                conditions.append("(instr(text, ?) > 0 OR instr(initials, ?) > 0)")
                given += [word, word]
        at = [f"ifnull(nullif(instr(text, ?), 0), {_FAR})" for _ in words]
        nearest = f"min({', '.join(at)})" if len(at) > 1 else at[0]
        asked = (
            f"SELECT place FROM texts WHERE {' AND '.join(conditions)} "
            f"ORDER BY kind, {nearest}, size, place LIMIT {MOST_HITS}"
        )
        with self._lock:
            return [int(place) for (place,) in self._base.execute(asked, [*given, *words])]


async def index(site: Site) -> Index:
    """The index of the graph as it is now."""
    return await site.made("search", lambda: _made(site))


async def _made(site: Site) -> Index:
    import asyncio

    answer = await site.source.ask(page_query("search-index"), {}, _PATIENCE)
    rows = Rows(answer)  # type: ignore[arg-type]
    return await asyncio.to_thread(Index, merged(rows))


def merged(rows: Iterable[Row]) -> list[Row]:
    """Each thing once, in order: of each column the first value that is there, of ``also`` all of them.

    They are put in order here: the engine looks names up for each comparison, hundreds of thousands of them.
    """
    found: dict[str, dict[str, object]] = {}
    for row in sorted(rows, key=lambda row: [str(row[name] or "") for name in _ORDER]):
        known = found.setdefault(str(row["thing"]), dict(row))
        for name, value in row.items():
            if known[name] is None:
                known[name] = value
            elif name == "also" and value not in (None, known[name]):
                known[name] = f"{known[name]}、{value}"[:_LONGEST_ALSO]
    return list(found.values())  # type: ignore[arg-type]


def said(row: Row, known: Names, language: str) -> tuple[str, str]:
    """The name of a hit and what stands beside it, in the reader's language where there are such names."""
    printed, english = shown(row, "name", language).text, row.get("english") if language == "en" else None
    beside = row.get("also")
    if english:  # then the Chinese name stands beside it; a finding's sentence needn't be said twice
        beside = printed if row["kind"] in _BY_SOUND else None
    texts = [cell_of({"also": beside}, "also", language), cell_of(row, "owner", language)]
    texts += [
        known.said(name, cell_of(row, name, language), language)
        for name in ("district", "fiscal_year", "theme")
        if row.get(name) is not None
    ]
    return str(english) if english else printed, " · ".join(filter(None, texts))


def folded(text: str) -> str:
    """A text as it is compared: one width, one case, no white space."""
    return comparison_key(text).casefold()


def sounds(text: str) -> tuple[str, str]:
    """A text in pinyin, whole and by its initials; both empty where the package isn't installed."""
    if importlib.util.find_spec("pypinyin") is None or not _HAN.search(text):
        return "", ""
    whole = _pinyin(text)
    return "".join(whole), "".join(word[:1] for word in whole)


def _pinyin(text: str) -> tuple[str, ...]:
    """The sounds of a text, word by word: a hundred thousand names are made of a few thousand words."""
    from pypinyin.seg.simpleseg import seg

    return tuple(sound for word in seg(text) for sound in _sounds_of_word(word))


@lru_cache(maxsize=50_000)
def _sounds_of_word(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(sound.casefold() for sound in lazy_pinyin([word]))


def _entries(rows: Sequence[Row]) -> Iterator[tuple[int, int, int, str, str, str]]:
    for place, row in enumerate(rows):
        name = folded(str(row["name"]))
        text = "\n".join(filter(None, (name, folded(str(row["also"] or "")))))
        pinyin, initials = sounds(name) if row["kind"] in _BY_SOUND else ("", "")
        yield place, KINDS.index(str(row["kind"])), len(name), text, pinyin, initials
