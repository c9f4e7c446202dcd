"""What forms are called and how their tables lie: layouts, titles, headers, the documents of a file."""

from budgetkg.forms.layout.layouts import Layout, layouts, read_layout, read_layouts, reading_with

__all__ = ["Layout", "layouts", "read_layout", "read_layouts", "reading_with"]
