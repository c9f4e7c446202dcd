"""One character for each sign: what fonts, scanners and input methods put for ≥, -, ·, × and their like."""

from __future__ import annotations

import re

_SIGNS = str.maketrans({
    "≧": "≥", "⩾": "≥", "≽": "≥", "⪰": "≥", "⋝": "≥",
    "≦": "≤", "⩽": "≤", "≼": "≤", "⪯": "≤", "⋜": "≤",
    "═": "=", "＝": "=", "〓": "=", "‹": "<", "〈": "<", "﹤": "<", "›": ">", "〉": ">", "﹥": ">",
    "∽": "~", "∼": "~", "〜": "~", "–": "-", "‐": "-", "‑": "-", "‒": "-", "―": "—", "−": "-", "─": "—",
    "∕": "/", "⁄": "/", "∶": ":", "•": "·", "・": "·", "∙": "·", "⋅": "·", "✕": "×", "✖": "×",
    "µ": "μ", "″": '"',
})  # fmt: skip
_AT_LEAST = re.compile(r">=|=>|≥=|>≥")
_AT_MOST = re.compile(r"<=|=<|≤=|<≤")


def plain_signs(text: str) -> str:
    """Each sign in its plain form, a sign of two characters as one.

    The length may change. ``⩾90`` and ``>=90`` become ``≥90``, ``20°C`` becomes ``20℃``, ``正负5`` ``±5``.
    """
    text = _AT_LEAST.sub("≥", text.translate(_SIGNS))
    return _AT_MOST.sub("≤", text).replace("正负", "±").replace("°C", "℃")
