"""Rows without an indicator: hints that more may follow (……, 指标1：), marks where nothing is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from budgetkg.forms.settings import BLANKS
from budgetkg.reading.grid import Cell

_HINT = re.compile(r"[.…·]+|指标\d{1,2}:?")


_BRACKETED = re.compile(r"[(\[【〔<][^()\[\]【】〔〕]{1,24}[)\]】〕>]")


def is_instruction_row(own: Mapping[str, Cell]) -> bool:
    """Whether every cell of a row is a remark in brackets: （选填） | （选填） | （必填）."""
    return len(own) > 2 and all(_BRACKETED.fullmatch(cell.key) for cell in own.values())


def is_placeholder_row(own: Mapping[str, Cell]) -> bool:
    """Whether nothing but hints and marks of a blank stands in a row's name and beside it."""
    told = [cell.key for role, cell in own.items() if role not in ("tier1", "tier2")]
    return all(_HINT.fullmatch(text) or text in BLANKS for text in told)
