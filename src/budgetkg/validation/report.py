"""What a validation reports, whichever engine ran it."""

from __future__ import annotations

from dataclasses import dataclass

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a validation.

    ``path`` is an IRI, or Turtle where it is no single property. ``value`` is the plain text of
    the value node and ``value_term`` the same in N-Triples. ``constraint`` is the SPARQL
    constraint where there is one, and ``findings`` the kinds of findings that say the same of a document
    (their notations; ``rdfs:seeAlso`` of the shape or constraint). ``name`` is what people call the focus
    node, with the file that it stands in; "" where the graph has no name for it.
    """

    severity: str
    focus: str
    path: str | None
    value: str | None
    value_term: str | None
    source_shape: str
    constraint: str | None
    component: str
    messages: tuple[tuple[str, str], ...]
    findings: tuple[str, ...] = ()
    name: str = ""

    @property
    def rule(self) -> str:
        """What was broken: the SPARQL constraint, else the shape."""
        return self.constraint or self.source_shape

    def message(self, language: str = "zh") -> str:
        """The message in ``zh`` or ``en``, or in whatever language there is."""
        texts = dict(self.messages)
        return texts.get(language) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The results of a validation, sorted."""

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing breaks the structure of the graph: no Violation."""
        return self.count("Violation") == 0

    def count(self, severity: str) -> int:
        """How many results have this severity: ``Violation``, ``Warning`` or ``Info``."""
        return sum(result.severity == severity for result in self.results)

    def turtle(self) -> str:
        """The report as Turtle. There, as SHACL has it, warnings alone make it not conform."""
        head = f"@prefix sh: <{_SH}> .\n\n[] a sh:ValidationReport ;\n    sh:conforms "
        listed = "".join(f" ;\n    sh:result {_turtle(result)}" for result in self.results)
        return f"{head}{str(not self.results).lower()}{listed} .\n"


def bracketed(path: str) -> str:
    """A path in Turtle: a property in angle brackets, anything longer as it is."""
    return path if path[0] in "([" else f"<{path}>"


def _node(text: str) -> str:
    return f"<{text}>" if ":" in text else f"_:{text}"


def _turtle(result: Result) -> str:
    from pyoxigraph import Literal

    rows = [
        ("resultSeverity", f"sh:{result.severity}"),
        ("focusNode", _node(result.focus)),
        ("resultPath", None if result.path is None else bracketed(result.path)),
        ("value", result.value_term),
        ("sourceShape", _node(result.source_shape)),
        ("sourceConstraint", result.constraint and _node(result.constraint)),
        ("sourceConstraintComponent", f"<{result.component}>"),
        *(("resultMessage", str(Literal(text, language=tag or None))) for tag, text in result.messages),
    ]
    body = "".join(f" ;\n        sh:{name} {term}" for name, term in rows if term is not None)
    return f"[\n        a sh:ValidationResult{body} ]"
