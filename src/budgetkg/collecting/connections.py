"""Connections to public addresses only, each within a time.

The name of a host is looked up once and the answer is what is connected to, so that a second look-up
can't lead elsewhere (DNS rebinding). A socket's own time counts each read anew; a server that sends a byte
now and then is cut off all the same, because the socket is shut when the time is over.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from budgetkg.errors import BudgetkgError

LONGEST_WAIT = 30.0
"""Seconds that a server may be silent, at most."""

_LONGEST = 300  # letters of what a stranger says, in a line of ours
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

    @contextmanager
    def shutting(self, connection: Connection) -> Iterator[None]:
        """Shut a connection when the time is over, whatever waits for it; then raise Refused."""
        over = threading.Event()

        def shut() -> None:
            over.set()
            connection.shut()

        timer = threading.Timer(max(0.0, self.at - time.monotonic()), shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
            if over.is_set():  # reading from a socket that is shut fails in many ways
                raise Refused("fetch-too-slow") from error
            raise
        finally:
            timer.cancel()
        if over.is_set():
            raise Refused("fetch-too-slow")


class Connection(http.client.HTTPConnection):
    """A connection that is made only where every address of the host is allowed."""

    allow_private = False
    deadline = Deadline(float("inf"))
    _held: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the first address of the host that answers."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except UnicodeError as error:  # a label of more than 63 letters
            raise OSError(str(error)) from error
        for *_, address in found:
            if not self.allow_private and not _is_public(str(address[0])):
                raise Refused("fetch-private", host=self.host)
        failed: OSError | None = None
        for family, kind, protocol, _, address in found:
            self.sock = socket.socket(family, kind, protocol)
            self.sock.settimeout(self.deadline.wait())
            try:
                self.sock.connect(address)
            except OSError as error:
                self.sock.close()
                failed = error
            else:
                # The library forgets the socket as soon as it has the head of an answer, or encrypts it.
                self._held = self.sock.dup()
                return
        raise failed or Refused("fetch-private", host=self.host)

    def shut(self) -> None:
        """End whatever is read from it or written to it."""
        if self._held is not None:
            with suppress(OSError):
                self._held.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Close it for good."""
        self.close()
        if self._held is not None:
            self._held.close()


class _Secure(http.client.HTTPSConnection, Connection):
    """The same with encryption: HTTPSConnection wraps what the next class connects."""


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global and not found.is_multicast


@dataclass(frozen=True, slots=True)
class Answer:
    """The beginning of an answer; its body is still to be read, and the connection to be closed."""

    url: str
    connection: Connection
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
        if not (300 <= self.status < 400 and target):
            return None
        try:
            return urljoin(self.url, target)
        except ValueError as error:
            raise Refused("source-address", url=brief(target)) from error

    def chunks(self, size: int, deadline: Deadline) -> Iterator[bytes]:
        """The bytes of the body as they come, at most so many at once."""
        with deadline.shutting(self.connection):
            while chunk := self._read(size, deadline):
                yield chunk

    def _read(self, size: int, deadline: Deadline) -> bytes:
        wait = deadline.wait()
        if self.connection.sock is not None:
            self.connection.sock.settimeout(wait)
        return self.response.read1(size)

    def close(self) -> None:
        """End the connection."""
        self.response.close()
        self.connection.release()


def brief(said: object) -> str:
    """What a stranger says, on one line that is not long."""
    text = " ".join(str(said).split()) or type(said).__name__
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def parsed(url: str) -> tuple[SplitResult, str, int | None]:
    """An address, its host in ASCII and its port; raises Refused where it is none of HTTP."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:  # brackets, a port of letters, a name too long
        raise Refused("source-address", url=brief(url)) from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("source-address", url=brief(url))
    return parts, host, port


def ask(url: str, headers: dict[str, str], deadline: Deadline, *, allow_private: bool) -> Answer:
    """Send one request and read the head of the answer; no redirect is followed.

    Raises Refused, OSError (also for time-outs) or http.client.HTTPException.
    """
    parts, host, port = parsed(url)
    wait = deadline.wait()
    if parts.scheme == "https":
        connection: Connection = _Secure(host, port, timeout=wait, context=ssl.create_default_context())
    else:
        connection = Connection(host, port, timeout=wait)
    connection.allow_private, connection.deadline = allow_private, deadline
    target = quote(parts.path or "/", safe=_ASCII_KEPT)
    if parts.query:
        target += f"?{quote(parts.query, safe=_ASCII_KEPT)}"
    try:
        with deadline.shutting(connection):
            connection.request("GET", target, headers={**headers, "Connection": "close"})
            return Answer(url, connection, connection.getresponse())
    except BaseException:
        connection.release()
        raise
