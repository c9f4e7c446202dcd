"""Layouts as data: what a form's headers, labels and furniture are called.

A layout names the shared tables or the layout it uses (``uses = ["indicators", "people"]``) and adds its
own; lists under one name are joined, its own first.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from budgetkg.errors import BudgetkgError, choices, why
from budgetkg.forms.layout.names_index import AmountLabels, Labels, Names, joined_parts, spellings
from budgetkg.resources import layout_files, shared_layout
from budgetkg.text import comparison_key as key

_NOTHING = Names({})
_NO_LABELS = Labels({})
_YEARS = re.compile(r"\(?20\d\d年?度?(?:[-—至~]20\d\d年?度?)?\)?")
_LONGEST_PATTERN = 60  # characters of a label that a pattern may describe


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One form: signature, header names and their variants, labels, furniture."""

    name: str
    form: str
    scope: str
    kind: str
    signature: tuple[str, ...]
    title_patterns: tuple[re.Pattern[str], ...] = ()
    totals: frozenset[str] = frozenset()
    columns: Names = _NOTHING
    column_groups: Names = _NOTHING
    labels: Labels = _NO_LABELS
    people: frozenset[str] = frozenset()
    amounts: Names = _NOTHING
    budget: Names = _NOTHING
    tier_columns: Names = _NOTHING
    tier_column_marks: Names = _NOTHING
    fund_columns: Names = _NOTHING
    tier_parents: Names = _NOTHING
    tier_cell: Names = _NOTHING
    task_columns: Names = _NOTHING
    indicator_cell: Names = _NOTHING
    cell_grammar: Names = _NOTHING
    furniture_labels: frozenset[str] = frozenset()
    furniture_patterns: tuple[re.Pattern[str], ...] = ()
    page_marks: tuple[re.Pattern[str], ...] = ()
    notes: tuple[re.Pattern[str], ...] = ()
    other_titles: tuple[re.Pattern[str], ...] = ()
    other_headers: frozenset[str] = frozenset()
    prints_every_tier: bool = False
    people_printed: tuple[str, ...] = field(default=(), repr=False)

    def holds_value(self, text: str) -> bool:
        """Whether one header is that of names and of their values: 三级指标及指标值."""
        parts = joined_parts(text)
        if len(parts) != 2:
            return False
        named = self.tier_columns.lookup(parts[0]) == "name"
        named = named or self.column_groups.lookup(parts[0]) == "indicators"
        return named and self.tier_columns.lookup(parts[1]) in ("annual_value", "period_value")

    def is_furniture(self, text: str) -> bool:
        """Whether a cell's text is a declared label that carries no fact of its own."""
        plain = key(text)
        if _YEARS.fullmatch(plain):
            return plain in self.furniture_labels  # 2021-2023年 is a value; only the word 年度 is a label
        if any(form in self.furniture_labels for form in spellings(text)):
            return True
        return len(plain) <= _LONGEST_PATTERN and any(p.fullmatch(plain) for p in self.furniture_patterns)

    def is_mark(self, text: str) -> bool:
        """Whether a whole line is furniture: a declared label, or a page number, which stands alone."""
        plain = key(text)
        return self.is_furniture(text) or any(mark.fullmatch(plain) for mark in self.page_marks)

    def is_note(self, text: str) -> bool:
        """Whether a row's only cell is a remark on the form (注：…)."""
        return any(note.fullmatch(key(text)) for note in self.notes)

    def is_other_title(self, text: str) -> bool:
        """Whether a whole line is the title of another table of a budget: “三公”经费预算表."""
        return any(title.fullmatch(key(text)) for title in self.other_titles)

    def is_person(self, label: str) -> bool:
        """Whether a label names a clerk."""
        return key(label).rstrip(":") in self.people


def lookup(names: Names, text: str) -> str | None:
    """The field that a printed header or label names, its bracketed remark and colon left out."""
    return names.lookup(text)


def cut_lookup(names: Names, text: str, least: int = 3) -> str | None:
    """The one field whose header begins with a text that a page edge has cut (说明及公)."""
    return names.cut(text, least)


def layouts() -> tuple[Layout, ...]:
    """Every layout that ships, sorted by form, behind those of the user's own (:func:`reading_with`)."""
    return _joined(_own.get())


@contextmanager
def reading_with(own: Sequence[Layout]) -> Iterator[None]:
    """Read with layouts of the user's own too, for as long as the block lasts."""
    before = _own.set(tuple(own))
    try:
        yield
    finally:
        _own.reset(before)


def given_layouts() -> tuple[Layout, ...]:
    """The layouts of the user's own that hold in this block, as :func:`layouts` has them."""
    names = {layout.name for layout in _own.get()}
    return tuple(layout for layout in layouts() if layout.name in names)


_own: ContextVar[tuple[Layout, ...]] = ContextVar("own", default=())


@lru_cache(maxsize=8)
def _joined(own: tuple[Layout, ...]) -> tuple[Layout, ...]:
    found = [*own, *_shipped()]
    marks = {one.form: tuple(m for other in found if other.form == one.form for m in other.signature)
             for one in found}  # fmt: skip
    # A form goes by the same titles whichever way it is laid out.
    return tuple(replace(one, signature=tuple(dict.fromkeys(marks[one.form]))) for one in found)


@cache
def _shipped() -> tuple[Layout, ...]:
    return tuple(map(read_layout, layout_files()))


def read_layouts(given: str | os.PathLike[str] | Layout) -> tuple[Layout, ...]:
    """Layouts of the user's own: a file, a folder of them, the text of one, or one that is read already.

    Raises BudgetkgError where one can't be read, or names a table or field that no form has.
    """
    if isinstance(given, Layout):
        return (given,)
    if isinstance(given, str) and "\n" in given:  # no path has a line break, and every layout has one
        return (_parsed(given, Path("layout"), check=True),)
    path = Path(given)
    paths = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    return tuple(read_layout(found, check=True) for found in paths)


def read_layout(path: Path, check: bool = False) -> Layout:
    """One layout file; ``check`` refuses a table or a field that no layout that ships has."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = why(error) if isinstance(error, OSError) else error
        raise BudgetkgError("at-path", path=path, reason=reason) from error
    return _parsed(text, path, check)


def _parsed(text: str, path: Path, check: bool) -> Layout:
    try:
        data = _with_used(tomllib.loads(text))
        if check:
            _check_fields(path, data)
        return _layout(path.stem, data)
    except (tomllib.TOMLDecodeError, re.error) as error:
        raise BudgetkgError("at-path", path=path, reason=error) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise BudgetkgError("no-layout", path=path, error=error) from error


def _check_fields(path: Path, data: dict[str, Any]) -> None:
    known = _known_fields()
    for table, content in data.items():
        if table not in known:
            raise BudgetkgError("layout-table", path=path, table=table, choices=choices(table, known))
        for name in content if isinstance(content, dict) else ():
            if name not in known[table]:
                meant = choices(name, known[table])
                raise BudgetkgError("layout-field", path=path, table=table, name=name, choices=meant)


@cache
def _known_fields() -> dict[str, frozenset[str]]:
    """The entries and tables of the layouts that ship, with the fields of each table."""
    known: dict[str, frozenset[str]] = dict.fromkeys(
        ("uses", "prints_every_tier", "title_patterns", "labels", *_TABLES), frozenset()
    )
    for path in layout_files():
        for table, content in _with_used(tomllib.loads(path.read_text("utf-8"))).items():
            fields = frozenset(content if isinstance(content, dict) else ())
            known[table] = known.get(table, frozenset()) | fields
    return known


def _with_used(data: Mapping[str, Any]) -> dict[str, Any]:
    """A layout with the tables it uses, shared ones or another layout's, its own lists first."""
    whole = {table: content for table, content in data.items() if table != "uses"}
    for name in data.get("uses", ()):
        for table, content in _used(name).items():
            if isinstance(content, dict):
                own = whole.get(table, {})
                whole[table] = {**own, **{at: [*own.get(at, ()), *words] for at, words in content.items()}}
            elif isinstance(content, list):
                whole[table] = [*whole.get(table, ()), *content]
            else:
                whole.setdefault(table, content)
    return whole


@cache
def _used(name: str) -> dict[str, Any]:
    """What several layouts use under one name, read once."""
    return _with_used(tomllib.loads(shared_layout(name).read_text("utf-8")))


def _layout(name: str, data: dict[str, Any]) -> Layout:
    furniture = data.get("furniture", {})
    people = tuple(data.get("people", {}).get("labels", ()))
    return Layout(
        name=name,
        form=data["form"],
        scope=data["scope"],
        kind=data["kind"],
        signature=tuple(key(text) for text in data["signature"]),
        title_patterns=tuple(re.compile(text) for text in data.get("title_patterns", ())),
        totals=frozenset(key(text) for text in data.get("totals", ())),
        people=frozenset(key(text) for text in people),
        people_printed=people,
        furniture_labels=frozenset(key(text) for text in furniture.get("labels", ())),
        furniture_patterns=tuple(re.compile(text) for text in furniture.get("patterns", ())),
        page_marks=tuple(re.compile(text) for text in furniture.get("page_marks", ())),
        notes=tuple(re.compile(text) for text in furniture.get("notes", ())),
        other_titles=tuple(re.compile(text) for text in furniture.get("other_titles", ())),
        other_headers=frozenset(key(text) for text in furniture.get("other_headers", ())),
        prints_every_tier=bool(data.get("prints_every_tier", False)),
        labels=Labels(_tuples(data.get("labels", {}))),
        amounts=AmountLabels(_tuples(data.get("amounts", {}))),
        **{table: Names(_tuples(data.get(table, {}))) for table in _TABLES},
    )


_TABLES = (
    "columns",
    "column_groups",
    "budget",
    "tier_columns",
    "tier_column_marks",
    "fund_columns",
    "tier_parents",
    "tier_cell",
    "task_columns",
    "indicator_cell",
    "cell_grammar",
)


def _tuples(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(variants) for name, variants in table.items()}
