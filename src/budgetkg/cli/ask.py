"""query, questions and explain: asking a graph."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from budgetkg.cli.answers import FORMATS, TABLE, write_answer
from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson, by_ending, chosen, completing
from budgetkg.cli.terminal import complain, note, out, table, visible

if TYPE_CHECKING:
    from budgetkg.queries import Question
    from budgetkg.store import Store
    from budgetkg.store.results import Answer

Where = Annotated[Path | None, typer.Option("--store", help=say("opt-store"), metavar="DIR")]
_NAMED = ("district", "department", "theme", "year")
"""Parameters whose values are names in the graph, as the kinds of ``queries/pages/names.rq``."""

Endpoint = Annotated[str | None, typer.Option("--endpoint", help=say("opt-endpoint"), metavar="URL")]


def _names(incomplete: str) -> list[str]:
    """The stored questions whose names begin so, for the completion of a shell."""
    from budgetkg.queries import questions as stored

    return [item.slug for item in stored() if item.slug.startswith(incomplete)]


def _params(incomplete: str) -> list[str]:
    """The parameters that questions take, for the completion of a shell."""
    from budgetkg.queries import questions as stored

    names = {one.name for item in stored() for one in item.parameters}
    return [f"{name}=" for name in sorted(names) if name.startswith(incomplete)]


def query(
    name: Annotated[
        str,
        typer.Argument(help=say("arg-query"), metavar="NAME|SPARQL|FILE.rq|-", autocompletion=_names),
    ],
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help=say("opt-param"), autocompletion=_params)
    ] = None,
    store: Where = None,
    endpoint: Endpoint = None,
    timeout: Annotated[int, typer.Option("--timeout", min=1, help=say("opt-timeout"))] = 60,
    allow_service: Annotated[
        list[str] | None, typer.Option("--allow-service", help=say("opt-allow-service"), metavar="URL")
    ] = None,
    max_memory: Annotated[int, typer.Option("--max-memory", min=64, help=say("opt-query-memory"))] = 2048,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help=f"{say('opt-format')} {'|'.join(FORMATS)}",
            autocompletion=completing(*FORMATS),
        ),
    ] = None,
    as_json: AsJson = False,
    evidence: Annotated[bool, typer.Option("--evidence", help=say("opt-evidence"))] = False,
    excel: Annotated[bool, typer.Option("--excel", help=say("opt-excel"))] = False,
    target: Annotated[
        Path | None, typer.Option("--out", "-o", help=say("opt-query-out"), metavar="FILE")
    ] = None,
) -> None:
    """Answer a stored question or a query."""
    from budgetkg.store.results import Solutions

    wanted = by_ending(format, target, FORMATS, "csv" if excel else TABLE)
    format = "json" if as_json else chosen(wanted, FORMATS)
    given = dict(map(_parameter, param or ()))
    asked = _question(name)
    _hint(asked)
    source = _store(store, endpoint, timeout, frozenset(allow_service or ()), max_memory)
    try:
        answer = asked.ask(source, given, evidence=evidence)
        named = {name: value for name, value in given.items() if name in _NAMED}
        if named and isinstance(answer, Solutions) and not answer.rows:
            for line in _unknown(source, named):
                complain(line)
    finally:
        source.close()
    write_answer(answer, format, _nothing(given, asked), target, excel=excel, stored=bool(asked.columns))
    _note_cut(answer, asked, given)


def questions(as_json: AsJson = False) -> None:
    """List the stored questions."""
    from budgetkg.queries import questions as stored

    if as_json:
        import json
        from dataclasses import asdict

        out(json.dumps([asdict(question) for question in stored()], ensure_ascii=False, indent=1))
        return
    rows = [
        [item.slug, item.summary_zh if language() == "zh" else item.summary, _parameters(item)]
        for item in stored()
    ]
    table([say("name"), say("question"), say("parameters")], rows)


def explain(
    thing: Annotated[str, typer.Argument(help=say("arg-thing"), metavar="IRI|LABEL")],
    store: Where = None,
    endpoint: Endpoint = None,
    as_json: AsJson = False,
) -> None:
    """What the graph says of a thing, and where it stands."""
    from budgetkg.cli.explanations import explanation_json, show
    from budgetkg.store.explain import explain as explained

    source = _store(store, endpoint, 60)
    try:
        explanation = explained(source, thing)
    finally:
        source.close()
    if as_json:
        out(explanation_json(explanation))
    else:
        show(thing, explanation)
    if explanation.iri is None:
        raise typer.Exit(1)


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(say("bad-param", text=text))
    return name, value


def _parameters(item: Question) -> str:
    shown = (
        f"{parameter.name}={'…' if parameter.default is None else parameter.default}"
        for parameter in item.parameters
        if not parameter.optional
    )
    choosing = [f"[{parameter.name}=…]" for parameter in item.parameters if parameter.optional]
    return ", ".join((*shown, *choosing))


def _question(name: str) -> Question:
    """A stored question by its name, else a query: written out, from a file or from standard input."""
    from budgetkg.queries import question, read_question

    if name == "-":
        return read_question("-", sys.stdin.read())
    if "{" in name:  # no name of a question or file that anybody would type has one; every query has
        return read_question("-", name)
    path = Path(name)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        return read_question(path.stem, path.read_text(encoding="utf-8-sig"))
    return question(name)


def _hint(asked: Question) -> None:
    """Say which of our words a query misspells: the graph can only answer that with nothing."""
    from budgetkg.terms import unknown_terms

    for message in () if asked.columns else unknown_terms(asked.text):
        complain(message.said(language()))


def _store(
    store: Path | None,
    endpoint: str | None,
    timeout: int,
    services: frozenset[str] = frozenset(),
    max_memory: int = 2048,
) -> Store:
    if store is not None and endpoint is not None:
        raise typer.BadParameter(say("one-store"))
    if endpoint is not None:
        from budgetkg.store.remote import connect

        return connect(endpoint, timeout, services)
    if store is None:
        raise typer.BadParameter(say("need-store"))
    from budgetkg.store.generations import open_bounded
    from budgetkg.store.worker import Limits

    return open_bounded(store, Limits(timeout, max_memory), services)[1]


def _unknown(source: Store, named: Mapping[str, str]) -> list[str]:
    """Of each thing that was asked for by a name that nothing has: which names there are."""
    from budgetkg.errors import QueryError, choices
    from budgetkg.queries import page_queries
    from budgetkg.store.results import Solutions

    try:
        names = next(item for item in page_queries() if item.slug == "names").ask(source)
    except QueryError:  # the question is answered; this would only have been of help
        return []
    known: dict[str, set[str]] = {}
    for kind, label, *_ in names.rows if isinstance(names, Solutions) else ():
        known.setdefault(getattr(kind, "value", ""), set()).add(getattr(label, "value", ""))
    return [
        say("none-of-that-name", name=visible(name), value=visible(value),
            choices=choices(value, known[name]).said(language()))
        for name, value in named.items()
        if name in known and not any(value in label for label in known[name])
    ]  # fmt: skip


def _note_cut(answer: Answer, asked: Question, given: Mapping[str, str]) -> None:
    """Say that there may be more rows, where an answer has as many as it may and nobody said how many."""
    if asked.limit is None or asked.limit in given:
        return
    most = next((item.default for item in asked.parameters if item.name == asked.limit), None)
    if most is not None and len(getattr(answer, "rows", ())) >= int(most):
        note(say("rows-cut", name=asked.limit, most=most))


def _nothing(given: Mapping[str, str], asked: Question) -> str:
    """The line for an answer without rows; it repeats the values asked for, so that a wrong one is seen."""
    values = {item.name: item.default for item in asked.parameters if not item.optional} | dict(given)
    shown = ", ".join(f"{name}={value}" for name, value in values.items() if name != asked.limit)
    return visible(say("no-rows-for", values=shown)) if shown else say("no-rows")
