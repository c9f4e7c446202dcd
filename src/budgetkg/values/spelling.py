"""Targets in the form in which the grammar reads them."""

from __future__ import annotations

import re
import unicodedata

from budgetkg.text import comparison_key, plain_signs

_STANDARD = re.compile(r"^标[准椎]:")
# 元/人*月 and 元/人×月 are 元/人·月.
_TIMES = re.compile("(?<=/[一-鿿])[*×](?=[一-鿿])")


def target_form(text: str) -> str:
    """The comparison key with plain signs, and without the form's 标准： before it.

    ``标准：⩾ 90 %`` becomes ``≥90%``.
    """
    return _TIMES.sub("·", _STANDARD.sub("", plain_signs(comparison_key(text))))


def has_letter(text: str) -> bool:
    """Whether it holds a letter that has no upper or lower case, as Chinese ones haven't."""
    return any(unicodedata.category(char) == "Lo" for char in text)


def has_foreign_digit(text: str) -> bool:
    """Whether it has a digit of another script than 0 to 9, which the grammar doesn't read."""
    return any(char.isdecimal() and not char.isascii() for char in text)
