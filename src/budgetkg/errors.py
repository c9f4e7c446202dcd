"""The one root of every error that budgetkg raises on purpose."""

from __future__ import annotations


class BudgetkgError(Exception):
    """Something a user can act on: one line that names the file, the place and the reason."""


class UnreadableDocument(BudgetkgError):
    """A source from which no record can be taken."""

    def __init__(self, source: str, reason: str, place: str | None = None) -> None:
        self.source = source
        self.reason = reason
        self.place = place
        where = f" ({place})" if place else ""
        super().__init__(f"{source}{where}: {reason}")


class UnknownName(BudgetkgError):
    """A question, parameter, format or document that does not exist."""


class StoreError(BudgetkgError):
    """A store that is missing, locked, damaged or out of reach."""


class EndpointBusy(StoreError):
    """An endpoint that may answer later: busy, out of reach behind its gateway, or too slow."""


class QueryError(BudgetkgError):
    """A query that is malformed, refused or that the endpoint could not answer."""
