"""HTML and SVG that can't be broken by what it prints: a text is escaped unless it is markup already."""

from __future__ import annotations

from html import escape

# Elements that HTML writes without an end.
_EMPTY = frozenset(("meta", "br", "col"))


class Markup(str):
    """Text that is HTML or SVG already; only :func:`tag` and :func:`joined` make it."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: object) -> Markup:
    """An element; ``class_`` is the attribute class, ``aria_hidden`` is aria-hidden, ``None`` is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>")


def joined(*children: str) -> Markup:
    """Several pieces after each other, texts escaped."""
    return Markup("".join(child if isinstance(child, Markup) else escape(child) for child in children))
