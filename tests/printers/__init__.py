"""Printers: turn records into the text dumps that offices publish, so that reading can be tested backwards."""
