"""Whatever stands on pages, and whatever rules, every character is read once and nothing breaks."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.printers.pdf import Sheet, printed

from budgetkg.errors import UnreadableDocument
from budgetkg.reading import Reading, read_document

COLUMNS, LINES = 12, 40
WORDS = st.text("项目绩效指标合计元、；0123456789.%第页", min_size=1, max_size=3)
PLACES = st.tuples(st.integers(0, COLUMNS - 1), st.integers(0, LINES - 1))
PLACE = st.integers(0, 12)
RULES = st.lists(st.tuples(st.booleans(), PLACE, PLACE, st.integers(1, 12)), max_size=12)
PAGE = st.tuples(st.dictionaries(PLACES, WORDS, min_size=3, max_size=60), RULES)
PAGES = st.lists(PAGE, min_size=1, max_size=3)
# A table as people print it: the same columns on each line, some of them blank.
FILLED = st.lists(st.lists(st.one_of(st.just(""), WORDS), min_size=4, max_size=4), min_size=4, max_size=30)


def sheet(words: dict[tuple[int, int], str], rules: list[tuple[bool, int, int, int]] | None = None) -> Sheet:
    """Words on a raster too wide for them to touch, rules between them."""
    made = Sheet()
    for (column, line), text in words.items():
        made.text(40 + 42 * column, 40 + 18 * line, text)
    for upright, at, start, length in rules or ():
        if upright:
            made.line(36 + 42 * at, 36 + 54 * start, 36 + 42 * at, 36 + 54 * min(start + length, 13))
        else:
            made.line(36 + 42 * start, 36 + 54 * at, 36 + 42 * min(start + length, 12), 36 + 54 * at)
    return made


def read(*sheets: Sheet) -> Reading | None:
    try:
        return read_document(printed(*sheets), "sample.pdf")
    except UnreadableDocument:
        return None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
def test_every_character_is_read_once(
    pages: list[tuple[dict[tuple[int, int], str], list[tuple[bool, int, int, int]]]],
) -> None:
    reading = read(*(sheet(words, rules) for words, rules in pages))
    assert reading is not None
    found = Counter("".join(reading.source.text.split()))
    assert found == Counter("".join(text for words, _ in pages for text in words.values()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FILLED, min_size=1, max_size=3))
def test_borderless_tables_keep_every_character(tables: list[list[list[str]]]) -> None:
    pages = [
        {(3 * column, line): text for line, row in enumerate(rows) for column, text in enumerate(row) if text}
        for rows in tables
    ]
    reading = read(*map(sheet, pages))
    if reading is None:
        assert not any(pages)
        return
    found = Counter("".join(reading.source.text.split()))
    assert found == Counter("".join(text for words in pages for text in words.values()))
