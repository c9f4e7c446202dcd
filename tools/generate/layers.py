"""The layers of the package: said here, held by tests/test_architecture.py, shown in CONTRIBUTING.md."""

from __future__ import annotations

import re
from pathlib import Path

LAYERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "messages",
            "errors",
            "findings",
            "resources",
            "formats",
            "late",
            "regular",
            "vocab",
            "borrowed",
            "text",
            "processes",
        ),
        "",
    ),
    (("records", "values", "codelists", "divisions", "gazetteer", "origins", "sheets", "headings"), ""),
    (("reading",), "bytes → pages → lines and cells with positions"),
    (("forms",), "→ records"),
    (("mapping",), "records → quads"),
    (("validation",), "SHACL: one report, engines behind it"),
    (("store", "queries", "parameters", "given_tables", "terms"), ""),
    (
        (
            "collecting",
            "endpoint",
            "export",
            "links",
            "inference",
            "picture",
            "json_fields",
            "record_tables",
            "schema_json",
        ),
        "",
    ),
    (("catalogue", "cluster", "pipeline", "graph", "report", "__init__"), "composes them"),
    (("cli", "web", "__main__"), "thin: calls what is below"),
)
"""Layer by layer from below: modules and folders, and what they do. Each may import those of its own
layer and of the layers below it."""

_TABLE = re.compile(r"(<!-- layers: GENERATED .*? -->\n).*?(<!-- /layers -->)", re.DOTALL)


def layer_of() -> dict[str, int]:
    """The number of each module's or folder's layer."""
    return {name: number for number, (names, _) in enumerate(LAYERS) for name in names}


def table(package: Path) -> str:
    """The layers as a table in Markdown, with those modules and folders that are there."""
    rows = ["| layer | modules | may import |", "|---|---|---|"]
    for number, (names, what) in enumerate(LAYERS):
        shown = [_shown(name, package) for name in names if name.strip("_") != "main"]
        words = " ".join([*filter(None, shown), what]).rstrip()
        rows.append(f"| {number} | {words} | {'0' if not number else f'0–{number}'} |")
    return "\n".join(rows) + "\n"


def page(root: Path) -> str:
    """CONTRIBUTING.md with the table as it is now."""
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    made = table(root / "src" / "budgetkg")
    return _TABLE.sub(lambda match: f"{match[1]}{made}{match[2]}", text)


def _shown(name: str, package: Path) -> str:
    if (package / name).is_dir():
        return f"`{name}/`"
    return f"`{name}`" if (package / f"{name}.py").is_file() else ""
