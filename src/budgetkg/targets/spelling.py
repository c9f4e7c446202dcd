"""Targets as the grammar reads them: one spelling of each sign, no white space, marks of the form off."""

from __future__ import annotations

import re
import unicodedata

from budgetkg.folding import key

# Signs that fonts, scanners and input methods put for the plain ones.
_SIGNS = str.maketrans({
    "≧": "≥", "⩾": "≥", "≽": "≥", "⪰": "≥", "⋝": "≥",
    "≦": "≤", "⩽": "≤", "≼": "≤", "⪯": "≤", "⋜": "≤",
    "═": "=", "＝": "=", "〓": "=", "‹": "<", "〈": "<", "﹤": "<", "›": ">", "〉": ">", "﹥": ">",
    "∽": "~", "∼": "~", "〜": "~", "–": "-", "‐": "-", "‑": "-", "‒": "-", "―": "—", "−": "-", "─": "—",
    "∕": "/", "⁄": "/", "∶": ":", "•": "·", "・": "·", "∙": "·", "⋅": "·", "✕": "×", "✖": "×",
    "µ": "μ", "″": '"',
})  # fmt: skip
_STANDARD = re.compile(r"^标[准椎]:")
_PASSES = 4


def spelled(text: str) -> str:
    """NFKC without white space and invisible marks, signs made plain.

    Taking out a blank may bring a letter and an accent together, so it's repeated until it holds.
    """
    for _ in range(_PASSES):
        folded = key(text)
        if folded == text:
            break
        text = folded
    text = text.translate(_SIGNS)
    text = re.sub(r">=|=>|≥=|>≥", "≥", text)
    text = re.sub(r"<=|=<|≤=|<≤", "≤", text)
    text = text.replace("正负", "±").replace("°C", "℃")
    return _STANDARD.sub("", text)


def has_word(text: str) -> bool:
    """Whether anything in it is a letter of the language."""
    return any(unicodedata.category(char) == "Lo" for char in text)


def foreign_digit(text: str) -> bool:
    """Whether it has a digit of another script than ours."""
    return any(char.isdecimal() and not char.isascii() for char in text)
