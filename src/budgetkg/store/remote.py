"""A SPARQL 1.1 endpoint over HTTP: the same answers as the embedded store, or one clear line."""

from __future__ import annotations

import http.client
import importlib.metadata
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    EndPointNotFound,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
    URITooLong,
)

from budgetkg.errors import BudgetkgError, EndpointBusy, QueryError, StoreError
from budgetkg.messages import Message
from budgetkg.resources import internal_query
from budgetkg.store.deadline import Deadline
from budgetkg.store.federation import reaches_out
from budgetkg.store.querytext import bound, has_dataset_clause, prologue, query_form
from budgetkg.store.results import Answer, Solutions, Substitutions, solutions, triples
from budgetkg.text import on_one_line
from budgetkg.vocab import PREFIXES, XSD

TIMEOUT_SECONDS = 60
LARGEST_ANSWER = 256 * 1024 * 1024
_BUSY = frozenset({429, 502, 503, 504})

_MEANINGS: tuple[tuple[type[SPARQLWrapperException], str], ...] = (
    (QueryBadFormed, "http-400"),
    (EndPointNotFound, "http-404"),
    (Unauthorized, "http-401"),
    (URITooLong, "http-414"),
    (EndPointInternalError, "http-500"),
)
_ERRORS = {
    400: QueryBadFormed,
    401: Unauthorized,
    404: EndPointNotFound,
    414: URITooLong,
    500: EndPointInternalError,
}
_LONGEST_COMPLAINT = 10_000
_RETURNED = "__ASK_RETVAL"
"""The one variable of the rows in which Virtuoso 7 says 1 or 0 to an ASK that begins with PREFIX."""
_TRUE, _FALSE = (Literal(value, datatype=XSD.boolean) for value in ("true", "false"))
_STATUS = {403: "http-403", 429: "http-429", 502: "http-502", 503: "http-503", 504: "http-504"}


class RemoteStore:
    """A SPARQL endpoint.

    ``default_graphs`` names the graphs that a query is asked over where it names none by FROM;
    without them the endpoint's own default graph is asked.
    """

    def __init__(
        self,
        url: str,
        timeout: int = TIMEOUT_SECONDS,
        services: frozenset[str] = frozenset(),
        default_graphs: tuple[str, ...] = (),
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise StoreError("not-an-endpoint", url=url)
        self._url = url
        self._timeout = timeout
        self._services = services
        self._default_graphs = default_graphs

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        """Answer a query; updates and any SERVICE that isn't allowed are refused before anything is sent."""
        form = query_form(text, self._services)
        if reaches_out(text, self._services):
            raise QueryError("service-unclear")
        text = prologue(text, PREFIXES) + bound(text, substitutions or {})
        with self._explained():
            body, media_type = self._fetch(text, form)
        return self._read(body, media_type, form)

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        answer = self.query(internal_query("graphs"))
        if not isinstance(answer, Solutions):
            raise StoreError("no-list-of-graphs", url=self._url)
        return tuple(sorted(row[0].value for row in answer.rows if isinstance(row[0], NamedNode)))

    def close(self) -> None:
        """Nothing is held between two queries."""

    def _fetch(self, text: str, form: str) -> tuple[bytes, str]:
        deadline = Deadline(self._timeout)
        wrapper = _Client(self._url, agent=_user_agent())
        wrapper.deadline = deadline
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        wrapper.setQuery(text)
        for graph in () if has_dataset_clause(text) else self._default_graphs:
            wrapper.addDefaultGraph(graph)
            wrapper.addNamedGraph(graph)  # once a default graph is named, no other graph is there
        wrapper.queryType = form
        wrapper.setReturnFormat(JSON if form in ("SELECT", "ASK") else TURTLE)
        with deadline.running():
            response = wrapper.query().response
            try:
                return self._body(response), response.headers.get_content_type()
            finally:
                response.close()

    def _body(self, response: Any) -> bytes:
        """The whole answer; raises where it breaks off before the length that was announced."""
        size = response.length
        body = b""
        if size is None or size <= LARGEST_ANSWER:
            body = response.read() if size is not None else response.read(LARGEST_ANSWER + 1)
        if max(size or 0, len(body)) > LARGEST_ANSWER:
            raise StoreError("answer-too-large", url=self._url, most=LARGEST_ANSWER >> 20)
        return bytes(body)

    def _read(self, body: bytes, media_type: str, form: str) -> Answer:
        try:
            if form in ("CONSTRUCT", "DESCRIBE"):
                return triples(_parsed_triples(body, media_type))
            kind = QueryResultsFormat.from_media_type(media_type) or QueryResultsFormat.JSON
            answer = pyoxigraph.parse_query_results(body, kind)
            if isinstance(answer, QueryBoolean) and form == "ASK":
                return bool(answer)
            if isinstance(answer, QuerySolutions) and form == "SELECT":
                return solutions(answer)
            if isinstance(answer, QuerySolutions) and [one.value for one in answer.variables] == [_RETURNED]:
                return any(str(getattr(row[0], "value", "0")) != "0" for row in answer)
        except (SyntaxError, ValueError, OSError) as error:
            raise StoreError(
                "answer-unreadable", url=self._url, media_type=media_type, excerpt=_excerpt(body)
            ) from error
        raise StoreError("answer-of-another-kind", url=self._url)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn whatever goes wrong on the way into one line that names the endpoint."""
        try:
            yield
        except QueryBadFormed as error:
            _close(error)
            raise self._says(QueryError, Message(_MEANINGS[0][1]), error) from error
        except SPARQLWrapperException as error:
            _close(error)
            code = next((code for kind, code in _MEANINGS if isinstance(error, kind)), "no-answer")
            raise self._says(StoreError, Message(code), error) from error
        except urllib.error.HTTPError as error:
            error.close()
            known = _STATUS.get(error.code)
            meaning = Message(known) if known else Message("http-status", status=error.code)
            kind = EndpointBusy if error.code in _BUSY else StoreError
            raise kind("at-path", path=self._url, reason=meaning) from error
        except TimeoutError as error:
            raise EndpointBusy("endpoint-timeout", url=self._url, seconds=self._timeout) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise EndpointBusy("endpoint-timeout", url=self._url, seconds=self._timeout) from error
            raise StoreError("out-of-reach", url=self._url, error=error.reason) from error
        except (http.client.HTTPException, OSError) as error:
            raise StoreError("connection-broke", url=self._url, error=type(error).__name__) from error

    def _says(
        self, kind: type[BudgetkgError], meaning: Message, error: SPARQLWrapperException
    ) -> BudgetkgError:
        """Why an endpoint refuses, with its own words."""
        return kind("endpoint-says", url=self._url, meaning=meaning, detail=_detail(error))


def connect(url: str, timeout: int = TIMEOUT_SECONDS, services: frozenset[str] = frozenset()) -> RemoteStore:
    """An endpoint that holds a graph of ours, however it makes its default graph.

    Stored questions ask the default graph. Some endpoints make it the union of their named graphs;
    where it holds no document and named graphs do, each query is sent with all of them as its
    default graph (``default-graph-uri``, SPARQL 1.1 Protocol, 2.1.4).
    """
    store = RemoteStore(url, timeout, services)
    answer = store.query(internal_query("default-graph"))
    if isinstance(answer, Solutions) and answer.rows == ((_FALSE, _TRUE),):
        return RemoteStore(url, timeout, services, store.graphs())
    return store


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows an endpoint to another path, never to another host: that may be one behind our walls."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """The request that a redirect asks for, on the same host."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise StoreError("redirected", url=req.full_url, target=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Client(SPARQLWrapper):
    """The wrapper with an opener of ours: its own follows any redirect, and waits for each read anew."""

    deadline: Deadline

    def _query(self) -> tuple[Any, Any]:
        opener = urllib.request.build_opener(_SameHost, *self.deadline.handlers())
        try:
            return opener.open(self._createRequest(), timeout=self.timeout), self.returnFormat
        except urllib.error.HTTPError as error:
            meaning = _ERRORS.get(error.code)
            if meaning is None:
                raise
            raise meaning(error.read(_LONGEST_COMPLAINT)) from error


def _close(error: SPARQLWrapperException) -> None:
    """The wrapper leaves the response open that it read its error from."""
    if isinstance(error.__context__, urllib.error.HTTPError):
        error.__context__.close()


def _user_agent() -> str:
    return f"budgetkg/{importlib.metadata.version('budgetkg')} (SPARQL client)"


def _parsed_triples(body: bytes, media_type: str) -> Iterator[Triple]:
    kind = RdfFormat.from_media_type(media_type)
    if kind is None:
        raise ValueError(media_type)
    return (quad.triple for quad in pyoxigraph.parse(body, kind))


def _detail(error: SPARQLWrapperException) -> str:
    """The first words of what the endpoint says, without markup or line breaks."""
    answer = error.args[0] if error.args else ""
    text = on_one_line(str(answer).split("Response:")[-1]).removeprefix("b").strip("'\"")
    return f": {text[:160]}" if text and "<" not in text else ""


def _excerpt(body: bytes) -> str:
    text = on_one_line(body[:200].decode("utf-8", errors="replace"))
    return text[:60] if text else "empty"
