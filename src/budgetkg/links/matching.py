"""Matching of two code lists: which concept of one is which of the other.

A link needs both sides to prefer each other. Nothing is fitted to a pair of lists: what a word is
worth comes from the two lists themselves, and the few thresholds are round numbers (docs/links.md
says how they were checked).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from budgetkg.links.candidates import Comparison, Pair
from budgetkg.links.notations import same_code
from budgetkg.links.skos import ListedConcept

EXACT, BROAD, NARROW = "exactMatch", "broadMatch", "narrowMatch"

LEAST, SURE = 0.4, 0.7
"""Scores from 0 to 1: below LEAST no link is made; from SURE on, others may be nearly as good."""

HEADING_SCORE = 0.85
"""Least score of two headings without matching entries below them: headings are short and vague."""

# Score of a match by notation, at least.
_BY_CODE = 0.9
# A label is contained in another where the other covers this share of its words; the least score of the pair.
_WHOLE, _CONTAINED = 0.9, 0.5
# Weight of the parents' likeness when pairs are ranked.
_ABOVE = 0.1
# A match must lead its rivals by _TIE, and by _SLOPE more for each point that its score lies below SURE.
_TIE, _SLOPE = 0.02, 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A link between two concepts; ``relation`` is a property of SKOS, ``method`` how it was found."""

    source: str
    target: str
    relation: str
    score: float
    method: str


def match(left: Sequence[ListedConcept], right: Sequence[ListedConcept]) -> tuple[Match, ...]:
    """The links between two lists, sorted; a concept has at most one exact match."""
    compared = Comparison(left, right)
    matches = [Match(iri, iri, EXACT, 1.0, "iri") for iri in _iris(left) & _iris(right)]
    matches += _by_code(left, right, compared, matches)
    pairs = _free(compared.pairs(), matches)
    headings = {item.iri for item in (*left, *right) if item.is_group}
    best = _mutual(pairs)
    entries = [pair for pair in best if not {pair.source, pair.target} & headings]
    matches += _accepted(entries, pairs)
    groups = [pair for pair in best if pair.source in headings and pair.target in headings]
    matches += _headings(groups, matches, [*left, *right])
    matches += _contained([pair for pair in pairs if not {pair.source, pair.target} & headings], matches)
    return tuple(sorted(matches, key=lambda match: (match.source, match.target, match.relation)))


def _iris(concepts: Sequence[ListedConcept]) -> set[str]:
    return {item.iri for item in concepts}


def _by_code(
    left: Sequence[ListedConcept], right: Sequence[ListedConcept], compared: Comparison, matches: list[Match]
) -> list[Match]:
    known = {match.source for match in matches} | {match.target for match in matches}
    return [
        Match(source, target, EXACT, max(_BY_CODE, score), "notation")
        for source, target, score in same_code(left, right, compared)
        if not {source, target} & known
    ]


def _free(pairs: list[Pair], matches: list[Match]) -> list[Pair]:
    sources, targets = {match.source for match in matches}, {match.target for match in matches}
    return [pair for pair in pairs if pair.source not in sources and pair.target not in targets]


def _rank(pair: Pair) -> tuple[float, float, str, str]:
    """Best pair first. Parents decide between equals: Other under Railways isn't Other under Roads."""
    return (-pair.likeness.score - _ABOVE * pair.above, -pair.above, pair.source, pair.target)


def _mutual(pairs: list[Pair]) -> list[Pair]:
    """Pairs whose two concepts are each other's best choice."""
    ordered = sorted(pairs, key=_rank)
    best_for_source: dict[str, Pair] = {}
    best_for_target: dict[str, Pair] = {}
    for pair in ordered:
        best_for_source.setdefault(pair.source, pair)
        best_for_target.setdefault(pair.target, pair)
    return [pair for pair in best_for_source.values() if best_for_target[pair.target] is pair]


def _accepted(best: list[Pair], pairs: list[Pair]) -> list[Match]:
    """The pairs that lead their rivals by enough: the lower a score, the greater the lead must be."""
    rivals = defaultdict(list)
    for pair in pairs:
        rivals[pair.source].append(pair)
        rivals[pair.target].append(pair)
    return [
        _exact(pair)
        for pair in best
        if pair.likeness.score >= LEAST
        and _margin(pair, rivals[pair.source] + rivals[pair.target]) >= _needed(pair.likeness.score)
    ]


def _needed(score: float) -> float:
    return max(_TIE, (SURE - score) * _SLOPE)


def _margin(pair: Pair, rivals: list[Pair]) -> float:
    """How much better a pair ranks than the next best pair of either side; 1 without another."""
    ours = _rank(pair)[0]
    return min((_rank(rival)[0] - ours for rival in rivals if rival is not pair), default=1.0)


def _exact(pair: Pair) -> Match:
    return Match(pair.source, pair.target, EXACT, round(pair.likeness.score, 4), pair.method)


def _headings(groups: list[Pair], matches: list[Match], concepts: list[ListedConcept]) -> list[Match]:
    """Exact matches of headings: nearly the same words, or alike with most entries below matching."""
    parent = {item.iri: item.broader for item in concepts}
    together: dict[tuple[str | None, str | None], int] = defaultdict(int)
    members: dict[str | None, int] = defaultdict(int)
    for match in matches:
        together[parent[match.source], parent[match.target]] += 1
        members[parent[match.source]] += 1
        members[parent[match.target]] += 1
    accepted = []
    for pair in groups:
        shared = together[pair.source, pair.target]
        held = shared * 2 > max(members[pair.source], members[pair.target])
        if pair.likeness.score >= (SURE if held else HEADING_SCORE):
            accepted.append(_exact(pair))
    return accepted


def _contained(pairs: list[Pair], matches: list[Match]) -> list[Match]:
    """Broad and narrow matches: a label with all words of another, and more, is the narrower one."""
    taken = {match.source for match in matches}
    accepted: dict[str, tuple[float, Match]] = {}
    for pair in sorted(pairs, key=_rank):
        if pair.source in taken or pair.source in accepted or pair.likeness.score < _CONTAINED:
            continue
        whole = (pair.likeness.left >= _WHOLE, pair.likeness.right >= _WHOLE)
        relation = {(False, True): BROAD, (True, False): NARROW}.get(whole)
        if relation:
            score = round(pair.likeness.score, 4)
            accepted[pair.source] = (score, Match(pair.source, pair.target, relation, score, pair.method))
    return [match for _, match in accepted.values()]
