"""The former place of `budgetkg.values.read_target`, until all of forms/ imports it from there."""

from budgetkg.values import read_target

__all__ = ["read_target"]
