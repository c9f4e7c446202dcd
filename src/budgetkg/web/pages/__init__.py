"""What people see: each page is a template over stored queries of ``queries/pages/``."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from budgetkg.web.asking import Site
from budgetkg.web.pages import (
    compare,
    differences,
    editor,
    home,
    lists,
    moved,
    questions,
    search,
    structure,
    things,
)
from budgetkg.web.pages.answering import route
from budgetkg.web.pages.links import STATIC
from budgetkg.web.pages.pictures import Pictures


def routes(site: Site) -> list[BaseRoute]:
    """The routes of the pages."""
    return [
        route("/", home.show),
        route("/questions", questions.index),
        route("/questions/{slug}.{ending}", questions.download),
        route(f"/questions/{{slug}}/{questions.PLACES}.{{ending}}", questions.download),
        route(f"/questions/{{slug}}/{questions.PLACES}", questions.show),
        route("/questions/{slug}", questions.show),
        *(route(f"/{name}", lists.show) for name, _ in lists.listed()),
        route("/compare", compare.show),
        route("/compare.{ending}", compare.download),
        route("/differences", differences.show),
        route("/structure", structure.show),
        route("/sparql", editor.show),
        route("/search", search.show),
        route("/search.json", search.suggest),
        Route("/doc/{path:path}/picture", Pictures(site).show),
        route("/doc/{path:path}.html", things.show),
        Mount("/assets", StaticFiles(directory=STATIC)),
        route("/{language}/{path:path}", moved.show),
    ]
