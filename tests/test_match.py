"""`budgetkg match`: two code lists side by side, against links that people made."""

from __future__ import annotations

import csv
import io
import random
import sys
import time
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SKOS
from tests.command_line import budgetkg

from budgetkg.links.matching import match
from budgetkg.links.skos import Label, ListedConcept, read_concepts
from budgetkg.links.wording import _stem, _stemmer, wording

LISTS = Path(__file__).parent / "lists"
NEW, OLD = "2014_2020_intervention_fields.trig", "2007_2013_priority_themes.trig"
GOLD = "GOLD_intervention_fields_to_priority_themes.ttl"
PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def pairs(text: str, relation: str | None = None) -> set[tuple[str, str]]:
    return {(row["source"], row["target"]) for row in rows(text) if relation in (None, row["relation"])}


def concepts(labels: dict[str, str], prefix: str, language: str = "en") -> tuple[ListedConcept, ...]:
    return tuple(
        ListedConcept(prefix + code, (Label(text, language, True),), (code,)) for code, text in labels.items()
    )


def found(left: tuple[ListedConcept, ...], right: tuple[ListedConcept, ...]) -> set[tuple[str, str, str]]:
    return {(item.source, item.target, item.relation) for item in match(left, right)}


def test_the_links_that_people_made(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shared / "documents" / "linking"
    gold = rdflib.Graph().parse(folder / GOLD)
    exact = {(str(source), str(target)) for source, target in gold.subject_objects(SKOS.exactMatch)}
    linked = {(str(source), str(target)) for source, _, target in gold}
    text, _ = budgetkg(capsys, "match", folder / NEW, folder / OLD)
    same = pairs(text, "exactMatch")
    assert len(same & exact) / len(exact) >= 0.5
    assert len(same & linked) / len(same) >= 0.9
    assert len(pairs(text) & linked) / len(pairs(text)) >= 0.9


def test_it_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "snowballstemmer", None)
    for cached in (_stem, _stemmer, wording):
        cached.cache_clear()
    path = LISTS / "consumption-new.ttl"
    error = budgetkg(capsys, "match", path, LISTS / "consumption-old.ttl", code=1)[1]
    assert error == "budgetkg: matching code lists needs a stemmer: pip install 'budgetkg[match]'\n"


@pytest.mark.parametrize(
    ("slug", "recall"), [("consumption", 0.75), ("activities", 0.75), ("functions", 0.9)]
)
def test_lists_of_our_own(capsys: pytest.CaptureFixture[str], slug: str, recall: float) -> None:
    """Links written down by hand; serial numbers that coincide lead nobody astray."""
    gold = {
        (f"https://lists.example/{slug}-new/{row['new']}", f"https://lists.example/{slug}-old/{row['old']}")
        for row in rows((LISTS / f"{slug}.csv").read_text(encoding="utf-8"))
    }
    text, _ = budgetkg(capsys, "match", LISTS / f"{slug}-new.ttl", LISTS / f"{slug}-old.ttl")
    same = pairs(text, "exactMatch")
    assert len(same & gold) / len(gold) >= recall
    assert len(same & gold) / len(same) >= 0.95


def test_order_of_the_lists_and_of_their_lines_does_not_matter() -> None:
    left, right = (list(read_concepts(LISTS / f"consumption-{age}.ttl")) for age in ("new", "old"))
    expected = match(left, right)
    random.Random(7).shuffle(left)
    random.Random(8).shuffle(right)
    assert match(left, right) == expected
    back = {(item.target, item.source) for item in match(right, left) if item.relation == "exactMatch"}
    assert back == {(item.source, item.target) for item in expected if item.relation == "exactMatch"}


def test_words_in_another_order_form_or_spelling() -> None:
    left = concepts({
        "1": "Road maintenance and repair", "2": "Primary schools", "3": "Hospital beds",
        "4": "Public libraries", "5": "Fire brigades",
    }, "a:")  # fmt: skip
    right = concepts({
        "9": "Repairing and maintaining roads", "8": "Schools, primary", "7": "Beds in hospitals (all kinds)",
        "6": "Public librarys", "4": "Street lighting",
    }, "b:")  # fmt: skip
    same = {("a:1", "b:9"), ("a:2", "b:8"), ("a:3", "b:7"), ("a:4", "b:6")}
    assert {item[:2] for item in found(left, right)} == same


def test_what_says_more_is_narrower() -> None:
    left = concepts({"1": "Harbours (inland)", "2": "Harbours (coastal)", "3": "Museums"}, "a:")
    right = concepts({"1": "Museums", "2": "Harbours", "3": "Theatres"}, "b:")
    assert found(left, right) == {
        ("a:1", "b:2", "broadMatch"), ("a:2", "b:2", "broadMatch"), ("a:3", "b:1", "exactMatch"),
    }  # fmt: skip


def test_equal_notations_of_other_systems_are_no_match() -> None:
    left = concepts({"01": "Wheat", "02": "Barley", "03": "Rye", "04": "Oats"}, "a:")
    right = concepts({"01": "Judges", "02": "Police", "03": "Prisons", "04": "Oats"}, "b:")
    assert found(left, right) == {("a:04", "b:04", "exactMatch")}


def test_equal_notations_of_one_system_are_a_key() -> None:
    labels = {"081": "Recreation services", "082": "Cultural services", "083": "Broadcasting services",
              "084": "Religious services"}  # fmt: skip
    others = {**labels, "084": "Services of religion and other communities", "081": "Prisons"}
    same = {item.target for item in match(concepts(labels, "a:"), concepts(others, "b:"))}
    assert {"b:082", "b:083", "b:084"} <= same
    assert "b:081" not in same, "labels that disagree overrule the notation"


def test_lists_in_two_languages_join_by_their_codes_only() -> None:
    codes = {
        "08": "娱乐、文化和宗教",
        "082": "文化服务",
        "083": "广播和出版服务",
        "01": "一般公共服务",
        "013": "总务",
    }
    english = {
        "08": "Recreation",
        "082": "Culture",
        "083": "Broadcasting",
        "01": "General",
        "013": "Services",
    }
    assert len(found(concepts(codes, "a:", "zh"), concepts(english, "b:"))) == 5
    serial = dict(zip("123456", codes.values(), strict=False))
    numbers = dict(zip("123456", english.values(), strict=False))
    assert not found(concepts(serial, "a:", "zh"), concepts(numbers, "b:")), "serial numbers prove nothing"


def test_the_rest_of_one_heading_is_not_the_rest_of_another(tmp_path: Path) -> None:
    text = PREFIX + "".join(
        f'<{{0}}{group}> a skos:Concept ; skos:prefLabel "{group}"@en .\n'
        f'<{{0}}{group}/other> a skos:Concept ; skos:broader <{{0}}{group}> ; skos:prefLabel "Other"@en .\n'
        for group in ("Railways", "Roads", "Ports")
    )
    for name in ("a", "b"):
        (tmp_path / f"{name}.ttl").write_text(
            text.replace("{0}", f"https://{name}.example/"), encoding="utf-8"
        )
    matches = match(*(read_concepts(tmp_path / f"{name}.ttl") for name in "ab"))
    assert {item.source.removeprefix("https://a.example/") for item in matches} == {
        item.target.removeprefix("https://b.example/") for item in matches
    }
    assert len(matches) == 6
    assert all(item.source[17:] == item.target[17:] for item in matches)


def test_a_parent_outside_the_list_is_nothing_to_compare() -> None:
    child = [ListedConcept(f"{at}:x", (Label("Bridges", "en", True),), broader=f"{at}:gone") for at in "ab"]
    assert found((child[0],), (child[1],)) == {("a:x", "b:x", "exactMatch")}


def test_alternative_labels_count_and_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        PREFIX + '<u:a> a skos:Concept ; skos:prefLabel "融媒体"@zh .', encoding="utf-8"
    )
    other = '<u:b> a skos:Concept ; skos:prefLabel "新闻传播"@zh ; skos:altLabel "融媒体"@zh .'
    (tmp_path / "b.ttl").write_text(PREFIX + other, encoding="utf-8")
    (link,) = match(read_concepts(tmp_path / "a.ttl"), read_concepts(tmp_path / "b.ttl"))
    assert (link.relation, link.method) == ("exactMatch", "alternative-label")
    assert link.score < 1


@pytest.mark.parametrize("format", ["turtle", "nt", "xml", "json-ld", "trig"])
def test_formats_say_the_same(tmp_path: Path, format: str) -> None:
    suffix = {"turtle": "ttl", "nt": "nt", "xml": "rdf", "json-ld": "jsonld", "trig": "trig"}[format]
    source = LISTS / "consumption-new.ttl"
    path = tmp_path / f"list.{suffix}"
    rdflib.Dataset().parse(source, format="turtle").serialize(path, format=format)
    assert {item.iri for item in read_concepts(path)} == {item.iri for item in read_concepts(source)}


def test_turtle_holds_the_links(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "links.ttl"
    lists = (LISTS / "functions-new.ttl", LISTS / "functions-old.ttl")
    budgetkg(capsys, "match", *lists, "--format", "turtle", "--out", out)
    text, _ = budgetkg(capsys, "match", *lists)
    assert len(rdflib.Graph().parse(out)) == len(rows(text)) > 0


def test_thousands_of_concepts_take_seconds() -> None:
    names = random.Random(1)
    syllables = ["ka", "lo", "mi", "ra", "su", "te", "vo", "zi", "ben", "dor"]
    labels = {str(n): " ".join("".join(names.choices(syllables, k=4)) for _ in range(3)) for n in range(1000)}
    start = time.perf_counter()
    matches = match(concepts(labels, "a:"), concepts(labels, "b:"))
    assert len(matches) == 1000
    assert time.perf_counter() - start < 200


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("empty.ttl", "", "empty"),
        ("page.ttl", "<html><body>Not found</body></html>", "no RDF that can be read"),
        ("cut.ttl", PREFIX + '<u:a> skos:prefLabel "cut', "no RDF that can be read"),
        ("none.ttl", "<u:a> <u:b> <u:c> .", "no SKOS concept"),
        ("far.jsonld", '{"@context": "https://c.example/c", "@id": "u:a"}', "nothing is fetched"),
        ("out.rdf", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]>', "entity x"),
        ("lol.rdf", '<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><r/>', "entity b"),
    ],
)  # fmt: skip
def test_files_that_are_no_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    out, complaint = budgetkg(capsys, "match", path, LISTS / "consumption-old.ttl", code=1)
    assert not out
    assert reason in complaint
    assert name in complaint
    assert complaint.count("\n") == 1
