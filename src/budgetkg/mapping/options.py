"""What a caller may choose about the mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetkg.errors import BudgetkgError
from budgetkg.vocab import PREFIXES

DEFAULT_BASE = PREFIXES["id"].removesuffix("id/")

_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]*[/#]")


@dataclass(frozen=True, slots=True)
class MappingOptions:
    """What a caller may choose about the mapping.

    ``base`` is what every IRI of data and graphs starts with; ``personal`` lets a clerk's name,
    telephone and date into the graph, which happens only where a person asked for it. Raises
    BudgetkgError for a base that is no absolute ASCII IRI ending in ``/`` or ``#``.
    """

    base: str = DEFAULT_BASE
    personal: bool = False

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise BudgetkgError("bad-base", base=self.base)
