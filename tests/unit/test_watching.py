"""Who watches a batch hears of each document, and of each page of a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.printers.pdf import Sheet, printed

from budgetkg.pipeline import parse_all


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_and_pages_are_told(tmp_path: Path, workers: int) -> None:
    (tmp_path / "note.txt").write_text("一封信", "utf-8")
    (tmp_path / "pages.pdf").write_bytes(printed(*(Sheet().text(60, 40, f"第{n}号") for n in (1, 2, 3))))
    heard: list[tuple[int, int, str]] = []
    _, failures = parse_all([tmp_path], lambda *said: heard.append(said), workers=workers)
    assert len(failures) == 2
    pages = [what for _, _, what in heard if what.startswith("pages.pdf ")]
    assert pages == ["pages.pdf 1/3", "pages.pdf 2/3", "pages.pdf 3/3"]
    assert [said for said in heard if said[2] not in pages] == [(1, 2, "note.txt"), (2, 2, "pages.pdf")]
