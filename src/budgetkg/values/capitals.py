"""Amounts written out, as on cheques: 人民币壹佰贰拾万叁仟元伍角整 → 1,203,000.5 (元)."""

from __future__ import annotations

import re
from decimal import Decimal

from budgetkg.text import fold_width
from budgetkg.values.numerals import chinese_value

_PLAIN = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億圆圓元", "一二二三三四五六六七八九十百千万亿元元元")
_AMOUNT = re.compile(
    r"(?:人民币)?\s*+(?:\(?大写\)?:?)?\s*+(?P<whole>[零〇一二三四五六七八九十百千万亿]+)元"
    r"(?:零?(?P<jiao>[一二三四五六七八九])角)?(?:零?(?P<fen>[一二三四五六七八九])分)?[整正]?"
)


def amount_in_words(text: str) -> Decimal | None:
    """The yuan of an amount in words; ``None`` where the text is anything else or more."""
    match = _AMOUNT.fullmatch(re.sub(r"\s", "", fold_width(text)).translate(_PLAIN))
    whole = chinese_value(match["whole"]) if match else None
    if match is None or whole is None:
        return None
    tenths, hundredths = (chinese_value(match[name] or "") or 0 for name in ("jiao", "fen"))
    return whole + Decimal(tenths * 10 + hundredths) / 100
