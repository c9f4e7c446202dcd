"""Records to bytes and back: the fields of each in their order, as JSON, compressed.

What is packed says of which classes and fields it was made, so that records of another version aren't
taken for ones of this. Bytes of whatever kind are read without running anything that they say.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from budgetkg.findings import Evidence, Finding
from budgetkg.mapping.privacy import Privacy
from budgetkg.records import DocumentRecord

Json: TypeAlias = Any
# Fields that hold no words of a document, so that nothing in them can be masked.
_SIGNS = frozenset(
    {"source", "sha256", "media_type", "form", "part", "code", "digest", "year_rule", "tier1_basis"}
)
_AS_THEY_ARE = frozenset({int, float, bool, type(None)})
_LEVEL = 6  # of zlib: a record is an eighth of its JSON; more takes twice the time for two percent


def packed(record: DocumentRecord, *, personal: bool = False) -> bytes:
    """A record as bytes, with personal data masked unless somebody asked for it."""
    plain = _Plain(Privacy(() if personal else record.people, allowed=personal), people=personal)
    said = json.dumps([_version(), plain.of(record)], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(said.encode("utf-8", "surrogatepass"), _LEVEL)


def unpacked(data: bytes) -> DocumentRecord | None:
    """The record that was packed; ``None`` for anything else, and for a record of another version."""
    try:
        version, fields = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
        if version != _version():
            return None
        record: DocumentRecord = _typed(DocumentRecord, fields)
    except (zlib.error, ValueError, TypeError, ArithmeticError, RecursionError):
        return None
    return record


def _typed(kind: Any, value: Json) -> Any:
    """A value of a type from what is left of it in JSON."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (only,) = (one for one in inner if one is not type(None))
        return None if value is None else _typed(only, value)
    if origin is tuple:
        each = inner[:1] * len(value) if inner[1:] == (Ellipsis,) else inner
        return tuple(_typed(one, item) for one, item in zip(each, value, strict=True))
    if _is_record(kind):
        return kind(*(_typed(one, item) for one, item in zip(_hints(kind).values(), value, strict=True)))
    return Decimal(value) if kind is Decimal else value


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and dataclasses.is_dataclass(kind)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of a class's fields, in their order."""
    known = get_type_hints(kind)
    return {one.name: known[one.name] for one in dataclasses.fields(kind)}


@cache
def _version() -> str:
    """The classes of a record and their fields, as one hash."""
    said = sorted(
        {repr((kind.__name__, sorted(map(repr, _hints(kind).items())))) for kind in _classes(DocumentRecord)}
    )
    return hashlib.sha256("\n".join(said).encode("utf-8")).hexdigest()[:16]


def _classes(kind: Any) -> Iterator[Any]:
    """A class of records and those in it."""
    if _is_record(kind):
        yield kind
    inner = _hints(kind).values() if _is_record(kind) else get_args(kind)
    for one in inner:
        if get_origin(one) is not Literal:
            yield from _classes(one)


class _Plain:
    """Makes JSON of records, with their texts masked as those of the graph are."""

    def __init__(self, privacy: Privacy, *, people: bool) -> None:
        self._privacy, self._people = privacy, people
        self._texts: dict[str, str] = {}  # a form prints the same words again and again

    def of(self, value: Any) -> Json:
        kind: Any = type(value)
        if kind is str:
            return self._text(value)
        if kind in _AS_THEY_ARE:
            return value
        if kind is tuple:
            return [self.of(item) for item in value]
        if kind is Decimal:
            return str(value)
        if kind is Evidence:
            value = dataclasses.replace(value, quote=self._privacy.masked(value))
        elif kind is Finding:
            return self._finding(value)
        elif kind is DocumentRecord and not self._people:
            value = dataclasses.replace(value, people=())
        return [
            _unmasked(getattr(value, name))
            if name in _SIGNS or kind is Evidence
            else self.of(getattr(value, name))
            for name in _names(kind)
        ]

    def _text(self, text: str) -> str:
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = self._privacy.masked_print(text)
        return known

    def _finding(self, value: Finding) -> Json:
        params = [[name, self._privacy.masked_text(text)] for name, text in value.params]
        changed = {"params": params, "where": self._privacy.masked_text(value.where)}
        return [
            changed[name] if name in changed else
            _unmasked(getattr(value, name)) if name in _SIGNS else self.of(getattr(value, name))
            for name in _names(Finding)
        ]  # fmt: skip


def _unmasked(value: Any) -> Json:
    """What holds no words of a document, or words that are masked."""
    return [_unmasked(item) for item in value] if isinstance(value, tuple) else value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(_hints(kind))
