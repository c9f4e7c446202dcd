"""Stored questions: found by their headers, asked with parameters bound as RDF terms.

``queries/README.md`` describes the header. A query carries no PREFIX lines: the one table of
prefixes supplies them. It asks the default graph, which holds every statement once, so that the
same text runs on the embedded store, on an endpoint and on an exported file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from budgetkg.errors import QueryError, UnknownName, choices
from budgetkg.parameters import Parameter, Value, read_parameter, term_of, variables_of
from budgetkg.resources import directory
from budgetkg.store.malformed import moved
from budgetkg.store.places import with_places
from budgetkg.store.presentation import numbered, presented, without
from budgetkg.store.querytext import bound, tokens
from budgetkg.store.results import Answer, Solutions, Substitutions, Term, rows_only
from budgetkg.vocab import PREFIXES

if TYPE_CHECKING:
    from budgetkg.store import Store

_MARK = re.compile(r"^[ ]*#&((?:[ ]\w+)+)(?:[ ]:[ ](\S[^\n]*))?[ ]*$", re.MULTILINE)
_CUT = re.compile(r"\bLIMIT [0-9]+ #& limit$", re.MULTILINE)
_PLAN = re.compile(r"\?plan\b")
_SUMMED = re.compile(r"\(GROUP_CONCAT\([^\n]{0,400}\) AS \?(\w+)\)")
_SUMMED_LAST = re.compile(_SUMMED.pattern + r"(?=\s*WHERE\b)")
_NOTHING = """(GROUP_CONCAT(""; SEPARATOR="") AS ?{})"""
_HEADER = re.compile(r"^#\+[^\S\n]*+(\w+)[^\S\n]*+:(.*)$", re.MULTILINE)
_PREFIX = re.compile(r"([^\W\d][\w.-]*|):")


@dataclass(frozen=True, slots=True)
class Question:
    """A stored query and what its header says of it."""

    slug: str
    text: str
    summary: str = ""
    summary_zh: str = ""
    description: str = ""
    description_zh: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()
    rank: str | None = None
    limit: str | None = None
    metric: str | None = None
    subjects: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = ()
    """Parameters that choose among plans: they come from ``queries/shared/``, not from this query."""

    @property
    def summed(self) -> tuple[str, ...]:
        """The subjects that hold the names of all that a row sums up, rather than of a single thing."""
        found = _SUMMED.findall(self.text)
        return tuple(name for name in self.subjects if name in found)

    def sparql(self) -> str:
        """The query with the prefixes it uses: text that any SPARQL 1.1 engine takes."""
        return with_prefixes(self.text)

    def bind(self, given: Mapping[str, Value]) -> dict[str, Term | tuple[Term, ...]]:
        """Each parameter as an RDF term: what is given, else the default."""
        free = () if self.columns or self.parameters else variables_of(self.text)
        known = {parameter.name: parameter for parameter in (*self.parameters, *free)}
        for name in given:
            if name not in known:
                raise UnknownName("no-parameter", slug=self.slug, name=name, choices=choices(name, known))
        values: dict[str, Term | tuple[Term, ...]] = {}
        for name, parameter in known.items():
            value = given.get(name, parameter.default)
            if value is not None:
                values[name] = term_of(self.slug, parameter, value)
            elif self.parameters and not parameter.optional:
                raise QueryError("parameter-required", slug=self.slug, name=name)
        return values

    def ask(
        self, store: Store, given: Mapping[str, Value] | None = None, *, evidence: bool = False
    ) -> Answer:
        """Ask a store; rows come numbered, cut and with their decimals as the header says.

        With ``evidence`` each row says where its subject is printed, in the columns of
        :data:`budgetkg.store.places.COLUMNS`: once for each place.
        """
        if evidence and not self.subjects:
            raise QueryError("no-subject", slug=self.slug)
        terms = self.bind(given or {})
        limit = terms.pop(self.limit, None) if self.limit else None
        first = None if limit is None else max(0, int(_lexical(limit)))
        chosen = {name: terms.pop(name) for name in list(terms) if name in self.narrowing}
        text = narrowed(self._asked(evidence), chosen)
        if first is not None:
            text = _CUT.sub(f"LIMIT {first} #& limit", text)
        whole = with_prefixes(text)
        try:
            answer = store.query(whole, terms)
        except QueryError as error:
            raise moved(error, whole.count("\n") - text.count("\n")) from error
        if not isinstance(answer, Solutions):
            return answer
        with rows_only():
            return self._shown(answer, first, store if evidence else None)

    def _shown(self, answer: Solutions, first: int | None, places: Store | None) -> Solutions:
        """The rows numbered, cut and with their decimals; with places, if a store is given for these."""
        if first is not None:
            answer = replace(answer, rows=answer.rows[:first])
        answer = numbered(answer, self.rank)
        if places is not None:
            answer = with_places(answer, self.subjects, places)
        elif self.subjects:
            answer = without(answer, self.subjects)
        return presented(answer, plain=bool(self.columns))

    def _asked(self, evidence: bool) -> str:
        """The query's text, without the names of all that a row sums up where nobody wants their places.

        Of a large corpus they are megabytes; Virtuoso 7 sorts no row of more than four thousand characters.
        """
        if evidence:
            return self.text
        return _SUMMED_LAST.sub(
            lambda summed: _NOTHING.format(summed[1]) if summed[1] in self.subjects else summed[0], self.text
        )


def questions() -> tuple[Question, ...]:
    """The stored questions, sorted by slug."""
    return _discover(directory("queries"))


def sanity_checks() -> tuple[Question, ...]:
    """Queries whose every row is a defect of the graph."""
    return _discover(directory("queries") / "sanity")


def integrity_constraints() -> tuple[Question, ...]:
    """The integrity constraints of RDF Data Cube; every row is a breach."""
    return _discover(directory("queries") / "cube")


def signal_queries() -> tuple[Question, ...]:
    """What counts the signals of quality: one query per metric of ``ontology/signals.ttl``."""
    return _discover(directory("queries") / "signals")


def summary_queries() -> tuple[Question, ...]:
    """What is found once of each document, so that questions over all needn't look again: CONSTRUCT."""
    return _discover(directory("queries") / "summaries")


def page_queries() -> tuple[Question, ...]:
    """What pages of the site are made of: lists (``#+ page:``), sections of things (``#+ of:``), figures."""
    return _discover(directory("queries") / "pages")


def question(slug: str) -> Question:
    """The stored question of this name."""
    for candidate in questions():
        if candidate.slug == slug:
            return candidate
    near = choices(slug, (known.slug for known in questions()), "list-questions")
    raise UnknownName("no-question", slug=slug, choices=near)


def header_of(text: str) -> dict[str, list[str]]:
    """The lines ``#+ key: value`` above a query: each key with its values, in their order."""
    header: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        header.setdefault(key, []).append(value.strip())
    return header


def read_question(slug: str, text: str) -> Question:
    """A question from a query's text; a text without a header is one with no parameters declared."""
    header = header_of(text)
    first = {key: values[0] for key, values in header.items()}
    columns = [column.strip() for column in first.get("columns", "").split(",")]
    shared = _shared() if _MARK.search(text) else {}
    own = tuple(read_parameter(slug, line) for line in header.get("parameter", ()))
    return Question(
        slug=slug,
        text=text,
        summary=first.get("summary", ""),
        summary_zh=first.get("summary_zh", ""),
        description=first.get("description", ""),
        description_zh=first.get("description_zh", ""),
        parameters=(*own, *(parameter for item in shared.values() for parameter in item.parameters)),
        narrowing=tuple(shared),
        columns=tuple(filter(None, columns)),
        rank=first.get("rank"),
        limit=first.get("limit"),
        metric=first.get("metric"),
        subjects=tuple(name.lstrip("?$") for name in first.get("subject", "").split()),
    )


def narrowed(text: str, chosen: Substitutions) -> str:
    """The query about some plans only: of the year, district or department that ``chosen`` says.

    A comment ``#& plan`` in the query is the place where the fragments of ``queries/shared/`` go
    in, about the variable it names: so without a choice the query is what is written, and any engine
    takes either. Where it names two variables, one of the two plans is to be among the chosen.
    """
    fragments = [bound(_shared()[name].text, {name: term}) for name, term in sorted(chosen.items())]

    def put_in(mark: re.Match[str]) -> str:
        alternatives = mark[1].split()
        wanted = (
            " UNION ".join(_PLAN.sub(f"?{variable}", fragment) for variable in alternatives)
            for fragment in fragments
        )
        return "\n".join((mark[2] or "", *wanted))

    return _MARK.sub(put_in, text) if chosen else text


def with_prefixes(text: str) -> str:
    """The query with a PREFIX line for each prefix of ours that it uses and does not declare."""
    used: set[str] = set()
    declared: set[str] = set()
    previous = ""
    for token in tokens(text):
        match = _PREFIX.match(token.text) if token.kind == "name" else None
        if match:
            (declared if previous == "PREFIX" else used).add(match[1])
        if token.kind != "blank":
            previous = token.keyword
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in sorted(used - declared) if name in PREFIXES]
    return "\n".join((*lines, text))


@cache
def _shared() -> dict[str, Question]:
    """The fragments that choose among plans, by the parameter that each takes."""
    return {item.slug: item for item in _discover(directory("queries") / "shared")}


@cache
def _discover(path: Path) -> tuple[Question, ...]:
    files = sorted(path.glob("*.rq"))
    return tuple(read_question(file.stem, file.read_text(encoding="utf-8")) for file in files)


def _lexical(term: Term | tuple[Term, ...]) -> str:
    return term.value if isinstance(term, Literal) else ""
