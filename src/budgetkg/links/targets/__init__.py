"""The targets that the graph can be linked with, one a module."""
