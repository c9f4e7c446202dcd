"""The graph as open data: a catalogue of datasets, each in every format, with its size and hash."""

from budgetkg.catalogue.writing import CatalogueOptions, write_catalogue

__all__ = ["CatalogueOptions", "write_catalogue"]
