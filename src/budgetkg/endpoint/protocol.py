"""Requests of the SPARQL 1.1 Protocol: what is asked, and in which form the answer is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from budgetkg.endpoint.negotiation import best
from budgetkg.errors import BudgetkgError, QueryError, QueryTimeout
from budgetkg.messages import Message
from budgetkg.store.bounded import refuse_reaching_out
from budgetkg.store.querytext import has_dataset_clause, query_form
from budgetkg.store.worker import Asked

ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
}
TRIPLES = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "text/n3": "turtle",
}
NAMES = {
    "srj": "json", "srx": "xml", "ttl": "turtle", "n3": "turtle", "nt": "ntriples", "n-triples": "ntriples",
    "rdf": "rdfxml", "rdf+xml": "rdfxml", "json-ld": "jsonld",
}  # fmt: skip
"""Other names of forms by which clients ask (``?format=``)."""
_ALSO = {"json": "jsonld", "xml": "rdfxml"}
"""What triples are written as where the form of rows is named: clients name it before they know."""
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_UTF8 = ("", "utf-8", "utf8", "us-ascii")
_MOST_FIELDS = 1000
_FORBIDDEN = frozenset({"update-refused", "service-refused", "service-unclear"})
_THE_QUERYS_FAULT = frozenset({"query-malformed", "no-query", "query-too-deep", "endpoint-says"})
"""Of these an endpoint of others says only of a query that it calls malformed."""


@dataclass(frozen=True, slots=True)
class Request:
    """What of an HTTP request counts here; names of headers are in lower case."""

    method: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""
    address: str = ""
    """Where it was asked: relative IRIs of the query are relative to it."""


class Refusal(BudgetkgError):
    """A request that is answered by a status and one line."""

    def __init__(self, status: int, code: str, /, **params: object) -> None:
        super().__init__(code, **params)
        self.status = status


def read(request: Request) -> Asked:
    """What a request asks; raises Refusal or QueryError."""
    fields = _fields(request)
    if "update" in fields:
        raise Refusal(403, "update-refused", form="update")
    texts = fields.get("query", [])
    if len(texts) != 1:
        raise Refusal(400, "no-query")
    text = texts[0]
    query_form(text)
    refuse_reaching_out(text, frozenset())
    rows, triples = accepted(request.headers.get("accept", "*/*"), fields.get("format", []))
    default, named = fields.get("default-graph-uri", []), fields.get("named-graph-uri", [])
    union = not (has_dataset_clause(text) or default or named)
    return Asked(text, union, tuple(default), tuple(named), rows, triples, request.address)


def is_asked(request: Request) -> bool:
    """Whether a request asks anything, or only what is here."""
    return request.method not in ("GET", "HEAD") or bool({"query", "update"} & set(_fields(request)))


def accepted(header: str, formats: Sequence[str] = ()) -> tuple[str, str]:
    """The media types for rows and for triples that a client likes best; "" for none that it takes."""
    if formats and formats[0]:
        rows, triples = _named(formats[0].lower())
    else:
        rows, triples = best(header, ROWS), best(header, TRIPLES)
    if not rows and not triples:
        raise Refusal(406, "not-acceptable", accept=(formats[0] if formats else header)[:80])
    return rows, triples


def _named(name: str) -> tuple[str, str]:
    """The media types of a form's name or of a media type."""
    if name in ROWS or name in TRIPLES:
        return (name if name in ROWS else ""), (name if name in TRIPLES else "")
    short = NAMES.get(name, name)
    rows = next((kind for kind, known in ROWS.items() if known == short), "")
    triples = next((kind for kind, known in TRIPLES.items() if known == _ALSO.get(short, short)), "")
    return rows, triples


def status_of(error: BudgetkgError) -> int:
    """The status of HTTP that says what went wrong."""
    if isinstance(error, Refusal):
        return error.status
    if isinstance(error, QueryTimeout) or not isinstance(error, QueryError):
        return 503
    if error.code in _FORBIDDEN:
        return 403
    if error.code in _THE_QUERYS_FAULT:
        return 400
    return 500 if error.code == "query-failed" else 503


def _fields(request: Request) -> dict[str, list[str]]:
    """The fields of the address and of the body; what both say counts twice."""
    kind, _, rest = request.headers.get("content-type", "").lower().partition(";")
    kind, charset = kind.strip(), rest.partition("charset=")[2].strip().strip('"')
    try:
        fields = _parsed(request.query)
        if request.method in ("GET", "HEAD"):
            return fields
        if request.method != "POST":
            raise Refusal(405, "method-refused", method=request.method[:20])
        if kind == _UPDATE:
            raise Refusal(403, "update-refused", form="update")
        if charset not in _UTF8 or kind not in (_QUERY, _FORM):
            written = f"{kind}; charset={charset}" if charset else kind
            raise Refusal(415, "media-type-refused", kind=Message("text", text=written[:80] or "-"))
        body = request.body.decode("utf-8")
        more = {"query": [body]} if kind == _QUERY else _parsed(body)
        return {name: [*fields.get(name, []), *more.get(name, [])] for name in {**fields, **more}}
    except ValueError as error:
        raise Refusal(400, "query-malformed", error=error) from error


def _parsed(text: str) -> dict[str, list[str]]:
    return parse_qs(
        text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
    )
