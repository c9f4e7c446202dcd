"""What machines ask: the SPARQL protocol, answering IRIs, reconciliation, the JSON API and feeds."""

from __future__ import annotations

from starlette.routing import BaseRoute

from budgetkg.web.asking import Site


def routes(site: Site) -> list[BaseRoute]:
    """The routes of the protocols."""
    return []
