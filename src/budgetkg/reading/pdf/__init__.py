"""PDF, page by page: ink, rules, tables, rows (docs/decisions/0016)."""
