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

from budgetkg.errors import EndpointBusy, QueryError, StoreError
from budgetkg.resources import internal_query
from budgetkg.store.querytext import bound, has_dataset_clause, prologue, query_form
from budgetkg.store.results import Answer, Solutions, Substitutions, solutions, triples
from budgetkg.vocab import PREFIXES, XSD

TIMEOUT_SECONDS = 60
LARGEST_ANSWER = 256 * 1024 * 1024
_BUSY = frozenset({429, 502, 503, 504})

_MEANINGS: tuple[tuple[type[SPARQLWrapperException], str], ...] = (
    (QueryBadFormed, "the endpoint calls the query malformed (HTTP 400)"),
    (EndPointNotFound, "no endpoint there (HTTP 404)"),
    (Unauthorized, "the endpoint wants a login (HTTP 401)"),
    (URITooLong, "the query is too long for the endpoint (HTTP 414)"),
    (EndPointInternalError, "the endpoint failed (HTTP 500)"),
)
_ERRORS = {
    400: QueryBadFormed,
    401: Unauthorized,
    404: EndPointNotFound,
    414: URITooLong,
    500: EndPointInternalError,
}
_LONGEST_COMPLAINT = 10_000
_TRUE, _FALSE = (Literal(value, datatype=XSD.boolean) for value in ("true", "false"))
_STATUS = {
    403: "the endpoint refuses (HTTP 403)",
    429: "the endpoint is asked too often, try later (HTTP 429)",
    502: "the endpoint is out of reach behind its gateway (HTTP 502)",
    503: "the endpoint is busy or down (HTTP 503)",
    504: "the endpoint took too long (HTTP 504)",
}


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
            raise StoreError(f"{url}: not the address of an endpoint (http:// or https://)")
        self._url = url
        self._timeout = timeout
        self._services = services
        self._default_graphs = default_graphs

    def query(self, text: str, substitutions: Substitutions | None = None) -> Answer:
        """Answer a query; updates and any SERVICE that isn't allowed are refused before anything is sent."""
        form = query_form(text, self._services)
        text = prologue(text, PREFIXES) + bound(text, substitutions or {})
        with self._explained():
            body, media_type = self._fetch(text, form)
        return self._read(body, media_type, form)

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        found = self.query(internal_query("graphs"))
        if not isinstance(found, Solutions):
            raise StoreError(f"{self._url}: no list of graphs")
        return tuple(sorted(row[0].value for row in found.rows if isinstance(row[0], NamedNode)))

    def close(self) -> None:
        """Nothing is held between two queries."""

    def _fetch(self, text: str, form: str) -> tuple[bytes, str]:
        wrapper = _Client(self._url, agent=_user_agent())
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self._timeout)
        wrapper.setQuery(text)
        for graph in () if has_dataset_clause(text) else self._default_graphs:
            wrapper.addDefaultGraph(graph)
            wrapper.addNamedGraph(graph)  # once a default graph is named, no other graph is there
        wrapper.queryType = form
        wrapper.setReturnFormat(JSON if form in ("SELECT", "ASK") else TURTLE)
        response = wrapper.query().response
        try:
            return self._body(response), response.headers.get_content_type()
        finally:
            response.close()

    def _body(self, response: Any) -> bytes:
        """The whole answer; with a length announced, one that breaks off is told from a short one."""
        size = response.length
        body = b""
        if size is None or size <= LARGEST_ANSWER:
            body = response.read() if size is not None else response.read(LARGEST_ANSWER + 1)
        if max(size or 0, len(body)) > LARGEST_ANSWER:
            raise StoreError(f"{self._url}: the answer is larger than {LARGEST_ANSWER >> 20} MiB")
        return bytes(body)

    def _read(self, body: bytes, media_type: str, form: str) -> Answer:
        try:
            if form in ("CONSTRUCT", "DESCRIBE"):
                return triples(_parsed_triples(body, media_type))
            kind = QueryResultsFormat.from_media_type(media_type) or QueryResultsFormat.JSON
            found = pyoxigraph.parse_query_results(body, kind)
            if isinstance(found, QueryBoolean) and form == "ASK":
                return bool(found)
            if isinstance(found, QuerySolutions) and form == "SELECT":
                return solutions(found)
        except (SyntaxError, ValueError, OSError) as error:
            reason = f"the answer is no query result ({media_type}: {_excerpt(body)})"
            raise StoreError(f"{self._url}: {reason}") from error
        raise StoreError(f"{self._url}: the answer is not what the query asks for")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn whatever goes wrong on the way into one line that names the endpoint."""
        try:
            yield
        except QueryBadFormed as error:
            _close(error)
            raise QueryError(f"{self._url}: {_MEANINGS[0][1]}{_detail(error)}") from error
        except SPARQLWrapperException as error:
            _close(error)
            meaning = next((words for kind, words in _MEANINGS if isinstance(error, kind)), "no answer")
            raise StoreError(f"{self._url}: {meaning}{_detail(error)}") from error
        except urllib.error.HTTPError as error:
            error.close()
            meaning = _STATUS.get(error.code, f"the endpoint answers HTTP {error.code}")
            kind = EndpointBusy if error.code in _BUSY else StoreError
            raise kind(f"{self._url}: {meaning}") from error
        except TimeoutError as error:
            raise EndpointBusy(f"{self._url}: no answer within {self._timeout} s") from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise EndpointBusy(f"{self._url}: no answer within {self._timeout} s") from error
            raise StoreError(f"{self._url}: out of reach ({error.reason})") from error
        except (http.client.HTTPException, OSError) as error:
            raise StoreError(f"{self._url}: the connection broke ({type(error).__name__})") from error


def connect(
    url: str, timeout: int = TIMEOUT_SECONDS, services: frozenset[str] = frozenset()
) -> RemoteStore:
    """An endpoint that holds a graph of ours, however it makes its default graph.

    Stored questions ask the default graph. Some endpoints make it the union of their named graphs;
    where it holds no document and named graphs do, each query is sent with all of them as its
    default graph (``default-graph-uri``, SPARQL 1.1 Protocol, 2.1.4).
    """
    store = RemoteStore(url, timeout, services)
    found = store.query(internal_query("default-graph"))
    if isinstance(found, Solutions) and found.rows == ((_FALSE, _TRUE),):
        return RemoteStore(url, timeout, services, store.graphs())
    return store


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows an endpoint to another path, never to another host: that may be one behind our walls."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """The request that a redirect asks for, on the same host."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise StoreError(f"{req.full_url}: redirects to {newurl}, another host, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Client(SPARQLWrapper):
    """The wrapper with an opener of ours: its own follows any redirect."""

    def _query(self) -> tuple[Any, Any]:
        opener = urllib.request.build_opener(_SameHost)
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
    said = error.args[0] if error.args else ""
    text = " ".join(str(said).split("Response:")[-1].split()).removeprefix("b").strip("'\"")
    return f": {text[:160]}" if text and "<" not in text else ""


def _excerpt(body: bytes) -> str:
    text = " ".join(body[:200].decode("utf-8", errors="replace").split())
    return text[:60] if text else "empty"
