"""Text for files in XML: RDF/XML is one of the exports."""

from __future__ import annotations

import re

# XML 1.0 has no way to write these, not even as a reference.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable_in_xml(text: str) -> str:
    """The text without the characters that XML 1.0 can't hold (most controls, lone surrogates)."""
    return _UNWRITABLE.sub("", text)
