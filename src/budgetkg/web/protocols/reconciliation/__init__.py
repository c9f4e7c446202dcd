"""Reconciliation: names in somebody's table become things of the graph (W3C Reconciliation API 0.2)."""

from __future__ import annotations

from budgetkg.web.protocols.reconciliation.service import routes

__all__ = ["routes"]
