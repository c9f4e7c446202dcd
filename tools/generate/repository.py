"""Where the files lie that the generators read and write."""

from __future__ import annotations

from pathlib import Path

from budgetkg import resources
from budgetkg.errors import BudgetkgError


def checkout() -> Path:
    """The root of the repository.

    Raises :class:`BudgetkgError` for an installed package: generated files are made in a checkout only.
    """
    root = resources.repository()
    if root is None:
        raise BudgetkgError("tools.generate: runs in a checkout only")
    return root
