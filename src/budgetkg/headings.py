"""What the columns of answers are called in Chinese: listed whole, or put together of their words."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def chinese(name: str) -> str | None:
    """The Chinese heading of a column; ``None`` where not all of its words are known."""
    import tomllib  # only under a Chinese locale, so not at the start of every command

    known = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    words = [known["words"].get(word) for word in name.split("_")]
    return known["whole"].get(name) or ("".join(words) if all(words) else None)
