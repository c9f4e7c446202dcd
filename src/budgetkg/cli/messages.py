"""What the command line says, in the user's language; the sentences are in ``messages.toml``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from budgetkg.messages import sentences

CATALOGUE: Mapping[str, Mapping[str, str]] = sentences(Path(__file__).with_suffix(".toml"))
"""Every message: key → language → sentence with {holes}."""


def language() -> str:
    """``zh`` where the user's locale is Chinese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"


def say(key: str, **values: object) -> str:
    """A message in the user's language."""
    text = CATALOGUE[key][language()]
    return text.format(**values) if values else text
