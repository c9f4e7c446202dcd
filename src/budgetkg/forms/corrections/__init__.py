"""A person's right readings, applied to records before anything else sees them."""

from budgetkg.forms.corrections.applying import UnclearCorrection, corrected, digests_in
from budgetkg.forms.corrections.lines import CorrectionLine, read_corrections

__all__ = ["CorrectionLine", "UnclearCorrection", "corrected", "digests_in", "read_corrections"]
