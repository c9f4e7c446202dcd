"""What a request of the Reconciliation API asks, read and refused where it isn't what the API says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from budgetkg.endpoint.protocol import Refusal

MOST_QUERIES = 100
MOST_IDS = 1000
_MOST_CANDIDATES = 50
_USUAL = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """One query: a name, types that it may have, values of properties that it should have."""

    text: str
    types: tuple[str, ...]
    most: int
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """A data extension: ids, and properties each with the most values of it (0 for all)."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]


def batch(text: str) -> dict[str, Wanted]:
    """The queries of a batch by their keys."""
    found = _object(text)
    if len(found) > MOST_QUERIES:
        raise Refusal(400, "reconcile-too-many", most=MOST_QUERIES)
    return {key: _wanted(value) for key, value in found.items()}


def extension(text: str) -> Extension:
    """A data extension."""
    found = _object(text)
    ids, names = found.get("ids"), found.get("properties")
    if not isinstance(ids, list) or not isinstance(names, list) or len(ids) > MOST_IDS:
        raise Refusal(400, "reconcile-extension", most=MOST_IDS)
    return Extension(
        tuple(_text(one, "ids") for one in ids),
        tuple((_text(_field(one, "id"), "properties"), _limit(one)) for one in names),
    )


def _wanted(query: Any) -> Wanted:
    if not isinstance(query, dict):
        raise Refusal(400, "reconcile-query", name="queries")
    text, limit, kinds = query.get("query", ""), query.get("limit"), query.get("type", [])
    given = query.get("properties", [])
    if not isinstance(given, list) or (not query.get("query") and not given):
        raise Refusal(400, "reconcile-query", name="query")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(kinds, list):
        raise Refusal(400, "reconcile-query", name="type")
    values = tuple((_text(_field(one, "pid"), "pid"), _values(_field(one, "v"))) for one in given)
    most = _USUAL if limit is None else min(max(1, int(_number(limit))), _MOST_CANDIDATES)
    types = tuple(_text(kind, "type").rpartition("#")[2] for kind in kinds)
    return Wanted(_text(text, "query"), types, most, values)


def _values(value: Any) -> tuple[str, ...]:
    several = value if isinstance(value, list) else [value]
    texts = [one.get("id") or one.get("name") if isinstance(one, dict) else one for one in several]
    return tuple(str(text) for text in texts if isinstance(text, str | int | float))


def _limit(one: Any) -> int:
    settings = one.get("settings", {})
    limit = settings.get("limit", 0) if isinstance(settings, dict) else 0
    return max(0, int(limit)) if str(limit).isdecimal() else 0


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e6 < value < 1e6:
        raise Refusal(400, "reconcile-query", name="limit")
    return value


def _field(one: Any, name: str) -> Any:
    if not isinstance(one, dict) or name not in one:
        raise Refusal(400, "reconcile-query", name=name)
    return one[name]


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise Refusal(400, "reconcile-query", name=name)
    return value


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "reconcile-json", error=str(error)[:80]) from error
    if not isinstance(found, dict):
        raise Refusal(400, "reconcile-json", error="{ }")
    return found
