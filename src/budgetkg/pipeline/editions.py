"""Editions: which documents print one table again, and which of them counts.

A pure function over documents in brief. Two documents of one plan are editions of one table where
most of what they name is the same; two tables of one department's year name different projects, and
both count. Of the editions of a table one counts: the one a person chose, else the newest, else the
one of which most was read. The others stay to be compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from budgetkg.text import comparison_key

if TYPE_CHECKING:
    from budgetkg.inference import Extract

SAME_NAMES = 0.5
"""From this share of common names on, of all names of both, two documents print one table."""

SAME = 0.8
"""The share of common names, and of equal amounts under them, that is asked for where the documents
don't print the same year, or where one of them names far less than the other."""

REASONS = {
    "person": ("由人选定", "a person chose it"),
    "year-printed": ("印有年度", "it prints the year"),
    "newest": ("发布较晚", "published later"),
    "most-read": ("读出的内容较多", "more of it was read"),
    "no-difference": ("各份内容一样多，按哈希值取其一", "as much was read of each; the smaller hash decides"),
}
"""Why an edition counts and not the others, in Chinese and English."""

_Items: TypeAlias = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """The editions of one table: the key of the one that counts, those of the others, and why.

    ``reason`` is one of :data:`REASONS`, ``note`` what a person wrote who chose.
    """

    plan: str
    counted: str
    superseded: tuple[str, ...]
    reason: str
    note: str | None = None

    @property
    def text(self) -> str:
        """Why, as the graph says it: in both languages, with what the person wrote."""
        return " / ".join((*REASONS[self.reason], *([self.note] if self.note else ())))

    def text_in(self, language: str) -> str:
        """Why, in ``zh`` or ``en``."""
        reason = REASONS[self.reason][language == "en"]
        return f"{reason} ({self.note})" if self.note else reason


@dataclass(frozen=True, slots=True)
class Editions:
    """The tables that several documents print, and pairs of documents that may print one: both count."""

    groups: tuple[Group, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()

    @property
    def superseded(self) -> dict[str, Group]:
        """The documents that don't count, by their keys."""
        return {key: group for group in self.groups for key in group.superseded}


@dataclass(frozen=True, eq=False)
class Edition:
    """A document in brief, and what decides between editions.

    ``year_printed`` says whether it prints its year, or a person said which; ``published`` is the date of
    publication where it is known (2024-03-01), ``verdict`` what a person said: ``counts`` or
    ``is-not-edition``.
    """

    brief: Extract
    year_printed: bool
    published: str | None = None
    verdict: str | None = None
    note: str | None = None
    family: str = ""
    """What the plans of one department in one kind of form share, whatever the year."""

    @cached_property
    def names(self) -> _Items:
        """What it names: projects and tasks, else the indicators of the department."""
        named: _Items = Counter(
            (item.kind, comparison_key(item.name)) for item in self.brief.subjects if item.kind != "plan"
        )
        return named or Counter(
            ("indicator", comparison_key(row.name)) for item in self.brief.subjects for row in item.indicators
        )

    @cached_property
    def amounts(self) -> _Items:
        """The amounts of what it names and the lines of its budget; where it has none, its targets."""
        named: _Items = Counter(
            (item.kind, comparison_key(item.name), item.amount) for item in self.brief.subjects if item.amount
        )
        named.update(("line", comparison_key(label), amount) for label, amount in self.brief.lines if amount)
        return named or Counter(
            tuple(comparison_key(text) for text in (item.name, row.name, row.annual or row.period or ""))
            for item in self.brief.subjects
            for row in item.indicators
        )


def editions_of(documents: Iterable[Edition]) -> Editions:
    """The groups of editions among documents, sorted.

    A document that is unlike all others, or that a person called ``is-not-edition``, is in no group.
    """
    plans: dict[str, list[Edition]] = defaultdict(list)
    for document in sorted(documents, key=lambda item: item.brief.key):
        if document.verdict != "is-not-edition":
            plans[document.family or document.brief.plan].append(document)
    groups: list[Group] = []
    doubtful: list[tuple[str, str]] = []
    for _, members in sorted(plans.items()):
        joined, unsure = _joined(members)
        groups += [_chosen(group) for group in joined if len(group) > 1]
        doubtful += unsure
    return Editions(tuple(group for group in groups if group.superseded), tuple(doubtful))


def _joined(members: list[Edition]) -> tuple[list[list[Edition]], list[tuple[str, str]]]:
    """The documents of a plan grouped by table, and the pairs of which it can't be decided."""
    group_of: Mapping[str, list[Edition]] = {item.brief.key: [item] for item in members}
    doubtful: list[tuple[Edition, Edition]] = []
    for one, other in combinations(members, 2):
        same = _are_editions(one, other)
        if same is None:
            doubtful.append((one, other))
        elif same and group_of[one.brief.key] is not group_of[other.brief.key]:
            both = [*group_of[one.brief.key], *group_of[other.brief.key]]
            if len({item.brief.plan for item in both if item.year_printed}) > 1:
                # A table without a year that fits those of two years tells of neither that it is the other.
                doubtful.append((one, other))
                continue
            group_of = {**group_of, **{item.brief.key: both for item in both}}
    groups = {id(group): group for group in group_of.values()}
    unsure = [
        (one.brief.key, other.brief.key)
        for one, other in doubtful
        if group_of[one.brief.key] is not group_of[other.brief.key]
    ]
    return list(groups.values()), unsure


def _are_editions(one: Edition, other: Edition) -> bool | None:
    """Do two documents print one table? ``None`` where they may, but nothing decides it.

    They are of one plan, or of one department and form where one prints no year: then names and
    amounts must both be the same, because next year's table has the names of this one. Where neither
    prints a year and each is taken for another one, nothing decides.
    """
    if one.brief.plan != other.brief.plan:
        if (one.year_printed and other.year_printed) or not _names_alike(one, other):
            return False
        if one.amounts and _of_smaller(one.amounts, other.amounts) >= SAME:
            guesses = not one.year_printed and not other.year_printed
            # A copy has the words of its original, and so the same guess: two guesses may be two years.
            return None if guesses and one.brief.year and other.brief.year else True
        return None if one.names and None in (one.brief.year, other.brief.year) else False
    if not one.names or not other.names:
        return bool(one.amounts) and _of_smaller(one.amounts, other.amounts) >= SAME
    alike = _of_all(one.names, other.names)
    contained = _of_smaller(one.names, other.names)
    if alike >= SAME_NAMES and one.year_printed and other.year_printed:
        return True
    if contained >= SAME and _of_smaller(one.amounts, other.amounts) >= SAME:
        return True
    return None if alike >= SAME_NAMES or contained >= SAME else False


def _names_alike(one: Edition, other: Edition) -> bool:
    return _of_smaller(one.names, other.names) >= SAME if one.names and other.names else True


def _of_all(one: _Items, other: _Items) -> float:
    """What two have in common, as a share of all that either has (0 to 1)."""
    return (one & other).total() / max((one | other).total(), 1)


def _of_smaller(one: _Items, other: _Items) -> float:
    """What two have in common, as a share of what the smaller one has (0 to 1)."""
    return (one & other).total() / max(min(one.total(), other.total()), 1)


def _chosen(members: list[Edition]) -> Group:
    by_person = [item for item in members if item.verdict == "counts"]
    years = {item.year_printed for item in members} if len({i.brief.plan for i in members}) > 1 else set()
    dates = {item.published or "" for item in members}
    facts = {item.brief.facts for item in members}
    best = min(
        by_person or members,
        key=lambda item: (
            bool(years) and not item.year_printed,
            _backwards(item.published or ""),
            -item.brief.facts,
            item.brief.key,
        ),
    )
    if by_person:
        reason = "person"
    elif len(years) > 1:
        reason = "year-printed"
    elif len(dates) > 1:
        reason = "newest"
    else:
        reason = "most-read" if len(facts) > 1 else "no-difference"
    counting = by_person or [best]
    others = tuple(sorted(item.brief.key for item in members if item not in counting))
    return Group(best.brief.plan, best.brief.key, others, reason, best.note if by_person else None)


def _backwards(date: str) -> tuple[int, ...]:
    """A key that sorts the later of two dates first, and no date last."""
    return tuple(-ord(char) for char in date) or (1,)
