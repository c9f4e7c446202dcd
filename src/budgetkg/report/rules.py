"""The rules that choose what a headline says: each finds its figures in the rows of one answer.

A rule gives facts by name, or ``None`` where the answer has nothing to say. Facts are cells of a row, or
sums, shares and quotients of cells; nothing else. Rows that say that they don't compare are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from budgetkg.graph import Cell
from budgetkg.report.years import Row, year, years

Fact: TypeAlias = Cell | tuple[str, ...]
Facts: TypeAlias = dict[str, Fact]
Options: TypeAlias = Mapping[str, Any]


def facts(rule: str, rows: Sequence[Row], options: Options) -> Facts | None:
    """What a rule finds in an answer."""
    return RULES[rule](usable(rows, options), options)


def usable(rows: Sequence[Row], options: Options) -> list[Row]:
    """The rows that a rule may look at.

    ``requires`` are columns without which the rule may not speak, ``where`` the values that columns must
    have, ``at_least`` the smallest values that they may have.
    """
    wanted: Mapping[str, Cell] = options.get("where", {})
    least: Mapping[str, int] = options.get("at_least", {})
    return [
        row
        for row in rows
        if row.get("comparable") is not False
        and all(name in row for name in options.get("requires", ()))
        and all(row.get(name) == value for name, value in wanted.items())
        and all(number(row.get(name)) >= value for name, value in least.items())
    ]


def number(cell: Fact) -> Decimal:
    """A cell as a number; what is none counts 0."""
    return Decimal(cell) if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else Decimal(0)


def _largest(rows: Sequence[Row], options: Options) -> Facts | None:
    """The row with the largest ``value``, whatever its sign; none where all are 0."""
    best = max(rows, key=lambda row: abs(number(row.get(options["value"]))), default=None)
    return _named(best) if best is not None and number(best.get(options["value"])) else None


def _extremes(rows: Sequence[Row], options: Options) -> Facts | None:
    """The rows with the highest and the lowest ``value``, and how many times one the other is.

    With ``newest`` of each district its newest year counts: a project isn't set beside its own last year.
    """
    rows = _newest(rows, options) if options.get("newest") else rows
    known = [row for row in rows if row.get(options["value"]) is not None]
    if not known:
        return None
    high, low = (end(known, key=lambda row: number(row[options["value"]])) for end in (max, min))
    top, bottom = number(high[options["value"]]), number(low[options["value"]])
    if top == bottom:
        return None
    times = top / bottom if bottom > 0 else None
    return {**_named(high, "high_"), **_named(low, "low_"), "times": times, "rows": len(known)}


def _unlike(rows: Sequence[Row], options: Options) -> Facts | None:
    """The extremes of that group of rows, one for each ``within``, in which they are furthest apart.

    Of each ``between`` (a district) its newest row counts.
    """
    groups: dict[Cell, dict[Cell, Row]] = defaultdict(dict)
    for row in sorted(rows, key=year):
        groups[row.get(options["within"])][row.get(options["between"])] = row
    found = [
        said
        for group in groups.values()
        if len(group) > 1 and (said := _extremes(list(group.values()), options)) and said["times"] is not None
    ]
    return max(found, key=lambda said: number(said["times"]), default=None)


def _sum(rows: Sequence[Row], options: Options) -> Facts | None:
    """How many rows there are, and the sum of their ``value``; of each district its newest year."""
    rows = _newest(rows, options)
    if not rows:
        return None
    return {"rows": len(rows), options["value"]: _total(rows, options["value"]), "years": years(rows)}


def _share(rows: Sequence[Row], options: Options) -> Facts | None:
    """How many rows say yes or no in ``value``, and the share of those that say yes.

    Of each district its newest year counts.
    """
    judged = [row for row in rows if isinstance(row.get(options["value"]), bool)]
    judged = _newest(judged, options)
    if not judged:
        return None
    held = sum(row[options["value"]] is True for row in judged)
    share = Decimal(held) / len(judged)
    return {
        "rows": len(judged),
        "held": held,
        "missed": len(judged) - held,
        "share": share,
        "years": years(judged),
    }


def _most(rows: Sequence[Row], options: Options) -> Facts | None:
    """Of rows added up by ``within`` the group with the largest sum of ``value``, and its share of all.

    Of each district its newest year counts.
    """
    rows = _newest(rows, options)
    groups: dict[Cell, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.get(options["within"])].append(row)
    sums = {key: _total(group, options["value"]) for key, group in groups.items()}
    whole = sum(sums.values(), Decimal(0))
    if not whole:
        return None
    best = max(sums, key=lambda key: sums[key])
    first = groups[best][0]
    others: Facts = {"years": years(rows), "share": sums[best] / whole, "whole_" + options["value"]: whole}
    return {**first, options["value"]: sums[best], **others}


def _newest(rows: Sequence[Row], options: Options) -> list[Row]:
    """The rows of the newest year of each district, so that no money is added up over years.

    Rows without a year stay; ``all_years`` takes every row, for counts that belong to documents. ``plans``
    are rows that have every year of a district, where an answer has only those in which it found something.
    """
    latest: dict[Cell, str] = {}
    for row in options.get("plans", rows):
        latest[row.get("district")] = max(year(row), latest.get(row.get("district"), ""))
    return [
        row
        for row in rows
        if options.get("all_years") or not year(row) or year(row) == latest.get(row.get("district"))
    ]


def _total(rows: Sequence[Row], value: str) -> Decimal:
    return sum((number(row.get(value)) for row in rows), Decimal(0))


def _named(row: Row, prefix: str = "") -> Facts:
    """The cells of a row under a prefix, its years marked; ``when`` is the year."""
    when = year(row) if "fiscal_year" in row else ""
    marked = {name: year(row, name) for name in ("year_a", "year_b") if name in row}
    return {f"{prefix}{name}": cell for name, cell in {**row, **marked, "when": when}.items()}


RULES: dict[str, Callable[[Sequence[Row], Options], Facts | None]] = {
    "largest": _largest,
    "extremes": _extremes,
    "unlike": _unlike,
    "sum": _sum,
    "share": _share,
    "most": _most,
}
