"""Every tolerance and threshold by which pages become tables, but for those of borderless rows.

Each has its unit, its effect, and the case that bounds it: ``pt`` are points (1/72 inch); ``h`` are heights
of the glyph or line concerned, so that the value holds for any type size; ``share`` is a part of a whole from
0 to 1; the rest are counts. All were tried at half and at double their value on the files that the tests
print and on eleven published or rebuilt budgets (decision 0016). Where a case reads otherwise then it is
named (½ or ×2); where none is named, every case reads the same with both (limits of size were not tried).

The names follow pdfplumber's table settings where it has the same (snap, join, edge length). The settings of
rows without edges are in :mod:`budgetkg.reading.pdf.borderless.settings`, those of cells too low for their
text in :mod:`budgetkg.reading.pdf.overfull_settings`, limits against hostile files in
:mod:`budgetkg.reading.pdf.limits`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GlyphSettings:
    """Glyphs under their clip, and text set sideways."""

    # pt. A clip narrower or lower than this shows nothing.
    clip_min_size: float = 0.1
    # pt. A glyph whose centre is so far outside its clip is hidden by it; less is rounding.
    clip_margin: float = 0.05
    # pt. So far inside its clip a hidden glyph is placed, to be in a cell and not on its edge.
    clip_inset: float = 0.5
    # share of the glyphs of a page. More of them set sideways turn the page; ½: sideways words in a cell.
    rotated_share_of_page: float = 0.75
    # share of the glyphs of a cell. More of them set sideways are laid level; ×2: sideways words in a cell.
    rotated_share_of_cell: float = 0.6


@dataclass(frozen=True, slots=True)
class OverlaySettings:
    """Watermarks, stamps, characters drawn twice."""

    # tangent. Text that runs further from level and from upright is set aslant: a watermark or a stamp.
    slant: float = 0.15
    # tangent. Text that runs as near to an axis is set along it.
    level_slope: float = 0.01
    # times the usual type size of the page. Larger pale glyphs are a watermark's; ×2: such.
    watermark_min_size: float = 3.0
    # pt. No smaller glyph is looked at, whatever the usual size.
    watermark_min_points: float = 20.0
    # from 0 (black) to 1 (white). Large glyphs lighter than this are a watermark's, a title is dark; ×2: one.
    watermark_lightness: float = 0.6
    # count. So many slanted glyphs of one colour are a stamp.
    stamp_min_glyphs: int = 3
    # from 0 to 1, largest less smallest component. A colour of more is none of black, white and grey.
    stamp_min_chroma: float = 0.2
    # pt. The same character drawn again as near is bold face made by drawing twice.
    overprint_distance: float = 0.7


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """Painted paths, edges and lattices."""

    # pt. Parallel edges, or edges of two pages, no further apart stand at one place (double strokes).
    snap_tolerance: float = 1.5
    # pt. Edges that end no further apart touch or cross: dots and dashes, corners that don't quite meet.
    join_tolerance: float = 3.0
    # pt. Shorter edges, once joined, are lone dots.
    min_length: float = 2.5
    # pt. A stroke that leaves its axis by more is slanted, no edge.
    straight_tolerance: float = 0.6
    # pt. A filled box as thin is a line.
    line_max_thickness: float = 3.0
    # pt. A filled box as small either way is a dot of a dotted line.
    dot_max_size: float = 2.0
    # pt. What is smaller either way is a character or a box to tick, no side of a table; ½: boxes to tick.
    sign_max_size: float = 20.0
    # pt. An edge as far outside its clip shows half of its stroke.
    clip_tolerance: float = 1.0
    # pt. Horizontal edges that run on so far beyond the last vertical one make a column open to the side.
    open_side_min: float = 6.0
    # pt. Vertical edges that run on so far make a row open at a page break; ½: a browser's double frame.
    open_end_min: float = 2.4
    # count. So many equal vertical edges without a horizontal one are a page within one row; ½: two bars.
    min_lone_verticals: int = 3
    # count of pairs. A page with more crossings of edges is a drawing, and would take too long.
    max_crossings: int = 4_000_000


@dataclass(frozen=True, slots=True)
class TextSettings:
    """Lines of text and the blanks in them."""

    # h. Glyphs whose middles differ by less are one line; ½: stamps, ×2: most rebuilt budgets.
    line_tolerance: float = 0.55
    # share. Of a larger glyph beside smaller ones (a mark raised or lowered) so much counts as its height.
    small_glyph_share: float = 0.5
    # pt. A narrower gap is never a blank.
    blank_min_points: float = 1.0
    # h. A wider gap beside an ideograph is a blank; ½ and ×2: published budgets.
    blank_beside_ideograph: float = 0.8
    # h. A wider gap between letters or digits is a blank; ×2: page numbers.
    blank_between_letters: float = 0.25
    # h. A wider gap parts texts side by side, of a line or of columns; ½: a budget, ×2: columns close by.
    column_gap: float = 1.8
    # count of characters. Two titles that begin alike are parts of one; ½: titles of two budgets.
    title_beginning: int = 5


@dataclass(frozen=True, slots=True)
class TableSettings:
    """Tables that run over pages."""

    # pt. Sides of tables or cells on different pages no further apart are the same; ½ and ×2: budgets.
    side_tolerance: float = 4.0
    # pt. Column boundaries on different pages no further apart are the same.
    boundary_tolerance: float = 3.0
    # pt. Boundaries that drift from page to page by no more are one column boundary of the table.
    drift_tolerance: float = 2.5
    # pt and count. A table of so many boundaries has those of the page before if none is further off.
    snapped: float = 6.0
    min_snapped: int = 6
    # count. A header has no more rows; ½ and ×2: two forms of one layout.
    max_header_rows: int = 4


@dataclass(frozen=True, slots=True)
class OpenSidedSettings:
    """Tables with horizontal edges only, drawn cell by cell."""

    # pt. Shorter pieces of a horizontal edge are dots or dashes, no cells; ½: a line of dashes.
    min_piece: float = 8.0
    # count. So many edges with shared joints are a table; ×2: small tables.
    min_edges: int = 3
    # count. A table has so many column boundaries; ×2: small tables.
    min_boundaries: int = 4
    # count. An edge of more joints is a pattern, and would take too long.
    max_joints: int = 200
    # pt. A text that reaches so far over a boundary on both sides crosses it: its cell is merged.
    crossing: float = 1.0
    # h. Glyphs with a wider gap don't touch. Smaller than for borderless tables: cells here are full.
    touch_gap: float = 0.06
    # count. So many names above the first edge are a header; a page header has fewer; ×2: small tables.
    min_names: int = 3
    # count. A row has no more lines that fill so many cells; edges with more between them are frames.
    max_lines_of_row: int = 4
    # count. So many filled cells above the first edge are a row, though a text crosses a boundary; ×2: one.
    min_filled_cells: int = 2
    # share. Type sizes that differ by no more are alike; ×2: a browser's footer.
    same_size: float = 0.1
    # h. A header or footer of the type size of the text keeps away from it by more.
    footer_gap_same_size: float = 0.8
    # h. One of another type size keeps away by more; ×2: a browser's footer.
    footer_gap: float = 0.4
    # share of the page height. Text that ends above has room below it: no break cuts its row; ×2: cut rows.
    foot_of_page: float = 0.75


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    """Which tables a page holds, and which text is in which cell."""

    # count. Pages without ruled tables are held together up to this, to bound memory.
    max_held_pages: int = 60
    # h. Text below an open cell no further down goes on with it; ½ and ×2: budgets.
    overflow_line_gap: float = 1.0
    # h. Texts below two open cells keep so far apart; ×2: budgets.
    cell_padding: float = 0.2
    # h. Lines no further below a ruled header are its table.
    ruled_header_gap: float = 6.0
    # share of the lines below a ruled header. So many fit under its names, or it is a table by itself.
    fitting_lines_share: float = 0.8
    # h. A figure with less room beside it wraps: no digit had room; ½: a word processor's padding.
    full_figure_room: float = 1.2
    # times. So much do rows that no edges part outnumber those that have edges, or the table is ruled.
    open_rows_ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class BorderlessSettings:
    """What makes lines of text a borderless table."""

    # h. Glyphs with a wider gap don't touch: they are two runs of text; ×2: columns that almost touch.
    touch_gap: float = 0.15
    # count. A table has so many columns; ½ and ×2: most borderless tables of the tests.
    min_columns: int = 3
    # count. A table has so many lines, its header counted; ×2: a small table.
    min_lines: int = 3
    # pt. Lines whose middles differ by no more stand at one height.
    level_tolerance: float = 1.0
    # h. A lone text further below the table is no row of it.
    footer_gap: float = 4.0
    # share of the rows. Pages laid side by side have fewer rows in doubt, or don't belong together.
    max_doubtful_share: float = 0.15


@dataclass(frozen=True, slots=True)
class BlockSettings:
    """Blocks of columns that a sheet too wide for its pages is printed in."""

    # count. A sheet is no more pages wide.
    max_blocks: int = 8
    # count. Blocks share so many rows; ×2: tables of few rows.
    min_rows: int = 3
    # count. Rows of so many heights are known by them; ½: a published budget, ×2: short tables.
    telling_heights: int = 4
    # count. Blocks whose first rows say the same are tables of one kind; ½: a heading over several blocks.
    header_rows: int = 2
    # h. A title that the page cuts reaches as near to the side of the table on both pages.
    title_cut_gap: float = 1.5
    # pt. Rows whose heights differ by no more are as high.
    height_tolerance: float = 2.0
    # share of the height. Or by so much of it.
    height_share: float = 0.02
    # count. Blocks of so many rows of telling heights need no title; ×2: a block printed smaller.
    many_rows: int = 6
    # pt. Borderless blocks are laid side by side so far apart, wider than any gap within a name.
    gap_between: float = 16.0


@dataclass(frozen=True, slots=True)
class SeamSettings:
    """Pages of a sheet cut through merged cells, laid side by side as they were."""

    # count. A longer file is not looked through, to bound memory.
    max_pages: int = 60
    # count. A page has so many horizontal edges, or the heights of its rows tell nothing.
    min_heights: int = 3
    # pt. Shorter edges are dots, dashes and boxes to tick.
    min_edge: float = 8.0
    # pt. The same character as near, pages laid side by side, is drawn on both; each cut is off by up to 0.8.
    drawn_twice: float = 2.6


@dataclass(frozen=True, slots=True)
class ContinuationSettings:
    """Rows that a page break cuts."""

    # h. A line that ends as near to the side of its cell is full; ½ and ×2: print of a word processor.
    full_line_gap: float = 1.7
    # h. A row with so much less room below its text than any other of its table is cut.
    less_room: float = 0.5
    # h. So much more room than any row leaves below its text would have held another line.
    more_room: float = 1.5
    # h. So much room below the text of all rows is a padding.
    padding: float = 1.0
    # h. Rows that leave no more room than that beyond the least are full.
    level_room: float = 0.1


@dataclass(frozen=True, slots=True)
class HeaderFooterSettings:
    """Headers and footers."""

    # count. What stands on so many pages is a header or footer; ½: department budgets.
    min_pages: int = 3
    min_pages_of_browser: int = 2  # of a line with a time or an address; ×2: prints of two pages
    # pt. Lines at heights of one such step stand at one height.
    height_step: float = 4.0
    # times the usual size. A larger line is a title and stays; ½: most budgets, ×2: a wide table.
    title_size: float = 1.15
    max_page_number: int = 24  # count of characters, an address left out


@dataclass(frozen=True, slots=True)
class IndentSettings:
    """Names indented by their place."""

    # pt. Names that begin no further apart stand at one depth.
    depth_tolerance: float = 1.0
    # pt. A name whose gaps to both sides differ by no more is centred; ×2: a rebuilt budget.
    centre_tolerance: float = 3.0
    # count. Fewer cells show no depths; ½: a published budget, ×2: small tables.
    min_cells: int = 4
    # count. More depths are no hierarchy; ½: a published budget.
    max_depths: int = 3
    # h. Depths are as far apart; ×2: indented names.
    min_step: float = 0.8


GLYPHS = GlyphSettings()
OVERLAYS = OverlaySettings()
EDGES = EdgeSettings()
TEXT = TextSettings()
TABLES = TableSettings()
OPEN_SIDED = OpenSidedSettings()
LAYOUT = LayoutSettings()
BORDERLESS = BorderlessSettings()
BLOCKS = BlockSettings()
SEAMS = SeamSettings()
CONTINUATION = ContinuationSettings()
HEADERS_FOOTERS = HeaderFooterSettings()
INDENTS = IndentSettings()
