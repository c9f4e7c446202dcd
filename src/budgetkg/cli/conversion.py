"""Values of a command line that need no converting, or next to none.

The parser of command lines has a library convert every value, an option that wasn't given and a text that
stays a text too; loading that library takes longer than most questions. What it does with these is done here,
everything else is left to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_LEFT = object()


def convert_plainly(parameter: Any) -> None:
    """Have a parameter of a command convert what is plain by itself."""
    described = getattr(parameter, "type_descriptor", None)
    if described is None or "process_value" in vars(parameter):
        return  # an earlier version of the parser, which converts without that library; or done already
    several = parameter.multiple or parameter.nargs != 1
    convert = _converter(described.annotation, described.parameter_info)
    inherited: Callable[[Any, Any], Any] = parameter.process_value

    def process_value(context: Any, value: Any) -> Any:
        plain = _converted(value, several, parameter.default, convert)
        if plain is _LEFT or (parameter.required and not plain):
            return inherited(context, value)
        return plain if parameter.callback is None else parameter.callback(context, parameter, plain)

    parameter.process_value = process_value


def _converted(value: Any, several: bool, default: Any, convert: Callable[[str], Any] | None) -> Any:
    """A value converted, or a mark that it is left to the parser."""
    if value is None:
        return () if several else None
    if value is default and isinstance(value, bool | int | str) and not several:
        return value
    if convert is None:
        return _LEFT
    if several:
        every = value if isinstance(value, Sequence) and not isinstance(value, str) else ("", None)
        made = [convert(one) if isinstance(one, str) else _LEFT for one in every]
        return _LEFT if _LEFT in made else made
    return convert(value) if isinstance(value, str) else _LEFT


def _converter(annotation: Any, told: Any) -> Callable[[str], Any] | None:
    """What makes a value of a text: for texts and for paths of which nothing is asked."""
    if told.parser is not None or getattr(told, "click_type", None) is not None:
        return None
    if annotation in (str, list[str]):
        return str
    asked = any(getattr(told, name, None) for name in ("exists", "resolve_path", "path_type", "writable"))
    anything = getattr(told, "file_okay", True) and getattr(told, "dir_okay", True)
    return _path if annotation in (Path, list[Path]) and anything and not asked else None


def _path(text: str) -> Any:
    """A path; one that is there and can't be read is left to the parser, which says so."""
    path = Path(text)
    return _LEFT if path.exists() and not os.access(path, os.R_OK) else path
