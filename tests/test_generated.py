"""Generated files are fresh, and made the same twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from budgetkg.vocab import BKG, PREFIXES
from tools.generate import GENERATORS, stale, write
from tools.generate.__main__ import main
from tools.generate.terms import borrowed_terms, own_terms, prefixes

ROOT = Path(__file__).resolve().parent.parent


def test_no_generated_file_is_stale() -> None:
    assert stale(ROOT) == (), "run: python -m tools.generate"


@pytest.mark.parametrize("path", sorted(GENERATORS))
def test_generated_twice_gives_the_same_bytes(path: str) -> None:
    assert GENERATORS[path]() == GENERATORS[path]()


@pytest.mark.parametrize(
    "path", sorted(path for path in GENERATORS if not path.endswith((".jsonld", ".json")) or "schema" in path)
)
def test_generated_files_say_so(path: str) -> None:
    assert "GENERATED" in (ROOT / path).read_text(encoding="utf-8")


def test_a_changed_file_is_stale_until_written(tmp_path: Path) -> None:
    assert stale(tmp_path) == tuple(sorted(GENERATORS))
    assert write(tmp_path) == tuple(sorted(GENERATORS))
    assert stale(tmp_path) == ()
    path = tmp_path / "ontology" / "context.jsonld"
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert stale(tmp_path) == ("ontology/context.jsonld",)


def test_check_says_what_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert main(["--wrong"]) == 2
    assert "usage" in capsys.readouterr().err


def test_vocab_is_the_ontology() -> None:
    said = {value.value for name, value in vars(BKG).items() if not name.startswith("_")}
    assert said == {term.iri for term in own_terms()}
    assert prefixes() == PREFIXES


def test_context_names_every_class_and_property() -> None:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_bytes())["@context"]
    for term in own_terms():
        name = term.iri.removeprefix(PREFIXES["bkg"])
        definition = context[name]
        assert definition in (f"bkg:{name}",) or definition["@id"] == f"bkg:{name}"
    for term in borrowed_terms():
        if term.kind in ("Class", "ObjectProperty", "DatatypeProperty"):
            assert any(term.iri.endswith(name) for name in context), term.iri
