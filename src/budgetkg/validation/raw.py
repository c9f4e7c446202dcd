"""A result as an engine gives it, and the public one made of it: the same for all engines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyoxigraph import BlankNode, Literal

from budgetkg.validation.report import Result
from budgetkg.validation.shapes import Node, Shapes, fits

_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


@dataclass(frozen=True, slots=True)
class RawResult:
    """What an engine says; ``path`` is needed only where the shape has none."""

    severity: str
    focus: Node
    value: Node | None
    source: Node
    constraint: Node | None
    path: Node | None
    component: str
    messages: list[Literal]


def results(found: Iterable[RawResult], shapes: Shapes) -> tuple[Result, ...]:
    """Public results, sorted and without repetition."""
    return tuple(sorted({_result(raw, shapes) for raw in found}, key=_order))


def _order(result: Result) -> tuple[Any, ...]:
    severity = ("Violation", "Warning", "Info").index(result.severity)
    return severity, result.rule, result.focus, result.component, result.value_term or "", result.messages


def _result(raw: RawResult, shapes: Shapes) -> Result:
    rule = raw.constraint or raw.source
    path = shapes.path(raw.source)
    if path is None and raw.path is not None:
        path = shapes.written(raw.path)
    return Result(
        severity=raw.severity,
        focus=_plain(raw.focus),
        path=path,
        value=None if raw.value is None else _plain(raw.value),
        value_term=None if raw.value is None else str(raw.value),
        source_shape=_plain(raw.source),
        constraint=None if raw.constraint is None else _plain(raw.constraint),
        component=raw.component,
        messages=_messages(raw.messages, shapes, shapes.templates(rule)),
        findings=shapes.findings(rule),
    )


def _plain(term: Node) -> str:
    return term.value if not isinstance(term, BlankNode) and hasattr(term, "value") else _label(term)


def _label(term: Node) -> str:
    return str(term).removeprefix("_:")


def _messages(texts: list[Literal], shapes: Shapes, templates: list[Literal]) -> tuple[tuple[str, str], ...]:
    # pySHACL drops the language of a message once its holes are filled: the template tells it.
    by_language = {}
    for text in texts:
        template = next((known for known in templates if fits(known.value, text.value)), None)
        language = text.language or (template.language if template else None)
        plain = _in_plain_numbers(text.value, template) if shapes.packaged and template else text.value
        by_language[language or ""] = plain
    return tuple(sorted(by_language.items()))


def _in_plain_numbers(text: str, template: Literal) -> str:
    """A message with its sums as decimals are in our graphs: engines write 300, 300.0 or 300.00."""
    found = fits(template.value, text)
    if found is None:
        return text
    for number in range(found.re.groups, 0, -1):
        start, end = found.span(number)
        if _DECIMAL.fullmatch(text[start:end]):
            plain = f"{Decimal(text[start:end]):f}".rstrip("0").rstrip(".")
            text = f"{text[:start]}{plain}{text[end:]}"
    return text
