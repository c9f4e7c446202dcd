"""Tolerances for cells that are too low for their text; units as in :mod:`budgetkg.reading.pdf.settings`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OverfullSettings:
    """Lines of a cell that is too low for them, drawn over its edges."""

    # h. A line whose middle is nearer to a horizontal edge reaches over it.
    touched: float = 0.45
    # h. One as near is struck through by it, as no line in a cell of its own is.
    struck: float = 0.2
    # h. Glyphs of one text set without a gap; cells leave more room at an edge.
    touching: float = 0.08
    # h. Lines of one text are as far apart at least, and
    least_step: float = 0.95
    # h. at most: fonts ask for 1.15 to 1.5.
    most_step: float = 1.8
    # h. Steps between the lines of one text differ by no more, lines that stand level neither.
    step_drift: float = 0.12
    # h. Lines of one text are never as near: glyphs of two lines between level and this lie over each other,
    collides: float = 0.7
    # h. and these are level: one line.
    level: float = 0.12
    # share. They lie over each other where they share more of the narrower one's width.
    shared_width: float = 0.3
    # ratio. A mark raised or lowered, or a watermark, is of another size.
    same_size: float = 1.3
    # h. No further line has room above or below lines that are nearer to both edges of their cell.
    no_room: float = 1.0
    # widths of the widest character of a line: beside less room no further one is set.
    no_width: float = 1.25


OVERFULL = OverfullSettings()
