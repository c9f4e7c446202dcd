"""Python values as RDF literals that every serialisation can hold."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from pyoxigraph import Literal

from budgetkg.vocab import XSD

# XML 1.0 has no way to write these, not even as a reference, and RDF/XML is one of our exports.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CENTS = Decimal("0.01")


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


def year(number: int) -> Literal:
    """A budget year."""
    return Literal(f"{number:04d}", datatype=XSD.gYear)


def decimal(number: Decimal) -> Literal:
    """An amount: two decimals, more only where they are needed to stay exact."""
    context = Context(prec=len(number.as_tuple().digits) + abs(int(number.adjusted())) + 8)
    cents = context.quantize(number, _CENTS)
    exact = cents if cents == number else context.normalize(number)
    return Literal(f"{exact:f}", datatype=XSD.decimal)


def number(value: Decimal) -> Literal:
    """The number of a target, as plainly as it can be written."""
    text = f"{value:f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=XSD.decimal)


def product(number: Decimal, factor: Decimal) -> Decimal:
    """The exact product; the default context would round what has more than 28 digits."""
    digits = len(number.as_tuple().digits) + len(factor.as_tuple().digits)
    return Context(prec=digits + 2).multiply(number, factor)
