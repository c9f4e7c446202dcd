"""budgetkg: published performance-budget tables become a validated, queryable knowledge graph.

>>> import budgetkg
>>> records = budgetkg.parse("form.txt")  # doctest: +SKIP
>>> report = budgetkg.build(["documents/"], into="graph")  # doctest: +SKIP
>>> graph = budgetkg.open("graph")  # doctest: +SKIP
>>> graph.ask("largest-projects", limit=5)  # doctest: +SKIP

Names are loaded when they are first used, so that ``import budgetkg`` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budgetkg.graph import Graph, Rows, open
    from budgetkg.pipeline import BuildReport, Limits, build, parse

__all__ = ["BuildReport", "Graph", "Limits", "Rows", "build", "open", "parse"]

_HOMES = {
    "BuildReport": "budgetkg.pipeline",
    "Graph": "budgetkg.graph",
    "Limits": "budgetkg.pipeline",
    "Rows": "budgetkg.graph",
    "build": "budgetkg.pipeline",
    "open": "budgetkg.graph",
    "parse": "budgetkg.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
