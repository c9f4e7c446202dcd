"""docs/records.md and docs/records.schema.json: what a record looks like as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from budgetkg.json_fields import Field
from budgetkg.record_tables import TABLES
from budgetkg.schema_json import json_schema

_INTRODUCTION = """\
<!-- GENERATED from src/budgetkg/record_tables.py by `make generate`; don't edit. -->
# Records

`budgetkg parse FILE… --format json` prints one JSON object for one file and a list for several files.
It says what the form prints, before any of it becomes RDF. Keys may be added in later versions; a key
listed here keeps its meaning.

`budgetkg schema --records` prints the [JSON Schema](records.schema.json) of that JSON; what the command
writes validates against the schema of the same version. Keys marked *where printed* are there only where
a document has something for them.
"""
_CONVENTIONS = """\
## Conventions

- Amounts are decimal strings in the printed money unit. A blank cell is `null`; a printed zero is `"0.00"`.
- Text is healed of line breaks and otherwise as printed: typing errors, OCR loops and odd blanks stay.
- A row that is printed again at a page break is one project with `printed_times` 2; both places are kept.
- A tier printed without an indicator is no indicator; it's an entry of `empty_tiers` and a finding.
- A label that the form's structure restores (效益指标 above 社会效益指标) has no `tier1_printed`; a finding
  says so.
- A Word document and a web page have no pages before they are laid out, so all of either is page 1.
- Words read from a scan have a `confidence`, that of their least sure letter or digit; words that the file
  itself holds have none.
- A clerk's name, telephone and date are read and left out. `--with-personal-data` puts them in. Where a
  goal, a note or another text holds a name behind its label, a telephone, an identity number, an address or
  an account, each of its characters is `■`, in the graph as in the records.
"""
_TITLES = {
    "document": "A document",
    "totals": "`totals`",
    "unit_of_use": "`units_of_use[]`",
    "project": "`projects[]`",
    "indicator": "`indicators[]`",
    "fund_line": "`funds[]`",
    "task": "`tasks[]`",
    "budget_line": "An amount in `budget`",
    "correction": "`corrections[]`",
    "policy": "`policies_cited[]`",
    "account": "`account`",
    "finding": "`findings[]`",
    "evidence": "`evidence[]`",
}
_KINDS = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false"}


def page() -> str:
    """The text of docs/records.md."""
    tables = "\n".join("\n".join(_table(kind, fields)) for kind, fields in TABLES.items())
    return f"{_INTRODUCTION}\n{tables}\n{_CONVENTIONS}"


def schema() -> str:
    """The text of docs/records.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _table(kind: str, fields: tuple[Field, ...]) -> Iterator[str]:
    yield f"## {_TITLES[kind]}\n"
    yield "| key | type | meaning |"
    yield "|---|---|---|"
    for field in fields:
        shown = "" if field.shown is None else " *(where printed)*"
        yield f"| `{field.key}` | {_type(field)} | {field.meaning}{shown} |"
    yield ""


def _type(field: Field) -> str:
    """A type of JSON Schema in words."""
    kind = field.type.get("type", "object")
    kinds = kind if isinstance(kind, list) else [kind]
    if "pattern" in field.type:
        words = "amount"
    elif kinds[0] in _KINDS:
        words = _KINDS[kinds[0]]
    else:
        words = "list" if kinds[0] == "array" else "object"
    return f"{words} or null" if "null" in kinds else words
