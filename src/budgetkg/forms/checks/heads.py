"""What the columns of targets are called: their field, and the header that the document prints over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from budgetkg.forms.layout.header import INDICATOR, Header
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key

PERIOD, ANNUAL = "period_value", "annual_value"
_IN_CELLS = {PERIOD: "period", ANNUAL: "annual"}


def value_heads(reader: Reader) -> dict[str, str]:
    """The header over each column of targets, where all tables of a document print the same."""
    found: dict[str, dict[str, str]] = {PERIOD: {}, ANNUAL: {}}
    for name, text in _columns(reader):
        if name in found and text:
            found[name].setdefault(key(text), text)
    return {name: next(iter(texts.values())) for name, texts in found.items() if len(texts) == 1}


def _columns(reader: Reader) -> Iterator[tuple[str | None, str]]:
    for _, table in reader.tables:
        if isinstance(table, Header):
            yield from (
                ((one.name or "").removeprefix(INDICATOR), one.text) for one in table.columns.values()
            )
        else:
            yield from ((one.role, one.leaf.text) for one in table.columns)


def head_of(reader: Reader, indicator: Indicator, heads: Mapping[str, str], *fields: str) -> dict[str, str]:
    """What a finding says of the columns of values: their fields, and the header where it is one.

    Where cells hold whole indicators the header stands in the cell.
    """
    which = {"which": " ".join(fields)}
    if len(fields) > 1:
        return which
    named = reader.layout.indicator_cell.get(_IN_CELLS[fields[0]], ())
    quoted = "".join(key(place.quote) for place in indicator.evidence[:1])
    inside = (name for name in named if indicator.seq is not None and key(name) in quoted)
    printed = heads.get(fields[0]) or next(inside, None)
    return which | ({"printed": printed} if printed else {})
