"""The facts on the page of a thing: what each property is called, and its values in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from budgetkg.codelists import is_inferred
from budgetkg.report.wording import seen, wan
from budgetkg.store.explain import Statement
from budgetkg.terms import short
from budgetkg.vocab import BKG, PREFIXES, PROV, RDF, RDFS, SKOS, XSD
from budgetkg.web.addresses import path_of
from budgetkg.web.pages.described import Descriptions, word
from budgetkg.web.pages.view import View
from budgetkg.web.pages.words import catalogue

MOST_VALUES, MOST_OF_A_CROWD = 60, 3
"""Values that a page shows of one property; it says how many there are more."""
_HIDDEN = frozenset(
    node.value
    for node in (
        *(RDF.type, RDFS.label, RDFS.isDefinedBy, BKG.labelEn),
        *(SKOS.prefLabel, SKOS.topConceptOf, SKOS.hasTopConcept),  # said again by skos:inScheme
    )
)
_CROWDS = frozenset(
    (
        f"{PREFIXES['sh']}declare",
        *(
            node.value
            for node in (
                BKG.hasIndicator, BKG.listsIndicator, BKG.hasProject, BKG.hasTask, BKG.hasFinding,
            )
        ),
    )
)  # fmt: skip
_BASES = {
    name.value: basis.value
    for name, basis in (
        (BKG.fiscalYear, BKG.hasFiscalYearBasis),
        (BKG.hasTier1, BKG.hasTier1Basis),
        (BKG.tier1Label, BKG.hasTier1Basis),
    )
}
"""Properties whose value may be inferred, each with the property that says how it was found."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a fact: its text, what stands beside it, where it leads."""

    text: str
    small: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What a property is called, its term, and its values."""

    name: str
    term: str
    values: tuple[Value, ...]
    left: int = 0


def facts(
    view: View, statements: Sequence[Statement], known: Descriptions, title: str, *, inverse: bool = False
) -> Iterator[Fact]:
    """The statements by their property, without what the title says already.

    ``inverse``: the statements have the thing as their object, and their values are the subjects.
    """
    guessed = _guessed(statements)
    kept = [s for s in statements if s.property not in _HIDDEN]
    for name, group in groupby(kept, key=lambda s: s.property):
        several = _in_language(view, list(group))
        if (
            len(several) == 1
            and isinstance(several[0].value, Literal)
            and seen(several[0].value.value) == title
        ):
            continue
        most = MOST_OF_A_CROWD if name in _CROWDS and len(several) > MOST_OF_A_CROWD else MOST_VALUES
        values = [(s, _value(view, s, known, title)) for s in several[:most]]
        values = _told_apart(values, known)
        if name in guessed:
            values = [(s, replace(value, text=f"{value.text}?")) for s, value in values]
        shown = tuple(dict.fromkeys(value for _, value in values))
        yield Fact(_called(view, several[0], inverse=inverse), short(name), shown, len(several) - len(values))


def unrepeated(mentions: Iterable[Statement], holders: Iterable[str]) -> list[Statement]:
    """The mentions by what isn't shown as a holder; an inference once, by its subject, not its grounds."""
    several, above = list(mentions), frozenset(holders)
    judged = {s.value for s in several if s.property == BKG.hasSubject.value}
    return [
        s
        for s in several
        if str(getattr(s.value, "value", "")) not in above
        and not (s.property == PROV.wasDerivedFrom.value and s.value in judged)
    ]


def _called(view: View, first: Statement, *, inverse: bool) -> str:
    """What a property is called in the reader's language, or seen from its object."""
    term = short(first.property)
    for name in (f"inverse.{term}",) if inverse else (f"property.{term}",):
        if name in catalogue():
            return str(view.say(name))
    called = view.pick(first.label_zh or "", first.label_en or "") or first.label_zh or ""
    if f"property.{term}" in catalogue():
        called = str(view.say(f"property.{term}"))
    # "has goal" is what a property is called among engineers; beside a value "goal" says it.
    called = called.removeprefix("has ") or term
    return str(view.say("inverse.other", name=called)) if inverse else called


def _guessed(statements: Iterable[Statement]) -> frozenset[str]:
    """The properties whose values are inferred, as a basis among the statements says."""
    bases = {s.property: str(getattr(s.value, "value", "")).rpartition("/")[2] for s in statements}
    return frozenset(name for name, basis in _BASES.items() if is_inferred(bases.get(basis, "")))


def _in_language(view: View, several: list[Statement]) -> list[Statement]:
    """The statements without those that say the same in the language that the reader didn't choose."""
    own = [s for s in several if isinstance(s.value, Literal) and s.value.language == view.language]
    return own if own and all(isinstance(s.value, Literal) and s.value.language for s in several) else several


def _told_apart(values: list[tuple[Statement, Value]], known: Descriptions) -> list[tuple[Statement, Value]]:
    """Values of the same words get their kind beside them: the target of the year, that of the period."""
    often = Counter(value.text for s, value in values if s.value_label)
    found = []
    for s, value in values:
        about = known.get(s.value.value) if isinstance(s.value, NamedNode) else None
        kind = about.kind if about is not None and often[value.text] > 1 else ""
        found.append((s, replace(value, small=value.small or kind)))
    return found


def _value(view: View, statement: Statement, known: Descriptions, here: str) -> Value:
    term = statement.value
    if isinstance(term, NamedNode):
        return _thing(view, term.value, statement.value_label or "", known, here)
    text = seen(str(getattr(term, "value", term)))
    if not isinstance(term, Literal):
        return Value(text)
    if term.datatype == XSD.boolean:
        return Value(word(view, text) or text)
    if statement.property == BKG.amountYuan.value and term.datatype == XSD.decimal:
        amount = Decimal(term.value)
        return Value(f"{wan(amount)} 万元", _yuan(view, amount))
    return Value(text, (term.language or "") if term.language != view.language else "")


def _thing(view: View, iri: str, label: str, known: Descriptions, here: str) -> Value:
    about = known.get(iri)
    name, small = label, ""
    if about is not None:
        name = (about.english if view.language == "en" else "") or label or about.name(view, here)
        small = _yuan(view, about.amount) if about.amount is not None else ""
    name = name or word(view, short(iri)) or path_of(iri, view.site.base) or short(iri)
    return Value(seen(name), small, view.links.thing(iri))


def _yuan(view: View, amount: Decimal) -> str:
    return f"{amount:,.2f} {view.pick('元', 'yuan')}"
