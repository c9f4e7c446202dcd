"""What pages say, in both languages: ``words.toml`` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every text: its name → language → sentence with ``{holes}``."""
    found: dict[str, dict[str, str]] = {}
    said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    for group, entries in said.items():
        for name, (zh, en) in entries.items():
            found[f"{group}.{name}"] = {"zh": zh, "en": en}
    return found


def say(language: str, name: str, /, **holes: object) -> Markup:
    """A text in a language; what fills its holes is escaped, the text itself may hold markup of ours."""
    return Markup(catalogue()[name][language]).format(**{key: escape(value) for key, value in holes.items()})
