"""Requests of the SPARQL 1.1 Protocol: what is asked, and in which form the answer is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

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
}
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_MOST_FIELDS = 1000
_FORBIDDEN = frozenset({"update-refused", "service-refused", "service-unclear"})
_THE_QUERYS_FAULT = frozenset({"query-malformed", "no-query", "query-too-deep"})


@dataclass(frozen=True, slots=True)
class Request:
    """What of an HTTP request counts here; names of headers are in lower case."""

    method: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""


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
    return Asked(text, union, tuple(default), tuple(named), rows, triples)


def accepted(header: str, formats: Sequence[str] = ()) -> tuple[str, str]:
    """The media types for rows and for triples that a client likes best; "" for none that it takes."""
    if formats:
        both = [
            [kind for kind, short in offered.items() if short == formats[0]] for offered in (ROWS, TRIPLES)
        ]
        if not any(both):
            raise Refusal(406, "not-acceptable", accept=formats[0][:80])
        return (both[0] or [""])[0], (both[1] or [""])[0]
    wishes = _wishes(header)
    rows, triples = (_best(wishes, offered) for offered in (ROWS, TRIPLES))
    if not rows and not triples:
        raise Refusal(406, "not-acceptable", accept=header[:80])
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
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        fields = _parsed(request.query)
        if request.method in ("GET", "HEAD"):
            return fields
        if request.method != "POST":
            raise Refusal(405, "method-refused", method=request.method[:20])
        body = request.body.decode("utf-8")
        if kind == _QUERY:
            return {**fields, "query": [body]}
        if kind == _FORM:
            return _parsed(body)
    except ValueError as error:
        raise Refusal(400, "query-malformed", error=error) from error
    raise Refusal(415, "media-type-refused", kind=Message("text", text=kind[:80] or "-"))


def _parsed(text: str) -> dict[str, list[str]]:
    return parse_qs(
        text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
    )


def _wishes(header: str) -> list[tuple[float, int, str]]:
    """The media ranges of an Accept header, the most wanted first."""
    wishes = []
    for place, part in enumerate(header.split(",")[:100]):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        if len(weight) <= 5 and weight.replace(".", "", 1).isdecimal() and float(weight) > 0:
            wishes.append((-float(weight), place, kind))
    return sorted(wishes) or [(0, 0, "*/*")]


def _best(wishes: Sequence[tuple[float, int, str]], offered: Mapping[str, str]) -> str:
    for _, _, kind in wishes:
        for offer in offered:
            if kind in (offer, "*/*") or (kind.endswith("/*") and offer.startswith(kind[:-1])):
                return offer
    return ""
