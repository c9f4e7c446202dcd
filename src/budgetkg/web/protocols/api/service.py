"""``/api/questions``: the stored questions, and the answer to each, page by page."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from budgetkg.endpoint.protocol import Refusal, status_of
from budgetkg.errors import BudgetkgError, UnknownName, choices
from budgetkg.queries import Question, question, questions
from budgetkg.store.results import Solutions
from budgetkg.web.asking import Site
from budgetkg.web.protocols.api.cells import cell
from budgetkg.web.protocols.api.description import described, openapi
from budgetkg.web.protocols.api.limits import (
    LARGEST_NUMBER,
    LARGEST_PAGE,
    OF_PAGING,
    USUAL_PAGE,
)
from budgetkg.web.protocols.where import address_of
from budgetkg.web.strangers import open_parameters

_CORS = {"access-control-allow-origin": "*"}
_THE_CALLERS_FAULT = frozenset({"parameter-value", "parameter-required", "parameter-unknown", "no-parameter"})
Json: TypeAlias = dict[str, Any]
Answer: TypeAlias = Callable[[Request], Awaitable[Response]]


def routes(site: Site) -> list[BaseRoute]:
    """The description, the list of questions, and each question."""
    api = Api(site)
    return [
        Route("/openapi.json", api.answering(api.description)),
        Route("/api/questions", api.answering(api.listed)),
        Route("/api/questions/{slug}", api.answering(api.asked)),
    ]


class Api:
    """What the addresses answer."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def answering(self, answer: Answer) -> Answer:
        """An answer, or an error as JSON with a code that stays the same."""

        async def respond(request: Request) -> Response:
            try:
                response = await answer(request)
            except BudgetkgError as error:
                response = _error(error)
            response.headers.update(_CORS)
            return response

        return respond

    async def description(self, request: Request) -> Response:
        """The OpenAPI document."""
        return JSONResponse(openapi(address_of(self._site, request, "").rstrip("/")))

    async def listed(self, request: Request) -> Response:
        """Every question with its parameters."""
        page, size = _paging(request.query_params)
        _only(request.query_params, OF_PAGING, "questions")
        found = [described(one) for one in questions()]
        for one in found:
            one["answer"] = address_of(self._site, request, f"api/questions/{one['slug']}")
        return JSONResponse(
            {"questions": found[(page - 1) * size : page * size], **_said(page, size, len(found))}
        )

    async def asked(self, request: Request) -> Response:
        """The answer to a question."""
        asked = question(request.path_params["slug"])
        page, size = _paging(request.query_params)
        evidence = _truth(request.query_params.get("evidence", "false"))
        known = tuple(parameter.name for parameter in open_parameters(asked))
        _only(
            request.query_params, (*OF_PAGING, *(("evidence",) if asked.subjects else ()), *known), asked.slug
        )
        given = {name: request.query_params[name] for name in known if name in request.query_params}
        tag = self._tag(request)
        headers = {"etag": tag} if tag else {}
        if tag and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        answer = await self._answer(asked, given, evidence)
        rows = answer.rows[(page - 1) * size : page * size]
        told: Json = {
            "question": asked.slug,
            "columns": list(answer.variables),
            "rows": [dict(zip(answer.variables, map(cell, row), strict=True)) for row in rows],
            **_said(page, size, len(answer.rows)),
        }
        if page * size < len(answer.rows):
            fields = [*request.query_params.items()]
            fields = [(name, value) for name, value in fields if name != "page"] + [("page", str(page + 1))]
            told["next"] = (
                f"{address_of(self._site, request, f'api/questions/{asked.slug}')}?{urlencode(fields)}"
            )
        return JSONResponse(told, headers=headers)

    async def _answer(self, asked: Question, given: dict[str, str], evidence: bool) -> Solutions:
        if not evidence:
            return await self._site.question(asked, given)
        answer = await self._site.asking(lambda store: asked.ask(store, given, evidence=True))
        if not isinstance(answer, Solutions):
            raise Refusal(500, "rows-only")
        return answer

    def _tag(self, request: Request) -> str:
        if not self._site.version:
            return ""
        asked = f"{request.path_params['slug']}?{request.url.query}"
        return f'"{self._site.version}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"'


def _said(page: int, size: int, total: int) -> Json:
    return {"page": page, "per_page": size, "total": total}


def _paging(fields: QueryParams) -> tuple[int, int]:
    return (
        _number(fields, "page", 1, LARGEST_NUMBER),
        _number(fields, "per_page", USUAL_PAGE, LARGEST_PAGE),
    )


def _number(fields: QueryParams, name: str, usual: int, largest: int) -> int:
    text = fields.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= largest):
        raise Refusal(400, "api-number", name=name, value=text[:40], most=largest)
    return int(text)


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise Refusal(400, "api-truth", value=text[:40])
    return text == "true"


def _only(fields: QueryParams, known: tuple[str, ...], slug: str) -> None:
    """Refuse what no question has: a parameter misspelt would be an answer to something else."""
    for name in fields:
        if name not in known:
            raise Refusal(400, "no-parameter", slug=slug, name=name[:80], choices=choices(name, known))
        if len(fields.getlist(name)) > 1 or "\0" in fields[name]:
            raise Refusal(400, "api-twice", name=name)


def _error(error: BudgetkgError) -> Response:
    status = status_of(error)
    if error.code in _THE_CALLERS_FAULT:
        status = 400
    elif isinstance(error, UnknownName):
        status = 404
    told = {"code": error.code, "message": error.said("en"), "message_zh": error.said("zh")}
    return JSONResponse({"error": told}, status, {"retry-after": "5"} if status == 503 else None)
