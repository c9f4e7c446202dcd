"""schema: the classes and properties that a query may name; also the JSON Schema of what parse writes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from budgetkg.cli.messages import language, say
from budgetkg.cli.options import AsJson
from budgetkg.cli.terminal import note, out, paragraph, print_json, table

if TYPE_CHECKING:
    from budgetkg.terms import Term

_RECORDS = "records"
_MOST_EXAMPLES = 5


def _names(incomplete: str) -> list[str]:
    """The terms whose names begin so, for the completion of a shell."""
    from budgetkg.terms import terms

    return [item.name for item in terms() if item.name.startswith(incomplete)]


def schema(
    name: Annotated[
        str | None, typer.Argument(help=say("arg-schema"), metavar="TERM", autocompletion=_names)
    ] = None,
    records: Annotated[bool, typer.Option("--records", help=say("opt-records"))] = False,
    as_json: AsJson = False,
) -> None:
    """List the classes and properties, or show one of them with examples."""
    import json

    from budgetkg.schema_json import json_schema
    from budgetkg.terms import term, terms

    if records or name == _RECORDS:  # `schema records` is what it was called before
        out(json.dumps(json_schema(_RECORDS), ensure_ascii=False, indent=2))
    elif name is not None:
        _one(term(name), as_json)
    elif as_json:
        print_json([asdict(item) for item in terms()])
    else:
        _all(terms())


def _all(terms: tuple[Term, ...]) -> None:
    for kind in ("class", "property"):
        columns = [say(kind), say("name"), say("of-class"), say("gives")]
        used = len(columns) if kind == "property" else 2
        rows = [
            [item.name, item.label(language()), ", ".join(item.of), ", ".join(item.gives)][:used]
            for item in terms
            if item.kind == kind
        ]
        table(columns[:used], rows)
        out()
    note(say("schema-more"))


def _one(item: Term, as_json: bool) -> None:
    from budgetkg.queries import question

    if as_json:
        print_json(asdict(item))
        return
    out(f"{item.name}  {item.label(language())} ({say(item.kind)})")
    if item.definition(language()):
        paragraph(item.definition(language()))
    for key, names in (("of-class", item.of), ("gives", item.gives), ("within", item.within)):
        if names:
            out(f"{say(key)}: {', '.join(names)}")
    out()
    out(f"{say('examples')}:")
    pattern = f"?thing a {item.name}" if item.kind == "class" else f"?thing {item.name} ?value"
    out(f"  {say('schema-example', pattern=pattern)}")
    for slug in item.questions[:_MOST_EXAMPLES]:
        stored = question(slug)
        out(f"  budgetkg query {slug} --store DIR")
        paragraph(stored.summary_zh if language() == "zh" else stored.summary, indent=4)
