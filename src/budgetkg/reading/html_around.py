"""Boxes of a web page that belong to the site: navigation, head and foot, told by what their classes say.

Sites wrote ``<div class="nav">`` long before HTML had ``nav``, and still do. A class is only a word, so that
what it says counts for nothing where a box holds a table, a heading or what forms print below their tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_BOXES = frozenset({"div", "ul", "ol", "dl", "p", "section", "header", "span"})
_ROLES = frozenset({"navigation", "contentinfo", "banner", "search", "menubar"})
_NAVIGATION = frozenset({
    "nav", "navbar", "navigation", "navi", "topnav", "mainnav", "subnav", "breadcrumb", "breadcrumbs",
    "crumb", "crumbs", "menu", "sidebar", "share", "copyright", "footer", "foot", "bottom",
})  # fmt: skip
_HEAD = frozenset({"header", "head", "top", "topbar", "banner"})
_WORDS = re.compile(r"[a-z]+")
_AFFIXES = frozenset(
    {"site", "page", "main", "g", "m", "web", "gov", "box", "wrap", "wrapper", "con", "bar", "fixed"}
)
_OF_A_FORM = "table, h1, h2, h3, h4, h5"
_FORM_WORDS = re.compile(
    r"注\d{0,2}\s{0,4}[:：]|说明\s{0,4}[:：]|填[表报]|审核|负责人|单位\s{0,4}[:：]|20\d\d\s{0,4}年度|绩效"
)


def is_around(
    tag: str, attributes: Mapping[str, str | None], holds: Callable[[str], bool], text: Callable[[], str]
) -> bool:
    """Whether an element outside any table is the site's: its class, id or role says so.

    ``holds`` says whether an element of some selector is in it, ``text`` gives all that it says; both are
    asked only where a class is the site's.
    """
    if tag not in _BOXES or not (attributes or tag == "header"):
        return False
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    role = (attributes.get("role") or "").lower() in _ROLES
    around = role or any(_says(name, _NAVIGATION) for name in names)
    head = not around and (tag == "header" or any(_says(name, _HEAD) for name in names))
    if not (around or (head and holds("a, input, form"))):
        return False
    return not holds(_OF_A_FORM) and not _FORM_WORDS.search(text())


def _says(name: str, meant: frozenset[str]) -> bool:
    """Whether a class names one of some parts of a page, and nothing else: site-footer, nav_bar."""
    words = _WORDS.findall(name)
    return bool(meant & set(words)) and all(word in meant or word in _AFFIXES for word in words)
