"""The application that the commands register with."""

from __future__ import annotations

from typing import Annotated

import typer

from budgetkg.cli import (
    ask,
    check,
    collect,
    drafts,
    editions,
    findings,
    link,
    publish,
    read,
    report,
    schema,
    serve,
    target,
    write,
)
from budgetkg.cli.messages import say

app = typer.Typer(
    name="budgetkg",
    help=say("app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("parse", help=say("parse"))(read.parse)
app.command("schema", help=say("schema"))(schema.schema)
app.command("new-layout", help=say("new-layout"))(drafts.new_layout)
app.command("collect", help=say("collect"))(collect.collect)
app.command("build", help=say("build"))(read.build)
app.command("remove", help=say("remove"))(write.remove)
app.command("diff", help=say("diff"))(editions.diff)
app.command("pin", help=say("pin"))(editions.pin)
app.command("validate", help=say("validate"))(check.validate)
app.command("target", help=say("target"))(target.target)
app.command("findings", help=say("findings"))(findings.findings)
app.command("query", help=say("query"))(ask.query)
app.command("questions", help=say("questions"))(ask.questions)
app.command("explain", help=say("explain"))(ask.explain)
app.command("export", help=say("export"))(write.export)
app.command("match", help=say("match"))(link.match)
app.command("catalog", help=say("catalog"))(publish.catalog)
app.command("report", help=say("report"))(report.report)
app.command("link", help=say("link"))(link.link)
app.command("merge", help=say("merge"))(link.merge)
app.command("serve", help=say("serve"))(serve.serve)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"budgetkg {version('budgetkg')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=say("opt-version"))
    ] = False,
) -> None:
    """What goes before any command."""
