"""What only looks at a text returns what it found; the function that takes it claims the text."""

from __future__ import annotations

import ast
from pathlib import Path

import budgetkg.forms

CLAIMS = frozenset({"record", "furniture", "remark", "claim", "claim_offsets"})
LOOKS = ("is_", "has_", "find_")
LEFT: frozenset[str] = frozenset()


def claiming_matchers() -> set[str]:
    """Functions that answer whether something is there, or find it, and claim text on the way."""
    found = set()
    for path in Path(budgetkg.forms.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            answers = node.returns is not None and ast.unparse(node.returns) == "bool"
            if not (answers or node.name.lstrip("_").startswith(LOOKS)):
                continue
            calls = {at.func.attr for at in ast.walk(node)
                     if isinstance(at, ast.Call) and isinstance(at.func, ast.Attribute)}  # fmt: skip
            if calls & CLAIMS:
                found.add(node.name)
    return found


def test_no_matcher_claims_text() -> None:
    assert claiming_matchers() == LEFT
