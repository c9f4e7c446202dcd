"""Numbers that Word prints before paragraphs stand in no text of the file, and are read all the same."""

from __future__ import annotations

import re

import pytest
from tests.printers.packages import cell, paragraph, word

from budgetkg.reading import read_document


def level(depth: int, figures: str, text: str, start: int = 1, more: str = "") -> str:
    return (
        f'<lvl ilvl="{depth}"><start val="{start}"/><numFmt val="{figures}"/>'
        f'<lvlText val="{text}"/>{more}</lvl>'
    )


def numbered(words: str, number: str = "1", depth: int = 0) -> str:
    place = f'<numPr><ilvl val="{depth}"/><numId val="{number}"/></numPr>'
    return f"<p><pPr>{place}</pPr><r><t>{words}</t></r></p>"


def printed(body: str, lists: str, styles: str = "") -> list[str]:
    reading = read_document(word(body, lists, styles), "a.docx")
    return [words for words in re.split(r"[\t\n]", reading.source.text) if words.strip()]


def one_list(*levels: str) -> str:
    return f'<abstractNum abstractNumId="7">{"".join(levels)}</abstractNum>{also("1")}'


def also(number: str, more: str = "") -> str:
    """Another list of the same kind."""
    return f'<num numId="{number}"><abstractNumId val="7"/>{more}</num>'


@pytest.mark.parametrize(
    ("figures", "text", "start", "before"),
    [
        ("decimal", "%1、", 1, ["1、甲", "2、乙"]),
        ("decimal", "%1.", 9, ["9. 甲", "10. 乙"]),
        ("decimalZero", "%1)", 9, ["09) 甲", "10) 乙"]),
        ("chineseCountingThousand", "（%1）", 10, ["（十）甲", "（十一）乙"]),
        ("japaneseCounting", "%1、", 20, ["二十、甲", "二十一、乙"]),
        ("decimalEnclosedCircle", "%1", 1, ["① 甲", "② 乙"]),
        ("lowerRoman", "%1.", 3, ["iii. 甲", "iv. 乙"]),
        ("upperLetter", "%1.", 26, ["Z. 甲", "AA. 乙"]),
        ("ideographTraditional", "%1、", 1, ["甲、甲", "乙、乙"]),
        ("hindiNumbers", "%1、", 1, ["1、甲", "2、乙"]),
        ("bullet", "\uf0b7", 1, ["甲", "乙"]),
        ("none", "", 1, ["甲", "乙"]),
    ],
)
def test_figures(figures: str, text: str, start: int, before: list[str]) -> None:
    assert printed(numbered("甲") + numbered("乙"), one_list(level(0, figures, text, start))) == before


def test_levels_count_within_those_above() -> None:
    lists = one_list(level(0, "decimal", "%1、"), level(1, "decimal", "%1.%2", more='<suff val="space"/>'))
    body = numbered("甲") + numbered("子", depth=1) + numbered("丑", depth=1) + numbered("乙")
    assert printed(body + numbered("寅", depth=1), lists) == ["1、甲", "1.1 子", "1.2 丑", "2、乙", "2.1 寅"]


def test_a_list_that_counts_anew_does_so_once() -> None:
    anew = '<lvlOverride ilvl="0"><startOverride val="1"/></lvlOverride>'
    lists = one_list(level(0, "decimal", "%1、"))
    first, second = (cell(numbered("甲", number) + numbered("乙", number)) for number in "12")
    row = f"<tbl><tr>{first}{second}</tr></tbl>"
    assert printed(row, lists + also("2", anew)) == ["1、甲", "2、乙", "1、甲", "2、乙"]
    assert printed(row, lists + also("2")) == ["1、甲", "2、乙", "3、甲", "4、乙"]


def test_a_style_may_number_and_a_paragraph_may_refuse() -> None:
    styles = '<style styleId="S"><pPr><numPr><numId val="1"/></numPr></pPr></style>'
    named = '<p><pPr><pStyle val="S"/></pPr><r><t>甲</t></r></p>'
    bare = '<p><pPr><pStyle val="S"/><numPr><numId val="0"/></numPr></pPr><r><t>乙</t></r></p>'
    lists = one_list(level(0, "decimal", "%1、"))
    assert printed(named + bare + paragraph("丙") + named, lists, styles) == ["1、甲", "乙", "丙", "2、甲"]
