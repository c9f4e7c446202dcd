"""Parameters of stored questions: their declaration in a header, and values for them as RDF terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from budgetkg.codelists import concepts, find_label
from budgetkg.errors import BudgetkgError, QueryError, UnknownName, choices
from budgetkg.given_tables import rows_as_terms
from budgetkg.messages import Message
from budgetkg.store.querytext import tokens
from budgetkg.store.results import Term
from budgetkg.vocab import XSD

Value: TypeAlias = str | int | Decimal | Literal | NamedNode

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
EVERY = ("全部", "all")
_YEAR = re.compile(r"[0-9]{4}")
_TABLE = "table"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be chosen about a question; ``default`` is ``None`` where a value is required."""

    name: str
    kind: str
    default: str | None
    summary: str = ""
    summary_zh: str = ""
    optional: bool = False
    columns: tuple[str, ...] = ()
    """What a table has, in the order in which the query takes its rows apart."""


def read_parameter(slug: str, line: str) -> Parameter:
    """A parameter from a header's line: ``limit integer 20 | how many rows | 多少行``.

    ``required`` stands for no default, ``optional`` for one that need not be given; a table has its
    columns there.
    Raises BudgetkgError for a line of another form.
    """
    head, _, words = line.partition("|")
    parts = head.split(maxsplit=2)
    if len(parts) != 3 or parts[1] not in (*_KINDS, _TABLE):
        raise BudgetkgError("question-header", slug=slug, line=line)
    name, kind, default = parts
    summary, _, summary_zh = words.partition("|")
    if kind == _TABLE:
        columns = tuple(default.split())
        return Parameter(name, kind, "", summary.strip(), summary_zh.strip(), columns=columns)
    said = default.strip()
    given = None if said in ("required", "optional") else said
    return Parameter(name, kind, given, summary.strip(), summary_zh.strip(), said == "optional")


def variables_of(text: str) -> Iterable[Parameter]:
    """The variables of a query without a header: any of them may be bound."""
    names = {token.text[1:] for token in tokens(text) if token.kind == "variable"}
    return [Parameter(name, "any", None) for name in sorted(names)]


def term_of(slug: str, parameter: Parameter, value: Value) -> Term | tuple[Term, ...]:
    """The RDF term of a value that was given for a parameter; of a table, a literal for each row.

    Raises QueryError for a value that isn't of the parameter's kind, UnknownName for a theme that is none.
    """
    if isinstance(value, Literal | NamedNode):
        return value
    text = str(value)
    if parameter.kind == _TABLE:
        return rows_as_terms(text, parameter.columns)
    try:
        return _KINDS[parameter.kind](text)
    except ValueError:
        raise QueryError(
            "parameter-value",
            slug=slug,
            name=parameter.name,
            value=text[:80],
            kind=Message(_CALLED[parameter.kind]),
        ) from None
    except UnknownName as error:
        raise UnknownName("parameter-unknown", slug=slug, name=parameter.name, reason=error) from None


def _integer(text: str) -> Term:
    return _checked(_INTEGER, text, XSD.integer)


def _decimal(text: str) -> Term:
    return _checked(_DECIMAL, text, XSD.decimal)


def _year(text: str) -> Term:
    return _checked(_YEAR, text, XSD.integer)


def _theme(text: str) -> Term:
    """A theme, given by any of its labels or its code, as the label that queries compare.

    全部 or ``all`` stands for every theme, in the questions that say so.
    """
    if text in EVERY:
        return Literal(EVERY[0])
    theme = find_label("theme", text)
    if theme is None:
        near = choices(text, (known.zh for known in concepts("theme")), "list-themes")
        raise UnknownName("no-theme", text=text, choices=near)
    return Literal(theme.zh)


def _any(text: str) -> Term:
    """A value for a variable without a kind: an IRI in <…>, a number, else a string."""
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
_CALLED = {
    "integer": "kind-integer",
    "decimal": "kind-decimal",
    "year": "kind-year",
    "string": "kind-string",
    "iri": "kind-iri",
    "theme": "kind-theme",
    "any": "kind-any",
}
"""What a kind is called in a message."""
