"""The search of a published site: an index in small files, of which a browser reads the few that it needs.

``places/NNN.json`` say for pairs and triples of characters in which entries they stand, ``entries/NNN.json``
hold the entries, ``about.json`` how many there are of what, ``sounds.json`` how Chinese characters sound;
what narrows the hits is in :mod:`budgetkg.web.publishing.facets`.
``static/finding.js`` reads them, and folds a text as it is folded here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from budgetkg.graph import Rows
from budgetkg.report.years import Row
from budgetkg.resources import page_query
from budgetkg.web.asking import Site
from budgetkg.web.pages.links import SEARCH, page_path
from budgetkg.web.pages.names import Names, names
from budgetkg.web.pages.search_index import KINDS, folded, merged, said, sounds
from budgetkg.web.publishing.facets import facets
from budgetkg.web.settings import LANGUAGES

__all__ = ["KINDS", "files", "grams", "shard_of"]

_ENTRIES = 100
"""Entries in one file: a page of hits of one kind is in a few of them."""
_PLACES = 6000
"""Places in one file, more or less: some 30 kB."""
_MOST_SHARDS = 4096
_PRIME = 65_521
_BY_SOUND = frozenset(KINDS) - {"goal", "finding"}
_IDEOGRAPHS = range(0x4E00, 0x9FFF + 1)


async def files(site: Site) -> AsyncIterator[tuple[str, bytes]]:
    """Every file of the index with its path."""
    rows = merged(Rows(await site.rows(page_query("search-index"))))
    rows = [row for row in rows if page_path(str(row["thing"]), site.base) is not None]
    rows.sort(key=lambda row: (KINDS.index(str(row["kind"])), len(str(row["name"])), str(row["name"])))
    known = await names(site)
    entries = [_entry(row, site.base, known) for row in rows]
    places = _places(entry[-3:] for entry in entries)
    shards = _shards(sum(map(len, places.values())))
    for number in range(0, len(entries), _ENTRIES):
        yield _file(f"entries/{number // _ENTRIES}", entries[number : number + _ENTRIES])
    for shard, runs in enumerate(_sharded(places, shards)):
        yield _file(f"places/{shard}", runs)
    counts = [sum(row["kind"] == kind for row in rows) for kind in KINDS]
    yield _file("about", {"counts": counts, "each": _ENTRIES, "kinds": KINDS, "shards": shards})
    yield _file("sounds", _sounds())
    for name, found in facets(rows, known):
        yield _file(name, found)


def grams(text: str, sizes: Iterable[int]) -> set[str]:
    """All runs of so many characters."""
    return {text[at : at + size] for size in sizes for at in range(len(text) - size + 1)}


def shard_of(gram: str, shards: int) -> int:
    """In which file the places of a run of characters are."""
    number = 0
    for character in gram:
        number = (number * 31 + ord(character)) % _PRIME
    return number % shards


def _entry(row: Row, base: str, known: Names) -> list[str]:
    """Path, name and what is said beside it in each language; then what is searched."""
    path = page_path(str(row["thing"]), base) or ""
    told = [text for language in LANGUAGES for text in said(row, known, language)]
    name = folded(str(row["name"]))
    text = "\n".join(filter(None, (name, folded(str(row["also"] or "")))))
    return [path, *told, text, *(sounds(name) if row["kind"] in _BY_SOUND else ("", ""))]


def _places(texts: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    """For each run of two or three characters the numbers of the entries that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, (text, pinyin, initials) in enumerate(texts):
        runs = grams(text, (2,)) | {run for run in grams(text, (3,)) if run.isascii()}
        for run in sorted(runs | grams(pinyin, (3,)) | grams(initials, (2, 3))):
            found[run].append(number)
    return found


def _shards(count: int) -> int:
    """How many files the places are spread over: a power of two."""
    return min(_MOST_SHARDS, 1 << max(0, (count // _PLACES).bit_length()))


def _sharded(places: dict[str, list[int]], shards: int) -> Iterator[dict[str, list[int]]]:
    """The places of each file, each number as its distance from the one before."""
    found: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    for run in sorted(places):
        numbers = places[run]
        found[shard_of(run, shards)][run] = [
            numbers[0],
            *(after - before for before, after in pairwise(numbers)),
        ]
    yield from found


def _sounds() -> dict[str, str]:
    """Characters by how they sound: traditional ones are found by the sound of the simplified."""
    found: dict[str, list[str]] = defaultdict(list)
    for number in _IDEOGRAPHS:
        sound = sounds(chr(number))[0]
        if sound.isascii() and sound:
            found[sound].append(chr(number))
    return {sound: "".join(found[sound]) for sound in sorted(found)}


def _file(name: str, value: Any) -> tuple[str, bytes]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{SEARCH}/{name}.json", text.encode("utf-8", "replace")
