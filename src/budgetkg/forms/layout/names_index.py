"""Printed names looked up: a field's variants, compared without marks, brackets, numbers and years."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache

from budgetkg.text import comparison_key as key

_BRACKET = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_MARK = re.compile(r"[★☆※*●◆▲△#]|^(?:\(?[一二三四五六七八九十\d]{1,2}[)、.](?!\d))")
_JOINT = re.compile("[及和与、/(]")
_YEAR = re.compile(r"20\d\d(?:年度?)?(?:[-—至]20\d\d(?:年度?)?)?")


class Names(Mapping[str, tuple[str, ...]]):
    """Field → the headers or labels that name it."""

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._table = dict(table)
        self._index: dict[str, str] = {}
        for name, variants in self._table.items():
            for variant in variants:
                self._index.setdefault(key(variant).rstrip(":"), name)
        self._sorted = sorted(self._index)
        self._signs = frozenset("".join(self._sorted))

    __hash__ = object.__hash__  # compared by what they are read from, so that a layout can be a key

    def __eq__(self, other: object) -> bool:
        return self is other

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._table[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def lookup(self, text: str) -> str | None:
        """The field that a printed header or label names."""
        return next((self._index[form] for form in spellings(text) if form in self._index), None)

    def cut(self, text: str, least: int = 3) -> str | None:
        """The one field whose header begins with a text that a page edge has cut (说明及公)."""
        plain = key(text)
        if len(plain) < least:
            return None
        hits = set()
        for variant in self._sorted[bisect_left(self._sorted, plain) :]:
            if not variant.startswith(plain):
                break
            hits.add(self._index[variant])
        return hits.pop() if len(hits) == 1 else None

    def damaged(self, text: str, least: int = 4) -> str | None:
        """The one field that a header names in which one character is another (三级指杯).

        A character that other headers have is no damage: 年初目标 is another word than 年度目标.
        """
        plain = key(text)
        if len(plain) < least or self.lookup(text) is not None:
            return None
        hits = set()
        for variant, name in self._index.items():
            if len(variant) != len(plain):
                continue
            wrong = [char for char, right in zip(plain, variant, strict=True) if char != right]
            if len(wrong) == 1 and wrong[0] not in self._signs:
                hits.add(name)
        return hits.pop() if len(hits) == 1 else None


def joined_parts(text: str) -> tuple[str, ...]:
    """The headers that one header joins: 三级指标及指标值, 三级指标（指标值）."""
    return tuple(part for part in _JOINT.split(key(text).rstrip(":)")) if part)


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """The ways in which a printed header is compared, the fullest first."""
    plain = key(text).rstrip(":")
    found = [plain]
    for pattern, other in ((_BRACKET, ""), (_MARK, ""), (_YEAR, "年度"), (_YEAR, "")):
        found += [pattern.sub(other, form).rstrip(":") for form in found]
    return tuple(dict.fromkeys(form for form in found if form))
