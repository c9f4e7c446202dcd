"""Connections to public addresses only, each within a time.

The name of a host is looked up once and the answer is what is connected to, so that a second look-up
can't lead elsewhere (DNS rebinding).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from budgetkg.errors import BudgetkgError

LONGEST_WAIT = 30.0
"""Seconds that a server may be silent, at most."""

_ASCII_KEPT = "%:/?#[]@!$&'()*+,;=~"


class Refused(BudgetkgError):
    """A request that isn't made, or whose answer isn't taken."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something must have ended, by the clock that never jumps."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    def wait(self) -> float:
        """How long the next answer may take; raises Refused where the time is over."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise Refused("fetch-too-slow")
        return min(left, LONGEST_WAIT)


class _Public(http.client.HTTPConnection):
    """A connection that is made only where every address of the host is allowed."""

    allow_private = False

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        for *_, address in found:
            if not self.allow_private and not _is_public(str(address[0])):
                raise Refused("fetch-private", host=self.host)
        failed: OSError | None = None
        for family, kind, protocol, _, address in found:
            self.sock = socket.socket(family, kind, protocol)
            self.sock.settimeout(self.timeout)
            try:
                self.sock.connect(address)
            except OSError as error:
                self.sock.close()
                failed = error
            else:
                return
        raise failed or Refused("fetch-private", host=self.host)


class _PublicTls(http.client.HTTPSConnection, _Public):
    """The same with encryption: HTTPSConnection wraps what the next class connects."""


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global and not found.is_multicast


@dataclass(frozen=True, slots=True)
class Answer:
    """The beginning of an answer; its body is still to be read, and the connection to be closed."""

    url: str
    connection: http.client.HTTPConnection
    response: http.client.HTTPResponse

    @property
    def status(self) -> int:
        """The status code."""
        return self.response.status

    def header(self, name: str) -> str:
        """A header, or empty text."""
        return self.response.getheader(name) or ""

    @property
    def location(self) -> str | None:
        """Where a redirect leads; ``None`` where the answer is none."""
        target = self.header("Location")
        return urljoin(self.url, target) if 300 <= self.status < 400 and target else None

    def read(self, size: int, deadline: Deadline) -> bytes:
        """The next bytes, at most so many."""
        if self.connection.sock is not None:
            self.connection.sock.settimeout(deadline.wait())
        else:
            deadline.wait()
        return self.response.read1(size)

    def close(self) -> None:
        """End the connection."""
        self.connection.close()


def ask(url: str, headers: dict[str, str], deadline: Deadline, *, allow_private: bool) -> Answer:
    """Send one request and read the head of the answer; no redirect is followed.

    Raises Refused, OSError (also for time-outs) or http.client.HTTPException.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("source-address", url=url)
    host = parts.hostname.encode("idna").decode("ascii")
    if parts.scheme == "https":
        connection: _Public = _PublicTls(
            host, parts.port, timeout=deadline.wait(), context=ssl.create_default_context()
        )
    else:
        connection = _Public(host, parts.port, timeout=deadline.wait())
    connection.allow_private = allow_private
    target = quote(parts.path or "/", safe=_ASCII_KEPT)
    if parts.query:
        target += f"?{quote(parts.query, safe=_ASCII_KEPT)}"
    try:
        connection.request("GET", target, headers={**headers, "Connection": "close"})
        return Answer(url, connection, connection.getresponse())
    except BaseException:
        connection.close()
        raise
