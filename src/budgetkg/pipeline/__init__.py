"""The one place that composes the layers: sources → records → graph → validation → store.

Names are loaded when they are first used: who only parses loads neither store nor links.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budgetkg.pipeline.building import BuildReport, build
    from budgetkg.pipeline.document import BuildOptions, process, summary_of
    from budgetkg.pipeline.guarded import Limits
    from budgetkg.pipeline.parsing import parse, parse_all
    from budgetkg.pipeline.removing import remove
    from budgetkg.pipeline.sources import Failure

__all__ = [
    "BuildOptions", "BuildReport", "Failure", "Limits",
    "build", "parse", "parse_all", "process", "remove", "summary_of",
]  # fmt: skip

_HOMES = {
    "BuildOptions": "document",
    "BuildReport": "building",
    "Failure": "sources",
    "Limits": "guarded",
    "build": "building",
    "parse": "parsing",
    "parse_all": "parsing",
    "process": "document",
    "remove": "removing",
    "summary_of": "document",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
