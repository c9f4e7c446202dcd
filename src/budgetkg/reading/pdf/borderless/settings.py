"""The costs and thresholds by which lines of a borderless table become cells and rows.

Costs are plain numbers that are added up; the split or the assignment with the least sum is taken, so only
their proportions matter: a cell that is one step off its place costs a little more than a row without a
name. ``step`` are distances between the lines of one cell, ``h`` heights of a line, ``pt`` points,
``share`` a part of a whole. They were tried as those of :mod:`budgetkg.reading.pdf.settings`: where a case
reads otherwise at half (½) or double (×2) the value, it is named.
"""

from __future__ import annotations

from dataclasses import dataclass

IMPOSSIBLE = 1e9
"""A cost that no sum of others reaches."""


@dataclass(frozen=True, slots=True)
class WhitespaceSettings:
    """White space between the columns of a borderless table."""

    # pt. The step in which white space is looked for.
    raster: float = 0.25
    # h. White space as wide parts columns.
    min_gap: float = 0.6
    # h. Between two names of the header so much is enough, and a few texts may reach into it.
    min_narrow_gap: float = 0.08
    # count. Within a name of the header white space parts columns where so many texts stand on both sides.
    min_runs_beside: int = 3
    # share of the lines. So many texts may reach into narrow white space.
    crossing_share: float = 0.04
    # h. A text that covers so much of two names stands over both: it is no cell.
    crossing_overlap: float = 0.5


@dataclass(frozen=True, slots=True)
class HeaderSettings:
    """The header of a borderless table."""

    # h. Letters of a name set apart have no wider gap.
    letter_gap: float = 1.05
    # h. A line of names in several lines is no further from the others.
    near: float = 2.2
    # h. Names whose middles differ by more are on two lines.
    half_line: float = 0.3
    # count. A name over so many others stands over several columns; ½ and ×2: such names.
    min_names_under: int = 2
    # count of glyphs. A shorter piece is a letter set apart, no word.
    min_word: int = 2
    # count. So many lines below the names are looked at for lines that go on with them.
    max_further_lines: int = 4
    # h. A line that goes on with a name is no further below it; ½: names of two lines.
    max_line_step: float = 1.5
    # times the step between lines of the header. So far away the first row keeps; ×2: names of two lines.
    row_step_ratio: float = 1.1


@dataclass(frozen=True, slots=True)
class LineSettings:
    """The lines of one column: which are one cell."""

    # step. Lines closer than this, or further apart than the next, are not of one cell; each is bounded by
    # cells of several lines (×2 and ½), the second also by merged cells (×2).
    min_step: float = 0.85
    max_step: float = 1.12
    # h. A line is full if the next one's first word would have left less room; ½: a budget.
    full_line_room: float = 0.3
    # cost. Two lines of a cell that are no step apart.
    uneven_step: float = 3.0
    # cost. An amount in a cell of several lines: amounts stand alone; ×2: a budget.
    amount_among_lines: float = 3.0
    # cost. A numbering that begins again (1、) within a cell.
    numbering_restart: float = 4.0
    # cost. A cell whose numbering begins at 2 or later.
    late_numbering: float = 2.0
    # cost. A line within a cell that is not full and ends no sentence; ×2: cells of several lines.
    short_line_goes_on: float = 0.6
    # cost. A row that ends behind a full line of a text.
    break_after_full_line: float = 1.0
    # cost. A row that ends between two lines that are one step apart.
    break_within_step: float = 0.3
    # share of the lines of a column that are amounts. From this on it is a column of amounts.
    amounts_share: float = 0.5
    # share and count of the lines of a column. So many that reach as far as the widest are full lines.
    full_lines_share: float = 0.15
    min_full_lines: int = 3
    # share of the width of a column. Full lines reach as far.
    wide_share: float = 0.75
    # share of the most frequent distance. A distance between lines as frequent is no accident.
    step_min_share: float = 0.05
    # pt. The precision in which distances between lines are counted.
    step_unit: float = 0.2
    # h. Lines of one cell are no closer and no further apart than this; ½ and ×2: cells of several lines.
    min_leading: float = 0.9
    max_leading: float = 2.2
    # h. The step where no two lines of a cell are found; ×2: tiers.
    usual_leading: float = 1.15


@dataclass(frozen=True, slots=True)
class RowSettings:
    """The split of a page into rows."""

    # cost. Each row: of two splits that fit alike the one with fewer rows is taken.
    row: float = 0.2
    # cost. A row without text in its first column; ½ and ×2: merged cells.
    no_name: float = 1.5
    # cost. A row without amounts in a table that has columns of amounts; ½: merged cells.
    no_amount: float = 1.5
    # cost. A row of one cell; ½: cells that agree in no place.
    single_cell: float = 1.0
    # share of these three that the first row costs if it may go on from the page before: it may lack some,
    # and the end of a row most often lacks both name and amounts.
    first_row_share: float = 0.5
    rest_of_row_share: float = 0.25
    # cost. A row that a page break cuts, aligned to the top instead.
    cut_by_page: float = 0.5
    # cost for each step that a cell is off its place, beyond the tolerance; ×2: cells that agree in no place.
    misalignment: float = 2.0
    # step. So far off is no misalignment.
    tolerance: float = 0.12
    # step. What is further off costs no more; ×2: cells that agree in no place.
    max_distance: float = 2.0
    # cost. A row with as much misalignment is reported as doubtful.
    doubtful_misalignment: float = 1.0
    # cost. A row whose cells cost as much (two in one, probably) is doubtful; ½: cells of several lines.
    doubtful_cells: float = 3.0
    # cost. A row that costs more is impossible, and so is any longer one: it ends the search.
    hopeless: float = 40.0
    # count. A row has no more lines.
    max_lines: int = 400


@dataclass(frozen=True, slots=True)
class SpanSettings:
    """Cells merged over rows."""

    # step. So far off its rows is no misalignment; more than in a row, whose height is known less well here.
    tolerance: float = 0.25
    # cost. A row that no cell of a column covers.
    skipped_row: float = 0.4
    # cost. Each cell: of two assignments that fit alike fewer cells are taken; ½ and ×2: tiers.
    cell: float = 0.4
    # cost. A cell that stands between rows, as a row of its own.
    row_of_its_own: float = 1.0
    # cost at most. A cell off its rows towards a page break that may cut it; cheaper than a row cut there.
    cut_by_page: float = 0.3
    # cost. Lines that cost as much as one cell are not one, and no more are tried.
    max_cell_cost: float = 2.0


@dataclass(frozen=True, slots=True)
class MergedSettings:
    """Tables with merged cells."""

    # count. So many columns at most cover rows of their own (tiers of indicators).
    max_tiers: int = 3
    # count. A wider table is not tried: the layouts to compare grow with the columns.
    max_columns: int = 20
    # count. A merged cell has no more lines.
    max_cell_lines: int = 10
    # cost. A merged cell as far off its rows makes its first row doubtful.
    doubtful_span: float = 1.0
    # count. More lines on the first pages are not tried.
    max_sample_lines: int = 3000


@dataclass(frozen=True, slots=True)
class AlignmentSettings:
    """The vertical alignment of a table."""

    # count. So many first pages tell it.
    sample_pages: int = 3
    # cost for each row. More misalignment shows that columns are aligned differently.
    max_misalignment: float = 0.3
    # share of the rows. More in doubt show that cells may be merged.
    max_doubtful_share: float = 0.25
    # share of the cost without merged cells. A table with merged cells costs less; ½: tiers.
    merged_cost_share: float = 0.6


@dataclass(frozen=True, slots=True)
class CertaintySettings:
    """Which rows of a borderless table are certain enough to be read."""

    # share of the rows. Where more are in doubt, none of the table is read.
    max_doubtful_share: float = 0.1
    # count. So many rows above and below one in doubt are in doubt too: its text may be theirs.
    rows_beside: int = 1
    # pt. A text that reaches so far over the side of its column leaves it.
    crossing: float = 1.0


@dataclass(frozen=True, slots=True)
class GridSettings:
    """Forms printed without edges, read as a grid where only one grid fits."""

    # h. A gap in which nothing is printed, not even a blank, parts two texts from here on.
    piece_gap: float = 0.35
    # h. Texts side by side in one row keep so far apart.
    min_gap: float = 0.3
    # h. The lines of one cell are no closer and no further apart.
    min_leading: float = 1.0
    max_leading: float = 2.2
    # times the least distance between lines. Those up to it are the same; letters of two fonts differ so.
    same_step: float = 1.13
    # h. Lines that are set under one another begin, or have their middle, as near to one place.
    aligned: float = 0.15
    # step and half steps. Rows that keep apart by more than so far beside a multiple of half of the distance
    # between lines are no lines of one cell, if so many do and more than don't; up to so far apart is looked.
    odd_step: float = 0.14
    min_odd_steps: int = 3
    max_row_step: float = 3.0
    # times the distance between lines of one cell: up to the first two lines are one text, from the second
    # on two; between them nobody can say. A line nearer than the third stands beside, not under.
    together: float = 1.06
    apart: float = 1.1
    level: float = 0.3
    # h. Texts whose places differ by no more are aligned to one row.
    row_tolerance: float = 0.2
    # h. Texts that reach over one another's heights by more are not of two rows.
    reach: float = 0.15
    # share of the usual gap between rows. Texts less far apart are not of two rows.
    least_gap: float = 0.6
    # h. A merged cell stands as near to the middle of its rows.
    span_tolerance: float = 0.35
    # count. Stretches of rows that are tried on one page.
    max_parted: int = 5000
    # count. Lines of a page; a printed one has less, and finding merged cells costs the cube of them.
    max_lines: int = 200
    # pt. White space between columns is no narrower.
    section_gap: float = 2.0
    # pt. A boundary stands so far left of the texts that begin at it.
    side: float = 0.5
    # count. A table has so many columns and rows.
    min_columns: int = 3
    min_rows: int = 4


@dataclass(frozen=True, slots=True)
class DrawnSettings:
    """Cells told by the order in which they are drawn."""

    # h. Ideographs of one text stand no further apart than the others of their line by more.
    touch_gap: float = 0.12
    # share of the gaps on a line or a page that are no wider than those of one text.
    usual_share: float = 0.92
    # pt. Distances that differ by no more are the same: places are rounded to 0.1 or so.
    same_step: float = 0.3
    # h. The lines of one cell are no closer and no further apart.
    min_leading: float = 0.95
    max_leading: float = 2.2
    # times the least distance of lines. Lines of a cell may be as far apart, in so many distances.
    steps_share: float = 1.3
    max_steps: int = 4
    # h. Lines of one text begin, end or have their middle as near to one place.
    aligned: float = 0.6
    # h. The first line of a text is set in by no more.
    indent: float = 2.2
    # pt. White space between columns is no narrower: a sheet may be printed small.
    section_gap: float = -0.3
    # share of the pages. Where the rows of fewer can be told, none is read.
    least_told: float = 0.5
    # count. A page has no more cells: comparing each with each takes long.
    max_cells: int = 2000
    # share of the cells. Where by the order of drawing more are merged, a page is drawn in two passes.
    merged_share: float = 0.25
    # share of the cells of a second pass. So many take several lines.
    several_share: float = 0.4
    # count. A merged cell that surely goes on below a page break has so many lines above it.
    flowing_lines: int = 3
    # pt. Sides and middles are rounded by so much.
    rounding: float = 1.0


@dataclass(frozen=True, slots=True)
class SectionSettings:
    """Rows of a form with the same columns."""

    # h. Texts of one column begin, end or have their middle as near to one place.
    aligned: float = 0.25
    # count. A header stands over so many others, and so many stand beside it that are merged down over these.
    min_headed: int = 2
    min_beside: int = 2
    # share of the columns. Where fewer are the same in two rows, the texts must be set alike.
    least_share: float = 0.8


WHITESPACE = WhitespaceSettings()
HEADER = HeaderSettings()
LINES = LineSettings()
ROWS = RowSettings()
SPANS = SpanSettings()
MERGED = MergedSettings()
ALIGNMENT = AlignmentSettings()
CERTAINTY = CertaintySettings()
GRID = GridSettings()
DRAWN = DrawnSettings()
SECTIONS = SectionSettings()
