"""Numbers as targets print them: 1,234.5 · 1.5万 · 二十 · 百分之九十 · 半."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {char: place for place, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
SCALES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8,
    "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2,
}  # fmt: skip

CHINESE = "零〇一二两三四五六七八九十百千万亿"
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
# 千 and 百 open words of their own (千克, 百分点), so they scale only what no such word follows.
_SCALE = re.compile("万亿|千亿|百亿|十亿|亿|千万|百万|十万|万(?!元店)|千(?![克米瓦伏卡字帕])|百(?!分)")
_WORDS = re.compile(rf"(百分之|千分之)?([{CHINESE}]+)(?:点([零〇一二三四五六七八九]+))?")
_STEPS = 3  # scales below one another: 1亿2千万5百
_LONGEST = 18  # digits; no budget has more


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its value, its scale (万) taken in, and the offset behind it.

    ``value`` is ``None`` where it can't be decided (三五, 3万5) or has too many digits. ``unit`` is ``%`` for
    百分之 and ``‰`` for 千分之; ``chinese`` is whether it is in Chinese numerals.
    """

    value: Decimal | None
    end: int
    scale: str | None = None
    unit: str | None = None
    chinese: bool = False


def number_at(text: str, start: int) -> Number | None:
    """The number that begins at an offset; ``None`` where none does."""
    arabic = _ARABIC.match(text, start)
    if arabic:
        return _scaled(text, arabic)
    words = _WORDS.match(text, start)
    return _in_chinese(words) if words else _half(text, start)


def _scaled(text: str, arabic: re.Match[str], depth: int = 0) -> Number:
    digits = arabic[0].replace(",", "")
    if len(digits) > _LONGEST:
        return Number(None, arabic.end())
    scale = _SCALE.match(text, arabic.end())
    if scale is None:
        return Number(Decimal(digits), arabic.end())
    value = Decimal(digits) * SCALES[scale[0]]
    more = _ARABIC.match(text, scale.end())
    if more is None:
        return Number(value, scale.end(), scale[0])
    # 3万5千 goes on in a lower scale; 3万5 is no number to be sure of.
    below = _scaled(text, more, depth + 1) if depth < _STEPS else Number(None, more.end())
    if below.value is None or below.scale is None or below.value >= SCALES[scale[0]]:
        return Number(None, below.end)
    return Number(value + below.value, below.end, scale[0])


def _in_chinese(words: re.Match[str]) -> Number | None:
    whole = chinese_value(words[2])
    if whole is None:
        return Number(None, words.end(), chinese=True)
    value = Decimal(whole)
    if words[3]:
        value += Decimal("0." + "".join(str(_DIGITS[char]) for char in words[3]))
    unit = {"百分之": "%", "千分之": "‰"}.get(words[1] or "")
    scale = words[2][-1] if words[2][-1] in _GREAT and not words[3] else None
    return Number(value, words.end(), scale, unit, chinese=True)


def _half(text: str, start: int) -> Number | None:
    if text.startswith("半", start) and re.compile("个?(?:小时|月|年|天|日)").match(text, start + 1):
        return Number(Decimal("0.5"), start + 1, chinese=True)
    return None


def chinese_value(text: str) -> int | None:
    """十二 → 12, 二千一百二十四 → 2124, 二〇二三 → 2023; ``None`` for what is no number (三五, 十百)."""
    if not text or len(text) > _LONGEST:
        return None
    if all(char in _DIGITS for char in text):
        return _by_place(text)
    total = section = 0
    digit: int | None = None
    below = 10**12
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _TENS:
            step = _TENS[char]
            if digit == 0 and char != "十":
                return None
            if section and section % step == 0 and section // step % 10:
                return None
            section += (1 if digit is None or digit == 0 else digit) * step
            digit = None
        else:
            great = _GREAT[char]
            if great >= below or not section + (digit or 0):
                return None
            total += (section + (digit or 0)) * great
            below, section, digit = great, 0, None
    return total + section + (digit or 0)


def _by_place(text: str) -> int | None:
    # 三五 and 两三 mean "a few"; a run of digits is a number only as a year or with zeros.
    if len(text) > 1 and len(text) < 4 and not set(text) & set("零〇"):
        return None
    return int("".join(str(_DIGITS[char]) for char in text))
