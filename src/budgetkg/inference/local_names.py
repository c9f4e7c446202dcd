"""Names of places and years, taken out of a text so that it compares with those of other places and years."""

from __future__ import annotations

import re
from functools import cache

from budgetkg.codelists import divisions
from budgetkg.gazetteer import named, names_at
from budgetkg.text import comparison_key

# 〔2021〕 in a policy's number and 2023年度 say when, not what.
_YEAR = r"[〔\[(（]?(?:19|20)\d\d[〕\])）]?年?(?:度|以来)?"
_QUOTES = re.compile(r"[“”\"'‘’「」『』《》〈〉]")
_SUFFIX = re.compile(r"(?:新区|区|县|市|省|旗)$")
_SIGNS = re.compile(r"[^\w]+")
_DIVISION = re.compile(r"[省市区县旗州盟]")
# 老城区, 市中区 and 郊区 are places somewhere and plain words everywhere.
_PLAIN_WORD = re.compile(r"[东西南北中新老城郊矿市]*[区市县]")


class LocalNames:
    """The names of places and the years that say for whom and when a text was written, and not what.

    The places are those of the code list, those that the documents at hand are about, and every
    division of China by its full name. 沿海城市 holds no 海城市: a city has to begin a word.
    """

    def __init__(self, districts: frozenset[str]) -> None:
        own = {form for name in districts for form in _forms(comparison_key(name))} - _divisions()
        self.own = tuple(sorted(own))
        """Names that no list holds: they alone make a difference between two sets of documents."""
        names = _divisions() | own
        longest = sorted(names, key=lambda name: (-len(name), name))
        self._places = re.compile("|".join([_YEAR, *map(re.escape, longest)]))

    def removed_from(self, text: str) -> str:
        """A text's comparison key without local names and quotation marks: labels are looked for in it."""
        return _without_divisions(self._places.sub("", _QUOTES.sub("", comparison_key(text))))

    def letters_of(self, text: str) -> str:
        """What is left when signs are removed too: letters and digits, by which two goals are compared."""
        return _SIGNS.sub("", self.removed_from(text))


def _without_divisions(text: str) -> str:
    if not _DIVISION.search(text):
        return text
    kept: list[str] = []
    place = 0
    while place < len(text):
        name = next((name for name in names_at(text, place) if _is_place(name, text, place)), None)
        if name is None:
            kept.append(text[place])
        place += len(name or "-")
    return "".join(kept)


def _is_place(name: str, text: str, start: int) -> bool:
    if len(name) < 3 or not named(name) or _PLAIN_WORD.fullmatch(name):
        return False
    return not name.endswith("城市") or start == 0 or not text[start - 1].isalpha()


def _forms(name: str) -> set[str]:
    """黄埔区 and 黄埔; a stem of one character is no name."""
    stem = _SUFFIX.sub("", name)
    return {name, stem} if len(stem) > 1 else {name}


@cache
def _divisions() -> frozenset[str]:
    printed = (label for item in divisions() for label in item.all_labels if not label.isascii())
    labels = map(comparison_key, printed)
    return frozenset(form for label in labels for form in _forms(label))
