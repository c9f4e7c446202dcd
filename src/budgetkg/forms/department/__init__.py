"""Forms of whole departments."""
