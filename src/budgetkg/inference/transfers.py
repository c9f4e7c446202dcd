"""Money handed down or handed on: 提前下达, 转移支付, 补助, its level and its direction.

What a project's name says counts first, then its goal, then its targets (按市补助放映). 区 receives from
中央, 省 and 市 and gives to towns, firms and people; where no words tell, the direction is undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from budgetkg.codelists import concepts
from budgetkg.inference.subjects import Extract, Subject
from budgetkg.text import comparison_key

_MARKER = re.compile(r"提前下达|转移支付|补助|补贴")
_FROM = re.compile(
    r"(?P<level>中央|省级?|市级?|区级)(?:财政)?(?:专项)?(?:资金)?(?:提前)?(?:下达|转移支付|补助)"
    r"|申报[^。;；,，]{0,12}?(?P<asked>中央|省|市)[^。;；,，]{0,16}?(?:经费|资金|补助)"
)
_HANDED_DOWN = re.compile(r"提前下达|转移支付")
_GIVEN = re.compile(r"(?:给予|发放|拨付|兑现|扶持)[^。;；]{0,24}?(?:补贴|补助|资助|奖励|津贴)")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Transfer:
    """A project that hands money down or on; ``grounds`` are the nodes that print the words."""

    project: str
    level: str
    direction: str
    method: str
    words: tuple[str, ...]
    grounds: tuple[str, ...]


def transfers(document: Extract) -> Iterator[Transfer]:
    """The transfers among a document's projects."""
    for subject in document.subjects:
        if subject.kind == "project":
            transfer = _transfer(subject)
            if transfer:
                yield transfer


def _transfer(subject: Subject) -> Transfer | None:
    name, text = comparison_key(subject.name), comparison_key(subject.text)[:_LONGEST]
    marked, given = _MARKER.findall(name), _GIVEN.search(text)
    if not marked and not given:
        return None
    goal = subject.ground or subject.iri
    texts = [(subject.iri, name), (goal, text), *_targets(subject)]
    hits = ((node, _FROM.search(words)) for node, words in texts)
    node, source = next(((node, hit) for node, hit in hits if hit), ("", None)) if marked else ("", None)
    level = _level(source["level"] or source["asked"]) if source else "unspecified"
    words = [*marked, *(hit[0] for hit in (source, given) if hit)]
    handed_down = bool(_HANDED_DOWN.search(name))
    grounds = [subject.iri] * bool(marked) + [node] * bool(source) + [goal] * bool(given)
    return Transfer(
        project=subject.iri,
        level=level,
        direction=_direction(bool(source and level != "district"), handed_down, bool(given)),
        method="marker-in-name" if marked else "marker-in-text",
        words=tuple(sorted(set(words))),
        grounds=tuple(sorted(set(grounds))),
    )


def _targets(subject: Subject) -> Iterator[tuple[str, str]]:
    """The targets of its indicators: the node and its words."""
    for row in subject.indicators:
        for node, text in ((row.annual_iri, row.annual), (row.period_iri, row.period)):
            if node and text:
                yield node, comparison_key(text)


def _direction(sourced: bool, handed_down: bool, given: bool) -> str:
    if sourced or handed_down:
        return "received"
    return "given" if given else "undecided"


def _level(printed: str) -> str:
    return next(item.notation for item in concepts("transfer-level") if printed in item.all_labels)
