"""One address into one file: retried where the server is busy, resumed where a file came in part."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from budgetkg.collecting.connections import Answer, Deadline, Refused, ask, brief, parsed
from budgetkg.collecting.robots import AGENT, LONGEST_DELAY, Robots
from budgetkg.store.manifest import sha256

MOST_REDIRECTS = 5
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_LONGEST_NUMBER = 19  # digits
_CHUNK = 64 * 1024  # bytes
_KEPT_HEADERS = ("Content-Type", "Content-Length", "Last-Modified", "ETag", "Content-Disposition", "Date")


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How politely to fetch, and how much.

    ``delay``: seconds between two requests to one host (a robots.txt may ask for more). ``retries``: how
    often a busy server is asked again. ``seconds`` and ``bytes``: the most that one file may take.
    ``allow_private`` lets addresses of private networks and of this machine be fetched.
    """

    delay: float = 1.0
    retries: int = 3
    seconds: float = 300.0
    bytes: int = 512 * 1024 * 1024
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that came: where from after redirects, its hash and size, and what the server said of it."""

    final_url: str
    sha256: str
    size: int
    status: int
    headers: dict[str, str]

    def json(self) -> dict[str, Any]:
        """For the log."""
        return {
            "final_url": self.final_url, "sha256": self.sha256, "bytes": self.size, "status": self.status,
            "headers": self.headers,
        }  # fmt: skip


@dataclass(slots=True)
class Fetcher:
    """Fetches one address after the other; remembers the rules of hosts and when each was last asked."""

    options: FetchOptions
    sleep: Callable[[float], None] = time.sleep
    _robots: Robots = field(init=False)
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._robots = Robots(
            self._headers, seconds=self.options.seconds, allow_private=self.options.allow_private
        )

    @property
    def _headers(self) -> dict[str, str]:
        return {"User-Agent": f"{AGENT}/{version('budgetkg')}", "Accept-Encoding": "identity"}

    def fetch(self, url: str, part: Path, known: dict[str, str] | None = None) -> Fetched | None:
        """Fetch an address into a file; ``None`` where the server says that what is ``known`` is unchanged.

        ``known`` has the ETag and Last-Modified of an earlier answer. What ``part`` holds already is
        resumed where the server can. Raises Refused with the reason where nothing comes.
        """
        deadline = Deadline.after(self.options.seconds)
        for attempt in range(self.options.retries + 1):
            last = attempt == self.options.retries
            try:
                answer = self._answer(url, part, known or {}, deadline)
                with contextlib.closing(answer):
                    if answer.status in _BUSY and not last:
                        self.sleep(_pause(attempt, answer.header("Retry-After")))
                        continue
                    return self._taken(answer, part, deadline)
            except (OSError, http.client.HTTPException) as error:
                if last:
                    raise Refused("fetch-failed", error=brief(error)) from error
                self.sleep(_pause(attempt, ""))
        raise Refused("fetch-too-slow")

    def _answer(self, url: str, part: Path, known: dict[str, str], deadline: Deadline) -> Answer:
        """The first answer that is no redirect."""
        etag_file = _etag_of(part)
        headers = dict(self._headers)
        if part.exists() and etag_file.exists():
            headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": etag_file.read_text("ascii")}
        for asked, told in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            if known.get(told, "").isascii() and told in known:
                headers[asked] = known[told]
                break
        for _ in range(MOST_REDIRECTS + 1):
            self._wait(url)
            answer = ask(url, headers, deadline, allow_private=self.options.allow_private)
            try:
                location = answer.location
            except Refused:
                answer.close()
                raise
            if location is None:
                return answer
            answer.close()
            url = location
        raise Refused("fetch-redirects", most=MOST_REDIRECTS)

    def _wait(self, url: str) -> None:
        """Until the host may be asked again."""
        delay = max(self.options.delay, self._robots.check(url))
        host = parsed(url)[0].netloc
        if host in self._asked:
            self.sleep(max(0.0, self._asked[host] + delay - time.monotonic()))
        self._asked[host] = time.monotonic()

    def _taken(self, answer: Answer, part: Path, deadline: Deadline) -> Fetched | None:
        if answer.status == 304:
            return None
        if answer.status not in (200, 206):
            raise Refused("fetch-status", status=answer.status)
        begun = part.stat().st_size if answer.status == 206 and part.exists() else 0
        if answer.status == 206 and not answer.header("Content-Range").startswith(f"bytes {begun}-"):
            part.unlink(missing_ok=True)
            raise Refused("fetch-status", status=answer.status)
        self._body(answer, part, begun, deadline)
        said = ((name, " ".join(answer.header(name).split())) for name in _KEPT_HEADERS)
        headers = {name: value for name, value in said if value.isprintable() and value}
        return Fetched(answer.url, sha256(part), part.stat().st_size, answer.status, headers)

    def _body(self, answer: Answer, part: Path, begun: int, deadline: Deadline) -> None:
        wanted = _wanted(answer, begun)
        if wanted is not None and wanted > self.options.bytes:
            raise Refused("fetch-too-large", most=self.options.bytes)
        tag = answer.header("ETag")
        _etag_of(part).unlink(missing_ok=True)
        # Only a strong tag says that the bytes are the same.
        if tag.startswith('"') and tag.isascii() and tag.isprintable():
            _etag_of(part).write_text(tag, "ascii")
        size = begun
        with part.open("ab" if begun else "wb") as stream:
            for chunk in answer.chunks(_CHUNK, deadline):
                size += len(chunk)
                if size > self.options.bytes:
                    raise Refused("fetch-too-large", most=self.options.bytes)
                stream.write(chunk)
        if wanted is not None and size != wanted:
            raise http.client.IncompleteRead(b"", wanted - size)
        _etag_of(part).unlink(missing_ok=True)


def discard(part: Path) -> None:
    """Remove a file that came in part and will not be resumed."""
    part.unlink(missing_ok=True)
    _etag_of(part).unlink(missing_ok=True)


def _pause(attempt: int, retry_after: str) -> float:
    """Seconds until the next attempt: what the server asks for, else twice as long each time."""
    plain = retry_after.isascii() and retry_after.isdigit()
    return min(float(retry_after) if plain else 2.0**attempt, LONGEST_DELAY)


def _wanted(answer: Answer, begun: int) -> int | None:
    """How large the file will be, as the server says; ``None`` where it doesn't.

    Raises HTTPException where what it says is no number: nothing would show then that a part is missing.
    """
    _, _, whole = answer.header("Content-Range").rpartition("/")
    stated = answer.header("Content-Length")
    if answer.status == 206 and whole not in ("", "*"):
        stated, begun = whole, 0
    elif answer.response.chunked or not stated:
        return None
    if not (stated.isascii() and stated.isdigit() and len(stated) < _LONGEST_NUMBER):
        raise http.client.HTTPException(f"Content-Length: {brief(stated)}")
    return begun + int(stated)


def _etag_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.etag")
