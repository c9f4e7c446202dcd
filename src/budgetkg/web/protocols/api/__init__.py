"""The stored questions as JSON, with their description for programs (OpenAPI)."""

from __future__ import annotations

from budgetkg.web.protocols.api.service import routes

__all__ = ["routes"]
