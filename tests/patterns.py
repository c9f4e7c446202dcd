"""Every regular expression of the package, and texts on which each would be slow if it could be.

The patterns are found by importing every module and reading documents while the compiler of ``re`` is
watched, and by walking the source for literal ones that were not reached. The texts come from a pattern's
own structure: something that each of its repetitions takes, again and again, then something that it doesn't.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import budgetkg
from budgetkg.forms.indicators import cell_patterns
from budgetkg.forms.layout.layouts import layouts
from budgetkg.late import _LatePattern

SOURCE = Path(budgetkg.__file__).parent
_PLAIN = "a1 一、\t(.:《%年-0字_\n"
_MISMATCHES = ("\x00", "字")
_WHOLE = frozenset({"match", "fullmatch"})
_METHODS = frozenset({*_WHOLE, "search", "finditer", "findall", "sub", "subn", "split"})


@cache
def patterns() -> dict[tuple[str | bytes, int], str]:
    """Each pattern with its flags → how it is used: ``search``, or ``match`` where it is only anchored."""
    found: dict[tuple[str | bytes, int], str] = {}
    compiled = re._compile  # type: ignore[attr-defined]

    def watched(pattern: Any, flags: Any) -> Any:
        made = compiled(pattern, flags)
        frame = sys._getframe(2)
        if "budgetkg" in frame.f_code.co_filename and Path(frame.f_code.co_filename).is_relative_to(SOURCE):
            found.setdefault((made.pattern, made.flags & ~re.UNICODE), "search")
        return made

    with patch.object(re, "_compile", watched):
        _import_all()
        for layout in layouts():
            for name in layout.cell_grammar:
                cell_patterns.compiled(cell_patterns.patterns_of(layout, name))
    for layout in layouts():
        # Titles, furniture and marks of a page are compared as a whole.
        whole = (layout.title_patterns, layout.other_titles, layout.furniture_patterns, layout.page_marks)
        for pattern in (one for several in whole for one in several):
            found[pattern.pattern, pattern.flags & ~re.UNICODE] = "match"
    for path in sorted(SOURCE.rglob("*.py")):
        for pattern, flags, use in _in_source(path):
            key = (pattern, re.compile(pattern, flags).flags & ~re.UNICODE)
            found[key] = use if found.get(key, use) == use or use == "match" else found[key]
        for key in _only_anchored(path):
            found[key] = "match"
    return found


def _only_anchored(path: Path) -> Iterator[tuple[str | bytes, int]]:
    """Patterns of a module, also those made of pieces, of which only anchored methods are called."""
    text = path.read_text(encoding="utf-8")
    if "re.compile" not in text and "late_pattern" not in text:
        return
    tree = ast.parse(text)
    name = ".".join(("budgetkg", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
    for given, value in vars(importlib.import_module(name)).items():
        if (
            isinstance(value, (re.Pattern, _LatePattern))
            and given.startswith("_")
            and _use(tree, given) == "match"
        ):
            yield value.pattern, value.flags & ~re.UNICODE


def _import_all() -> None:
    """Import each module anew, for its patterns, and leave the ones in use as they were.

    A module whose extra isn't installed is looked at by its source alone.
    """
    kept = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "budgetkg"}
    for name in kept:
        del sys.modules[name]
    # Whatever is compiled late is compiled at once here, where its module defines it.
    importlib.import_module("budgetkg.late").late_pattern = re.compile  # type: ignore[attr-defined]
    try:
        for module in pkgutil.walk_packages([str(SOURCE)], "budgetkg."):
            if not module.name.endswith("__main__"):
                _import(module.name)
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "budgetkg"]:
            del sys.modules[name]
        sys.modules.update(kept)


def _import(name: str) -> None:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "budgetkg":
            raise


def _in_source(path: Path) -> Iterator[tuple[str | bytes, int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    called = {
        n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    }
    owner = {id(value): name for name, value in names.items()}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        use, first = _function_of_re(node.func), node.args[0]
        if use in {*_METHODS, "compile"} and isinstance(first, ast.Constant):
            if use == "compile":
                use = _use(tree, owner.get(id(node), ""))
            if use == "search" and not called & (_METHODS - _WHOLE):
                use = "match"  # stands in a table, and the module calls nothing else
            yield first.value, _flags(node), "match" if use in _WHOLE else "search"


def _function_of_re(called: ast.expr) -> str:
    if isinstance(called, ast.Name):
        return "compile" if called.id == "late_pattern" else ""
    ours = (
        isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"
    )
    return called.attr if ours else ""


def _flags(call: ast.Call) -> int:
    given = [*call.args[1:], *(word.value for word in call.keywords if word.arg == "flags")]
    names = {part.attr for one in given for part in ast.walk(one) if isinstance(part, ast.Attribute)}
    return sum(getattr(re, name) for name in names if isinstance(getattr(re, name, None), re.RegexFlag))


def _use(tree: ast.Module, name: str) -> str:
    """``match`` where every mention of a name in its module calls an anchored method of it."""
    mentions = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name
                and isinstance(n.ctx, ast.Load)]  # fmt: skip
    called = [n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)
              and isinstance(n.value, ast.Name) and n.value.id == name]  # fmt: skip
    return "match" if mentions and len(called) == len(mentions) and set(called) <= _WHOLE else "search"


def worst(pattern: str | bytes, flags: int, size: int) -> Iterator[str | bytes]:
    """Texts of about a size that make a pattern try the most."""
    parsed = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    seen: set[str] = set()
    for before, word in _repeated(list(parsed), "", flags):
        if not word or (key := f"{before}\x1f{word}") in seen:
            continue
        seen.add(key)
        for after in _MISMATCHES:
            text = before + word * (size // len(word)) + after
            yield text if isinstance(pattern, str) else text.encode("latin-1", "ignore")


def _repeated(items: list[Any], before: str, flags: int) -> Iterator[tuple[str, str]]:
    """What stands before a repetition, and what one round of it may take; and beginnings of the whole."""
    at = before
    for place, (code, value) in enumerate(items):
        name = str(code)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = value
            if most > 3:
                for choice in range(3):
                    yield at, _sample(list(inner), choice)
                    yield "", at + _sample(list(inner), choice)
            yield from _repeated(list(inner), at, flags)
        elif name == "SUBPATTERN":
            yield from _repeated(list(value[3]), at, flags)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repeated(list(branch), at, flags)
        elif name == "ATOMIC_GROUP":
            yield from _repeated(list(value), at, flags)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repeated(list(value[1]), at, flags)
        at += _sample([items[place]], 0)
        if at and place < len(items):
            yield "", at


def _sample(items: list[Any], choice: int) -> str:
    """A text that the items take, more or less; ``choice`` picks among characters and branches."""
    text = ""
    for code, value in items:
        name = str(code)
        if name == "LITERAL":
            text += chr(value)
        elif name in ("ANY", "NOT_LITERAL"):
            text += next(c for c in _PLAIN[choice:] + _PLAIN if name == "ANY" or ord(c) != value)
        elif name == "IN":
            text += _of_set(value, choice)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            text += _sample(list(value[2]), choice) * max(value[0], 1)
        elif name == "SUBPATTERN":
            text += _sample(list(value[3]), choice)
        elif name == "ATOMIC_GROUP":
            text += _sample(list(value), choice)
        elif name == "BRANCH":
            text += _sample(list(value[1][choice % len(value[1])]), choice)
    return text


def _of_set(items: Any, choice: int) -> str:
    def takes(char: str) -> bool:
        negated, hit = False, False
        for code, value in items:
            name = str(code)
            if name == "NEGATE":
                negated = True
            elif name == "LITERAL":
                hit |= ord(char) == value
            elif name == "RANGE":
                hit |= value[0] <= ord(char) <= value[1]
            elif name == "CATEGORY":
                kind = str(value).removeprefix("CATEGORY_").replace("UNI_", "")
                known = {
                    "DIGIT": char.isdecimal(),
                    "SPACE": char.isspace(),
                    "WORD": char.isalnum() or char == "_",
                }
                hit |= not known[kind[4:]] if kind.startswith("NOT_") else known[kind]
        return hit != negated

    own = [chr(value if str(code) == "LITERAL" else value[0]) for code, value in items
           if str(code) in ("LITERAL", "RANGE")]  # fmt: skip
    fitting = [char for char in [*own, *_PLAIN] if takes(char)]
    return fitting[choice % len(fitting)] if fitting else ""
