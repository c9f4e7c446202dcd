"""Python values as RDF literals that every serialisation can hold."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from pyoxigraph import Literal

from budgetkg.vocab import XSD

# XML 1.0 has no way to write these, not even as a reference, and RDF/XML is one of our exports.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold; nothing else is touched."""
    return _UNWRITABLE.sub("", text)


def string(text: str) -> Literal:
    """A printed string, in no language."""
    return Literal(clean(text))


def chinese(text: str) -> Literal:
    """A name or title, tagged ``zh``."""
    return Literal(clean(text), language="zh")


def integer(number: int) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=XSD.integer)


def boolean(value: bool) -> Literal:
    """A truth value."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def decimal(value: Decimal) -> Literal:
    """A number in its one lexical form, the canonical one of XML Schema 1.1: 12.5 for 12.50, 12 for 12.00.

    Oxigraph keeps the value of a decimal and not its spelling, and writes it in this form. So a number
    is spelt alike whether it comes from the store or from a file.
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=XSD.decimal)


def product(number: Decimal, factor: Decimal) -> Decimal:
    """The exact product; the default context would round what has more than 28 digits."""
    digits = len(number.as_tuple().digits) + len(factor.as_tuple().digits)
    return Context(prec=digits + 2).multiply(number, factor)
