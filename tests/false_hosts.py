"""Hosts that a list of sources may name and that mean no good: what ``collect`` may come across."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests import false_endpoints
from tests.false_endpoints import Behave, answer, drips, floods, says

from budgetkg.collecting import CollectReport, FetchOptions, collect

ADDRESS = "127.0.0.2"
"""Where they are: taken for a public address, unlike 127.0.0.1, to which some try to lead."""

SECONDS, BYTES = 1.0, 200_000
_SLACK = 8  # seconds, on a machine with other work
_TEXT = "text/plain"
_GOOD = "绩效目标表".encode()
_NONE = says(answer(b"", _TEXT, "404 Not Found"))


@dataclass(frozen=True, slots=True)
class Host:
    """What a host does with a request for a file, for its robots.txt (by default: there is none), as TLS."""

    file: Behave
    robots: Behave = _NONE
    tls: bool = False


def hosts(elsewhere: str) -> dict[str, Host]:
    """By name; ``elsewhere`` is an address in a private network, where nobody may be sent."""
    found = {name: Host(does) for name, does in false_endpoints.behaviours(elsewhere).items()}
    good = says(answer(_GOOD, _TEXT))
    for name, does in _files(elsewhere):
        found[f"file: {name}"] = Host(does)
    for name, does in _robots(elsewhere):
        found[f"robots: {name}"] = Host(good, does)
    found["tls: plain text"] = Host(good, tls=True)
    found["tls: drips"] = Host(drips(b"\x16\x03\x01" + b"\x00" * 1000), drips(b"\x16\x03" * 500), tls=True)
    found["tls: silence"] = Host(lambda _: time.sleep(30), lambda _: time.sleep(30), tls=True)
    return found


def _files(elsewhere: str) -> Iterator[tuple[str, Behave]]:
    endless = b"HTTP/1.1 100 Continue\r\n\r\n"
    yield "endless continue", floods(b"", endless)
    yield "drips continue", drips(endless * 200)
    yield (
        "drips chunk heads",
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1;" + b"x" * 5000),
    )
    yield (
        "drips trailers",
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 500),
    )
    yield "endless body", floods(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536)
    yield (
        "endless chunks",
        floods(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"100\r\n" + b"x" * 256 + b"\r\n"),
    )
    for length in ("²", "٣", "-1", "+5", " 5 5", "0x10", "5, 6", "9" * 30, "9" * 5000, "NaN", "1e3"):
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode()
        yield f"length {length[:9]}", says(head + _GOOD)
    for span in ("bytes 0-4/1000", "bytes 5-9/10", "bytes 0-4/²", "bytes 0-", "x", "bytes 0-4/" + "9" * 5000):
        data = answer(b"12345", _TEXT, "206 Partial Content", f"Content-Range: {span}")
        yield f"part {span[:20]}", says(data)
    for after in ("²", "9" * 400, "-5", "Wed, 99 Foo", "1e999"):
        yield f"retry {after[:9]}", says(answer(b"", _TEXT, "503 Busy", f"Retry-After: {after}"))
    for place in (
        "http://[::1", "http://[", "//[x", "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "http://",
        "http:", f"http://{'a' * 70}.example/", "http://\xe4\xb8\xad..example/", "http://a@127.0.0.1/",
        "javascript:1", "file:///etc/passwd", "gopher://127.0.0.1/", "data:text/plain,x", "http://0x7f.1/",
        "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest/meta-data/", "http://localhost/", "http://2130706433/",
        "?" + "x" * 60_000, "http://10.0.0.1/", elsewhere, elsewhere.replace("127.0.0.1", "127.1"),
        "\x01\x02", "/%00%0d%0aX: y",
    ):  # fmt: skip
        data = answer(b"", _TEXT, "302 Found", f"Location: {place}")
        yield f"leads to {place[:40]}", says(data)
    for name in (
        "../../x.txt", "..\\..\\x.txt", "/etc/passwd", ".collected.json", "sources.csv", "a\x00b.txt", "CON",
        "x" * 5000 + ".txt", "长" * 5000, ".", "..", "%2e%2e%2fx", "a.txt\x1b[31m",
    ):  # fmt: skip
        said = f'Content-Disposition: attachment; filename="{name}"'
        yield f"named {name[:20]!r}", says(answer(_GOOD, _TEXT, "200 OK", said))
    for said in (
        "filename*0*=" + "9" * 10, "filename*" + "9" * 5000 + "*=x", "filename*=nowhere'x'%E4",
        "filename*=a", '"' * 2000, ";" * 60_000, "filename*=utf-8''" + "%2e%2e%2f" * 5 + "x",
        'attachment; filename="a\r\n b"',
    ):  # fmt: skip
        data = answer(_GOOD, _TEXT, "200 OK", f"Content-Disposition: {said}")
        yield f"disposed {said[:20]!r}", says(data)
    for header in (
        'ETag: "a\r\n b"',
        'ETag: "' + "x" * 60_000 + '"',
        'ETag: "\xff"',
        "Content-Type: \x00/\x00",
    ):
        yield f"header {header[:20]!r}", says(answer(_GOOD, _TEXT, "200 OK", header))
    bomb = gzip.compress(b" " * (32 << 20))
    yield "packed", says(answer(bomb, _TEXT, "200 OK", "Content-Encoding: gzip"))
    yield "resets", _resets


def _resets(client: socket.socket) -> None:
    client.sendall(answer(_GOOD * 100, _TEXT)[:100])
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def _robots(elsewhere: str) -> Iterator[tuple[str, Behave]]:
    yield "nothing", says(b"")
    yield "silent", lambda _: time.sleep(30)
    yield "drips", drips(answer(b"User-agent: *\n" * 100, _TEXT))
    yield "endless", floods(b"HTTP/1.1 200 OK\r\n\r\n", b"User-agent: *\nDisallow: /x\n" * 1000)
    yield "to itself", says(answer(b"", _TEXT, "302 Found", "Location: /robots.txt"))
    yield "elsewhere", says(answer(b"", _TEXT, "302 Found", f"Location: {elsewhere}"))
    yield "to brackets", says(answer(b"", _TEXT, "302 Found", "Location: http://["))
    for number, text in enumerate((
        "User-agent: *\nCrawl-delay: ²\n", f"User-agent: *\nCrawl-delay: {'9' * 5000}\n",
        "User-agent: *\nRequest-rate: ²/³\n", "User-agent: *\nDisallow: //[\n",
        "User-agent: *\nAllow: http://[x\n", "User-agent: *\n" + "Disallow: /%\n" * 30_000,
        "Disallow" * 60_000, "\x00" * 500_000, "\ufeffUser-agent: *",
        "User-agent: " + "x" * 500_000, "Sitemap: http://[\n", "User-agent: *\nDisallow: " + "*" * 100_000,
    )):  # fmt: skip
        yield f"text {number}", says(answer(text.encode(), _TEXT))


@contextmanager
def running(host: Host) -> Iterator[str]:
    """The address of a file at a host."""
    with socket.create_server((ADDRESS, 0), backlog=50) as server:

        def go() -> None:
            with suppress(OSError):
                while True:
                    client, _ = server.accept()
                    threading.Thread(target=treat, args=(client,), daemon=True).start()

        def treat(client: socket.socket) -> None:
            with client, suppress(OSError):
                client.settimeout(60)
                asked = client.recv(65536)
                (host.robots if b" /robots.txt " in asked or host.tls else host.file)(client)

        threading.Thread(target=go, daemon=True).start()
        try:
            scheme = "https" if host.tls else "http"
            yield f"{scheme}://{ADDRESS}:{server.getsockname()[1]}/file.txt"
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)


@contextmanager
def public() -> Iterator[None]:
    """Their address is taken for a public one, and nobody waits for long between two requests."""
    where = patch("budgetkg.collecting.connections._is_public", lambda address: address == ADDRESS)
    with where, patch("budgetkg.collecting.fetch.LONGEST_DELAY", 0.1):
        yield


def collected(host: Host, folder: Path) -> CollectReport:
    """What collecting from a host comes to; twice, so that what the first run kept is used."""
    folder.mkdir(parents=True, exist_ok=True)
    options = FetchOptions(delay=0, retries=1, seconds=SECONDS, bytes=BYTES)
    with running(host) as url:
        listed = folder / "mine.csv"
        listed.write_text(f"url\n{url}\n", encoding="utf-8")
        collect(listed, folder / "got", options)
        return collect(listed, folder / "got", options, refresh=True)


def faults(host: Host, folder: Path) -> str:
    """How collecting from a host fails to end with one file or one line, in time, within its folder."""
    began = time.monotonic()
    report = collected(host, folder)
    took = time.monotonic() - began
    said = [str(reason) for _, reason in report.failures]
    if len(report.files) + len(said) != 1:
        return f"{report.files} and {said}"
    if any(len(line.splitlines()) > 1 or len(line) > 700 for line in said):
        return f"no line: {said[0][:300]!r}"
    if took > 4 * SECONDS + _SLACK:
        return f"{took:.1f} s"
    beside = sorted(path.name for path in folder.iterdir())
    if beside != ["got", "mine.csv"]:
        return f"beside the folder: {beside}"
    large = [path.name for path in (folder / "got").iterdir() if path.stat().st_size > BYTES + 65536]
    return f"too large: {large}" if large else ""
