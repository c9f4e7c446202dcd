"""``ontology/frames/``: JSON-LD frames that say which things are unfolded inside others.

What is part of another thing (its indicators, targets, amounts, evidence) is unfolded; whatever else a
property leads to (a department, a document, a code) is given with its names. A frame names every object
property on the way, because a JSON-LD processor unfolds what its frame doesn't name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from tools.generate.terms import DOMAIN_INCLUDES, RDFS, Term, curie, own_terms

Json: TypeAlias = dict[str, Any]

# The classes of things that are parts of others.
_PARTS = frozenset(
    f"bkg:{name}"
    for name in (
        "Amount", "BudgetExecution", "BudgetLine", "Evidence", "Finding", "Indicator", "PerformanceGoal",
        "PersonalDatum", "PolicyCitation", "Project", "Quantity", "ReadingCorrection", "ReportedAmount",
        "Result", "SourceAmount", "Target", "Task", "UnitOfUse",
    )
)  # fmt: skip
# Frame → class, and what it names though it is a part: a project stands in a file of its own.
_ROOTS: dict[str, tuple[str, frozenset[str]]] = {
    "project": ("bkg:Project", frozenset({"bkg:hasUnitOfUse"})),
    "plan": ("bkg:BudgetPlan", frozenset({"bkg:hasProject"})),
    "self-evaluation": ("bkg:SelfEvaluation", frozenset({"bkg:evaluatesProject"})),
}
_UNFOLDED_TOO = frozenset({"bkg:countedDocument"})
_NAMES: Json = {name: {"@omitDefault": True} for name in ("rdfs:label", "dcterms:title", "skos:prefLabel")}
# An empty @id matches every node, so that none is left out for what it lacks.
_ANY: Json = {"@id": {}}
_NAMED: Json = {**_ANY, "@embed": "@always", "@explicit": True, "@omitDefault": True, **_NAMES}
# What of other vocabularies leads from a thing of ours to another.
_BORROWED = {
    "bkg:Evidence": ("hasSource",),
    "bkg:PolicyCitation": ("references",),
    "bkg:UnitOfUse": ("unitOf",),
}


def names() -> tuple[str, ...]:
    """The frames there are."""
    return (*_ROOTS, "department")


def render(name: str) -> str:
    """The text of one frame."""
    head = {"@context": "../context.jsonld"}
    if name == "department":
        stated = {**_below(_ROOTS["plan"], ()), **_below(_ROOTS["self-evaluation"], ())}
        body = {
            "@type": "Department",
            **_unfolded({"hasDivision": _NAMED}),
            "@reverse": {"hasDepartment": stated},
        }
    else:
        body = {"@type": curie(_ROOTS[name][0]).partition(":")[2], **_below(_ROOTS[name], ())}
        body.pop("@id")
    lines = (
        f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in {**head, **body}.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _unfolded(properties: Json) -> Json:
    return {"@embed": "@always", "@omitDefault": True, **properties}


def _below(root: tuple[str, frozenset[str]], above: tuple[str, ...]) -> Json:
    """The frame of a thing of a class; ``above`` are the classes on the way to it."""
    of_class, named = root
    properties: Json = dict.fromkeys(_BORROWED.get(of_class, ()), _NAMED)
    for term, target in _object_properties(of_class):
        key = curie(term.iri)
        part = target in _PARTS or key in _UNFOLDED_TOO
        if part and key not in named and target not in above:
            frame = _below((target, frozenset()), (*above, of_class))
        else:
            frame = _NAMED
        properties[key.partition(":")[2]] = frame
    return {**_ANY, **_unfolded(dict(sorted(properties.items())))}


@cache
def _object_properties(of_class: str) -> tuple[tuple[Term, str], ...]:
    """The object properties that a thing of a class may have, each with the class of its values."""
    return tuple(_found(of_class))


def _found(of_class: str) -> Iterator[tuple[Term, str]]:
    wanted = {of_class, *_related(of_class)}
    for term in own_terms():
        if term.kind != "ObjectProperty":
            continue
        domains = {curie(each) for each in (*term.values(RDFS + "domain"), *term.values(DOMAIN_INCLUDES))}
        ranges = term.values(RDFS + "range")
        if not domains or domains & wanted:
            yield term, curie(ranges[0]) if ranges else ""


@cache
def _related(of_class: str) -> frozenset[str]:
    """The classes above and below a class: a value may be said to be of either."""
    above = {
        curie(term.iri): {curie(each) for each in term.values(RDFS + "subClassOf")} for term in own_terms()
    }
    found = set(above.get(of_class, ()))
    below = {name for name, parents in above.items() if of_class in parents}
    return frozenset(found | below)
