"""The rules of the house, held by reading the source: layers, sole importers, sizes, no strays."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from tools.generate.layers import layer_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "budgetkg"

LAYERS = layer_of()

SOLE_IMPORTERS = {
    "xlrd": {"reading.xls"},
    "selectolax": {"reading.html", "reading.html_tree"},
    "pyshacl": {"validation.reference"},
    "shacl": {"validation.native"},
    "pdfplumber": {"reading.pdf.engine"},
    "pdfminer": {"reading.pdf.engine", "reading.pdf.interpreter", "reading.pdf.annotations"},
    "pypdfium2": {"reading.pdf.pixels"},
    "rapidocr": {"reading.ocr_model"},
    "PIL": {"reading.ocr", "reading.ocr_model", "reading.pdf.pixels", "picture.pixels"},
    "SPARQLWrapper": {"store.remote"},
    "filelock": {"store.locks"},
    "jinja2": {"web.pages.rendering"},
    "pypinyin": {"web.pages.search_index"},
    "rapidfuzz": {"links.similarity", "inference.similarity"},
}

# The only places that may spell an IRI of ours: the derived namespace, the mint with the default of
# its base, and what derives files.
SPELLS_IRIS = ("vocab", "borrowed", "mapping.iri", "mapping.options")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    """`store.remote` for src/budgetkg/store/remote.py; `store` for its __init__."""
    parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file names in an import, wherever in the file it stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def own(name: str) -> str | None:
    """The top-level module of ours that an import reaches, if any."""
    parts = name.split(".")
    if parts[0] != "budgetkg":
        return None
    if len(parts) > 1 and ((PACKAGE / parts[1]).is_dir() or (PACKAGE / f"{parts[1]}.py").is_file()):
        return parts[1]
    return "__init__"


def docstrings(path: Path) -> set[int]:
    """Identities of the string nodes that only document."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def strings(path: Path) -> Iterator[tuple[int, str]]:
    prose = docstrings(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield f"{dotted(path)}.{node.name}", node.end_lineno - node.lineno + 1


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_every_module_has_a_layer() -> None:
    assert {dotted(path).split(".")[0] for path in modules()} <= set(LAYERS)


def test_imports_point_down_only() -> None:
    upward = [
        f"{dotted(path)}:{line} imports {name}"
        for path in modules()
        for line, name in imported(path)
        if (target := own(name)) and LAYERS[target] > LAYERS[dotted(path).split(".")[0]]
    ]
    assert not upward


def test_modules_of_one_layer_do_not_import_each_other_in_circles() -> None:
    edges: dict[str, set[str]] = {}
    for path in modules():
        source = dotted(path).split(".")[0]
        edges.setdefault(source, set()).update(
            target for _, name in imported(path) if (target := own(name)) and target != source
        )

    def reaches(start: str, goal: str, seen: set[str]) -> bool:
        return any(
            step == goal or (step not in seen and reaches(step, goal, seen | {step}))
            for step in edges.get(start, ())
        )

    assert not [name for name in edges if reaches(name, name, {name})]


@pytest.mark.parametrize("library", sorted(SOLE_IMPORTERS))
def test_one_module_knows_the_library(library: str) -> None:
    users = {
        dotted(path) for path in modules() for _, name in imported(path) if name.split(".")[0] == library
    }
    assert users <= SOLE_IMPORTERS[library]


def test_iris_are_spelled_in_one_place() -> None:
    strays = [
        f"{dotted(path)}:{line}: {text[:60]}"
        for path in modules()
        if not dotted(path).startswith(SPELLS_IRIS)
        for line, text in strings(path)
        if text.startswith("http") and "w3id.org" in text
    ]
    assert not strays


def test_packaged_files_are_located_in_one_place() -> None:
    users = {
        dotted(path)
        for path in modules()
        for _, name in imported(path)
        if name.startswith("importlib.resources")
    }
    assert users <= {"resources"}


def test_no_sparql_in_python() -> None:
    query = re.compile(r"\b(SELECT|CONSTRUCT|DESCRIBE|ASK|INSERT|DELETE|WHERE|GRAPH)\b[^{]*\{\s*[?<]?")
    strays = [
        f"{dotted(path)}:{line}: {text[:60]}"
        for path in modules()
        for line, text in strings(path)
        if query.search(text)
    ]
    assert not strays


def test_no_bare_except_and_no_assert() -> None:
    strays = [
        f"{dotted(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and node.type is None)
    ]
    assert not strays


def test_no_module_without_a_noun_of_its_own() -> None:
    assert not {path.stem for path in modules()} & {"utils", "util", "helpers", "helper", "common", "misc"}


def test_one_root_exception() -> None:
    strays = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and dotted(path) != "errors":
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if bases & {"Exception", "BaseException", "RuntimeError", "ValueError"}:
                    strays.append(f"{dotted(path)}.{node.name}")
    assert not strays


def test_python_files_are_short() -> None:
    sizes = {dotted(path): lines(path) for path in modules()}
    # The vocabulary is generated, a line for each term.
    assert not {name: size for name, size in sizes.items() if size > 300 and name != "vocab"}
    assert median(sizes.values()) <= 100


def test_functions_are_short() -> None:
    sizes = [found for path in modules() for found in functions(path)]
    assert not [found for found in sizes if found[1] > 50]
    assert median(size for _, size in sizes) <= 10


def test_the_rest_of_the_python_is_short_too() -> None:
    rest = [path for folder in ("tests", "benchmarks", "tools") for path in (ROOT / folder).rglob("*.py")]
    assert not {str(path.relative_to(ROOT)): size for path in rest if (size := lines(path)) > 300}


def turtle() -> list[Path]:
    return sorted(path for folder in ("ontology", "shapes") for path in (ROOT / folder).rglob("*.ttl"))


def test_turtle_files_are_short() -> None:
    assert not {path.name: size for path in turtle() if (size := lines(path)) > 600}


def prefix_table() -> dict[str, str]:
    text = (ROOT / "ontology" / "prefixes.ttl").read_text(encoding="utf-8")
    pairs = re.findall(r'sh:prefix\s+"([^"]*)"\s*;\s*sh:namespace\s+"([^"]+)"', text)
    assert pairs, "ontology/prefixes.ttl declares no prefix in the form that this test reads"
    return dict(pairs)


def test_queries_spell_no_prefix() -> None:
    spelled = [
        path.name
        for path in sorted((ROOT / "queries").rglob("*.rq"))
        if re.search(r"(?im)^\s*(PREFIX|BASE)\s", path.read_text(encoding="utf-8"))
    ]
    assert not spelled


def test_turtle_prefixes_agree_with_the_one_table() -> None:
    table = prefix_table()
    spelled = re.compile(r"(?m)^\s*@?(?i:prefix)\s+([\w-]*):\s*<([^>]+)>")
    strays = [
        f"{path.name}: {prefix}: <{namespace}>"
        for path in turtle()
        for prefix, namespace in spelled.findall(path.read_text(encoding="utf-8"))
        if table.get(prefix) != namespace
    ]
    assert not strays


def test_shapes_declare_the_prefixes_of_their_queries() -> None:
    """Each file of shapes works alone, in any engine: so it repeats the lines of the table that it needs."""
    table = prefix_table()
    declared = re.compile(r'sh:prefix\s+"([^"]*)"\s*;\s*sh:namespace\s+"([^"]+)"')
    for path in sorted((ROOT / "shapes").rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        queries = "".join(re.findall(r'sh:select\s+"""(.*?)"""', text, re.DOTALL))
        found = dict(declared.findall(text))
        assert found == {prefix: table[prefix] for prefix in found}, path.name
        assert set(re.findall(r"(?<![\w$?<])([a-z]+):\w", queries)) == set(found), path.name
