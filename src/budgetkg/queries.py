"""Stored questions: found by their headers, asked with parameters bound as RDF terms.

``queries/README.md`` describes the header. A query carries no PREFIX lines: the one table of
prefixes supplies them. It asks the default graph, which holds every statement once, so that the
same text runs on the embedded store, on an endpoint and on an exported file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode

from budgetkg.codelists import concepts, find_label
from budgetkg.errors import BudgetkgError, QueryError, UnknownName, choices
from budgetkg.resources import directory
from budgetkg.store.places import with_places
from budgetkg.store.presentation import numbered, presented, without
from budgetkg.store.querytext import tokens
from budgetkg.store.results import Answer, Solutions, Term
from budgetkg.vocab import PREFIXES, XSD

if TYPE_CHECKING:
    from budgetkg.store import Store

Value: TypeAlias = str | int | Decimal | Literal | NamedNode

_HEADER = re.compile(r"^#\+\s*(\w+)\s*:\s*(.*?)\s*$", re.MULTILINE)
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_YEAR = re.compile(r"[0-9]{4}")
_PREFIX = re.compile(r"([^\W\d][\w.-]*|):")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question lets its asker choose; ``default`` is ``None`` where a value is required."""

    name: str
    kind: str
    default: str | None
    summary: str = ""
    summary_zh: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A stored query and what its header says of it."""

    slug: str
    text: str
    summary: str = ""
    summary_zh: str = ""
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()
    rank: str | None = None
    limit: str | None = None
    metric: str | None = None
    subjects: tuple[str, ...] = ()

    def sparql(self) -> str:
        """The query with the prefixes it uses: text that any SPARQL 1.1 engine takes."""
        return with_prefixes(self.text)

    def bind(self, given: Mapping[str, Value]) -> dict[str, Term]:
        """Each parameter as an RDF term: what is given, else the default."""
        free = () if self.columns or self.parameters else _free(self.text)
        known = {parameter.name: parameter for parameter in (*self.parameters, *free)}
        for name in given:
            if name not in known:
                raise UnknownName(f"{self.slug}: no parameter {name!r}; {choices(name, known)}")
        bound: dict[str, Term] = {}
        for name, parameter in known.items():
            value = given.get(name, parameter.default)
            if value is not None:
                bound[name] = _term(self.slug, parameter, value)
            elif self.parameters:
                raise QueryError(f"{self.slug}: parameter {name} is required")
        return bound

    def ask(
        self, store: Store, given: Mapping[str, Value] | None = None, *, evidence: bool = False
    ) -> Answer:
        """Ask a store; rows come numbered, cut and with their decimals as the header says.

        With ``evidence`` each row says where its subject is printed, in the columns of
        :data:`budgetkg.store.places.COLUMNS`: once for each place.
        """
        if evidence and not self.subjects:
            raise QueryError(f"{self.slug}: no line `#+ subject: ?x` says what a row is about")
        terms = self.bind(given or {})
        limit = terms.pop(self.limit, None) if self.limit else None
        answer = store.query(self.sparql(), terms)
        if not isinstance(answer, Solutions):
            return answer
        if limit is not None:
            answer = replace(answer, rows=answer.rows[: max(0, int(_lexical(limit)))])
        answer = numbered(answer, self.rank)
        if evidence:
            answer = with_places(answer, self.subjects, store)
        elif self.subjects:
            answer = without(answer, self.subjects)
        return presented(answer, plain=bool(self.columns))


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


def question(slug: str) -> Question:
    """The stored question of this name."""
    for candidate in questions():
        if candidate.slug == slug:
            return candidate
    raise UnknownName(f"no question {slug!r}; {choices(slug, (known.slug for known in questions()))}")


def header_of(text: str) -> dict[str, list[str]]:
    """The lines ``#+ key: value`` above a query: each key with its values, in their order."""
    found: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        found.setdefault(key, []).append(value)
    return found


def read_question(slug: str, text: str) -> Question:
    """A question from a query's text; a text without a header is one with no parameters declared."""
    header = header_of(text)
    said = {key: values[0] for key, values in header.items()}
    columns = [column.strip() for column in said.get("columns", "").split(",")]
    return Question(
        slug=slug,
        text=text,
        summary=said.get("summary", ""),
        summary_zh=said.get("summary_zh", ""),
        description=said.get("description", ""),
        parameters=tuple(_parameter(slug, line) for line in header.get("parameter", ())),
        columns=tuple(filter(None, columns)),
        rank=said.get("rank"),
        limit=said.get("limit"),
        metric=said.get("metric"),
        subjects=tuple(name.lstrip("?$") for name in said.get("subject", "").split()),
    )


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
def _discover(path: Path) -> tuple[Question, ...]:
    found = sorted(path.glob("*.rq"))
    return tuple(read_question(file.stem, file.read_text(encoding="utf-8")) for file in found)


def _parameter(slug: str, line: str) -> Parameter:
    """``limit integer 20 | how many rows | 多少行``; ``required`` stands for no default."""
    head, _, words = line.partition("|")
    parts = head.split(maxsplit=2)
    if len(parts) != 3 or parts[1] not in _KINDS:
        raise BudgetkgError(f"{slug}: header {line!r}: expected NAME KIND DEFAULT | en | zh")
    name, kind, default = parts
    summary, _, summary_zh = words.partition("|")
    given = None if default.strip() == "required" else default.strip()
    return Parameter(name, kind, given, summary.strip(), summary_zh.strip())


def _free(text: str) -> Iterable[Parameter]:
    """A query without a header lets any of its variables be bound."""
    names = {token.text[1:] for token in tokens(text) if token.kind == "variable"}
    return [Parameter(name, "any", None) for name in sorted(names)]


def _term(slug: str, parameter: Parameter, value: Value) -> Term:
    if isinstance(value, Literal | NamedNode):
        return value
    text = str(value)
    try:
        return _KINDS[parameter.kind](text)
    except ValueError:
        reason = f"parameter {parameter.name}: {text[:80]!r} is no {parameter.kind}"
        raise QueryError(f"{slug}: {reason}") from None
    except UnknownName as error:
        raise UnknownName(f"{slug}: parameter {parameter.name}: {error}") from None


def _integer(text: str) -> Term:
    return _checked(_INTEGER, text, XSD.integer)


def _decimal(text: str) -> Term:
    return _checked(_DECIMAL, text, XSD.decimal)


def _year(text: str) -> Term:
    return _checked(_YEAR, text, XSD.integer)


def _theme(text: str) -> Term:
    """A theme by any of its labels or its code, as the label by which queries know it."""
    theme = find_label("theme", text)
    if theme is None:
        raise UnknownName(f"no theme {text!r}; {choices(text, (known.zh for known in concepts('theme')))}")
    return Literal(theme.zh)


def _any(text: str) -> Term:
    """A value of a kind that nobody declared: an IRI in <…>, a number, else a string."""
    if text.startswith("<") and text.endswith(">"):
        return NamedNode(text[1:-1])
    if _INTEGER.fullmatch(text):
        return _integer(text)
    return _decimal(text) if _DECIMAL.fullmatch(text) else Literal(text)


def _checked(pattern: re.Pattern[str], text: str, datatype: NamedNode) -> Term:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return Literal(text, datatype=datatype)


_KINDS: dict[str, Callable[[str], Term]] = {
    "integer": _integer,
    "decimal": _decimal,
    "year": _year,
    "string": Literal,
    "iri": NamedNode,
    "theme": _theme,
    "any": _any,
}


def _lexical(term: Term) -> str:
    return term.value if isinstance(term, Literal) else ""
