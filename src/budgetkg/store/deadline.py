"""HTTP within a time for the whole: connecting, asking, every header and the last byte of the answer.

A timeout of a socket counts each read anew, so that an endpoint that sends a byte now and then holds a
client for as long as it likes. Here the sockets are shut when the time is over.
"""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any


class Deadline:
    """The sockets of one request, shut together; ``expired`` says whether they were."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expired = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count from here to the end of the block, whose result is void where the time is over by then."""
        timer = threading.Timer(self.seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (http.client.HTTPException, OSError, ValueError, AttributeError) as error:
            if self.expired:  # reading from a socket that is shut fails in many ways
                raise TimeoutError from error
            raise
        finally:
            timer.cancel()
        if self.expired:
            raise TimeoutError

    def watch(self, connected: socket.socket) -> None:
        """Shut this socket too when the time is over."""
        with self._lock:
            self._sockets.append(connected)

    def handlers(self) -> tuple[urllib.request.BaseHandler, ...]:
        """What makes an opener of urllib hold to this deadline."""
        return _Plain(self), _Secure(self)

    def _end(self) -> None:
        self.expired = True
        with self._lock:
            for connected in self._sockets:
                with suppress(OSError, ValueError):
                    connected.shutdown(socket.SHUT_RDWR)


class _Connection(http.client.HTTPConnection):
    def __init__(self, *arguments: Any, deadline: Deadline, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._deadline = deadline

    def connect(self) -> None:
        super().connect()
        self._deadline.watch(self.sock)


class _SecureConnection(http.client.HTTPSConnection):
    def __init__(self, *arguments: Any, deadline: Deadline, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._deadline = deadline

    def connect(self) -> None:
        super().connect()
        self._deadline.watch(self.sock)


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Ask over HTTP."""
        return self.do_open(partial(_Connection, deadline=self._deadline), req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Ask over HTTPS."""
        return self.do_open(partial(_SecureConnection, deadline=self._deadline), req)
