"""The application that the commands register with."""

from __future__ import annotations

from typing import Annotated

import typer

from budgetkg.cli import (
    ask,
    assistant,
    check,
    collect,
    correct,
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
    whole,
    write,
)
from budgetkg.cli.frame import Command, Group
from budgetkg.cli.messages import say

app = typer.Typer(
    cls=Group,
    name="budgetkg",
    help=say("app"),
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("parse", help=say("parse"), cls=Command)(read.parse)
app.command("schema", help=say("schema"), cls=Command)(schema.schema)
app.command("new-layout", help=say("new-layout"), cls=Command)(drafts.new_layout)
app.command("collect", help=say("collect"), cls=Command)(collect.collect)
app.command("build", help=say("build"), cls=Command)(read.build)
app.command("remove", help=say("remove"), cls=Command)(write.remove)
app.command("diff", help=say("diff"), cls=Command)(editions.diff)
app.command("pin", help=say("pin"), cls=Command)(editions.pin)
app.command("validate", help=say("validate"), cls=Command)(check.validate)
app.command("check", help=say("check"), cls=Command)(whole.check)
app.command("target", help=say("target"), cls=Command)(target.target)
app.command("findings", help=say("findings"), cls=Command)(findings.findings)
app.command("correct", help=say("correct"), cls=Command)(correct.correct)
app.command("query", help=say("query"), cls=Command)(ask.query)
app.command("questions", help=say("questions"), cls=Command)(ask.questions)
app.command("explain", help=say("explain"), cls=Command)(ask.explain)
app.command("export", help=say("export"), cls=Command)(write.export)
app.command("match", help=say("match"), cls=Command)(link.match)
app.command("catalog", help=say("catalog"), cls=Command)(publish.catalog)
app.command("report", help=say("report"), cls=Command)(report.report)
app.command("link", help=say("link"), cls=Command)(link.link)
app.command("merge", help=say("merge"), cls=Command)(link.merge)
app.command("serve", help=say("serve"), cls=Command)(serve.serve)
app.command("publish", help=say("publish"), cls=Command)(serve.publish)
app.command("mcp", help=say("mcp"), cls=Command)(assistant.mcp)


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
