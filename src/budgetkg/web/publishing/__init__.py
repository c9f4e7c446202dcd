"""The site as files for any web host, written beside the old ones and put in their place as a whole."""

from budgetkg.web.publishing.whole import publish

__all__ = ["publish"]
