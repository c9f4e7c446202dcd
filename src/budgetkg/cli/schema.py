"""schema: what the JSON that parse writes looks like."""

from __future__ import annotations

from typing import Annotated

import typer

from budgetkg.cli.messages import say
from budgetkg.cli.terminal import out


def schema(
    name: Annotated[str, typer.Argument(help=say("arg-schema"), metavar="NAME")] = "records",
) -> None:
    """Print a JSON Schema."""
    import json

    from budgetkg.schema_json import json_schema

    out(json.dumps(json_schema(name), ensure_ascii=False, indent=2))
