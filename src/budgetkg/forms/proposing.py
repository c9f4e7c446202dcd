"""What an unknown column probably is, said by its cells and its place: a proposal, never a reading.

The reasons are numbers that a person can check in the document: how many cells are percentages, whether
they add up to 100, between which known columns it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgetkg.forms.indicators.tier_labels import tier_of
from budgetkg.forms.settings import SHARE
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.values import parse_amount

_PERCENT = re.compile(r"[≥≤><=]{0,2}(?<!\d)\d++(?:\.\d++)?[%％‰]")
_SIGN = re.compile(r"[≥≤><=]{1,2}|(?:大于|小于|等于|不低于|不高于).{0,4}")
_DIRECTION = re.compile(r"(?:正|反|负|逆)向(?:指标)?")
_NATURE = re.compile(r"定[性量](?:指标)?")
_DATE = re.compile(
    r"(?:20\d\d[年./-])?\d{1,2}[月./-](?:\d{1,2}日?|底|末)?(?:前|之前)?|20\d\d年(?:底|末)?(?:前|之前)?"
)
_MEASURE = re.compile(r"[^\d≥≤<>=。；,，、]{1,4}")
_SCORE = re.compile(r"\d{1,3}(?:\.\d{1,2})?分?")
_VALUE = re.compile(r".*\d.*")
_SUMS = (Decimal(10), Decimal(90), Decimal(100))
_CENTS = re.compile(r"\d[\d,]*\.\d{2}")
_LONG = 20  # characters of a text that explains something
_SHORT_LIST = 0.5  # measure words and grades repeat: at most this share of them is different
_FEWEST = 2  # cells from which something can be concluded

VALUES = frozenset({"annual_value", "period_value", "actual_value"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """The field that a column probably is (``None`` where nothing tells), and why."""

    field: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a column stands: the fields of the columns left and right of it, nearest first.

    ``kind`` is the table of a layout that its fields are of: tier_columns or columns.
    """

    kind: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


def propose(texts: Sequence[str], beside: Beside) -> Proposal:
    """What a column is, by the texts of its cells from top to bottom and by where it stands."""
    filled = [key(text) for text in texts if text.strip()]
    if len(filled) < _FEWEST:
        return Proposal(
            None, (f"only {len(filled)} of its cells are filled",) if filled else ("all cells are blank",)
        )
    rules = _INDICATOR_RULES if beside.kind == "tier_columns" else _PROJECT_RULES
    known = {*beside.left, *beside.right}
    for rule in rules:
        found = rule(filled, beside)
        if found is not None and found.field not in known:
            return Proposal(found.field, (*found.reasons, *_place(beside)))
    return Proposal(None, ("its cells fit no field better than another", *_place(beside)))


def propose_all(
    fields: Sequence[str | None], cells: Sequence[Sequence[str]], kind: str
) -> dict[int, Proposal]:
    """What the unknown columns of a table are; those that tell it themselves help with those beside them.

    ``fields`` are those that are known, ``cells`` the texts below each column.
    """
    held = list(fields)
    found: dict[int, Proposal] = {}
    unknown = [at for at, field in enumerate(fields) if field is None]
    for _ in unknown:
        for at in unknown:
            if held[at] is None:
                left = tuple(field for field in reversed(held[:at]) if field)
                right = tuple(field for field in held[at + 1 :] if field)
                found[at] = propose(cells[at], Beside(kind, left, right))
                held[at] = found[at].field
    return found


def _place(beside: Beside) -> tuple[str, ...]:
    if beside.left and beside.right:
        return (f"it stands between {beside.left[0]} and {beside.right[0]}",)
    if beside.left:
        return (f"it stands behind {beside.left[0]}",)
    return (f"it stands before {beside.right[0]}",) if beside.right else ()


def _share(filled: Sequence[str], test: Callable[[str], object], words: str) -> str | None:
    """How many cells pass a test, in words, where enough do."""
    count = sum(bool(test(text)) for text in filled)
    return f"{count} of {len(filled)} cells {words}" if count >= SHARE * len(filled) else None


def _kind_of(
    field: str, pattern: re.Pattern[str], words: str
) -> Callable[[Sequence[str], Beside], Proposal | None]:
    def rule(filled: Sequence[str], _: Beside) -> Proposal | None:
        reason = _share(filled, pattern.fullmatch, words)
        return Proposal(field, (reason,)) if reason else None

    return rule


def _tier(filled: Sequence[str], beside: Beside) -> Proposal | None:
    reason = _share(
        filled, lambda text: tier_of(text) is not None and not text.isdigit(), "are tiers of indicators"
    )
    above = any(tier is not None and tier.broader is None for tier in map(tier_of, filled))
    return Proposal("tier1" if above else "tier2", (reason,)) if reason else None


def _row_number(filled: Sequence[str], _: Beside) -> Proposal | None:
    if all(text.isdecimal() for text in filled) and [int(text) for text in filled] == list(
        range(1, len(filled) + 1)
    ):
        return Proposal("row_number", (f"its cells count from 1 to {len(filled)}",))
    return None


def _points(filled: Sequence[str], beside: Beside) -> Proposal | None:
    """Weights add up to 10, 90 or 100; points behind a value that is reached are scores."""
    reason = _share(filled, _SCORE.fullmatch, "are numbers of at most three digits")
    if reason is None:
        return None
    amounts = [parse_amount(text.rstrip("分")) for text in filled]
    numbers = [amount.value for amount in amounts if amount is not None]
    # A last row that holds the sum of those above it belongs to no indicator.
    rows = numbers[:-1] if len(numbers) > _FEWEST and numbers[-1] == sum(numbers[:-1]) else numbers
    total = sum(rows, Decimal(0))
    if total not in _SUMS:
        return None
    scored = "actual_value" in beside.left or "weight" in beside.left
    return Proposal("score" if scored else "weight", (reason, f"they add up to {total}"))


def _value(filled: Sequence[str], beside: Beside) -> Proposal | None:
    """Numbers behind the name: a target, or what was reached where a target stands left of it."""
    if "name" not in beside.left:
        return None
    percent = _share(filled, _PERCENT.fullmatch, "are percentages")
    date = _share(filled, _DATE.fullmatch, "are dates")
    number = _share(filled, _VALUE.fullmatch, "hold a number")
    reason = percent or date or number
    behind = bool(VALUES & set(beside.left))
    if date and behind:  # a deadline beside a value: no field is for it
        return Proposal(None, (date,))
    return Proposal("actual_value" if behind else "annual_value", (reason,)) if reason else None


def _text(filled: Sequence[str], beside: Beside) -> Proposal | None:
    reason = _share(filled, lambda text: len(text) > _LONG, f"are texts of more than {_LONG} characters")
    if reason is None:
        return None
    field = "explanation" if beside.kind == "tier_columns" else "goal"
    return Proposal("deviation_reason" if "actual_value" in beside.left else field, (reason,))


def _unit(filled: Sequence[str], beside: Beside) -> Proposal | None:
    reason = _share(filled, _MEASURE.fullmatch, "are words of at most four characters")
    behind = bool((VALUES | {"operator"}) & {*beside.left[:1], *beside.right[:1]})
    repeats = len(set(filled)) <= max(1, _SHORT_LIST * len(filled))
    if reason is None or not (behind or repeats):
        return None
    return Proposal("unit", (reason,)) if behind else None


def _name(filled: Sequence[str], beside: Beside) -> Proposal | None:
    different = len(set(filled)) == len(filled)
    words = _share(filled, lambda text: not re.search(r"\d", text), "are words without a number")
    if words is None or not different or {"name"} & {*beside.left}:
        return None
    return Proposal("name", (words, "no two are alike"))


def _amount(filled: Sequence[str], beside: Beside) -> Proposal | None:
    reason = _share(filled, lambda text: parse_amount(text) is not None, "are amounts")
    if reason is None:
        return None
    cents = _share(filled, lambda text: _CENTS.fullmatch(fold(text)), "have two decimals")
    field = "total" if "total" not in beside.left else "other"
    return Proposal(field, (reason, *((cents,) if cents else ())))


_INDICATOR_RULES = (
    _row_number, _tier,
    _kind_of("operator", _SIGN, "are signs of comparison"),
    _kind_of("direction", _DIRECTION, "say 正向 or 反向"),
    _kind_of("nature", _NATURE, "say 定量 or 定性"),
    _points, _unit, _value, _text, _name,
)  # fmt: skip
_PROJECT_RULES = (_row_number, _amount, _text, _name)
