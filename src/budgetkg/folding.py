"""The former names of what is in `budgetkg.text`, until all of forms/ imports from there."""

from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.text import is_blank, is_wide
from budgetkg.text import printed_width as width

__all__ = ["fold", "is_blank", "is_wide", "key", "width"]
