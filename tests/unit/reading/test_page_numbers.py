"""What a line that says nothing but its page looks like."""

from __future__ import annotations

import pytest

from budgetkg.reading.pdf.text import is_page_number


@pytest.mark.parametrize(
    "text", ["1", "- 4 -", "第3页", "第1页，共12页", "第 1 页 共 12 页", "2/15", "Page 2 of 15", "—12—"]
)
def test_a_page_number(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["1234567", "12.50", "2024年", "第一页", "1 2 3 4 5", "3,200,000", "≥5"])
def test_no_page_number(text: str) -> None:
    assert not is_page_number(text)
