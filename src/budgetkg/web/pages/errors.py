"""What a reader sees instead of a page: one sentence, in HTML for browsers, plain for programs."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from budgetkg.endpoint.protocol import status_of
from budgetkg.errors import BudgetkgError, UnknownName
from budgetkg.messages import said
from budgetkg.web.pages.answering import respond, view_of
from budgetkg.web.pages.view import Page

_log = logging.getLogger("budgetkg.web")
_THE_READERS_FAULT = frozenset(
    {"parameter-value", "parameter-required", "parameter-unknown", "no-parameter", "no-theme"}
)


async def error_page(request: Request, error: Exception) -> Response:
    """The answer to a request that can't be answered."""
    view = view_of(request)
    status, text = told(error, view.language)
    if status == 500:
        _log.error("500 %s", request.url.path, exc_info=error)
    # A refused method says which are answered (Allow), as RFC 9110 has it.
    more = dict(getattr(error, "headers", None) or {}) | ({"retry-after": "5"} if status == 503 else {})
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(f"{text}\n", status, more)
    page = Page("error.html", {"status": status, "sentence": text or view.say("error.unknown")}, status)
    response = respond(page, view)
    response.headers.update(more)
    return response


def told(error: Exception, language: str) -> tuple[int, str]:
    """The status and the sentence of an error."""
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail)
    if not isinstance(error, BudgetkgError):
        return 500, "Internal Server Error"
    text = said(error.message, language)
    if error.code in _THE_READERS_FAULT:
        return 400, text
    return (404 if isinstance(error, UnknownName) else status_of(error)), text
