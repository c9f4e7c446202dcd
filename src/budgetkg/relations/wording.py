"""Words in the form in which documents of different districts and years compare."""

from __future__ import annotations

import re
from functools import cache

from budgetkg.codelists import divisions
from budgetkg.folding import key

# 〔2021〕 in a policy's number and 2023年度 say when, not what.
_YEAR = r"[〔\[(（]?(?:19|20)\d\d[〕\])）]?年?(?:度|以来)?"
_QUOTES = re.compile(r"[“”\"'‘’「」『』《》〈〉]")
_SUFFIX = re.compile(r"(?:新区|区|县|市|省|旗)$")
_INK = re.compile(r"[^\w]+")


class Wording:
    """Takes out of a text the names of places and years, quotation marks and white space.

    The places are those of the code list and those that the documents at hand are about.
    """

    def __init__(self, districts: frozenset[str]) -> None:
        names = _divisions() | {name for said in districts for name in _forms(key(said))}
        longest = sorted(names, key=lambda name: (-len(name), name))
        self._places = re.compile("|".join([_YEAR, *map(re.escape, longest)]))

    def plain(self, text: str) -> str:
        """The text as themes are looked for in it."""
        return self._places.sub("", _QUOTES.sub("", key(text)))

    def bare(self, text: str) -> str:
        """The letters alone: what is compared where two goals are."""
        return _INK.sub("", self.plain(text))


def _forms(name: str) -> set[str]:
    """黄埔区 and 黄埔; a stem of one character is no name."""
    stem = _SUFFIX.sub("", name)
    return {name, stem} if len(stem) > 1 else {name}


@cache
def _divisions() -> frozenset[str]:
    labels = [key(label) for item in divisions() for label in item.all_labels if not label.isascii()]
    return frozenset(form for label in labels for form in _forms(label))
