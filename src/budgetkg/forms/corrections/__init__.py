"""A person's right readings, applied to records before anything else sees them.

Names are loaded when they are first used: a build reads the lines every time, and mostly there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkg.late import late

if TYPE_CHECKING:
    from budgetkg.forms.corrections.applying import UnclearCorrection, corrected, digests_in
    from budgetkg.forms.corrections.lines import COLUMNS, CorrectionLine, read_corrections
    from budgetkg.forms.corrections.offering import Offer, offers

__all__ = [
    "COLUMNS",
    "CorrectionLine",
    "Offer",
    "UnclearCorrection",
    "corrected",
    "digests_in",
    "offers",
    "read_corrections",
]

_HOMES = {
    "COLUMNS": "lines",
    "CorrectionLine": "lines",
    "Offer": "offering",
    "UnclearCorrection": "applying",
    "corrected": "applying",
    "digests_in": "applying",
    "offers": "offering",
    "read_corrections": "lines",
}

__getattr__ = late(__name__, _HOMES)
