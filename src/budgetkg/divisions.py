"""The administrative division (省, 市, 区, 县) named at the head of a department's name or a title.

The grammar is that of Chinese organisation names: 中共｜中国共产党, province, city, district or
county, then the organ. What stands before a name decides which of its bearers is meant: 南沙区 of
三沙市 is another place than 南沙区 of 广州市. Where nothing decides, nothing is decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from budgetkg.codelists import Concept, divisions
from budgetkg.gazetteer import Division, is_within, named, names_at, shortened, under_code
from budgetkg.text import comparison_key
from budgetkg.vocab import PREFIXES

# The department's code before its name, as in [308]深圳市…, is no part of it
_PARTY = re.compile(r"(?:[\[(【]\d+[\])】]|\d{3,}[-—_]|\d{6,})?(?:中共|中国共产党)?")
_NAME = re.compile(
    r"(?P<province>[^省市县区]{2,8}?(?:省|自治区))?"
    r"(?P<city>[^省市县区委局]{1,7}?(?:市|自治州|地区|盟))?"
    r"(?P<district>[^省市县区委局]{1,8}?(?:新区|区|县|旗))?"
)


@dataclass(frozen=True, slots=True)
class NamedDivision:
    """A division as a text names it: its name, the city printed before it, its concept if known.

    ``rivals`` are the codes of all divisions of that name where nothing printed decides among them; ``end``
    is the offset at which the name ends in the text's comparison key.
    """

    name: str
    city: str | None
    concept: Concept | None
    rivals: tuple[str, ...] = ()
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Chain:
    """Names of divisions printed one after the other, each division within the one before.

    ``end`` is the offset after the last name, ``last`` the divisions that it may mean.
    """

    end: int = 0
    names: tuple[str, ...] = ()
    last: tuple[Division, ...] = ()


@lru_cache(maxsize=1 << 13)  # a department names its division in each of its documents
def recognise(text: str) -> NamedDivision | None:
    """The smallest division named at the head of a department's name or a form's title, if one is."""
    plain = comparison_key(text)
    match = _PARTY.match(plain)
    start = match.end() if match else 0
    known = _longest(plain, _Chain(start))
    spelt = _spelt(plain, start)
    if not known.names or (spelt is not None and spelt.end > known.end and spelt.city is not None):
        return spelt
    bearers = _current(known.last)
    city = known.names[-2] if len(known.names) > 1 and not known.last[0].code.endswith("00") else None
    codes = tuple(sorted({one.code for one in bearers}))
    if len(codes) > 1:
        return NamedDivision(known.names[-1], city, None, codes, known.end)
    return NamedDivision(known.names[-1], city, division(codes[0]), (), known.end)


def recognise_any(texts: Iterable[str | None]) -> NamedDivision | None:
    """The division that the first text with one names, from a later text of that name if only there known."""
    places = (place for text in texts if text and (place := recognise(text)))
    first = next(places, None)
    if first is None or first.concept:
        return first
    return next((place for place in places if place.concept and place.name == first.name), first)


def division(code: str) -> Concept | None:
    """The concept of a GB/T 2260 code: the ontology's own, else one from the editions, else ``None``."""
    own = next((item for item in divisions() if item.notation == code), None)
    if own is not None:
        return own
    editions = under_code(code)
    if not editions:
        return None
    newest = editions[-1]
    earlier = [one.name for one in editions[:-1] if one.name != newest.name]
    return Concept(
        iri=PREFIXES["division"] + code,
        notation=code,
        zh=newest.name,
        en="",
        alt=tuple(dict.fromkeys(name for name in (newest.short, *earlier) if name)),
        broader=PREFIXES["division"] + newest.parent if newest.parent else None,
    )


def _longest(text: str, chain: _Chain) -> _Chain:
    """The chain continued by as many names as the text prints, each division within the one before."""
    best = chain
    for name in names_at(text, chain.end):
        end = chain.end + len(name)
        full = _within(named(name), chain)
        if full:
            nested = _longest(text, _Chain(end, (*chain.names, name), full))
            best = max(best, nested, key=lambda one: one.end)
        short = _within(shortened(name), chain)
        if short:
            longer = _longest(text, _Chain(end, (*chain.names, name), short))
            # 广州 alone may be part of any word; 广州番禺区 is a place.
            best = max(best, longer, key=lambda one: one.end) if longer.end > end else best
    return best


def _within(candidates: tuple[Division, ...], chain: _Chain) -> tuple[Division, ...]:
    if not chain.last:
        return candidates
    return tuple(one for one in candidates if any(is_within(one, above.code) for above in chain.last))


def _current(bearers: tuple[Division, ...]) -> tuple[Division, ...]:
    """Those that still exist, else those that existed longest."""
    lasting = tuple(one for one in bearers if one.is_current)
    newest = max((one.until or "" for one in bearers), default="")
    return lasting or tuple(one for one in bearers if one.until == newest)


def _spelt(text: str, start: int) -> NamedDivision | None:
    """A name that ends like a division's (区, 县, 市 …), whether known or not."""
    match = _NAME.match(text, start)
    if match is None:
        return None
    district, city = match.group("district"), match.group("city")
    name = district or city or match.group("province")
    return NamedDivision(name, city if district else None, None, (), match.end()) if name else None
