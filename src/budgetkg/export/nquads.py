"""N-Quads in the order of their bytes: the form in which two builds are compared."""

from __future__ import annotations

from typing import BinaryIO

from budgetkg.export.quads import sorted_lines
from budgetkg.store.generations import Generation


def write(generation: Generation, out: BinaryIO) -> None:
    """Write the format to a stream."""
    out.writelines(sorted_lines(generation))
