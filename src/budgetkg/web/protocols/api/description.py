"""The API in OpenAPI's words, made of the questions' headers: a new question is described by its file."""

from __future__ import annotations

from typing import Any, TypeAlias

from budgetkg.codelists import concepts
from budgetkg.formats import LICENSE
from budgetkg.parameters import EVERY, Parameter
from budgetkg.queries import Question, questions
from budgetkg.web.protocols.api.limits import LARGEST_NUMBER, LARGEST_PAGE, USUAL_PAGE
from budgetkg.web.strangers import open_parameters

Json: TypeAlias = dict[str, Any]
_JSON = "application/json"
_SCHEMAS = "#/components/schemas/"
_KINDS: dict[str, Json] = {
    "integer": {"type": "string", "pattern": "^[+-]?[0-9]{1,18}$"},
    "decimal": {"type": "string", "pattern": r"^[+-]?[0-9]{1,18}(\.[0-9]{1,18})?$"},
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
}
_TEXT: Json = {"type": "string", "pattern": "^[^\\u0000]*$"}
"""No text of a store holds a NUL."""
_CELL = {"type": ["string", "integer", "boolean", "null"]}
_REFUSALS = {
    "400": "A parameter that the question hasn't, or a value that it can't take.",
    "404": "No such question.",
    "503": "The query took too long or too much, or every process is busy.",
}


def described(question: Question) -> Json:
    """A question with its parameters, for the list."""
    return {
        "slug": question.slug,
        "summary": question.summary,
        "summary_zh": question.summary_zh,
        "columns": list(question.columns),
        "parameters": [_listed(parameter) for parameter in open_parameters(question)],
        "evidence": bool(question.subjects),
    }


def _listed(parameter: Parameter) -> Json:
    return {
        "name": parameter.name, "kind": parameter.kind, "default": parameter.default,
        "required": _is_required(parameter), "summary": parameter.summary,
        "summary_zh": parameter.summary_zh,
    }  # fmt: skip


def _is_required(parameter: Parameter) -> bool:
    return parameter.default is None and not parameter.optional


def openapi(address: str) -> Json:
    """The whole description; ``address`` is where the site is."""
    paths: Json = {
        "/api/questions": {"get": _operation("questions", "The stored questions", [], "Questions")}
    }
    for question in questions():
        given = [_parameter(parameter) for parameter in open_parameters(question)]
        if question.subjects:
            given.append(
                _query("evidence", {"type": "boolean"}, "Where each row is printed, once for each place")
            )
        operation = _operation(question.slug, question.summary, given, "Answer")
        operation["description"] = question.summary_zh
        paths[f"/api/questions/{question.slug}"] = {"get": operation}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "budgetkg",
            "version": "1",
            "summary": "Stored questions to a graph of performance budgets",
            "license": {"name": "CC BY 4.0", "url": LICENSE},
        },
        "servers": [{"url": address}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _parameter(parameter: Parameter) -> Json:
    schema = (
        {"$ref": f"{_SCHEMAS}Theme"} if parameter.kind == "theme" else dict(_KINDS.get(parameter.kind, _TEXT))
    )
    if parameter.default is not None:
        schema["default"] = parameter.default
    found = _query(parameter.name, schema, f"{parameter.summary} {parameter.summary_zh}")
    return found | {"required": True} if _is_required(parameter) else found


def _query(name: str, schema: Json, words: str) -> Json:
    return {"name": name, "in": "query", "schema": schema, "description": words}


def _operation(name: str, summary: str, given: list[Json], answer: str) -> Json:
    page = {"type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER, "default": 1}
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE}
    paging = [_query("page", page, "Which page, from 1"), _query("per_page", size, "Rows of a page")]
    answers: Json = {"200": {"description": "The answer", "content": _content(answer)}}
    for status, words in _REFUSALS.items():
        answers[status] = {"description": words, "content": _content("Error")}
    return {"operationId": name, "summary": summary, "parameters": [*given, *paging], "responses": answers}


def _content(schema: str) -> Json:
    return {_JSON: {"schema": {"$ref": f"{_SCHEMAS}{schema}"}}}


def _schemas() -> Json:
    number, text = {"type": "integer", "minimum": 0}, {"type": "string"}
    paging = {"page": number, "per_page": number, "total": number}
    error = {"code": text, "message": text, "message_zh": text}
    return {
        "Answer": _object(
            {
                "question": text,
                "columns": {"type": "array", "items": text},
                "rows": {"type": "array", "items": {"type": "object", "additionalProperties": _CELL}},
                **paging,
            },
            next={"type": "string", "format": "uri", "description": "The next page"},
        ),
        "Questions": _object({"questions": {"type": "array", "items": {"type": "object"}}, **paging}),
        "Error": _object({"error": _object(error)}),
        "Theme": {"type": "string", "enum": _themes(), "description": "A theme, by its label or its code"},
    }


def _themes() -> list[str]:
    """What a theme may be called; 全部 and ``all`` stand for every one."""
    names = (name for theme in concepts("theme") for name in (theme.notation, theme.zh, theme.en))
    return [*EVERY, *dict.fromkeys(names)]


def _object(fields: Json, **more: Json) -> Json:
    return {"type": "object", "required": list(fields), "properties": fields | more}
