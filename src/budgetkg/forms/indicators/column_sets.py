"""Sets of columns in one indicator table: each with names and values of its own, side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from budgetkg.forms.indicators.assignment import TIERS, VALUES
from budgetkg.forms.indicators.leaves import Leaf, roles_of
from budgetkg.forms.layout.layouts import Layout
from budgetkg.text import comparison_key as key


def column_sets(layout: Layout, leaves: Sequence[Leaf]) -> list[list[int]]:
    """Columns by set: another begins under another tier, or at a tier or name behind a name and its value."""
    sets: list[list[int]] = [[]]
    seen: set[str] = set()
    every = [roles_of(layout, leaf.text) for leaf in leaves]
    last = {role: at for at, roles in enumerate(every) for role in roles}

    def ahead(at: int, wanted: Collection[str]) -> bool:
        return any(last.get(role, -1) >= at for role in wanted)

    for at, (leaf, roles) in enumerate(zip(leaves, every, strict=True)):
        again = bool(roles) and roles[0] in TIERS and roles[0] in seen
        parted = at > 0 and leaf.under != leaves[at - 1].under and bool(leaf.under)
        if parted:
            sets, seen = [*sets, []], set()
        elif again and {"name"} <= seen and seen & set(VALUES) and ahead(at, {"name"}) and ahead(at, VALUES):
            sets.append([])
            seen = set()
        sets[-1].append(at)
        seen.update(roles[:1])
    return sets


def share_out_tiers(
    layout: Layout, leaves: Sequence[Leaf], cells: Sequence[Sequence[str]], sets: Sequence[Sequence[int]]
) -> bool:
    """Whether sets print tiers of their own, none the tiers of another: one list laid side by side.

    Sets that hold the same indicators for the period and for the year have the same tiers,
    or print them once.
    """
    printed = [
        {
            key(text)
            for at in members
            if roles_of(layout, leaves[at].text)[:1] == (role,)
            for text in cells[at]
        }
        - {""}
        for role in ("tier1", "tier2")
        for members in sets
    ]
    firsts, seconds = printed[: len(sets)], printed[len(sets) :]
    return any(
        all(own) and sum(map(len, own)) == len(frozenset[str]().union(*own)) for own in (firsts, seconds)
    )
