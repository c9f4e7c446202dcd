"""What may be asked of the API from outside."""

from __future__ import annotations

USUAL_PAGE, LARGEST_PAGE = 100, 10_000
LARGEST_NUMBER = 1_000_000
OF_PAGING = ("page", "per_page")
