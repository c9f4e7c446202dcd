"""Printed amounts of money as numbers: exact decimals in the printed unit (元, 万元), nothing rounded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from budgetkg.records import Amount, Amounts
from budgetkg.text import fold_width

# 1,234.56 · 1234.56 · 12 · -3.50; scanners put a blank behind a comma or a point: 1, 499. 73
_AMOUNT = re.compile(r"[-−]?(?:\d{1,3}(?:\s?,\s?\d{3})+|\d+)(?:\s?\.\s?\d{1,6})?")
_LONGEST = 40  # characters


def parse_amount(text: str) -> Amount | None:
    """Read one printed amount; ``None`` where the text is anything else, such as 约5, 5万元 or 1,23.00."""
    printed = text.strip()
    if len(printed) > _LONGEST:
        return None
    plain = fold_width(printed)
    if not _AMOUNT.fullmatch(plain):
        return None
    digits = re.sub(r"[\s,]", "", plain).replace("−", "-")
    return Amount(printed, Decimal(digits))


def is_spaced(amount: Amount) -> bool:
    """Whether blanks stand inside the printed digits, as scanners leave them."""
    return bool(re.search(r"\s", amount.printed))


def amounts_from(by_field: Mapping[str, Amount]) -> Amounts:
    """The amounts of a record, from a table with the names of its fields (``total``, ``other``, …)."""
    return Amounts(
        total=by_field.get("total"),
        fiscal_appropriation=by_field.get("fiscal_appropriation"),
        fiscal_special_account=by_field.get("fiscal_special_account"),
        other=by_field.get("other"),
    )


def labelled(by_field: Mapping[str, Amount], labels: Mapping[str, str]) -> dict[str, Amount]:
    """The amounts with the labels that are printed for their fields, without breaks of lines."""
    return {
        at: replace(amount, label="".join(labels[at].split()) or None) if at in labels else amount
        for at, amount in by_field.items()
    }


def sources_sum(amounts: Amounts) -> Decimal | None:
    """The sum of the printed funding sources; ``None`` where none is printed."""
    sources = (amounts.fiscal_appropriation, amounts.fiscal_special_account, amounts.other)
    values = [source.value for source in sources if source is not None]
    return sum(values, Decimal(0)) if values else None
