"""The statements about a thing, and for each the place in a document where it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from budgetkg.errors import UnknownName
from budgetkg.resources import internal_query
from budgetkg.store.places import Place, places_of
from budgetkg.store.results import Solutions, Substitutions, Term
from budgetkg.text import without_white_space
from budgetkg.vocab import BKG, PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from budgetkg.store import Store

# A target's place is its indicator's, an indicator's may be its project's, and so on upwards.
_HIGHEST = 5
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
_PLACE = ("file", "page", "first_line", "last_line", "quote")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with the thing as subject or object, and the places where it is printed."""

    property: str
    label_zh: str | None
    label_en: str | None
    value: Term
    value_label: str | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several things that a label may mean."""

    iri: str
    label: str
    type_zh: str | None
    type_en: str | None
    owner: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing with the statements that have it as subject, and as object (``mentions``).

    Where a label is not one thing's, ``iri`` is ``None`` and ``candidates`` has those it may mean;
    ``exact`` says whether they have the very label or only hold its words.
    """

    iri: str | None
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Statement, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    exact: bool = True


def explain(store: Store, name: str) -> Explanation:
    """Explain a thing by its IRI, its prefixed name or its label in Chinese or English."""
    iri = _as_iri(name)
    if iri is not None:
        explanation = _explained(store, iri)
        if explanation.statements or explanation.mentions:
            return explanation
    for exact in (True, False):
        candidates = _candidates(store, name, exact)
        if len(candidates) == 1 and exact:
            return _explained(store, NamedNode(candidates[0].iri))
        if candidates:
            return Explanation(None, candidates=candidates, exact=exact)
    raise UnknownName("nothing-of-that-name", name=name)


def _as_iri(name: str) -> NamedNode | None:
    text = name[1:-1] if name.startswith("<") and name.endswith(">") else name
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        text = PREFIXES[prefix] + local
    return NamedNode(text) if _IRI.fullmatch(text) else None


def _candidates(store: Store, label: str, exact: bool) -> tuple[Candidate, ...]:
    flag = Literal("true" if exact else "false", datatype=XSD.boolean)
    answer = _ask(store, "things-by-label", {"wanted": Literal(label), "exact": flag})
    rows = [Candidate(*(_text(term) or None for term in row)) for row in answer.rows]  # type: ignore[arg-type]
    first = {row.iri: row for row in reversed(rows)}
    return tuple(row for row in rows if first[row.iri] is row)


def _explained(store: Store, thing: NamedNode) -> Explanation:
    answer = _ask(store, "statements", {"thing": thing})
    # Statements on a document itself (its hash, its pages) are measured on it, not printed in it.
    is_document = any(BKG.Document in row for row in answer.rows)
    dated = {BKG.fiscalYear, BKG.fiscalYearClue, BKG.hasFiscalYearBasis}
    year = _year_places(store, thing) if any(dated.intersection(row) for row in answer.rows) else ()
    known = {term.value: year for term in dated} if year else {}
    of = tuple(_statements(answer, () if is_document else _places(store, thing), known))
    about = tuple(_statements(_ask(store, "mentions", {"thing": thing}), ()))
    return Explanation(thing.value, statements=of, mentions=about)


def _year_places(store: Store, thing: NamedNode) -> tuple[Place, ...]:
    """The statements that back a year which is printed nowhere."""
    answer = _ask(store, "year-statements", {"thing": thing})
    return tuple(_place(dict(zip(answer.variables, row, strict=True))) for row in answer.rows)


def _statements(
    answer: Solutions, own: tuple[Place, ...], known: Mapping[str, tuple[Place, ...]] | None = None
) -> Iterable[Statement]:
    """One statement for the rows that differ only in their place.

    A statement without a place gets those that are ``known`` by its property, else those of ``own``, the
    thing's, that print its value.
    """
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    for (name, value), same in groupby(rows, key=lambda row: (_text(row["property"]), row["value"])):
        several = list(same)
        first = several[0]
        places = tuple(dict.fromkeys(_place(row) for row in several if row["page"] is not None))
        if value is not None:
            yield Statement(
                property=name,
                label_zh=_text(first["property_zh"]) or None,
                label_en=_text(first["property_en"]) or None,
                value=value,
                value_label=_text(first["value_label"]) or None,
                places=places
                or (known or {}).get(name, ())
                or (() if name == RDF.type.value else _printing(own, value)),
            )


def _printing(own: tuple[Place, ...], value: Term) -> tuple[Place, ...]:
    """The places among ``own`` that print a value word for word; all of them where none does."""
    words = without_white_space(_text(value))
    return tuple(place for place in own if words and words in without_white_space(place.quote)) or own


def _places(store: Store, thing: NamedNode) -> tuple[Place, ...]:
    """The places of a thing, else of the nearest thing that it is a part of."""
    for _ in range(_HIGHEST):
        places = places_of(store, [thing.value])
        if places:
            return places[thing.value]
        owners = _ask(store, "owner", {"thing": thing})
        if len(owners.rows) != 1 or not isinstance(owners.rows[0][0], NamedNode):
            return ()
        thing = owners.rows[0][0]
    return ()


def _place(row: dict[str, Term | None]) -> Place:
    file, page, first, last, quote = (_text(row[name]) for name in _PLACE)
    return Place(file, int(page), (int(first), int(last)) if first and last else None, quote)


def _ask(store: Store, name: str, terms: Substitutions) -> Solutions:
    answer = store.query(internal_query(name), terms)
    if not isinstance(answer, Solutions):
        raise UnknownName("no-rows", name=name)
    return answer


def _text(term: Term | None) -> str:
    return "" if term is None or not isinstance(term, Literal | NamedNode) else term.value
