"""The code lists of ``ontology/``, read at run time: labels, tiers, divisions, messages.

Nothing here restates what the Turtle says. A scheme goes by the last segment of its IRI:
``tier``, ``funding-source``, ``money-unit``, ``form``, ``scope``, ``budget-side``, ``finding``,
``division``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from budgetkg.errors import UnknownName
from budgetkg.headings import chinese
from budgetkg.resources import code_list_files
from budgetkg.text import comparison_key
from budgetkg.vocab import BKG, DCTERMS, INFERRED_BASES, PREFIXES, RDF, SKOS

_HOLE = re.compile(r"\{(\w+)\}")
# Holes that codes fill, parted by blanks: fields of an indicator, and notations of tiers.
_COLUMNS, _TIERS = "which", "tiers"
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_READ = frozenset(
    term.value
    for term in (
        RDF.type, SKOS.inScheme, SKOS.notation, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.broader,
    )
)  # fmt: skip
_IN_SCHEME = SKOS.inScheme.value
_Node = dict[str, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a code list.

    ``broader`` is the IRI of the wider concept and ``parent`` its notation; ``extra`` holds its
    other properties, as (local name of the property, language or "", value).
    """

    iri: str
    notation: str
    zh: str
    en: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: str | None = None
    extra: tuple[tuple[str, str, str], ...] = ()

    @property
    def all_labels(self) -> tuple[str, ...]:
        """Every label by which the concept is recognised, its preferred ones first."""
        return (self.zh, self.en, *self.alt, *self.hidden)

    @property
    def parent(self) -> str | None:
        """The notation of the wider concept."""
        return _local(self.broader) if self.broader else None

    def values(self, name: str, language: str = "") -> tuple[str, ...]:
        """The values of the property with this local name, in a language or in none (``""``)."""
        return tuple(value for key, tag, value in self.extra if (key, tag) == (name, language))

    def label(self, language: str = "zh") -> str:
        """The preferred label in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh


def concepts(scheme: str) -> tuple[Concept, ...]:
    """The concepts of a scheme, sorted by notation."""
    try:
        return _scheme(scheme)
    except KeyError:
        raise UnknownName("no-code-list", scheme=scheme, known=tuple(sorted(_nodes()))) from None


def concept(scheme: str, notation: str) -> Concept:
    """The concept with this notation."""
    try:
        return _by_notation(scheme)[notation]
    except KeyError:
        raise UnknownName("no-notation", notation=notation, scheme=scheme) from None


def is_inferred(basis: str) -> bool:
    """Whether a notation of the list of bases stands for a guess: neither printed nor said by a person."""
    return basis in INFERRED_BASES  # asked for each year of an answer, for which no list need be read


def find_label(scheme: str, text: str) -> Concept | None:
    """The concept that has this label or notation, by its comparison key."""
    return _by_label(scheme).get(comparison_key(text))


def divisions() -> tuple[Concept, ...]:
    """The administrative divisions, those that are replaced included."""
    return concepts("division")


def replaced_by(division: Concept) -> str | None:
    """The code of the division that took the place of this one."""
    iris = division.values(_local(DCTERMS.isReplacedBy.value))
    return iris[0].rpartition("/")[2] if iris else None


def catch_all_tier(text: str) -> Concept | None:
    """The first tier that has this label for what no other tier takes (其他…)."""
    return _catch_alls().get(comparison_key(text))


@cache
def _catch_alls() -> dict[str, Concept]:
    catch_all = _local(BKG.catchAllLabel.value)
    return {
        comparison_key(label): tier for tier in reversed(concepts("tier")) for label in tier.values(catch_all)
    }


def finding_message(code: str, params: Mapping[str, str], language: str = "zh") -> str:
    """The message of a finding in ``zh`` or ``en``; a hole without a value stays visible.

    What stands in [brackets] is left out where nothing fills any hole in it.
    """
    templates = concept("finding", code).values(_local(BKG.messageTemplate.value), language)
    if not templates:
        raise UnknownName("no-finding-message", code=code, language=language)
    template = _OPTIONAL.sub(
        lambda part: part[1] if params.keys() & set(_HOLE.findall(part[1])) else "", templates[0]
    )
    return _HOLE.sub(lambda hole: _worded(hole[1], params.get(hole[1], hole[0]), language), template)


def _worded(name: str, value: str, language: str) -> str:
    """What fills a hole; the codes of columns and of tiers are put into the words of the language."""
    if name == _COLUMNS:
        words = [(language == "zh" and chinese(code)) or code.replace("_", " ") for code in value.split()]
    elif name == _TIERS:
        labels = {tier.notation: tier for tier in concepts("tier")}
        tiers = ((code, labels.get(code)) for code in value.split())
        words = [code if tier is None else _named(tier, language) for code, tier in tiers]
    else:
        return value
    return ("、" if language == "zh" else ", ").join(words)


def _named(tier: Concept, language: str) -> str:
    return tier.zh if language == "zh" else f"{tier.label(language)} ({tier.zh})"


def finding_params(code: str) -> frozenset[str]:
    """The names of the holes in the message of a finding."""
    templates = concept("finding", code).values(_local(BKG.messageTemplate.value), "zh")
    return frozenset(name for template in templates for name in _HOLE.findall(template))


def finding_severity(code: str) -> str:
    """``Warning``, ``Info`` or ``Violation``."""
    return _local(concept("finding", code).values(_local(BKG.hasDefaultSeverity.value))[0])


def scheme_iri(scheme: str) -> str:
    """The IRI of a scheme."""
    return f"{PREFIXES['bkg'].rpartition('ontology#')[0]}code/{scheme}"


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


@cache
def _by_notation(scheme: str) -> dict[str, Concept]:
    return {item.notation: item for item in concepts(scheme)}


@cache
def _by_label(scheme: str) -> dict[str, Concept]:
    # A preferred label wins over another concept's alternative one, whatever the order.
    by_label: dict[str, Concept] = {}
    for rank in range(3):
        for item in concepts(scheme):
            for label in ((item.notation, item.zh, item.en), item.alt, item.hidden)[rank]:
                by_label.setdefault(comparison_key(label), item)
    return by_label


@cache
def _scheme(name: str) -> tuple[Concept, ...]:
    """The concepts of a scheme, made when they are first asked for: most commands need few of the schemes."""
    return tuple(sorted((_concept(iri, node) for iri, node in _nodes()[name]), key=lambda one: one.notation))


@cache
def _nodes() -> dict[str, list[tuple[str, _Node]]]:
    """The members of each scheme, with what is said of them."""
    nodes: dict[str, _Node] = {}
    for path in code_list_files():
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            said, term = quad.subject, quad.object
            if isinstance(said, NamedNode) and isinstance(term, (NamedNode, Literal)):
                nodes.setdefault(said.value, {}).setdefault(quad.predicate.value, []).append(term)
    schemes: dict[str, list[tuple[str, _Node]]] = {}
    for iri, node in nodes.items():
        for scheme in node.get(_IN_SCHEME, ()):
            schemes.setdefault(scheme.value.rpartition("/")[2], []).append((iri, node))
    return schemes


def _concept(iri: str, node: _Node) -> Concept:
    preferred = {_language(term): term.value for term in node[SKOS.prefLabel.value]}
    broader = node.get(SKOS.broader.value)
    return Concept(
        iri=iri,
        notation=node[SKOS.notation.value][0].value,
        zh=preferred["zh"],
        en=preferred["en"],
        alt=tuple(term.value for term in node.get(SKOS.altLabel.value, ())),
        hidden=tuple(term.value for term in node.get(SKOS.hiddenLabel.value, ())),
        broader=broader[0].value if broader else None,
        extra=tuple(
            (_local(predicate), _language(term), term.value)
            for predicate, terms in node.items()
            if predicate not in _READ
            for term in terms
        ),
    )


def _language(term: NamedNode | Literal) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""
