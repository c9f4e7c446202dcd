"""What forms are called and how their tables lie: layouts, titles, headers, the documents of a file."""

from budgetkg.forms.layout.layouts import OWN_LAYOUTS, layouts, read_layout

__all__ = ["OWN_LAYOUTS", "layouts", "read_layout"]
