"""Every cost and threshold by which a table is read, with its unit, its effect and where it was measured.

Scores are points: a header that a layout lists for a field is worth ``EXACT`` of them, and the reading
of a whole table is the one whose columns together get the most. A column whose best reading is less than
``MARGIN`` points better than any other is left unread, and a finding quotes it.
"""

from __future__ import annotations

# -- columns of an indicator table (points) ---------------------------------------------------------
EXACT = 10.0
"""A header that the layout lists for the field (三级指标): words tell most where they are known."""
ALSO = 9.0
"""A header listed for this field behind another one (指标性质: operator, then direction)."""
MARKED = 6.0
"""A header that only holds a word of the field (计划完成指标值): cases/reading/sichuan-self-evaluation."""
LONE = 5.5
"""The only column that can hold a table's targets, under a header that nobody listed (tests/unit/forms)."""
CUT = 5.0
"""A header that a page edge has cut (说明及公): tests/cases header-cut-and-unknown-column."""
TELLING = 9.0
"""A column whose cells can be nothing else (≥, 正向, tiers): cases/reading/nature-and-direction-swapped."""
CONTRARY = 12.0
"""Taken off where the cells contradict the header: a column 指标性质 without one sign is no operator."""
FITTING = 1.0
"""Cells that fit the field and others too: a number under 指标值."""
OUT_OF_ORDER = 4.0
"""Taken off for a tier or a name behind the values: generated forms with two sets of columns."""
LEAST = 4.0
"""What a column must be worth to be read at all: a header that nobody listed becomes no data."""
MARGIN = 0.4
"""By how much a reading must win (points)."""
SHARE = 0.6
"""What share of a column's cells must be of a kind for the column to be of it (generated forms, any seed)."""

BLANKS = frozenset({"/", "-", "—", "——", "--", "无", "*"})
"""Marks that stand where nothing is to be printed."""
SUMS = frozenset({"合计", "小计", "总计"})
"""What a row or column is called that sums up others."""

# -- shape ------------------------------------------------------------------------------------------
HEADER_ROWS = 3
"""Rows that a header may take; no form at hand prints more."""
LONGEST_HEADER = 40
"""Characters of a header; longer ones are sentences."""
LONGEST_LABEL = 24
"""Characters of a label before its colon or its value."""
LONGEST_TARGET = 24
"""Characters of a target under a header that nobody listed; a longer text explains (tests/cases)."""
LONGEST_PERSON = 60
"""Characters of a clerk's name, telephone or date; a longer text beside such a label is an opinion."""
FULL_LINE = 40
"""Half squares that an unread line must take to be joined with the next, as one that was wrapped."""
LONGEST_TITLE = 60
"""Characters of a title; longer ones are sentences."""
WINDOW = 400
"""Rows that a rule may look at: no table of one form at hand has as many."""
HEAD_ROWS = 12
"""Rows above the indicators of a one-project form in which its name may stand."""
GOAL_ROWS = 12
"""Rows that goals under their headings may take, wrapped by pages."""
FUND_ROWS = 16
"""Rows that the money of a self-evaluation may take."""
LOOK_AHEAD = 3
"""Rows that may part the rows of one table: a title, a page number and a header printed again."""
GOES_ON_ROWS = 6
"""Rows by which it is judged whether a table on the next page goes on with the one before (printed pages)."""
CUT_ROWS = 3
"""Rows at the head of a page that may be pieces of the last row of the page before (printed pages)."""
SUM_SLACK = frozenset({0, 10})
"""What a sum of weights or scores may hold beside the rows: 10 points are the budget's (national form)."""

NO_PLACES = frozenset(
    {
        *("城市", "都市", "社区", "园区", "校区", "山区", "灾区", "库区", "景区", "牧区", "林区", "矿区"),
        *("小区", "片区", "城区", "辖区", "地区", "特区", "保护区", "开发区", "示范区", "试验区"),
        *("合作区", "自治区", "全市", "全县", "全区", "本市", "本县", "本区", "我市", "我县", "我区"),
    }
)
"""Words that end like the name of a place and are none: 城市管理局 is no bureau of a 城市."""

KEPT = 1 << 12
"""How many answers about the words of a cell are kept by each function that keeps any: several rules ask the
same of a row, and a corpus has fewer different headers and labels than that."""
