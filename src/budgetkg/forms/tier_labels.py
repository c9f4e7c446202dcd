"""Printed tier labels: what a form adds to them, and which tier they name."""

from __future__ import annotations

import re

from budgetkg.codelists import Concept, find_label
from budgetkg.folding import fold

# (50分), (权重30%), （必填）, ★ beside a label, and a number before it, are the form's, not the label's.
_MARK = re.compile(r"[★☆※*]|\([^()]*(?:分|填|权重|%|分值)[^()]*\)|^\s*\d{1,2}\s*[.、]\s*")


def bare_label(text: str) -> str:
    """A label without the marks a form puts beside it; unchanged where nothing else is left."""
    plain = fold(text)
    kept = [True] * len(plain)
    for mark in _MARK.finditer(plain):
        kept[mark.start() : mark.end()] = [False] * (mark.end() - mark.start())
    bare = "".join(char for char, keep in zip(text, kept, strict=True) if keep).strip()
    return bare or text


def tier_of(text: str | None) -> Concept | None:
    """The tier that a printed label names, if any edition of the form has it."""
    return find_label("tier", bare_label(text)) if text else None
