"""Printed values and what they mean: amounts of money, and targets with their quantities and deadlines.

Nothing printed is changed: what is read stands beside it. What can't be decided stays open (``None`` for an
amount, the kind ``unparsed`` for a target) and is never guessed.

`read_target` goes through a target in this order: `spelling` (its plain form), `phrases` (is there a value at
all?), `dates` (deadlines), `other_numbers` (years, list numbers and names, which are no targets),
`quantities` with `numerals`, `units`, `comparators` and `modifiers`, and `cells` (operator and unit).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkg.late import late

if TYPE_CHECKING:
    from budgetkg.values.agreement import contradict, is_placeholder, lacks_unit, numbers_of
    from budgetkg.values.amounts import amounts_from, is_spaced, labelled, parse_amount, sources_sum
    from budgetkg.values.capitals import amount_in_words
    from budgetkg.values.model import Quantity, Target
    from budgetkg.values.targets import read_target

__all__ = [
    "Quantity",
    "Target",
    "amount_in_words",
    "amounts_from",
    "contradict",
    "is_placeholder",
    "is_spaced",
    "labelled",
    "lacks_unit",
    "numbers_of",
    "parse_amount",
    "read_target",
    "sources_sum",
]

_HOMES = {
    "Quantity": "model",
    "Target": "model",
    "amount_in_words": "capitals",
    "amounts_from": "amounts",
    "contradict": "agreement",
    "is_placeholder": "agreement",
    "is_spaced": "amounts",
    "labelled": "amounts",
    "lacks_unit": "agreement",
    "numbers_of": "agreement",
    "parse_amount": "amounts",
    "read_target": "targets",
    "sources_sum": "amounts",
}

__getattr__ = late(__name__, _HOMES)
