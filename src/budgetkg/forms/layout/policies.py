"""Policy documents that a goal cites: 《title》（穗埔府规〔2021〕14号), whatever brackets are printed."""

from __future__ import annotations

import re

from budgetkg.reading.source import Healed, Source
from budgetkg.records import PolicyCitation
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

# 发文字号: issuer's short name, year in any bracket, number: 穗埔府规〔2021〕14号, 穗协作(2020)2号
_NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,12}?)\s{0,9}[\[(〔【﹝]\s{0,9}(?P<year>(?:19|20)\d\d)\s{0,9}[\])〕】﹞]\s{0,9}(?:第\s{0,9})?(?P<no>\d{1,5})\s{0,9}号"
)
_TITLE = re.compile(r"《(?P<title>[^《》]{2,120})》")
_REACH = 3  # characters between a title and its number: a bracket, a blank


def cited_policies(source: Source, text: Healed) -> tuple[PolicyCitation, ...]:
    """The numbered policy documents named in a text, each with its title where one stands before."""
    plain = fold(text.text)
    titles = list(_TITLE.finditer(plain))
    citations = []
    for match in _NUMBER.finditer(plain):
        title = next((t for t in reversed(titles) if 0 <= match.start() - t.end() <= _REACH), None)
        start = title.start() if title else match.start()
        printed = text.text[match.start() : match.end()]
        citations.append(
            PolicyCitation(
                title=text.text[title.start("title") : title.end("title")] if title else key(printed),
                number=f"{match['issuer']}〔{match['year']}〕{int(match['no'])}号",
                number_printed=printed,
                evidence=source.evidence_of(text.offsets[start : match.end()]),
            )
        )
    return tuple(citations)
