"""What a page is given and what it gives back: neither knows whether a server or a publisher asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from budgetkg.queries import Question, questions
from budgetkg.report.wording import phrase
from budgetkg.web.asking import Site
from budgetkg.web.pages.cells import heading
from budgetkg.web.pages.links import Links
from budgetkg.web.pages.words import say

_NAMES = re.compile(r"(?<![a-z])[a-z]++[0-9]?+(?>(?:[-_][a-z]++)+)", re.ASCII)
"""What may be the name of a question or of a column."""
_QUOTED = re.compile(r"“([a-z ]++)”", re.ASCII)
"""A value of an answer, which is said in the reader's language there."""


@dataclass(frozen=True, slots=True)
class View:
    """One reader's look at a page: the graph, the language, what stands in the address."""

    site: Site
    language: str
    path: str
    links: Links
    place: Mapping[str, str] = field(default_factory=dict)
    """The parts of the path that vary, by the names that the route gives them."""
    query: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The first value of a parameter of the address."""
        return next((value for key, value in self.query if key == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter that isn't empty, in their order, each once."""
        return tuple(dict.fromkeys(value for key, value in self.query if key == name and value))

    def say(self, name: str, /, **holes: object) -> Markup:
        """A text of the catalogue in the reader's language."""
        return say(self.language, name, **holes)

    def pick(self, zh: str, en: str) -> str:
        """One of two texts, by the language."""
        return zh if self.language == "zh" else en

    def about(self, item: Question) -> Markup:
        """What the answer to a question counts and leaves out, in the reader's language.

        Other questions that it names are links by their titles, columns are called what their headings are.
        """
        known = {each.slug: each for each in questions()}
        text = self.pick(item.description_zh, item.description)
        text = _QUOTED.sub(lambda found: f"“{phrase(found[1], self.language)}”", text)

        def said(found: re.Match[str]) -> Markup | str:
            name = found[0]
            if name in known:
                title = self.pick(known[name].summary_zh, known[name].summary)
                return Markup('“<a href="{}">{}</a>”').format(self.links.to(f"/questions/{name}"), title)
            return Markup("<i>{}</i>").format(heading(name, self.language)) if name in item.columns else name

        pieces, end = [], 0
        for found in _NAMES.finditer(text):
            pieces += [escape(text[end : found.start()]), escape(said(found))]
            end = found.end()
        return Markup("").join([*pieces, escape(text[end:])])

    def address(self, **changed: object) -> str:
        """This page with some parameters changed; ``None`` takes one away."""
        kept = [(key, value) for key, value in self.query if key not in changed and key != "lang"]
        return self.links.to(self.path, (*kept, *changed.items()))

    def address_with(self, name: str, values: Iterable[str]) -> str:
        """This page with other values of one parameter, from its first row on."""
        kept = [(key, value) for key, value in self.query if key not in (name, "lang", "_page")]
        return self.links.to(self.path, (*kept, *((name, value) for value in values)))

    @property
    def saying(self) -> partial[Markup]:
        """:meth:`say` as templates call it."""
        return partial(say, self.language)


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is written: its template and what fills it."""

    template: str
    content: Mapping[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away."""

    body: bytes
    media_type: str
    name: str | None = None
