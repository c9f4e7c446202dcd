"""Checks of running texts against one another: copied, nearly copied, said twice."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from budgetkg.findings import Evidence
from budgetkg.forms.checks.places import holding
from budgetkg.forms.checks.texts import garbled
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.text import comparison_key as key

_SHORTEST = 40  # characters of two texts that are compared
_LONGEST = 5_000  # characters; comparing costs the product of two lengths
_OVERLAP = 0.6  # of the shorter text, in stretches of at least
_STRETCH = 10  # characters
_ALIKE = 0.93
_MOST_GAPS = 5
_CLAUSE = re.compile(r"[^，,。；;：:、！!？?\s（）()]+")
_LONG_CLAUSE = 8  # characters


def check_copies(reader: Reader, parts: Parts) -> None:
    """Report texts of a task that copy one another, and clauses that stand twice in one text."""
    for task in parts.tasks:
        content, expected = key(task.content or ""), key(task.expected or "")
        usable = len(content) >= _SHORTEST <= len(expected) and not (garbled(content) or garbled(expected))
        if usable:
            _compare(reader, task.name, content, expected, task.evidence)
    texts = [(task.name, task.content or "", task.evidence) for task in parts.tasks]
    texts += [(task.name, task.expected or "", task.evidence) for task in parts.tasks]
    texts += [("", parts.overall_goal or "", parts.evidence)]
    for unit in parts.units_of_use:
        texts += [(f"{unit.name} / {one.name}", one.goal or "", one.evidence) for one in unit.projects]
    for where, text, evidence in texts:
        if not garbled(text):
            _check_repeated(reader, where, text, evidence)


def _compare(reader: Reader, where: str, one: str, other: str, evidence: tuple[Evidence, ...]) -> None:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _STRETCH]
    shared = sum(block.size for block in blocks) / min(len(one), len(other))
    if shared >= _OVERLAP:
        reader.log.add("texts-overlap", where, evidence, share=round(shared * 100))
    gaps = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if matcher.ratio() >= _ALIKE and 0 < len(gaps) <= _MOST_GAPS:
        _, a, b, c, d = max(gaps, key=lambda code: (code[2] - code[1]) + (code[4] - code[3]))
        reader.log.add("copies-differ", where, evidence, one=one[max(0, a - 6) : b + 10],
                       other=other[max(0, c - 6) : d + 10])  # fmt: skip


def _check_repeated(reader: Reader, where: str, text: str, evidence: tuple[Evidence, ...]) -> None:
    """A clause that stands twice in one text, word for word."""
    seen: set[str] = set()
    for found in _CLAUSE.finditer(text):
        clause = found[0]
        if len(clause) >= _LONG_CLAUSE and clause in seen:
            reader.log.add("phrase-repeated", where, holding(evidence, clause), text=clause)
        seen.add(clause)
