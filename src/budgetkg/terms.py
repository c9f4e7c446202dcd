"""The classes and properties of the ontology, for people who write queries, and what a query misspells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from budgetkg.errors import UnknownName
from budgetkg.messages import Message
from budgetkg.queries import Question, questions
from budgetkg.resources import TERM_FILES, directory
from budgetkg.store.querytext import tokens
from budgetkg.vocab import BKG, OWL, PREFIXES, RDF, RDFS, SCHEMA, SKOS

_OWN = "bkg"
_KINDS = {OWL.Class: "class", OWL.ObjectProperty: "property", OWL.DatatypeProperty: "property"}
_ENDS = {SCHEMA.domainIncludes: "of", SCHEMA.rangeIncludes: "gives",
         RDFS.domain: "of", RDFS.range: "gives", RDFS.subClassOf: "within"}  # fmt: skip
_TEXTS = {RDFS.label: "label", SKOS.definition: "definition"}
_CLOSE = 0.6


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property by its prefixed name.

    ``of`` are the classes whose things have a property and ``gives`` what its values are; ``within`` the
    wider classes; ``questions`` the stored questions that use the term.
    """

    name: str
    kind: str
    label_zh: str
    label_en: str
    definition_zh: str
    definition_en: str
    of: tuple[str, ...]
    gives: tuple[str, ...]
    within: tuple[str, ...]
    questions: tuple[str, ...]

    def label(self, language: str) -> str:
        """Its name in words."""
        return self.label_zh if language == "zh" else self.label_en

    def definition(self, language: str) -> str:
        """What it means."""
        return self.definition_zh if language == "zh" else self.definition_en


@cache
def terms() -> tuple[Term, ...]:
    """Every class and property of ours: classes first, each kind by name."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in TERM_FILES:
        for quad in parse(path=str(directory("ontology") / name), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                _note(said[quad.subject.value], quad.predicate, quad.object)
    used = _used()
    found = [
        _term(short(iri), facts, used.get(short(iri), ())) for iri, facts in said.items() if facts["kind"]
    ]
    own = [item for item in found if item.name.startswith(f"{_OWN}:")]
    return tuple(sorted(own, key=lambda item: (item.kind, item.name)))


def term(name: str) -> Term:
    """A term by its prefixed name, its name without prefix, or its label; raises UnknownName."""
    wanted = name.casefold()
    for item in terms():
        if wanted in (
            item.name.casefold(),
            item.name.partition(":")[2].casefold(),
            item.label_zh,
            item.label_en,
        ):
            return item
    raise UnknownName("no-term", name=name, choices=_near(name.rpartition(":")[2]))


def unknown_terms(text: str) -> tuple[Message, ...]:
    """What a query names in our namespace though it isn't there: the graph can't have an answer to it."""
    names = {
        piece.text for piece in tokens(text) if piece.kind == "name" and piece.text.startswith(f"{_OWN}:")
    }
    spelt = {piece.text for piece in tokens(text) if piece.kind == "iri"}
    # A prefix and its namespace alone name nothing: PREFIX bkg: <…>.
    spelt.discard(f"<{PREFIXES[_OWN]}>")
    names |= {short(iri[1:-1]) for iri in spelt if iri[1:-1].startswith(PREFIXES[_OWN])}
    return tuple(
        Message("no-term", name=name, choices=_near(name.partition(":")[2]))
        for name in sorted(names)
        if (local := name.partition(":")[2]) and not hasattr(BKG, local)
    )


def short(iri: str) -> str:
    """An IRI as a prefixed name, where a prefix of ours fits."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri


def _note(facts: dict[str, list[str]], predicate: NamedNode, value: object) -> None:
    if predicate == RDF.type and isinstance(value, NamedNode) and value in _KINDS:
        facts["kind"].append(_KINDS[value])
    elif predicate in _ENDS and isinstance(value, NamedNode):
        facts[_ENDS[predicate]].append(short(value.value))
    elif predicate in _TEXTS and isinstance(value, Literal):
        facts[f"{_TEXTS[predicate]}_{value.language}"].append(value.value)


def _term(name: str, facts: dict[str, list[str]], used: tuple[str, ...]) -> Term:
    texts = (next(iter(facts[f"{what}_{tag}"]), "") for what in _TEXTS.values() for tag in ("zh", "en"))
    label_zh, label_en, definition_zh, definition_en = texts
    of, gives, within = (tuple(sorted(facts[key])) for key in ("of", "gives", "within"))
    return Term(
        name, facts["kind"][0], label_zh, label_en, definition_zh, definition_en, of, gives, within, used
    )


def _used() -> dict[str, tuple[str, ...]]:
    """The stored questions that name each term, those with the shortest text first."""
    found: dict[str, list[Question]] = defaultdict(list)
    for item in sorted(questions(), key=lambda item: (len(item.text), item.slug)):
        for name in {piece.text for piece in tokens(item.text) if piece.kind == "name"}:
            found[name].append(item)
    return {name: tuple(item.slug for item in several) for name, several in found.items()}


def _near(local: str) -> Message:
    """The terms whose names are like this one, in whatever case it is written."""
    known = {name.casefold(): name for name in vars(BKG) if not name.startswith("_")}
    near = get_close_matches(local.casefold(), sorted(known), n=3, cutoff=_CLOSE)
    if not near:
        return Message("see-schema")
    names = [f"{_OWN}:{known[name]}" for name in near]
    either: str | Message = names[0]
    for other in names[1:]:
        either = Message("either", first=either, second=other)
    return Message("did-you-mean", names=either)
