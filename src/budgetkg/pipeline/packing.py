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
_LEVEL = 6  # of zlib: a record is an eighth of its JSON; more takes twice the time for two percent


def packed(record: DocumentRecord, *, personal: bool = False) -> bytes:
    """A record as bytes, with personal data masked unless somebody asked for it."""
    record = record if personal else _without_people(record)
    said = json.dumps([_version(), _plain(record)], ensure_ascii=False, separators=(",", ":"))
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


def _plain(value: Any) -> Json:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if _is_record(type(value)):
        kind: Any = type(value)
        return [_plain(getattr(value, name)) for name in _hints(kind)]
    return str(value) if isinstance(value, Decimal) else value


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


def _without_people(record: DocumentRecord) -> DocumentRecord:
    """A record whose texts are masked as those of its graph are."""
    privacy = Privacy(record.people, allowed=False)

    def masked(value: Any) -> Any:
        if isinstance(value, str):
            return privacy.masked_print(value)
        if isinstance(value, tuple):
            return tuple(map(masked, value))
        if isinstance(value, Evidence):
            return dataclasses.replace(value, quote=privacy.masked(value))
        if isinstance(value, Finding):
            params = tuple((name, privacy.masked_text(text)) for name, text in value.params)
            return dataclasses.replace(
                value, params=params, where=privacy.masked_text(value.where), evidence=masked(value.evidence)
            )
        if not _is_record(type(value)):
            return value
        names = (one.name for one in dataclasses.fields(value) if one.name not in _SIGNS)
        return dataclasses.replace(value, **{name: masked(getattr(value, name)) for name in names})

    return masked(dataclasses.replace(record, people=()))  # type: ignore[no-any-return]
