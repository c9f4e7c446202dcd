"""Which division (省, 市, 区, 县) a department's name says it belongs to.

The grammar is that of Chinese organisation names: 中共｜中国共产党, province, city, district or
county, then the organ. The code comes from ``ontology/districts.ttl``, where the printed city
agrees: 南沙区 of 三沙市 is another place than 南沙区 of 广州市.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetkg.codelists import Concept, concept, find_label
from budgetkg.folding import key

_PARTY = r"^(?:中共|中国共产党)?"
_NAME = re.compile(
    _PARTY
    + r"(?P<province>[^省市县区]{2,8}?(?:省|自治区))?"
    + r"(?P<city>[^省市县区委局]{1,7}?(?:市|自治州|地区|盟))?"
    + r"(?P<district>[^省市县区委局]{1,8}?(?:新区|区|县|旗))?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A division as named: its own name, the city printed before it, its concept if known."""

    name: str
    city: str | None
    concept: Concept | None


def recognise(text: str) -> Place | None:
    """The smallest division named at the head of a department's name or a form's title."""
    match = _NAME.match(key(text))
    if match is None:
        return None
    district, city = match.group("district"), match.group("city")
    name = district or city or match.group("province")
    if name is None:
        return None
    return Place(name, city if district else None, _concept(name, city if district else None))


def _concept(name: str, city: str | None) -> Concept | None:
    found = find_label("division", name)
    if found is None or city is None or found.broader is None:
        return found
    parent = concept("division", found.broader.rpartition("/")[2])
    return found if city in (parent.zh, *parent.alt) else None
