"""A named graph as an rdflib Graph, for those who work in rdflib."""

from budgetkg.validation.rdflib_graph import to_rdflib

__all__ = ["to_rdflib"]
