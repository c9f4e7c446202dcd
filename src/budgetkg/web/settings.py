"""How a site was told to be: its addresses, its language, its limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from budgetkg.store.worker import Limits

LANGUAGES = ("zh", "en")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``budgetkg serve`` was told.

    ``hosts`` are the Host headers that are answered, with the port where it isn't that of http; none at all
    where every name is answered. ``root_path`` is the prefix under which a proxy publishes the site, and
    ``address`` the whole address of its front page as others see it, without a slash at its end; empty where
    nobody said it. ``sources`` holds the documents' own files, where they are at hand.
    """

    hosts: frozenset[str] = frozenset()
    root_path: str = ""
    address: str = ""
    language: str = "zh"
    sources: Path | None = None
    limits: Limits = field(default_factory=lambda: Limits(seconds=10))
    workers: int = 4
    largest_body: int = 1 << 20
    body_seconds: float = 10
    per_second: float = 40
    """Requests of one address that are answered each second, over time; loopback has no such limit."""
    at_once: int = 400
    """Requests of one address that may come in a burst."""
    behind_proxy: bool = False
    """Whether a proxy on this machine says whose request it is (X-Forwarded-For)."""


def names(host: str, port: int) -> frozenset[str]:
    """The Host headers of a server that listens there; none (all are answered) on every interface."""
    if host in ("0.0.0.0", "::", ""):
        return frozenset()
    known = LOOPBACK if host in ("127.0.0.1", "::1", "localhost") else (host,)
    bare = known if port == 80 else ()
    return frozenset({*bare, *(f"{name}:{port}" for name in known)})
