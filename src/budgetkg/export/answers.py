"""Answers of queries as text: rows in the formats of SPARQL 1.1 results, triples in Turtle."""

from __future__ import annotations

import json

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from budgetkg.errors import UnknownName
from budgetkg.export.files import csv_text
from budgetkg.store.results import Answer, Solutions, Term, Triples
from budgetkg.vocab import PREFIXES, XSD

ROW_FORMATS = ("csv", "tsv", "json", "xml")
_RESULTS = "http://www.w3.org/2005/sparql-results#"


def written(answer: Answer, format: str) -> str:
    """An answer as text: rows and booleans in one of :data:`ROW_FORMATS`, triples in Turtle.

    Raises :class:`UnknownName` where the answer can't be written in that format.
    """
    if isinstance(answer, tuple):
        if format != "turtle":
            raise UnknownName("triples-as-turtle", format=format)
        return turtle(answer)
    if format not in _WRITERS:
        raise UnknownName("rows-as", format=format, known=ROW_FORMATS)
    return _WRITERS[format](answer)


def for_excel(answer: Solutions | bool) -> bytes:
    """Rows as CSV for a spreadsheet program: with a byte order mark, and ' before what it would compute."""
    if isinstance(answer, bool):
        return _csv(answer).encode("utf-8-sig")
    rows = (tuple(map(_no_formula, row)) for row in answer.rows)
    return csv_text(answer.variables, rows).encode("utf-8-sig")


def turtle(triples: Triples) -> str:
    """The triples of a CONSTRUCT or DESCRIBE, with our prefixes."""
    return (pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()


def _csv(answer: Solutions | bool) -> str:
    if isinstance(answer, bool):
        return f"{_truth(answer)}\n"
    return csv_text(answer.variables, (map(plain, row) for row in answer.rows))


def _tsv(answer: Solutions | bool) -> str:
    if isinstance(answer, bool):
        return f"{_truth(answer)}\n"
    lines = [[f"?{name}" for name in answer.variables]]
    lines += [["" if term is None else str(term) for term in row] for row in answer.rows]
    return "".join("\t".join(line) + "\n" for line in lines)


def _json(answer: Solutions | bool) -> str:
    if isinstance(answer, bool):
        return json.dumps({"head": {}, "boolean": answer}) + "\n"
    bindings = [
        {name: _json_term(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    document = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, Literal):
        value = {"type": "literal", "value": term.value}
        if term.language is not None:
            value["xml:lang"] = term.language
        elif term.datatype != XSD.string:
            value["datatype"] = term.datatype.value
        return value
    return {"type": "bnode" if isinstance(term, BlankNode) else "uri", "value": plain(term)}


def _xml(answer: Solutions | bool) -> str:
    variables = () if isinstance(answer, bool) else answer.variables
    head = "".join(f"<variable name={_quoted(name)}/>" for name in variables)
    if isinstance(answer, bool):
        body = f"<boolean>{_truth(answer)}</boolean>"
    else:
        rows = ("".join(map(_xml_binding, variables, row)) for row in answer.rows)
        body = "<results>" + "".join(f"<result>{row}</result>\n" for row in rows) + "</results>"
    return f'<?xml version="1.0"?>\n<sparql xmlns="{_RESULTS}"><head>{head}</head>\n{body}</sparql>\n'


def _xml_binding(name: str, term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        language = f" xml:lang={_quoted(term.language)}" if term.language else ""
        typed = not language and term.datatype != XSD.string
        datatype = f" datatype={_quoted(term.datatype.value)}" if typed else ""
        value = f"<literal{language}{datatype}>{_xml_text(term.value)}</literal>"
    else:
        tag = "bnode" if isinstance(term, BlankNode) else "uri"
        value = f"<{tag}>{_xml_text(plain(term))}</{tag}>"
    return f"<binding name={_quoted(name)}>{value}</binding>"


def _xml_text(text: str) -> str:
    from xml.sax.saxutils import escape  # it brings a client of HTTP along

    return escape(text, {"\r": "&#13;"})


def _quoted(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(text)


def plain(term: Term | None) -> str:
    """A term without its marks: the value of a literal, an IRI without brackets, "" for no value."""
    if isinstance(term, NamedNode | Literal | BlankNode):
        return term.value
    return str(term) if isinstance(term, Triple) else ""


def _no_formula(term: Term | None) -> str:
    from budgetkg.export.csvfile import FORMULA

    number = isinstance(term, Literal) and term.datatype in (XSD.integer, XSD.decimal)
    text = plain(term)
    return text if number or not text.startswith(FORMULA) else f"'{text}"


def _truth(value: bool) -> str:
    return "true" if value else "false"


_WRITERS = {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
