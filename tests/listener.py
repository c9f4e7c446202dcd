"""A listener on loopback that counts who comes: what a test of "nothing is fetched" looks at."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(slots=True)
class Listener:
    """Its port, and the first bytes that each visitor sent."""

    port: int
    visits: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """An address there."""
        return f"http://127.0.0.1:{self.port}/x"


@contextmanager
def listening() -> Iterator[Listener]:
    """Count everybody who connects; each gets a short answer, so that no visitor waits."""
    with socket.create_server(("127.0.0.1", 0), backlog=200) as server:
        found = Listener(server.getsockname()[1])

        def answer() -> None:
            while True:
                try:
                    visitor, _ = server.accept()
                except OSError:
                    return
                found.visits.append(b"")
                with visitor, suppress(OSError):
                    visitor.settimeout(1)
                    found.visits[-1] = visitor.recv(200)
                    visitor.sendall(
                        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    )

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown(socket.SHUT_RDWR)
            server.close()
            thread.join(2)
