"""A person's right readings, applied to records before anything else sees them."""

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
