"""Printers: turn records into documents as offices publish them, so that reading can be tested backwards."""
