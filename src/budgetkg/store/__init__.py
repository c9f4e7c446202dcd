"""One interface over the embedded store and any SPARQL 1.1 endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from budgetkg.store.results import Answer, Substitutions


class Store(Protocol):
    """What every store can do: answer a reading query, name its graphs."""

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE; ``substitutions`` binds variables to terms."""

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""

    def close(self) -> None:
        """Let go of files and connections."""
