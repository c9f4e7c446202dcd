"""What machines ask: the SPARQL protocol, answering IRIs, reconciliation, the JSON API and feeds."""

from __future__ import annotations

from starlette.routing import BaseRoute

from budgetkg.web.asking import Site
from budgetkg.web.protocols import api, catalogue, feed, reconciliation, robots, sparql, things

_ROOMS = (sparql, things, reconciliation, api, catalogue, feed, robots)


def routes(site: Site) -> list[BaseRoute]:
    """The routes of the protocols; they come before the pages'."""
    return [route for room in _ROOMS for route in room.routes(site)]
