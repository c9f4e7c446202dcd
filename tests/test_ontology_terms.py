"""Each term earns its place and is explained; the ontology says what catalogues of vocabularies ask of it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import budgetkg
from budgetkg.resources import code_list_files
from tools.generate.terms import DCTERMS, OWL, SKOS, apart, header, notes, own_terms, prefixes

ROOT = Path(__file__).resolve().parent.parent
BKG = prefixes()["bkg"]
VANN = prefixes()["vann"]
NAMES = [term.iri.removeprefix(BKG) for term in own_terms()]
CHANGES = ROOT / "docs" / "ontology-changes.md"
EVIDENCE = ROOT / "docs" / "decisions" / "0018-evidence-by-cell.md"

UNUSED = {
    "Target": "the class above PeriodTarget and AnnualTarget: data name the narrower ones",
}
"""Terms that no graph holds and no question or shape asks for, each with the reason to have it."""

CORE = (
    "AdministrativeDivision", "Amount", "AnnualTarget", "Attainment", "BudgetExecution", "BudgetLine",
    "BudgetPlan", "ComparableMeasure",
    "Department", "Document", "Evidence", "Finding", "GoalSimilarity", "ImpliedQuantity", "Indicator",
    "IndicatorTier", "Inference", "Link", "MeasureAssignment", "PerformanceGoal", "PeriodTarget",
    "PersonalDatum", "PolicyCitation", "Project", "ProjectSeries", "Quantity", "Result", "SelfEvaluation",
    "SourceAmount", "Target",
    "Task", "Theme", "ThemeAssignment", "Transfer", "UnitOfUse", "amountPrinted", "amountYuan", "confidence",
    "countedDocument", "fiscalYear", "hasEvidence", "hasMainTheme", "hasSourceAmount", "hasTotal",
    "hasUnitOfUse", "isSimilarTo", "supersededBy",
)  # fmt: skip
FITS = {"zh": ("是：", "不是："), "en": ("Yes: ", "No: ")}


@cache
def spoken() -> str:
    """Everything that writes a graph, asks one or checks one; the code lists are written as they stand."""
    generated = {ROOT / "src" / "budgetkg" / "vocab.py"}
    patterns = ("src/**/*.py", "shapes/**/*.ttl", "queries/**/*.rq")
    paths = (*(path for pattern in patterns for path in ROOT.glob(pattern)), *code_list_files())
    asked = (path for path in paths if path not in generated)
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(asked))


def test_no_term_is_there_that_nothing_writes_or_asks() -> None:
    said = set(re.findall(r"\b(?:BKG\.|bkg:)(\w+)", spoken()))
    assert sorted(set(NAMES) - said) == sorted(UNUSED)


def test_core_terms_are_explained_and_nothing_else_is() -> None:
    assert sorted(iri.removeprefix(BKG) for iri in notes()) == sorted(CORE)
    assert set(CORE) <= set(NAMES)


@pytest.mark.parametrize("name", CORE)
def test_a_core_term_has_a_note_and_a_true_and_a_false_example(name: str) -> None:
    note = notes()[BKG + name]
    for language, (yes, no) in FITS.items():
        assert len(note.values(SKOS + "scopeNote", language)) == 1
        examples = note.values(SKOS + "example", language)
        assert len(examples) == 2
        assert sorted(text.startswith(yes) for text in examples) == [False, True]
        assert sorted(text.startswith(no) for text in examples) == [False, True]


def test_the_header_says_what_catalogues_of_vocabularies_ask_for() -> None:
    said = header()
    for name in ("title", "description"):
        assert said.text(DCTERMS + name, "zh")
        assert said.text(DCTERMS + name, "en")
    for name in ("creator", "publisher", "license"):
        assert said.text(DCTERMS + name, "").startswith("https://")
    for name in ("issued", "modified"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", said.text(DCTERMS + name, ""))
    assert said.text(VANN + "preferredNamespacePrefix", "") == "bkg"
    assert said.text(VANN + "preferredNamespaceUri", "") == BKG
    version, prior = said.text(OWL + "versionInfo", ""), said.text(OWL + "priorVersion", "")
    assert said.text(OWL + "versionIRI", "") == f"{said.iri}/{version}"
    assert prior.startswith(f"{said.iri}/")
    assert prior == said.text(OWL + "incompatibleWith", "") != said.text(OWL + "versionIRI", "")


def test_the_page_of_changes_is_of_this_version_and_names_terms_that_exist() -> None:
    text = CHANGES.read_text(encoding="utf-8")
    assert f"Version {header().text(OWL + 'versionInfo', '')} of " in text
    assert set(re.findall(r"bkg:(\w+)", text)) <= set(NAMES)
    for row in re.findall(r"^\|([^|]+)\|", text, re.MULTILINE):
        gone = {name for name in re.findall(r"\b[a-z]+[A-Z]\w*", row) if name not in NAMES}
        assert not {name for name in gone if f"bkg:{name}" in text}, row
    assert "ontology-changes.md" in (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "queries"), [(CHANGES, 4), (EVIDENCE, 2)], ids=["changes", "evidence"])
def test_the_queries_of_a_page_answer(built: Path, page: Path, queries: int) -> None:
    asked = re.findall(r"```sparql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(asked) == queries
    with budgetkg.open(built) as graph:
        for text in asked:
            assert "GRAPH" not in text
            assert len(graph.query(text)) > 0, text  # type: ignore[arg-type]


def test_disjoint_classes_are_read_both_ways() -> None:
    assert BKG + "Task" in apart()[BKG + "Project"]
    assert BKG + "AnnualTarget" in apart()[BKG + "PeriodTarget"]
    assert all(one in apart()[other] for one, others in apart().items() for other in others)
