"""What parse writes is what its schema says: for the samples, the cases and the reference documents."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tests.case_files import Case, cases
from tests.command_line import budgetkg
from tests.records import document

import budgetkg as api
from budgetkg.errors import UnknownName, UnreadableDocument
from budgetkg.record_tables import TABLES
from budgetkg.records import DocumentRecord
from budgetkg.schema_json import document_json, json_schema

ROOT = Path(__file__).resolve().parent.parent
RDF = (".md", ".ttl", ".trig")
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def wrong(records: list[DocumentRecord]) -> list[str]:
    """What the schema objects to in the JSON of records, with and without clerks."""
    written = [document_json(record, personal=personal) for record in records for personal in (False, True)]
    return [f"{error.json_path}: {error.message:.200}" for error in VALIDATOR.iter_errors(written)]


def test_the_schema_is_one() -> None:
    VALIDATOR.check_schema(VALIDATOR.schema)
    assert set(VALIDATOR.schema["$defs"]) == {*TABLES, "budget_group"}
    with pytest.raises(UnknownName, match="there are: records"):
        json_schema("nothing")


def test_the_command_prints_what_the_docs_show(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = budgetkg(capsys, "schema", "--records")
    assert out == (ROOT / "docs" / "records.schema.json").read_text("utf-8")
    assert "record: the ontology has no such class" in budgetkg(capsys, "schema", "record", code=1)[1]


def test_what_the_command_writes_is_valid(samples: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    VALIDATOR.validate(json.loads(budgetkg(capsys, "parse", samples[0], "--format", "json")[0]))
    VALIDATOR.validate(json.loads(budgetkg(capsys, "parse", *samples[:2], "--format", "json")[0]))


def test_every_sample_is_valid() -> None:
    files = [path for path in sorted((ROOT / "examples").iterdir()) if path.suffix not in (".md", ".toml")]
    assert not [found for path in files if path.is_file() for found in wrong(api.parse(path))]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_case_is_valid(case: Case) -> None:
    assert not wrong(api.parse(case.document))


def test_every_reference_document_is_valid(shared: Path) -> None:
    read = 0
    for path in sorted(path for path in (shared / "documents").rglob("*.*") if path.suffix not in RDF):
        try:
            records = api.parse(path)
        except UnreadableDocument:
            continue
        read += 1
        assert not wrong(records), path.name
    assert read >= 20


@pytest.mark.parametrize("key", ["sha256", "account", "findings"])
def test_a_key_too_few_or_too_many_is_no_record(key: str) -> None:
    written = document_json(document())
    VALIDATOR.validate(written)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({name: value for name, value in written.items() if name != key})
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({**written, f"{key}_more": 1})
