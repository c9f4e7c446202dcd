"""HTML and SVG built so that no text can break it: text is escaped unless it is markup already."""

from __future__ import annotations

from html import escape

# Elements of HTML that have no end tag.
_EMPTY = frozenset(("meta", "br", "col"))


class Markup(str):
    """Text that is HTML or SVG already; only :func:`tag` and :func:`joined` make it."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: object) -> Markup:
    """An element; ``class_`` is the attribute class, ``aria_hidden`` is aria-hidden.

    An attribute whose value is ``None`` is left out.
    """
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
