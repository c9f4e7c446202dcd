"""The money of a form whose label alone doesn't say what it is: decided by the sums when the form is read.

An amount is taken for a field only where it makes up the total together with the others that are known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgetkg.forms.layout.label_words import is_level_money
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.project.fields import PARTS, PERIOD, Form
from budgetkg.records import FundLine

_FISCAL = "fiscal_appropriation"


def settle(form: Form) -> None:
    """Decide what the labels of a form left open."""
    _settle_parts(form)
    _settle_level_money(form)


def told_apart(form: Form) -> list[tuple[str, str]]:
    """What a form prints besides its fields; of two under one label each behind the source it stands below.

    财政拨款 | 其中：上年结转 over 其他资金 | 其中：上年结转 are two.
    """
    labels = Counter(label for label, _ in form.attributes)
    left = list(form.part_of)
    found = []
    for label, text in form.attributes:
        source = next((one for one in left if one[:2] == (label, text)), None) if labels[label] > 1 else None
        if source is not None:
            left.remove(source)
        found.append((f"{source[2]} {label}" if source is not None and source[2] else label, text))
    return found


def _settle_parts(form: Form) -> None:
    """Parts printed under the money of the whole project are the year's where they make up the year's.

    项目总投资 1860 | 2016年申请资金 620 over 财政拨款 580 | 其他资金 40.
    """
    total = form.amounts.get("total")
    free = [part for part in form.period_parts if part[0] not in form.amounts]
    parts = sum(form.amounts[name].value for name in PARTS if name in form.amounts)
    if total is None or not free or parts + sum(amount.value for _, _, amount in free) != total.value:
        return
    for name, label, amount in free:
        form.amounts[name] = replace(amount, label=label)
        form.attributes.remove((PERIOD + label, amount.printed))


def _settle_level_money(form: Form) -> None:
    """Take the money of one level or one budget for the fiscal money where no other makes up the sum.

    其中：市财政资金 beside 其他资金 is all that the treasury pays, if both are the total.
    """
    said = [(label, money_in(text)) for label, text in form.attributes if is_level_money(label)]
    found = [(label, money) for label, money in said if money is not None and money.unit is None]
    lines = [line for line in form.funds if line.source is None and is_level_money(line.label)]
    if lines and not found:
        _settle_line(form, lines)
    total = form.amounts.get("total")
    if total is None or len(found) != 1 or _FISCAL in form.amounts:
        return
    (label, money) = found[0]
    if money.amount.value + _others(form) == total.value:
        form.amounts[_FISCAL] = replace(money.amount, label=label)
        form.attributes.remove((label, money.amount.printed))


def _settle_line(form: Form, lines: Sequence[FundLine]) -> None:
    """The same for a row of a table of money: 其中：本年一般公共预算拨款 beside 其他资金."""
    total, line = form.amounts.get("total"), lines[0]
    own = line.initial or line.adjusted or line.executed
    if total is None or own is None or len(lines) > 1 or _FISCAL in form.amounts:
        return
    if own.value + _others(form) == total.value:
        form.amounts[_FISCAL] = replace(own, label=line.label)
        form.funds[form.funds.index(line)] = replace(line, source=_FISCAL)


def _others(form: Form) -> Decimal:
    return sum((form.amounts[name].value for name in PARTS[1:] if name in form.amounts), Decimal(0))
