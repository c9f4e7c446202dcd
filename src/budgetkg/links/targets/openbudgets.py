"""OpenBudgets.eu: its dimensions and code lists by a mapping of ours, and the phase of the budget.

``ontology/links/openbudgets.csv`` is the mapping. A form is about a phase of the budget only where its
title says so: 申报 is asked for (draft), 批复 is granted (approved), 调整 is changed (revised). A form
published beside a budget is of an approved one more often than not, but nothing in it says that.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from budgetkg.links.linkset import Link, TargetLinks
from budgetkg.resources import directory
from budgetkg.vocab import BKG, DCTERMS, PREFIXES, RDF

READS = (RDF.type, DCTERMS.title)

_DATA = "http://data.openbudgets.eu/"
_PHASES = (("批复", "approved", "0.90"), ("调整", "revised", "0.70"), ("申报", "draft", "0.70"))


def find(quads: Iterable[Quad], base: str) -> TargetLinks:
    """The lines of the mapping, and a link for each document whose title names one phase."""
    documents, titles = set(), {}
    for quad in quads:
        if quad.predicate == RDF.type and quad.object == BKG.Document:
            documents.add(quad.subject)
        elif quad.predicate == DCTERMS.title and isinstance(quad.object, Literal):
            titles[quad.subject] = quad.object.value
    named = [node for node in documents if isinstance(node, NamedNode)]
    phases = [_phase(node.value, titles.get(node, "")) for node in named]
    return TargetLinks(tuple(sorted((*_mapped(), *(link for link in phases if link)))))


def _phase(document: str, title: str) -> Link | None:
    named = [(word, phase, sure) for word, phase, sure in _PHASES if word in title]
    if len(named) != 1:
        return None
    ((word, phase, sure),) = named
    return Link(
        document,
        f"{PREFIXES['obeudim']}budgetPhase",
        f"{_DATA}resource/codelist/budget-phase/{phase}",
        "rule",
        f"{word} ({title})",
        Decimal(sure),
    )


def _mapped() -> Iterable[Link]:
    path = directory("ontology") / "links" / "openbudgets.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            prefix, _, name = row["source"].partition(":")
            yield Link(
                PREFIXES[prefix] + name,
                PREFIXES["skos"] + row["relation"],
                _DATA + row["target"],
                "mapping",
                row["evidence"],
                Decimal(row["confidence"]),
            )
