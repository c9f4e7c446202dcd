"""Which field each column gets: the assignment with the most points, no field twice, and its margin."""

from __future__ import annotations

from typing import TypeAlias

from budgetkg.forms.settings import LEAST, MARGIN, OUT_OF_ORDER

VALUES = ("period_value", "annual_value")
TIERS = ("tier1", "tier2", "tier3", "name")
LATER = frozenset({*VALUES, "explanation"})
_Way: TypeAlias = tuple["_Way", str | None] | None


def assigned(points: list[dict[str, float]]) -> list[tuple[str | None, float]]:
    """The assignment with the most points, each field once, with the margin of each column."""
    worth, chosen = _search(points, {})
    settled_at: list[tuple[str | None, float]] = []
    for at, role in enumerate(chosen):
        if role is None:
            settled_at.append((None, 0.0))
            continue
        rivals = any(
            role in found and found[role] >= LEAST for place, found in enumerate(points) if place != at
        )
        choice = sum(value >= LEAST for value in points[at].values()) > 1
        margin = worth - _search(points, {at: role})[0] if rivals or choice else points[at][role]
        settled_at.append((role if margin >= MARGIN else None, round(margin, 2)))
    return settled_at


def _search(points: list[dict[str, float]], without: dict[int, str]) -> tuple[float, list[str | None]]:
    """The best assignment in which no column of ``without`` has the field named there."""
    options: list[list[tuple[str | None, float]]] = []
    for at, found in enumerate(points):
        good = [(role, worth) for role, worth in found.items() if worth >= LEAST and without.get(at) != role]
        options.append([*good, (None, 0.0)])
    # Column by column: the best way to have given out a certain set of fields. A way is its last field and
    # the way before that.
    states: dict[frozenset[str], tuple[float, _Way]] = {frozenset(): (0.0, None)}
    for choices in options:
        following: dict[frozenset[str], tuple[float, _Way]] = {}
        for used, (worth, path) in states.items():
            for role, points_of in choices:
                if role in used:
                    continue
                now = used | {role} if role else used
                late = role in TIERS and bool(used & LATER)
                total = worth + points_of - (OUT_OF_ORDER if late else 0.0)
                if now not in following or total > following[now][0]:
                    following[now] = total, (path, role)
        states = following
    best = max(states.values(), key=lambda state: state[0])
    given: list[str | None] = []
    way = best[1]
    while way is not None:
        way, role = way
        given.append(role)
    return best[0], given[::-1]
