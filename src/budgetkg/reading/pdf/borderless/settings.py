from __future__ import annotations

from dataclasses import dataclass

IMPOSSIBLE = 1e9


@dataclass(frozen=True, slots=True)
class LineSettings:
    min_step: float = 0.85
    max_step: float = 1.12
    full_line_room: float = 0.3
    uneven_step: float = 3.0
    amount_among_lines: float = 3.0
    numbering_restart: float = 4.0
    late_numbering: float = 2.0
    short_line_goes_on: float = 0.6
    break_after_full_line: float = 1.0
    break_within_step: float = 0.3
    amounts_share: float = 0.5
    full_lines_share: float = 0.15
    min_full_lines: int = 3
    wide_share: float = 0.75
    step_min_share: float = 0.05
    step_unit: float = 0.2
    min_leading: float = 0.9
    max_leading: float = 2.2
    usual_leading: float = 1.15


@dataclass(frozen=True, slots=True)
class RowSettings:
    row: float = 0.2
    no_name: float = 1.5
    no_amount: float = 1.5
    single_cell: float = 1.0
    cut_by_page: float = 0.5
    misalignment: float = 2.0
    tolerance: float = 0.12
    max_distance: float = 2.0
    doubtful_misalignment: float = 1.0
    doubtful_cells: float = 3.0
    hopeless: float = 40.0
    max_lines: int = 400


@dataclass(frozen=True, slots=True)
class SpanSettings:
    tolerance: float = 0.25
    skipped_row: float = 0.4
    cell: float = 0.4
    row_of_its_own: float = 1.0
    cut_by_page: float = 0.3
    max_cell_cost: float = 2.0


@dataclass(frozen=True, slots=True)
class MergedSettings:
    max_tiers: int = 3
    max_columns: int = 20
    max_cell_lines: int = 10
    doubtful_span: float = 1.0
    max_sample_lines: int = 3000


@dataclass(frozen=True, slots=True)
class AlignmentSettings:
    sample_pages: int = 3
    max_misalignment: float = 0.3
    max_doubtful_share: float = 0.25
    merged_cost_share: float = 0.6


LINES = LineSettings()
ROWS = RowSettings()
SPANS = SpanSettings()
MERGED = MergedSettings()
ALIGNMENT = AlignmentSettings()
