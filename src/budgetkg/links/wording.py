"""The words of a label for comparison: stemmed, and weighed by their place in the label.

No rule is made for a certain list. Words of letters are stemmed, runs of Chinese become pairs of
characters. Words in brackets or after 包括, including, such as explain the thing rather than name it
and weigh less; numbers that order the list (VIII, 1.2, （一）) are dropped.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from budgetkg.errors import BudgetkgError

ASIDE = 0.4
"""Weight of a word in brackets or after "including", where a word that names the thing weighs 1."""

FAINT = 0.15
"""Weight of a function word (of, 的) and of words for the remainder (other, 其他)."""

_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and any as at by for from in into of on or the their to with within "
        "other others miscellaneous etc e g i nec",
    )
)
_FUNCTION_SIGNS = frozenset("的和与及或等其")
_LANGUAGES = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_REST = re.compile(r"\b(?:others?|miscellaneous|n\.?e\.?c)\b|其他|其它", re.IGNORECASE)
_HEAD_NUMBER = re.compile(
    r"^(?:[IVXLC]+\.?(?=\s)|\d+(?:\.\d+)*\.?(?=[\s、])|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+(?=、))[、\s]*"
)
_FOOTNOTE = re.compile(r"\[\d+\]|(?<=[a-z])\d$")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)(?:[)\]】]|$)")
_PASSING = re.compile(
    r"\b(?:including|such as|in particular|particularly|especially|e\.\s?g\b|i\.\s?e\b)|包括|例如|其中",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A label's words with their weights (0 to 1); ``plain`` is the label without punctuation and case.

    ``is_rest`` is whether it names a remainder (其他, other) and not a thing.
    """

    plain: str
    words: tuple[tuple[str, float], ...]
    is_rest: bool = False


@lru_cache(maxsize=65536)
def wording(label: str, language: str = "en") -> Wording:
    """The words of a label, each once, at the highest weight it has in it."""
    text = _FOOTNOTE.sub("", unicodedata.normalize("NFKC", " ".join(label.split())))
    text = _HEAD_NUMBER.sub("", text) or text
    weights: dict[str, float] = {}
    for piece, share in _pieces(text):
        for word, weight in _words(piece, language):
            weights[word] = max(weights.get(word, 0.0), weight * share)
    plain = " ".join(_WORD.findall(text.casefold()))
    return Wording(plain, tuple(sorted(weights.items())), bool(_REST.search(text)))


def _runs(text: str) -> list[str]:
    """Words, with Chinese apart from the letters it stands beside."""
    spaced = _CHINESE.sub(lambda run: f" {run[0]} ", text)
    return _WORD.findall(spaced)


def _pieces(text: str) -> list[tuple[str, float]]:
    """The part of a label that names the thing, weight 1, and the parts that explain it, weight ASIDE."""
    asides = _BRACKETS.findall(text)
    head, *rest = _PASSING.split(_BRACKETS.sub(" ", text), maxsplit=1)
    if not _WORD.search(head):
        return [(text, 1.0)]
    return [(head, 1.0), *((piece, ASIDE) for piece in (*rest, *asides))]


def _words(text: str, language: str) -> list[tuple[str, float]]:
    words = []
    for word in _runs(text.casefold()):
        if _CHINESE.fullmatch(word):
            words.extend(_pairs(word))
        else:
            words.append((_stem(word, language), FAINT if word in _FUNCTION_WORDS else 1.0))
    return words


def _pairs(run: str) -> list[tuple[str, float]]:
    """Pairs of characters; a single character where there is no pair to make."""
    pairs = [run[index : index + 2] for index in range(len(run) - 1)] or [run]
    return [(pair, FAINT if set(pair) & _FUNCTION_SIGNS else 1.0) for pair in pairs]


@cache
def _stemmer(language: str) -> Any:
    try:
        snowball = importlib.import_module("snowballstemmer")
    except ImportError as error:
        raise BudgetkgError("needs-stemmer") from error
    return snowball.stemmer(_LANGUAGES.get(language, "english"))


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))
