"""The parts of an HTML page: the page itself, bilingual elements, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from budgetkg.report.markup import Markup, tag
from budgetkg.report.plan import Words

# Characters of the longest cell from which on a column needs room, and up to which it isn't broken.
_LONG, _SHORT = 12, 6
# The browser fetches and runs nothing, whatever the texts in the data hold.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def whole(title: Words, *body: str, language: str = "zh-Hans") -> str:
    """A whole page, from its doctype on."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", f"{title.zh} {title.en}".strip()),
        tag("style", Markup(_style())),
    )
    return "<!DOCTYPE html>\n" + tag("html", head, "\n", tag("body", *body), lang=language) + "\n"


def both(words: Words, name: str, class_: str | None = None) -> Markup:
    """The Chinese and the English of something in one element, each marked as such."""
    english = tag("span", words.en, lang="en", class_="en")
    return tag(name, tag("span", words.zh, lang="zh-Hans"), " ", english, class_=class_)


def grid(heads: Sequence[Words], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> Markup:
    """A table with bilingual heads; ``right`` are the indexes of its columns of numbers."""
    return rows_of([(both(head, "span"),) for head in heads], rows, frozenset(right))


def rows_of(
    heads: Sequence[Sequence[str]], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()
) -> Markup:
    """A table whose heads are pieces of text or markup."""
    rows = [list(row) for row in rows]
    sides = ["number" if at in right else _side(row[at] for row in rows) for at in range(len(heads))]
    titles = (tag("th", *head, scope="col", class_=side) for head, side in zip(heads, sides, strict=True))
    body = (
        tag("tr", *(tag("td", cell, class_=side) for cell, side in zip(row, sides, strict=True)))
        for row in rows
    )
    return tag("div", tag("table", tag("thead", tag("tr", *titles)), tag("tbody", *body)), class_="wide")


def _side(cells: Iterable[str]) -> str | None:
    """Columns of long texts get more room than others, those of short ones aren't broken."""
    longest = max(map(len, cells), default=0)
    return "long" if longest > _LONG else "short" if longest <= _SHORT else None


def _style() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")
