"""Borderless tables: columns by the white space between them, rows by the alignment of their cells."""
