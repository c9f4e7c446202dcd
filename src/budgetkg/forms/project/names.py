"""What the lines of a flattened table show about names: widths, indents, brackets, words that end one."""

from __future__ import annotations

import re

from budgetkg.reading.source import Line
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.text import is_wide
from budgetkg.text import printed_width as width

SENTENCE_END = "。！？；;!?"  # no name ends so
FULL_STOP = "。！？!?"  # a cell may end so
_CLOSING = "，。；：、！？）】》〉」』〕”’,.;:!?)]}%％"  # no line begins so, where a printer can help it
_OPENING = "（【《〈「『〔“‘([{"  # no line ends so
_PAIRS = {"(": ")", "《": "》", "“": "”", "[": "]", "〔": "〕", "【": "】", "「": "」"}
_WORD = re.compile(r"[A-Za-z0-9.%]+")
# What money is for is said last: the word on which the names of projects and units end.
_NAME_END = re.compile(
    r"(?:经费|项目|资金|补助|补贴|专项|工作|工程|费用?|活动|服务|建设|管理|改造|购置|中心|局|委员会|办公室?|部|馆|院|站|所|队|本级)"
    r"(?:[((][^()()]*[))])*$"
)


def width_in_column(line: Line) -> int:
    """Printed width with the indent that the name column holds."""
    text = line.text.rstrip()
    indent = text[: len(text) - len(text.lstrip())]
    return width(text) + sum(2 if is_wide(char) else 1 for char in indent)


def is_indented(line: Line) -> bool:
    """Whether a line is set in by two blanks or more, or by one blank of a full square."""
    text = line.text
    indent = text[: len(text) - len(text.lstrip())]
    return bool(text.strip()) and sum(2 if is_wide(char) else 1 for char in indent) >= 2


def unbalanced(text: str) -> bool:
    """Whether a bracket or quote opens or closes without its partner."""
    plain = key(text)
    return any(plain.count(left) != plain.count(right) for left, right in _PAIRS.items())


def ends_like_a_name(text: str) -> bool:
    """Whether a text ends on a word that names end on."""
    return _NAME_END.search(fold(text.rstrip())) is not None


def first_word_width(text: str) -> int:
    """Width of what a printer would have had to put on the line above: nothing smaller is moved."""
    plain = text.strip()
    word = _WORD.match(fold(plain))
    end = word.end() if word else 1
    while end < len(plain) and (plain[end] in _CLOSING or plain[end - 1] in _OPENING):
        end += 1
    return width(plain[:end])


def begins_badly(text: str) -> bool:
    """Whether a text begins with a mark that only goes on something."""
    return text.strip()[:1] in _CLOSING
