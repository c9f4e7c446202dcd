"""The libraries of the extra ``[cluster]``, or one line that says how to get them."""

from __future__ import annotations

from importlib.util import find_spec

from budgetkg.errors import BudgetkgError


def needed(*libraries: str) -> None:
    """Raise :class:`BudgetkgError` where one of the libraries isn't installed."""
    for library in libraries:
        if find_spec(library) is None:
            raise BudgetkgError("cluster-not-installed", library=library)
