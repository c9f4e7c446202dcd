"""Endpoints that lie, drip, flood or break off: a hundred of them, on loopback."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

JSON = "application/sparql-results+json"
GOOD = b'{"head":{"vars":["a","b"]},"results":{"bindings":[]}}'
Behave = Callable[[socket.socket], None]
_MOST = 64 << 20  # bytes that a flooding one sends


def answer(
    body: bytes, kind: str = JSON, status: str = "200 OK", *more: str, length: int | None = None
) -> bytes:
    size = len(body) if length is None else length
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {size}",
        "Connection: close",
        *more,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def says(data: bytes) -> Behave:
    return lambda client: client.sendall(data)


def drips(data: bytes, pause: float = 0.05) -> Behave:
    """A byte at a time, for a minute."""

    def behave(client: socket.socket) -> None:
        for at in range(len(data)):
            client.sendall(data[at : at + 1])
            time.sleep(pause)

    return behave


def floods(head: bytes, piece: bytes) -> Behave:
    def behave(client: socket.socket) -> None:
        client.sendall(head)
        for _ in range(_MOST // len(piece)):
            client.sendall(piece)

    return behave


def behaviours(elsewhere: str) -> dict[str, Behave]:
    """By name what each does; ``elsewhere`` is an address that nobody may be sent to."""
    whole = answer(GOOD)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
    bomb = gzip.compress(b" " * (64 << 20))
    found: dict[str, Behave] = {
        "nothing": says(b""),
        "silent": lambda client: time.sleep(30),
        "drips headers": drips(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1000),
        "drips a body": drips(answer(GOOD + b" " * 1000)),
        "drips chunks": drips(head + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 500),
        "floods headers": floods(b"HTTP/1.1 200 OK\r\n", b"X: " + b"a" * 8000 + b"\r\n"),
        "floods one header": floods(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 65536),
        "floods a status": floods(b"", b"H" * 65536),
        "gzip bomb": says(answer(bomb, JSON, "200 OK", "Content-Encoding: gzip")),
        "deflate bomb": says(answer(bomb, JSON, "200 OK", "Content-Encoding: deflate")),
        "negative length": says(answer(GOOD, length=-5)),
        "huge length": says(answer(GOOD, length=1 << 60)),
        "false length": says(answer(GOOD, length=len(GOOD) + 10)),
        "words as length": says(whole.replace(b"Content-Length: 5", b"Content-Length: x")),
        "bad chunks": says(head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        "huge chunk": says(head + b"Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n" + GOOD),
        "no http": says(b"SSH-2.0-OpenSSH_9\r\n"),
        "http 9": says(whole.replace(b"1.1", b"9.9")),
        "early end": says(whole[:-10]),
        "to itself": says(answer(b"", JSON, "302 Found", "Location: /sparql")),
    }
    for code in (301, 302, 303, 307, 308):
        found[f"{code} elsewhere"] = says(answer(b"", JSON, f"{code} X", f"Location: {elsewhere}"))
        found[f"{code} to a file"] = says(answer(b"", JSON, f"{code} X", "Location: file:///etc/passwd"))
    for code in (100, 204, 206, 304, 400, 401, 403, 404, 405, 406, 408, 410, 413, 414, 415, 418, 429, 451,
                 500, 501, 502, 503, 504, 511, 599, 999):  # fmt: skip
        found[f"status {code}"] = says(answer(b"<html>no</html>", "text/html", f"{code} X"))
    for number, (body, kind) in enumerate(_bodies(elsewhere)):
        found[f"body {number}"] = says(answer(body, kind))
    return found


def _bodies(elsewhere: str) -> Iterator[tuple[bytes, str]]:
    """Answers that are none, or more than one wants."""
    deep = 200_000
    xml = "application/sparql-results+xml"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for text in (
        "", " ", "{", "[]", "null", "true", '{"boolean":true}', '{"head":{}}', '{"head":{"vars":["a"]}}',
        '{"head":{"vars":"a"},"results":{"bindings":[]}}',
        '{"head":{"vars":["a"]},"results":{"bindings":{}}}',
        '{"head":{"vars":["a","a"]},"results":{"bindings":[{"a":{"type":"uri","value":"x"}}]}}',
        '{"head":{"vars":["a"]},"results":{"bindings":[{"b":{"type":"uri","value":"http://x/"}}]}}',
        '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"odd","value":"x"}}]}}',
        '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri","value":"not an iri <>"}}]}}',
        '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":1}}]}}',
        '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","xml:lang":"??","value":"x"}}]}}',
        '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"triple","value":{}}}]}}',
        "[" * deep, '{"a":' * deep, '{"results":{"bindings":[' + "{" * deep, "\x00" * 1000,
        '{"head":{"vars":["a"],"link":["' + elsewhere + '"]},"results":{"bindings":[]}}', "NaN", "1e999999",
    ):  # fmt: skip
        yield text.encode(), JSON
    for text in (
        "", "<", "<sparql/>", "<html/>", f"<!DOCTYPE s [{laughs}]><sparql>&l9;</sparql>",
        f'<!DOCTYPE s SYSTEM "{elsewhere}"><sparql/>', "<sparql>" * deep,
        '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sparql>&x;</sparql>',
        f'<?xml-stylesheet href="{elsewhere}"?><sparql/>', '<?xml version="1.0" encoding="utf-7"?><sparql/>',
    ):  # fmt: skip
        yield text.encode(), xml
    for kind in ("text/html", "text/turtle", "application/octet-stream", "x", "", "image/png", "text/csv"):
        yield b"<html>\xff\xfe</html>", kind
    yield "\ufeff".encode() + GOOD[:-1], JSON
    yield GOOD.decode().encode("utf-16"), JSON
    yield b"\xff" * 100, JSON


@contextmanager
def endpoint(behave: Behave) -> Iterator[str]:
    """An address at which every client gets the same treatment."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def go() -> None:
            with suppress(OSError):
                while True:
                    client, _ = server.accept()
                    threading.Thread(target=treat, args=(client,), daemon=True).start()

        def treat(client: socket.socket) -> None:
            with client, suppress(OSError):
                client.settimeout(60)
                client.recv(65536)
                behave(client)

        threading.Thread(target=go, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql"
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
