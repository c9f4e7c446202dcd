"""The themes as data: which stand under which class, and which words point to each.

``ontology/themes.ttl`` has the functional classes of expenditure and the themes under them with their
labels, ``theme-words.csv`` the words of names and of departments, with weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache

from budgetkg.codelists import concepts
from budgetkg.inference.labels import LabelIndex, Word, label_words
from budgetkg.resources import rows


@cache
def classes() -> frozenset[str]:
    """The notations of the functional classes: their official codes of three digits."""
    return frozenset(item.notation for item in concepts("theme") if item.notation.isdigit())


@cache
def _broader() -> dict[str, str | None]:
    return {item.notation: item.parent for item in concepts("theme")}


def broader(theme: str) -> str | None:
    """The notation of the theme or class above, if any."""
    return _broader()[theme]


def wider(theme: str) -> Iterator[str]:
    """A theme and those above it, the narrowest first."""
    step: str | None = theme
    while step:
        yield step
        step = broader(step)


@cache
def top(theme: str) -> str:
    """The class that a theme adds up to; a kind of spending, such as equipment, is its own."""
    return list(wider(theme))[-1]


def is_functional(theme: str) -> bool:
    """Does the theme say what the money is for, rather than what is bought with it?"""
    return top(theme) in classes()


def name_index(plain: Callable[[str], str]) -> LabelIndex:
    """The words looked for in names and goals.

    A line of the file has the last word on a label's weight. The name of a class is a word only in full
    (教育支出): 教育 alone stands in the name of much that no school does.
    """
    listed = list(_listed("name", plain))
    weighed = {(word.text, word.notation) for word in listed}
    names = {plain(item.zh) for item in concepts("theme") if item.notation in classes()}
    labels = (
        word
        for word in label_words("theme", plain)
        if (word.text, word.notation) not in weighed
        and (word.notation not in classes() or word.text in names)
    )
    return LabelIndex((*labels, *listed))


def department_index(plain: Callable[[str], str]) -> LabelIndex:
    """The words of departments' names that say in which class they work."""
    return LabelIndex(_listed("department", plain))


def _listed(field: str, plain: Callable[[str], str]) -> Iterable[Word]:
    for row in rows("theme-words.csv"):
        if row["field"] == field:
            yield from (
                Word(row["theme"], plain(word), Decimal(row["weight"])) for word in row["words"].split()
            )
