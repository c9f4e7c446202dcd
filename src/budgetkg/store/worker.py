"""A process that answers queries over one store and can be ended: it has no network, and limits.

The engine can't be interrupted within a process, overflows its stack on deep nesting and asks for memory
without bound. In a process of its own each of these costs one query.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from budgetkg.errors import QueryError, QueryTimeout, StoreError
from budgetkg.processes.children import begun, context, end_with_the_parent, silence
from budgetkg.processes.memory import limit_memory
from budgetkg.processes.network import give_up_network
from budgetkg.store.federation import reaches_out
from budgetkg.store.malformed import malformed
from budgetkg.vocab import PREFIXES

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_PIECE = 1 << 16
_LONGEST_REASON = 500  # characters; the engine quotes the query
_NO_SOCKET = f"os error {errno.EACCES}"  # what the engine says where it gets no connection
_OVERFLOWED = frozenset({-11, -10, -7})  # ended by SIGSEGV or SIGBUS: the stack

Message: TypeAlias = tuple[Literal["ready", "kind", "piece", "end", "error"], Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds, MiB of memory beyond the engine's own, bytes of its answer."""

    seconds: float = 60
    memory: int = 2048
    answer: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, its dataset, the media types in which its answer is written, the base of its relative IRIs.

    Without ``default_graphs`` and ``named_graphs`` the query's own FROM counts, else the union of all graphs
    where ``union`` says so. It may take ``times`` as long as others.
    """

    text: str
    union: bool = True
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows_as: str = QueryResultsFormat.JSON.media_type
    triples_as: str = RdfFormat.N_TRIPLES.media_type
    base: str = ""
    times: int = 1


class Worker:
    """A process over one store; it answers one query after the other and is begun with the first.

    ``online`` leaves it the network, for queries whose every SERVICE is allowed.
    """

    def __init__(self, store: Path, limits: Limits, *, online: bool = False, copied: bool = False) -> None:
        self.store, self._limits = store, limits
        self._online, self._copied = online, copied
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, asked: Asked) -> Generator[bytes, None, None]:
        """The answer, piece by piece as it is found; the first piece is its kind: SELECT, ASK or CONSTRUCT.

        Whoever stops listening ends the query with the process. Raises QueryError where the query can't be
        answered, QueryTimeout where it takes too long.
        """
        pipe = self._begun()
        seconds = self._limits.seconds * asked.times
        deadline = time.monotonic() + seconds
        whole = False
        try:
            pipe.send(asked)
            size = 0
            while True:
                kind, content = self._next(pipe, deadline, seconds)
                if kind == "end":
                    whole = True
                    return
                if kind == "error":
                    whole = True
                    raise QueryError(content[0], **content[1])
                size += len(content)
                if size > self._limits.answer:
                    raise QueryError("answer-over-limit", most=self._limits.answer >> 20)
                yield content
        except (BrokenPipeError, ConnectionError) as error:
            raise self._lost() from error
        finally:
            if not whole:
                self.end()

    def begin(self) -> None:
        """Begin the process; raises StoreError where the store can't be opened."""
        self._begun()

    @property
    def is_running(self) -> bool:
        """Whether the process is there: a query that broke a limit has ended it."""
        return self._process is not None

    def stop(self) -> None:
        """End the process from another thread than the one that waits for it: that one tidies up."""
        process = self._process
        if process is not None:
            with suppress(ValueError):  # tidied up already
                process.kill()

    def end(self) -> None:
        """End the process, in the midst of a query too; the next query begins another."""
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _begun(self) -> Connection:
        if self._pipe is None:
            kind = context(copied=self._copied)
            self._pipe, theirs = kind.Pipe()
            self._process = begun(kind, _work, theirs, self.store, self._limits.memory, self._online)
            theirs.close()
            message, content = self._next(
                self._pipe, time.monotonic() + self._limits.seconds, self._limits.seconds
            )
            if message == "error":
                self.end()
                raise StoreError(content[0], **content[1])
        return self._pipe

    def _next(self, pipe: Connection, deadline: float, seconds: float) -> Message:
        if not pipe.poll(max(deadline - time.monotonic(), 0)):
            raise QueryTimeout("query-too-slow", seconds=seconds)
        try:
            message: Message = pipe.recv()
        except (EOFError, OSError) as error:
            raise self._lost() from error
        return message

    def _lost(self) -> QueryError:
        """Why the process ended in the midst of a query."""
        code = None
        if self._process is not None:
            self._process.join(5)
            code = self._process.exitcode
        self.end()
        if code in _OVERFLOWED:
            return QueryError("query-too-deep")
        return QueryError("query-too-large", most=self._limits.memory)


def _work(pipe: Connection, path: Path, memory: int, online: bool) -> None:
    """What the process does: open the store, give up the network, answer."""
    end_with_the_parent()
    silence()
    try:
        store = pyoxigraph.Store.read_only(str(path))
        limit_memory(memory)
        if not online and not give_up_network():
            online = True  # a system without such a filter: reaches_out has looked at the text
    except OSError as error:
        _send(pipe, "error", ("store-unopened", {"path": str(path), "error": _first_line(error)}))
        return
    _send(pipe, "ready", None)
    with suppress(EOFError, BrokenPipeError):
        while True:
            _answer(pipe, store, pipe.recv(), online)


def _answer(pipe: Connection, store: pyoxigraph.Store, asked: Asked, online: bool) -> None:
    try:
        found = store.query(
            asked.text, prefixes=PREFIXES, base_iri=asked.base or None,
            use_default_graph_as_union=asked.union and not asked.default_graphs,
            default_graph=[NamedNode(iri) for iri in asked.default_graphs] or None,
            named_graphs=[NamedNode(iri) for iri in asked.named_graphs] or None,
        )  # fmt: skip
        sink: Any = _Sink(pipe)  # all of a file that the engine uses
        if isinstance(found, QuerySolutions | QueryBoolean):
            _send(pipe, "kind", b"SELECT" if isinstance(found, QuerySolutions) else b"ASK")
            found.serialize(sink, QueryResultsFormat.from_media_type(asked.rows_as))
        else:
            _send(pipe, "kind", b"CONSTRUCT")
            found.serialize(sink, RdfFormat.from_media_type(asked.triples_as))
        sink.flush()
    except SyntaxError as error:
        found_wrong = malformed(asked.text, error, PREFIXES)
        _send(pipe, "error", (found_wrong.code, dict(found_wrong.params)))
    except (OSError, RuntimeError, ValueError) as error:
        if not online and _NO_SOCKET in str(error) and reaches_out(asked.text):
            _send(pipe, "error", ("service-unclear", {}))  # a SERVICE that only the engine's grammar sees
        else:
            _send(pipe, "error", ("query-failed", {"error": _first_line(error)}))
    except MemoryError:
        _send(pipe, "error", ("query-too-large", {"most": 0}))
    else:
        _send(pipe, "end", None)


class _Sink:
    """A file that sends what is written to it, in pieces of a size worth sending."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._piece = pipe, bytearray()

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._piece += data
        if len(self._piece) >= _PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Send what there is."""
        if self._piece:
            _send(self._pipe, "piece", bytes(self._piece))
            self._piece.clear()


def _send(pipe: Connection, kind: str, content: object) -> None:
    pipe.send((kind, content))


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:_LONGEST_REASON]
