"""Fetching the documents that a list of sources names, politely, with a log of what came from where."""

from budgetkg.collecting.collect import Collected, CollectReport, collect
from budgetkg.collecting.fetch import FetchOptions

__all__ = ["CollectReport", "Collected", "FetchOptions", "collect"]
