from __future__ import annotations

import pytest

from budgetkg.errors import BudgetkgError
from tools.generate import checkout, context, terms


def test_terms_are_read_with_their_words() -> None:
    (document,) = (term for term in terms.own_terms() if term.iri.endswith("#Document"))
    assert document.kind == "Class"
    assert document.text(terms.RDFS + "label", "en") == "document"
    assert document.text(terms.RDFS + "label", "fr") == ""


def test_curie_takes_the_longest_namespace() -> None:
    assert terms.curie("https://w3id.org/budgetkg/code/tier/11") == "tier:11"
    assert terms.curie("urn:x") == "urn:x"


def test_context_names_no_two_things_alike() -> None:
    with pytest.raises(BudgetkgError, match="two things"):
        context._put({"label": "rdfs:label"}, "label", "skos:label")
    with pytest.raises(BudgetkgError, match="two things"):
        context._put({}, "tier", "bkg:tier")


def test_generates_in_a_checkout_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (checkout() / "ontology").is_dir()
    monkeypatch.setattr("budgetkg.resources.repository", lambda: None)
    with pytest.raises(BudgetkgError, match="checkout"):
        checkout()
