"""More than one machine: documents read by the workers of a Dask scheduler, files at any fsspec address.

The extra ``[cluster]`` brings the libraries. A document goes through the same function as on one machine, so
the graph is the same to the byte.
"""
