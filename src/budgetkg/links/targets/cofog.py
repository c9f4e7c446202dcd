"""Themes in COFOG, the functions of government, by a mapping of ours and a list of the user's choice.

``ontology/links/cofog.csv`` says which function each theme comes close to or is part of, and how sure
we are. Which IRIs the functions have is for the list to say: 082, 08.2 and GF0802 are one notation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Quad

from budgetkg.codelists import concept
from budgetkg.errors import BudgetkgError
from budgetkg.links.linkset import Link, TargetLinks
from budgetkg.links.skos import read_concepts
from budgetkg.resources import rows
from budgetkg.vocab import PREFIXES, SKOS

READS = (SKOS.notation,)

_LONG = re.compile(r"(?:GF)?(\d\d)0?(\d)$|(?:GF)?(\d\d)$")


def find(_: Iterable[Quad], path: Path) -> TargetLinks:
    """A link for each mapped theme whose function stands in the list."""
    functions = {_plain(code): item for item in read_concepts(path) for code in item.notations}
    links = [
        Link(
            concept("theme", row["theme"]).iri,
            PREFIXES["skos"] + row["relation"],
            functions[row["cofog"]].iri,
            "mapping",
            f"{row['cofog']} {functions[row['cofog']].label()}",
            Decimal(row["confidence"]),
        )
        for row in mapping()
        if row["cofog"] in functions
    ]
    if not links:
        raise BudgetkgError("cofog-functions", path=path)
    return TargetLinks(tuple(sorted(links)))


def mapping() -> list[dict[str, str]]:
    """The lines of our mapping."""
    return list(rows("links/cofog.csv"))


def _plain(code: str) -> str:
    match = _LONG.fullmatch(code.replace(".", ""))
    return "".join(part for part in match.groups() if part) if match else code
