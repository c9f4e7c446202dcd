"""The one root of every error that budgetkg raises on purpose."""

from __future__ import annotations

from collections.abc import Iterable


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


def choices(word: str, known: Iterable[str]) -> str:
    """What a user may have meant by a word that nothing goes by, else all that there is."""
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(word.casefold(), names, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(names) or 'none'}"


class StoreError(BudgetkgError):
    """A store that is missing, locked, damaged or out of reach."""


class EndpointBusy(StoreError):
    """An endpoint that may answer later: busy, out of reach behind its gateway, or too slow."""


class QueryError(BudgetkgError):
    """A query that is malformed, refused or that the endpoint could not answer."""
