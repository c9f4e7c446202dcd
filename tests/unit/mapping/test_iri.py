"""Identities come from printed facts, never from places, and never carry a printed character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkg.errors import BudgetkgError
from budgetkg.mapping import DEFAULT_BASE, MappingOptions, iri

KEY = "e8da7b277dfa638a"
SAFE = re.compile(r"https://w3id\.org/budgetkg/[A-Za-z0-9/-]+")


def test_the_document_goes_by_its_hash() -> None:
    mint = iri.DocumentMint(DEFAULT_BASE, KEY)
    assert mint.document.value == DEFAULT_BASE + "id/document/e8da7b277dfa638a"
    assert mint.graph.value == DEFAULT_BASE + "graph/e8da7b277dfa638a"


def test_width_and_blanks_do_not_tell_two_names_apart() -> None:
    assert iri.fingerprint("宣传 部（部门）") == iri.fingerprint("宣传部(部门)")


def test_parts_keep_their_places() -> None:
    assert iri.fingerprint("甲", "乙") != iri.fingerprint("甲乙")
    assert iri.fingerprint("甲", None) != iri.fingerprint(None, "甲")


def test_likes_get_an_ordinal_and_the_first_keeps_its_name() -> None:
    mint = iri.DocumentMint(DEFAULT_BASE, KEY)
    first, second, other = (mint.distinct("project", name) for name in ("甲", "甲", "乙"))
    assert len({first.value, second.value, other.value}) == 3
    assert iri.DocumentMint(DEFAULT_BASE, KEY).distinct("project", "甲") == first


def test_what_is_shared_has_one_name() -> None:
    mint = iri.DocumentMint(DEFAULT_BASE, KEY)
    assert mint.shared("evidence", "1", "甲") == mint.shared("evidence", "1", "甲")


@given(st.lists(st.one_of(st.none(), st.text()), min_size=1, max_size=4))
def test_no_printed_character_reaches_an_iri(facts: list[str | None]) -> None:
    mint = iri.DocumentMint(DEFAULT_BASE, KEY)
    for node in (mint.distinct("unit", *facts), mint.shared("citation", *facts)):
        assert SAFE.fullmatch(node.value)


def test_lone_surrogates_are_a_name_like_any_other() -> None:
    assert SAFE.fullmatch(iri.department(DEFAULT_BASE, "\ud800", "部\udfff").value)


@pytest.mark.parametrize("base", ["", "data/", "https://例.org/", "https://a.org/<x>/", "https://a.org/x"])
def test_a_base_that_cannot_start_an_iri_is_refused(base: str) -> None:
    with pytest.raises(BudgetkgError, match="base"):
        MappingOptions(base=base)


def test_another_base_moves_names_but_not_identities() -> None:
    here, there = (iri.DocumentMint(base, KEY) for base in (DEFAULT_BASE, "https://data.example.org/x/"))
    assert here.local(here.distinct("unit", "甲")) == there.local(there.distinct("unit", "甲"))
