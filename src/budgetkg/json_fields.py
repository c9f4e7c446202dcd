"""The description of a key of a record's JSON: its type, its meaning and how its value is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias

from budgetkg.records import Amount, Amounts

Json: TypeAlias = dict[str, Any]

STRING: Json = {"type": "string"}
TEXT: Json = {"type": ["string", "null"]}
WHOLE: Json = {"type": "integer"}
WHOLE_OR_NONE: Json = {"type": ["integer", "null"]}
YES_OR_NO: Json = {"type": "boolean"}
AMOUNT: Json = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?(E[+-]?\d+)?$"}
TEXTS: Json = {"type": "array", "items": STRING}
PAIR: Json = {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}
BOTH_LANGUAGES: Json = {
    "type": "object",
    "properties": {"zh": STRING, "en": STRING},
    "required": ["zh", "en"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Field:
    """A key: its type in JSON Schema and its meaning.

    ``value`` makes its value from a writer and a thing. ``shown`` tells whether a thing has the key at all;
    without ``shown`` every thing has it.
    """

    key: str
    type: Json
    meaning: str
    value: Callable[[Any, Any], Any]
    shown: Callable[[Any], bool] | None = None


def many(name: str) -> Json:
    """The type of a list of things; ``name`` is their kind in the schema."""
    return {"type": "array", "items": one(name)}


def one(name: str) -> Json:
    """The type of one thing; ``name`` is its kind in the schema."""
    return {"$ref": f"#/$defs/{name}"}


def plain(key: str, kind: Json, meaning: str) -> Field:
    """A key whose value is the attribute of that name."""
    get = attrgetter(key)
    return Field(key, kind, meaning, lambda _, thing: get(thing))


def rare(key: str, kind: Json, meaning: str) -> Field:
    """A key whose value is the attribute of that name; left out where the attribute is ``None``."""
    get = attrgetter(key)
    return Field(key, kind, meaning, lambda _, thing: get(thing), lambda thing: get(thing) is not None)


def nested(key: str, name: str, meaning: str, attribute: str | None = None) -> Field:
    """A key for a list of things, each written by the table of its kind."""
    get = attrgetter(attribute or key)
    return Field(key, many(name), meaning, lambda writer, thing: writer.each(name, get(thing)))


def where(key: str, meaning: str) -> Field:
    """A key for places in the source; left out where there are none."""
    get = attrgetter(key)
    return Field(
        key, many("evidence"), meaning, lambda writer, thing: writer.places(get(thing)),
        lambda thing: bool(get(thing)),
    )  # fmt: skip


def money(key: str, get: Callable[[Any], Amount | None], meaning: str) -> Field:
    """A key for an amount as a decimal string."""
    return Field(key, AMOUNT, meaning, lambda writer, thing: writer.amount(get(thing)))


_SOURCES = {"fiscal_appropriation": "财政拨款", "fiscal_special_account": "财政专户", "other": "其他资金"}


def sources(get: Callable[[Any], Amounts], shown: Callable[[Any], bool] | None = None) -> tuple[Field, ...]:
    """Keys for the amount from each funding source."""
    return tuple(_source(key, meaning, get, shown) for key, meaning in _SOURCES.items())


def source_names(get: Callable[[Any], Amounts], key: str = "sources_printed") -> Field:
    """The key for what is printed beside or over the amounts of the sources."""

    def printed(thing: Any) -> Json:
        held = ((key, getattr(get(thing), key)) for key in _SOURCES)
        return {key: amount.label for key, amount in held if amount is not None and amount.label}

    return Field(
        key, {"type": "object", "additionalProperties": STRING}, "the names of these sources as printed",
        lambda _, thing: printed(thing), lambda thing: bool(printed(thing)),
    )  # fmt: skip


def _source(
    key: str, meaning: str, get: Callable[[Any], Amounts], shown: Callable[[Any], bool] | None
) -> Field:
    return Field(key, AMOUNT, meaning, lambda writer, thing: writer.amount(getattr(get(thing), key)), shown)


ATTRIBUTES = Field(
    "attributes", {"type": "array", "items": PAIR}, "labelled texts without a key of their own",
    lambda _, thing: [list(pair) for pair in thing.attributes], lambda thing: bool(thing.attributes),
)  # fmt: skip
CORRECTIONS = Field(
    "corrections", many("correction"), "values that a person set right, where there are any",
    lambda writer, thing: writer.each("correction", thing.corrections), lambda thing: bool(thing.corrections),
)  # fmt: skip
CORRECTED = Field(
    "corrections", CORRECTIONS.type, CORRECTIONS.meaning,
    lambda writer, pair: writer.each("correction", pair[0].corrections),
    lambda pair: bool(pair[0].corrections),
)  # fmt: skip

CORRECTION = (
    plain("field", STRING, "the key whose value was set right"),
    Field("read", TEXT, "the value as it was read", lambda writer, told: writer.maybe_masked(told.read)),
    Field("value", TEXT, "the right value", lambda writer, told: writer.maybe_masked(told.value)),
    Field(
        "reason", TEXT, "why, in the person's words", lambda writer, told: writer.maybe_masked(told.reason)
    ),
    plain("who", TEXT, "who says so, where the person wrote it"),
)

EVIDENCE = Field(
    "evidence", many("evidence"), "where it is printed", lambda writer, thing: writer.places(thing.evidence)
)
POLICIES = nested("policies_cited", "policy", "policies that the text names", "policies")

FUNDS = Field(
    "funds", many("fund_line"), "资金 of a self-evaluation, as planned and as spent",
    lambda writer, thing: writer.each("fund_line", thing.funds), lambda thing: bool(thing.funds),
)  # fmt: skip
