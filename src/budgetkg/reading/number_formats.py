"""Numbers as a spreadsheet prints them: the part of Excel's number formats that the forms use."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

GENERAL = "General"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '#,##0.00;-#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"[^"]*"?|[\\!_*].?|\[[^\]]*\]?|General|AM/PM|上午/下午|[eE][+-]|y+|m+|d+|h+|s+|aaaa?|.', re.I | re.S
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_DATE = re.compile(r"\[h+\]|y+|m+|d+|h+|s+|aaaa?|AM/PM|上午/下午", re.I)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)
_LONGEST_FORMAT = 255
_LARGEST_EXPONENT = 308


def printed_number(stored: str, code: str = GENERAL, epoch_1904: bool = False) -> str:
    """Print a stored number by the format ``code``; what is no number is returned as it is.

    ``epoch_1904`` is true where the workbook counts days from 1904 (Excel for Macintosh).
    """
    number = _number(stored)
    if number is None:
        return stored
    sections = _sections(code if len(code) <= _LONGEST_FORMAT else GENERAL)
    section, number = _choose(sections, number)
    if any(_DATE.fullmatch(token) for token in section):
        printed = _date(section, number, epoch_1904)
        return general(number) if printed is None else printed
    return _filled(section, number).strip()


def printed_text(text: str, code: str = GENERAL) -> str:
    """Print a text by the format ``code``: by its fourth section, or by the only one if that holds ``@``."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if "@" not in section or section == ["@"]:
        return "" if len(sections) > 3 and not section else text
    return "".join(text if token == "@" else _literal(token) for token in section)


def general(number: Decimal) -> str:
    """Write a number in plain decimal notation without trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(stored: str) -> Decimal | None:
    """A stored number, rounded to what a double holds."""
    try:
        number = Decimal(stored.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return None
    # A double holds 15 digits; what follows them is noise of its binary form.
    return Context(prec=15, rounding=ROUND_HALF_UP).plus(number) if number else Decimal(0)


def _sections(code: str) -> list[list[str]]:
    """The tokens of each section of a format; sections are parted by semicolons."""
    sections: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        if token == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _choose(sections: list[list[str]], number: Decimal) -> tuple[list[str], Decimal]:
    """Choose the section for a number, and the number that it prints: that for negatives has its own sign."""
    conditions = [_CONDITION.fullmatch(token) for section in sections for token in section[:3]]
    if any(conditions):
        for section in sections:
            marks = [mark for mark in map(_CONDITION.fullmatch, section) if mark]
            if all(_holds(number, mark[1], Decimal(mark[2])) for mark in marks):
                return section, number
        return sections[-1], number
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _holds(number: Decimal, operator: str, bound: Decimal) -> bool:
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound,
        ">=": number >= bound, "=": number == bound, "<>": number != bound,
    }[operator]  # fmt: skip


def _literal(token: str) -> str:
    """The text that a token prints that stands for no digit."""
    if token.startswith('"'):
        return token.strip('"')
    if token[0] in "\\!":
        return token[1:]
    if token.startswith("[$"):
        return token[2:-1].partition("-")[0]
    if token[0] == "_":
        return " "
    return "" if token[0] in "*[" or token == "@" else token


def _filled(section: list[str], number: Decimal) -> str:
    """Put the digits of a number into the placeholders of a section."""
    places = [index for index, token in enumerate(section) if token in ("0", "#", "?")]
    if not places or "/" in section or any(token[:1] in "eE" and len(token) == 2 for token in section):
        plain = any(token.lower() == "general" or token == "@" for token in section) or bool(places)
        shown = "".join("\0" if _is_value(token) else _literal(token) for token in section)
        return general(number) if places else shown.replace("\0", general(number), 1) if plain else shown
    point = section.index(".") if "." in section else len(section)
    scale = 3 * _trailing_commas(section, places[-1]) - 2 * section.count("%")
    decimals = [index for index in places if index > point]
    wanted = number.scaleb(-scale, _EXACT).quantize(Decimal(1).scaleb(-len(decimals)), context=_EXACT)
    digits = format(wanted.copy_abs(), "f").partition(".")
    whole = _whole(section, [index for index in places if index < point], digits[0].lstrip("0"))
    after = dict(zip(decimals, digits[2], strict=True))
    for index in reversed(decimals):
        if after[index] != "0" or section[index] == "0":
            break
        after[index] = ""
    return ("-" if wanted < 0 else "") + _assembled(section, whole | after, point, places)


def _is_value(token: str) -> bool:
    return token.lower() == "general" or token == "@"


def _trailing_commas(section: list[str], last: int) -> int:
    count = 0
    while last + 1 + count < len(section) and section[last + 1 + count] == ",":
        count += 1
    return count


def _whole(section: list[str], places: list[int], digits: str) -> dict[int, str]:
    """Give the digits before the point to placeholders from the right; the first takes all that are left."""
    grouped = any(section[index] == "," for index in range(places[0], places[-1])) if places else False
    rest = digits.rjust(sum(section[index] == "0" for index in places), "0")
    if grouped:
        return {places[0]: f"{int(rest or 0):,}" if rest else ""} | dict.fromkeys(places[1:], "")
    filled = {}
    for index in reversed(places[1:]):
        filled[index], rest = rest[-1:], rest[:-1]
    return filled | ({places[0]: rest} if places else {})


def _assembled(section: list[str], digits: dict[int, str], point: int, places: list[int]) -> str:
    parts = []
    for index, token in enumerate(section):
        if index in digits:
            parts.append(digits[index])
        elif index == point:
            parts.append("." if any(digits[place] for place in places if place > point) else "")
        elif token != "," or not places[0] < index <= places[-1] + 3:
            parts.append(_literal(token))
    return "".join(parts)


def _date(section: list[str], number: Decimal, epoch_1904: bool) -> str | None:
    """A number of days as a date or time; ``None`` where there is no such date."""
    epoch = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)
    try:
        moment = epoch + timedelta(seconds=int((number * 86400).to_integral_value(ROUND_HALF_UP)))
    except OverflowError:
        return None
    if number < 0:
        return None
    half = any(token.lower() in ("am/pm", "上午/下午") for token in section)
    names = [token.lower() if _DATE.fullmatch(token) else "" for token in section]
    parts = []
    for index, token in enumerate(section):
        if not names[index]:
            parts.append(_literal(token))
        else:
            parts.append(_moment_part(names, index, moment, half, number))
    return "".join(parts).strip()


def _moment_part(names: list[str], index: int, moment: datetime, half: bool, number: Decimal) -> str:
    """Print a token of a date; ``m`` beside hours or seconds is minutes, ``half`` a clock of twelve hours."""
    name = names[index]
    before = next((other for other in reversed(names[:index]) if other), "")
    after = next((other for other in names[index + 1 :] if other), "")
    if name[0] == "m" and len(name) <= 2 and (before.strip("[]")[:1] == "h" or after[:1] == "s"):
        return f"{moment.minute:0{len(name)}d}"
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    plain = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}
    if name.startswith("["):
        return str(int(number * 24))
    if name[0] == "y":
        return str(moment.year) if len(name) > 2 else f"{moment.year % 100:02d}"
    if name[0] == "a" and not name.startswith("am"):
        return ("星期" if len(name) > 3 else "") + "一二三四五六日"[moment.weekday()]
    if name in ("am/pm", "上午/下午"):
        return name.upper().split("/")[moment.hour >= 12]
    if name[0] == "m" and len(name) > 2:
        return _MONTHS[moment.month - 1]
    return f"{plain[name[0]]:0{min(len(name), 2)}d}"
