from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GlyphSettings:
    clip_min_size: float = 0.1
    clip_margin: float = 0.05
    clip_inset: float = 0.5
    rotated_share_of_page: float = 0.75
    rotated_share_of_cell: float = 0.6


@dataclass(frozen=True, slots=True)
class OverlaySettings:
    slant: float = 0.15
    level_slope: float = 0.01
    watermark_min_size: float = 3.0
    watermark_min_points: float = 20.0
    watermark_lightness: float = 0.6
    stamp_min_glyphs: int = 3
    stamp_min_chroma: float = 0.2
    overprint_distance: float = 0.7


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    snap_tolerance: float = 1.5
    join_tolerance: float = 3.0
    min_length: float = 2.5
    straight_tolerance: float = 0.6
    line_max_thickness: float = 3.0
    dot_max_size: float = 2.0
    sign_max_size: float = 20.0
    clip_tolerance: float = 1.0
    open_side_min: float = 6.0
    open_end_min: float = 1.2
    min_lone_verticals: int = 3
    max_crossings: int = 4_000_000


@dataclass(frozen=True, slots=True)
class TextSettings:
    line_tolerance: float = 0.55
    small_glyph_share: float = 0.5
    blank_min_points: float = 1.0
    blank_beside_ideograph: float = 0.8
    blank_between_letters: float = 0.25
    column_gap: float = 1.8
    title_beginning: int = 5


@dataclass(frozen=True, slots=True)
class TableSettings:
    side_tolerance: float = 4.0
    boundary_tolerance: float = 3.0
    drift_tolerance: float = 2.5
    max_header_rows: int = 4


@dataclass(frozen=True, slots=True)
class OpenSidedSettings:
    min_piece: float = 8.0
    min_edges: int = 3
    min_boundaries: int = 4
    max_joints: int = 200
    crossing: float = 1.0
    touch_gap: float = 0.06
    min_names: int = 3
    min_filled_cells: int = 2
    same_size: float = 0.1
    footer_gap_same_size: float = 0.8
    footer_gap: float = 0.4
    foot_of_page: float = 0.75


@dataclass(frozen=True, slots=True)
class LayoutSettings:
    max_held_pages: int = 60
    overflow_line_gap: float = 1.0
    cell_padding: float = 0.2
    ruled_header_gap: float = 6.0
    fitting_lines_share: float = 0.8


@dataclass(frozen=True, slots=True)
class BorderlessSettings:
    touch_gap: float = 0.15
    min_columns: int = 3
    min_lines: int = 3
    level_tolerance: float = 1.0
    footer_gap: float = 4.0
    max_doubtful_share: float = 0.15


@dataclass(frozen=True, slots=True)
class WhitespaceSettings:
    raster: float = 0.25
    min_gap: float = 0.6
    min_narrow_gap: float = 0.08
    min_runs_beside: int = 3
    crossing_share: float = 0.04
    crossing_overlap: float = 0.5


@dataclass(frozen=True, slots=True)
class HeaderSettings:
    letter_gap: float = 1.05
    near: float = 2.2
    half_line: float = 0.3
    min_names_under: int = 2
    min_word: int = 2
    max_further_lines: int = 4
    max_line_step: float = 1.5
    row_step_ratio: float = 1.1


@dataclass(frozen=True, slots=True)
class BlockSettings:
    max_blocks: int = 8
    min_rows: int = 3
    telling_heights: int = 4
    header_rows: int = 2
    title_cut_gap: float = 1.5
    height_tolerance: float = 2.0
    height_share: float = 0.02
    many_rows: int = 6
    gap_between: float = 16.0


@dataclass(frozen=True, slots=True)
class ContinuationSettings:
    full_line_gap: float = 1.7


@dataclass(frozen=True, slots=True)
class HeaderFooterSettings:
    min_pages: int = 3
    height_step: float = 4.0
    title_size: float = 1.15
    max_page_number: int = 24


@dataclass(frozen=True, slots=True)
class IndentSettings:
    depth_tolerance: float = 1.0
    centre_tolerance: float = 3.0
    min_cells: int = 4
    max_depths: int = 3
    min_step: float = 0.8


GLYPHS = GlyphSettings()
OVERLAYS = OverlaySettings()
EDGES = EdgeSettings()
TEXT = TextSettings()
TABLES = TableSettings()
OPEN_SIDED = OpenSidedSettings()
LAYOUT = LayoutSettings()
BORDERLESS = BorderlessSettings()
WHITESPACE = WhitespaceSettings()
HEADER = HeaderSettings()
BLOCKS = BlockSettings()
CONTINUATION = ContinuationSettings()
HEADERS_FOOTERS = HeaderFooterSettings()
INDENTS = IndentSettings()
