"""Treemaps: each rectangle as large as its value, none over another, all of the picture filled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgetkg.web.pages.areas import HEIGHT, squarified

SIZES = st.lists(st.integers(1, 10**9), min_size=1, max_size=40).map(
    lambda found: sorted(found, reverse=True)
)


@given(SIZES)
def test_a_rectangle_is_as_large_as_its_value(sizes: list[int]) -> None:
    boxes = squarified([float(size) for size in sizes], 100.0, float(HEIGHT))
    whole = 100.0 * HEIGHT
    for size, (x, y, width, height) in zip(sizes, boxes, strict=True):
        assert abs(width * height / whole - size / sum(sizes)) < 1e-6
        assert -1e-6 <= x <= x + width <= 100 + 1e-6
        assert -1e-6 <= y <= y + height <= HEIGHT + 1e-6
