"""Python values as RDF literals that every serialisation can hold."""

from __future__ import annotations

from decimal import Context, Decimal

from pyoxigraph import Literal

from budgetkg.text import writable_in_xml
from budgetkg.vocab import XSD


def string(text: str) -> Literal:
    """A printed string, in no language."""
    return Literal(writable_in_xml(text))


def chinese(text: str) -> Literal:
    """A name or title, tagged ``zh``."""
    return Literal(writable_in_xml(text), language="zh")


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
