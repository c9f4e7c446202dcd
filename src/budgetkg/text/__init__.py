"""Every way in which printed text is normalised: one function for each meaning.

- `comparison_key`: are two prints the same text? Not for quoting: it changes the length.
- `fold_width`, `unify_ideographs`: plain forms of characters, each where it stands.
- `plain_signs`: one character for each sign of comparison, range and arithmetic.
- `without_white_space`, `on_one_line`, `without_wrap_blanks`: white space alone.
- `writable_in_xml`: without what no XML file can hold.
- `is_blank`, `is_wide`, `printed_width`: how characters print.
"""

from budgetkg.text.comparison import comparison_key, fold_width, unify_ideographs
from budgetkg.text.signs import plain_signs
from budgetkg.text.spacing import (
    is_blank,
    is_wide,
    on_one_line,
    printed_width,
    without_white_space,
    without_wrap_blanks,
)
from budgetkg.text.xml import writable_in_xml

__all__ = [
    "comparison_key",
    "fold_width",
    "is_blank",
    "is_wide",
    "on_one_line",
    "plain_signs",
    "printed_width",
    "unify_ideographs",
    "without_white_space",
    "without_wrap_blanks",
    "writable_in_xml",
]
