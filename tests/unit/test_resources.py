from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetkg import resources
from budgetkg.errors import BudgetkgError


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package as a wheel lays it out: no repository around it."""
    package = tmp_path / "site-packages" / "budgetkg"
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE", package)
    resources.directory.cache_clear()
    yield package
    resources.directory.cache_clear()


def test_checkout_has_them_at_its_root() -> None:
    root = resources.repository()
    assert root is not None
    assert resources.directory("ontology") == root / "ontology"
    assert resources.vocabulary_files()[0].name == "core.ttl"
    assert all(path.is_file() for path in (*resources.vocabulary_files(), *resources.code_list_files()))


def test_wheel_has_them_inside_the_package(installed: Path) -> None:
    (installed / "_data" / "queries").mkdir(parents=True)
    (installed / "_data" / "queries" / "b.rq").touch()
    (installed / "_data" / "queries" / "a.rq").touch()
    assert resources.directory("queries") == installed / "_data" / "queries"
    assert [path.name for path in resources.files("queries", ".rq")] == ["a.rq", "b.rq"]
    assert resources.repository() is None


def test_missing_directory_is_one_clear_line(installed: Path) -> None:
    with pytest.raises(BudgetkgError, match="ontology/: not found"):
        resources.directory("ontology")


def test_internal_query_that_is_not_there() -> None:
    with pytest.raises(BudgetkgError, match=r"nothing\.rq"):
        resources.internal_query("nothing")
