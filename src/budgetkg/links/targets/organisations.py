"""The body above a department: the committee or government that its name says it belongs to.

中共广州市黄埔区委员会宣传部 is 宣传部 of 中共广州市黄埔区委员会; 广州市黄埔区财政局 and a 街道办事处
are organs of 广州市黄埔区人民政府. 中共 and 中国共产党 name the same party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Quad, Triple

from budgetkg.divisions import division, recognise
from budgetkg.gazetteer import NAMELESS, ancestors, under_code
from budgetkg.links.instances import texts_of
from budgetkg.links.linkset import Link, TargetLinks
from budgetkg.mapping import iri, literals
from budgetkg.text import comparison_key
from budgetkg.vocab import BKG, ORG, RDF, RDFS

READS = (RDF.type, RDFS.label, BKG.hasDivision)

_PARTY = re.compile(r"^(?:中共|中国共产党)")
_COMMITTEE = re.compile(r"委员会|委")
_ORGAN = re.compile(
    r"(?:人民政府)?(?P<organ>.{1,30}?(?:局|委员会|街道办事处|办公室|厅|委|中心|队|馆|院|镇人民政府))$"
)


@dataclass(frozen=True, slots=True)
class Organ:
    """A department's name taken apart: the division, the body it belongs to, the organ itself."""

    division: str
    body: str
    organ: str


def parse(name: str) -> Organ | None:
    """Division, body and organ of a name; ``None`` where the name doesn't say all three."""
    plain = comparison_key(name)
    place = recognise(plain)
    if place is None or place.concept is None:
        return None
    rest, code = plain[place.end :], place.concept.notation
    party = _PARTY.match(plain)
    if party:
        committee = _COMMITTEE.match(rest)
        organ = rest[committee.end() :] if committee else ""
        return Organ(code, f"中共{_full(code)}委员会", organ) if organ else None
    match = _ORGAN.fullmatch(rest)
    return Organ(code, f"{_full(code)}人民政府", match["organ"]) if match else None


def _full(code: str) -> str:
    """A division's name with its city's: some departments print the city and some don't."""
    chain = (division(one) for one in (*reversed(ancestors(under_code(code)[-1])), code))
    names = [one.zh for one in chain if one and one.zh not in NAMELESS]
    return "".join(names if names[0].endswith("市") else names[1:] or names)


def find(quads: Iterable[Quad], base: str) -> TargetLinks:
    """A link from each department to the body above it."""
    links, described = [], set()
    for department, name in texts_of(quads, BKG.Department, RDFS.label).items():
        organ = parse(name)
        if organ is None:
            continue
        body = iri.shared(base, "organisation", organ.division, organ.body)
        relation = ORG.subOrganizationOf.value
        links.append(Link(department, relation, body.value, "name", name, Decimal("0.9")))
        described |= {
            Triple(body, RDF.type, ORG.FormalOrganization),
            Triple(body, RDFS.label, literals.chinese(organ.body)),
            Triple(body, BKG.hasDivision, iri.code("division", organ.division)),
        }
    return TargetLinks(tuple(sorted(links)), frozenset(described))
