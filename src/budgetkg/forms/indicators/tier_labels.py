"""Printed tier labels: what a form adds to them, and which tier they name.

Editions differ: in the one of 2021 成本指标 is a first tier with 经济成本, 社会成本 and 生态环境成本 under
it, in the classic one a second tier of 产出指标. The level at which a label stands tells which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from budgetkg.codelists import Concept, concepts, find_label
from budgetkg.forms.layout.layouts import Layout
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

CLASSIC, COST_FIRST = "tier", "tier-2021"
FROM_THE_FORM = "form-structure"
"""The basis of a first tier that no cell prints: the form puts the printed second tier under it."""
# (50分), (50), (权重30%), （必填）, ★ beside a label, a number before it: the form's, not the label's.
_MARK = re.compile(
    r"[★☆※*●◆▲△]|[(\[【][^()\[\]【】]*(?:分|填|权重|%|选|项)[^()\[\]【】]*[)\]】]|^\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、]\s*"
    r"|^\s*\([一二三四五六七八九十\d]{1,3}\)\s*|\(\d{1,3}\)\s*$|\d{1,3}(?:\.\d+)?[分%]\s*$|[:：]\s*$"
)

_JOINED = re.compile(r"(\w{2,12})\s*[-—–－/／>＞→:：|]{1,2}\s*(\w{2,16})")


def bare_label(text: str) -> str:
    """A label without the marks a form puts beside it; unchanged where nothing else is left."""
    plain = fold(text)
    kept = [True] * len(plain)
    for mark in _MARK.finditer(plain):
        kept[mark.start() : mark.end()] = [False] * (mark.end() - mark.start())
    bare = "".join(char for char, keep in zip(text, kept, strict=True) if keep).strip()
    return bare or text


@lru_cache(maxsize=1 << 12)
def tier_of(text: str | None) -> Concept | None:
    """The tier that a printed label names, if any edition of the form has it."""
    if not text:
        return None
    bare = bare_label(text)
    return find_label(CLASSIC, text) or find_label(CLASSIC, bare) or find_label(COST_FIRST, bare)


def first_tier_of(text: str | None) -> Concept | None:
    """The first tier that a label names in the first column."""
    found = tier_of(text)
    if found is None or found.broader is None or not text:
        return found
    bare = key(bare_label(text))
    tops = (tier for tier in concepts(COST_FIRST) if tier.broader is None)
    return next((tier for tier in tops if bare in {key(label) for label in tier.all_labels}), found)


def form_allows(layout: Layout, tier1: str | None, tier2: str | None) -> bool:
    """Whether a layout says that its form puts a second tier under this first one."""
    parents = {key(second): firsts for second, firsts in layout.tier_parents.items()}
    found = parents.get(key(bare_label(tier2 or "")), ())
    return key(bare_label(tier1 or "")) in {key(label) for label in found}


def joined_tiers(text: str) -> tuple[str, str] | None:
    """The first and second tier that one cell prints, and nothing else: 产出指标-数量指标."""
    found = _JOINED.fullmatch(text.strip())
    if found is None:
        return None
    first, second = first_tier_of(found[1]), tier_of(found[2])
    return (found[1], found[2]) if first and first.broader is None and second and second.broader else None


def split_tiers(text: str, separators: Iterable[str], surely: bool = False) -> tuple[list[str], str]:
    """The tier labels at the head of a cell that holds more than one thing, and what is left of it.

    ``surely`` takes only labels that say so themselves (数量指标, and not 数量).
    """
    labels: list[str] = []
    rest = text
    marks = tuple(separators)
    while marks and rest:
        at = min((index for mark in marks if (index := rest.find(mark)) > 0), default=-1)
        head = rest[:at] if at > 0 else rest
        if tier_of(head) is None or (surely and not key(bare_label(head)).endswith("指标")):
            break
        labels.append(head.strip())
        rest = rest[at + 1 :].strip() if at > 0 else ""
    return labels, rest
