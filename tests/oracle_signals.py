"""Signals of quality in plain Python over records as JSON: no graph, no SPARQL.

The reading of a single target is checked elsewhere, against readings written by hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from tests.oracle import Json, Row, bare, owned, projects, share
from tests.oracle_targets import reading

# A first tier goes by its number or by a word in its label; where both speak they must agree.
TIERS = {"产出": "1", "效益": "2", "效果": "2", "满意": "3"}


def document_signals(documents: Iterable[Json]) -> Iterator[Row]:
    for document in documents:
        for metric, (count, total) in METRICS.items():
            found = count(document), total(document)
            if found[1]:
                value = share(*found).rstrip("0").rstrip(".")
                said = document["district"] or "", document["source"], metric, value
                yield *said, *map(str, found)


def indicators(document: Json) -> list[Json]:
    return [row for *_, row in owned(document)]


def by_owner(document: Json) -> dict[int, list[Json]]:
    found: dict[int, list[Json]] = defaultdict(list)
    for _, _, place, row in owned(document):
        found[place].append(row)
    return found


def kinds(*wanted: str) -> Callable[[Json], int]:
    return lambda document: sum(reading(row).kind in wanted for row in indicators(document))


def tier(row: Json) -> str | None:
    named = {number for word, number in TIERS.items() if word in (row["tier1"] or "")}
    coded = {row["tier1_code"]} if row.get("tier1_code") in ("1", "2", "3") else set()
    return (named | coded).pop() if len(named | coded) == 1 else None


def numbered(document: Json) -> list[set[str | None]]:
    """The units of the numbers under 产出, for each project, task or department that has any."""
    units = [
        {number.unit for row in rows if tier(row) == "1" for number in reading(row).quantities}
        for rows in by_owner(document).values()
    ]
    return [found for found in units if found]


def effects(document: Json) -> list[bool]:
    """Has it an indicator of effects? Of each whose tiers tell."""
    tiers = [{tier(row) for row in rows} for rows in by_owner(document).values()]
    bare_projects = sum(1 for _, project in projects(document) if not project["indicators"])
    return ["2" in found for found in tiers if "2" in found or None not in found] + [False] * bare_projects


def both(document: Json) -> list[tuple[str, str]]:
    pairs = [(row["period_value"], row["annual_value"]) for row in indicators(document)]
    return [(bare(period), bare(annual)) for period, annual in pairs if None not in (period, annual)]


def reused(document: Json) -> int:
    owners = by_owner(document)
    wordings = [{(row["name"], row["annual_value"]) for row in rows} for rows in owners.values()]
    shared = Counter(wording for found in wordings for wording in found)
    return sum(
        shared[row["name"], row["annual_value"]] > 1 for row in indicators(document) if row["annual_value"]
    )


def whole(document: Json) -> int:
    return len(indicators(document))


METRICS: dict[str, tuple[Callable[[Json], int], Callable[[Json], int]]] = {
    "quantified-targets": (kinds("quantity", "compound"), whole),
    "placeholder-targets": (kinds("placeholder"), whole),
    "percent-outputs-only": (
        lambda document: numbered(document).count({"%"}),
        lambda document: len(numbered(document)),
    ),
    "without-outcome-indicator": (
        lambda document: effects(document).count(False),
        lambda document: len(effects(document)),
    ),
    "same-targets-both-periods": (
        lambda document: sum(one == other for one, other in both(document)),
        lambda document: len(both(document)),
    ),
    "reused-indicators": (reused, whole),
}
ANSWERS: dict[str, Callable[[Iterable[Json]], Iterator[Row]]] = {"document-signals": document_signals}
