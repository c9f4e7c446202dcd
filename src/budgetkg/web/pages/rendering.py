"""Pages become HTML: Jinja's templates, in which every text is escaped that isn't markup of ours."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from budgetkg.report.wording import seen
from budgetkg.web.pages.links import asset_version
from budgetkg.web.pages.schema_org import described
from budgetkg.web.pages.view import Page, View

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
SECTIONS = (
    ("/questions", "nav.questions"), ("/money", "nav.money"), ("/districts", "nav.districts"),
    ("/documents", "nav.documents"),
    ("/findings", "nav.findings"), ("/signals", "nav.signals"), ("/compare", "nav.compare"),
    ("/structure", "nav.graph"), ("/sparql", "nav.sparql"),
)  # fmt: skip
"""What the masthead leads to: paths and names in the catalogue of words."""
_TAGS = {"zh": "zh-Hans", "en": "en"}


def html(page: Page, view: View) -> str:
    """The whole page as text."""
    template = environment().get_template(page.template)
    return template.render(
        view=view, say=view.saying, to=view.links.to, thing=view.links.thing, pick=view.pick,
        language=view.language, tag=_TAGS[view.language], live=view.links.live, version=asset_version(),
        masthead=SECTIONS,
        **{"linked_data": described(page, view), **page.content},
    )  # fmt: skip


@cache
def environment() -> Environment:
    """The templates, with what they may call."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["seen"] = seen
    made.filters["data"] = data
    made.filters["lines"] = lines
    made.filters["drawing"] = lambda drawing: Markup(drawing)
    made.filters["thousands"] = lambda number: f"{number:,}"
    return made


def lines(text: str) -> str:
    """The lines of a quote that aren't blank: dumps of a form have one between any two."""
    return "\n".join(line for line in text.splitlines() if line.strip())


def data(value: Any) -> Markup:
    """JSON inside a script element, which ends at the first ``</``, whatever stands in a string."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
