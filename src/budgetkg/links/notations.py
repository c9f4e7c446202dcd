"""Matches by notation, made only where two lists use the same code system.

01 is a code in a thousand lists. Two lists share a code system where the entries that print the
same notation also say the same; where their languages can't be compared, only where the notations
form the same tree and aren't mere numbers in a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetkg.links.candidates import Comparison
from budgetkg.links.skos import ListedConcept

# Two lists share a code system where so many pairs of one notation agree, and this share of them.
_FEWEST = 3
_AGREEMENT = 0.8
# Likeness of labels from which on a pair agrees, and up to which it contradicts.
_AGREES, _CONTRADICTS = 0.5, 0.2
# Where labels can't be compared: the share of the smaller list's notations that both have, and their number.
_UNSEEN_OVERLAP, _UNSEEN_FEWEST = 0.8, 5


def same_code(
    left: Sequence[ListedConcept], right: Sequence[ListedConcept], compared: Comparison
) -> list[tuple[str, str, float]]:
    """Pairs with one notation, where the two lists share their code system."""
    ours, theirs = _by_notation(left), _by_notation(right)
    shared = sorted(ours.keys() & theirs.keys())
    pairs = [(ours[code], theirs[code]) for code in shared]
    if not compared.comparable:
        return [(*pair, 1.0) for pair in pairs] if _same_tree(ours, theirs, shared) else []
    scores = [compared.likeness(*pair)[0].score for pair in pairs]
    agreeing = sum(score >= _AGREES for score in scores)
    if agreeing < max(_FEWEST, _AGREEMENT * len(pairs)):
        return []
    return [(*pair, score) for pair, score in zip(pairs, scores, strict=True) if score > _CONTRADICTS]


def _by_notation(concepts: Sequence[ListedConcept]) -> dict[str, str]:
    """Concepts by notation, for notations that only one concept has."""
    bearers: dict[str, list[str]] = {}
    for item in concepts:
        for notation in item.notations:
            bearers.setdefault(notation, []).append(item.iri)
    return {notation: iris[0] for notation, iris in bearers.items() if len(iris) == 1}


def _same_tree(ours: dict[str, str], theirs: dict[str, str], shared: Sequence[str]) -> bool:
    smaller = min(len(ours), len(theirs))
    if len(shared) < max(_UNSEEN_FEWEST, _UNSEEN_OVERLAP * smaller):
        return False
    # 1 … n is how any list is numbered; codes of several lengths, or with gaps, are somebody's system.
    numbers = [int(code) for code in shared if re.fullmatch(r"[0-9]{1,9}", code)]
    in_a_row = len(numbers) == len(shared) and max(numbers) - min(numbers) < len(numbers) + 1
    return not in_a_row
