"""Names of packages and patterns that are made when first used: who needs one of them pays for no other."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from typing import Any, cast


def late(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """What a package has as its ``__getattr__``; ``homes`` says which of its modules has which name."""

    def found(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{homes[name]}"), name)

    return found


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled where a method of it is first asked for.

    For those that few documents need and that are dear: a range of 21,000 ideographs takes a millisecond.
    """
    return cast("re.Pattern[str]", _LatePattern(text, flags))


class _LatePattern:
    def __init__(self, text: str, flags: int) -> None:
        self._given = (text, flags)

    def __getattr__(self, name: str) -> Any:
        made = re.compile(*self._given)
        for method in _METHODS:  # found without this function from now on
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
