"""The server around the endpoint: uvicorn, with patience for no client that only holds a connection."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

_HEADER_SECONDS = 10
"""Seconds that a client may take from its connection to the end of a request's headers."""
_MOST_CONNECTIONS = 512
_MOST_FILES = 4096
_LARGEST_HEADER = 64 * 1024
_END_SECONDS = 3
_READ_SECONDS = 10
"""Seconds in all that an answer may wait for its client to read on; else its query is held for ever."""
_DRAIN_SECONDS = 1.5
"""Seconds more for each time that the client has read some 48 KiB: a client that is merely slow is served."""

_waiting: dict[_Connection, None] = {}
"""The connections of which no request has come, the oldest first."""


class _Connection(H11Protocol):
    """A connection that is closed where no whole header comes in time, or nobody reads the answer.

    Of too many connections the oldest idle one is closed.
    """

    _patience: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _paused = _stalled = 0.0
    _drained = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > _MOST_CONNECTIONS and _waiting:
            next(iter(_waiting))._leave()

    def connection_lost(self, exc: Exception | None) -> None:
        self._go_on()
        self._read_on()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._paused = self.loop.time()
        left = _READ_SECONDS + self._drained * _DRAIN_SECONDS - self._stalled
        self._unread = self.loop.call_later(max(0.0, left), self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stalled += self.loop.time() - self._paused
        self._drained += 1
        self._read_on()

    def _read_on(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def handle_events(self) -> None:
        super().handle_events()
        if self.cycle is not None and not self.cycle.response_complete:
            self._go_on()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._stalled, self._drained = 0.0, 0
        if not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete):
            self._wait()

    def _wait(self) -> None:
        self._go_on()
        _waiting[self] = None
        self._patience = self.loop.call_later(_HEADER_SECONDS, self._leave)

    def _go_on(self) -> None:
        _waiting.pop(self, None)
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _leave(self) -> None:
        self._go_on()
        self.transport.abort()


class _Server(uvicorn.Server):
    """A server that says when it is ready, and ends without an error when it is told to."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):  # Windows has Ctrl+C only, as an exception
                loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def configured(application: Any, host: str, port: int) -> uvicorn.Config:
    """How a server of ours runs an application: no patience for idle clients, no word about itself."""
    _allow_files()
    return uvicorn.Config(
        application, host=host, port=port, http=_Connection, ws="none",
        lifespan="off", log_config=None, access_log=False, server_header=False, proxy_headers=False,
        timeout_keep_alive=_HEADER_SECONDS, timeout_graceful_shutdown=_END_SECONDS,
        h11_max_incomplete_event_size=_LARGEST_HEADER, backlog=1024,
    )  # fmt: skip


def server(config: uvicorn.Config) -> uvicorn.Server:
    """The server, which ends without an error on Ctrl+C and SIGTERM."""
    return _Server(config)


def _allow_files() -> None:
    """Each connection is a file; many systems begin with 1,024 or 256."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
        if soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
