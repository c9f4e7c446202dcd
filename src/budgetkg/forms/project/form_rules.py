"""The rules by which the rows of a one-project form are read, each with the taking of what it finds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from budgetkg.forms.indicators.block import Block
from budgetkg.forms.indicators.leaves import head_of
from budgetkg.forms.indicators.margins import with_margin
from budgetkg.forms.indicators.reading import read_block
from budgetkg.forms.indicators.sections import period_of
from budgetkg.forms.indicators.tier_rows import headed_block_of
from budgetkg.forms.layout import line_rules as lines
from budgetkg.forms.layout.driver import Progress, Rows
from budgetkg.forms.layout.goal_rows import goal_rows
from budgetkg.forms.layout.goals import OF_YEAR, Goals, goal_below, goals_of
from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.money_unit import money_unit, unit_behind
from budgetkg.forms.layout.titles import TitleRow
from budgetkg.forms.layout.year import year_of
from budgetkg.forms.project.fields import Form, Label, label_of, take
from budgetkg.forms.project.numbered_forms import Begun, heads_another
from budgetkg.forms.project.pairs import Pairs, named_at_head, pairs_of, spoken_name, take_pair
from budgetkg.forms.project.said_money import is_said
from budgetkg.forms.settings import GOAL_ROWS, HEAD_ROWS, HEADER_ROWS, LONGEST_LABEL
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.text import comparison_key as key

_NAME_LABELS = 3  # rows below a unit line within which the next form begins
_SENTENCE = re.compile(r"[。；;，,:：]")


@dataclass(slots=True)
class State(Progress):
    """The forms read so far, and the unit that heads the next."""

    forms: list[Form] = field(default_factory=list)
    owner: str | None = None
    under_titles: set[str] = field(default_factory=set)  # units on a line right below a title
    unit_labelled: bool = False  # whether the money unit is that of a label of amounts
    line_unit: str | None = None  # the money unit of a line over a further form, where it is another
    filed_by: tuple[str, str] | None = None  # label and unit of a line above the first form
    begun: Mapping[int, Begun] = field(default_factory=dict)  # forms begun by a numbered name, by row

    @property
    def form(self) -> Form:
        """The form being read; the first begins with whatever is read first."""
        if not self.forms:
            self.begin()
        return self.forms[-1]

    def see_label_unit(self, cells: Sequence[Cell]) -> None:
        """The money unit that labels of amounts print; the first outranks that of a line over the table."""
        said = (money_unit(cell.text) for cell in cells
                if len(cell.key) <= LONGEST_LABEL and "单位" not in cell.key)  # fmt: skip
        unit = next(filter(None, said), None)
        if unit is not None and not self.unit_labelled and not self.has_money:
            self.parts.unit, self.unit_labelled = unit, True
        elif unit is not None and unit != self.parts.unit and self.form.unit is None and len(self.forms) > 1:
            self.form.unit = unit
        self.see_unit(cells)

    def see_line_unit(self, cells: Sequence[Cell]) -> None:
        """A money unit on a line over a further form is that form's, whatever the first one had."""
        said = next(filter(None, (money_unit(cell.text) for cell in cells)), None)
        if said is not None and self.has_money:
            self.line_unit = said if said != self.parts.unit else None

    @property
    def has_money(self) -> bool:
        """Whether an amount has been read already, in the unit as it was then."""
        return any(form.amounts or form.funds for form in self.forms)

    def begin(self) -> Form:
        """Begin the next project's form."""
        form = Form(unit=self.line_unit)
        if self.owner:
            form.texts["owner"] = self.owner
        self.forms.append(form)
        return form


def find_furniture(state: State, rows: Rows) -> tuple[Cell, ...] | None:
    """Furniture, unless a label of the form that is furniture elsewhere has its value beside it."""
    labelled = any(state.reader.layout.labels.lookup(cell.text) for cell in rows[0].cells)
    return None if labelled else lines.find_furniture(state, rows)


def take_title(state: State, rows: Rows, found: TitleRow) -> int:
    """A title may have the money unit beside it.

    The head of a form below it whose name isn't read is no more the last form's, nor are its indicators.
    """
    state.see_line_unit(rows[0].cells)
    begun = bool(state.forms) and bool(state.form.name or state.form.indicators)
    if begun and heads_another(state.reader.layout, rows[1:]):
        state.begin()
    return lines.take_title_row(state, rows, found)


def take_year_or_unit(state: State, rows: Rows, found: tuple[str | None, str | None]) -> int:
    """So may a line of its own."""
    state.see_line_unit(rows[0].cells)
    return lines.take_year_or_unit(state, rows, found)


def find_begun(state: State, rows: Rows) -> Begun | None:
    """A numbered name that begins the form of the next project: 项目二：某项目."""
    return state.begun.get(state.at)


def take_begun(state: State, rows: Rows, found: Begun) -> int:
    """Its name, and the pairs beside it in the same row."""
    take_pair(state, found.pair, rows[0].line.page)
    beside = pairs_of(state.reader.layout, replace(rows[0], cells=found.others)) if found.others else None
    return take_pairs(state, rows, beside) if beside else 1


def find_section(state: State, rows: Rows) -> str | None:
    """A row that says only whose values the table below it holds: 长期绩效目标表."""
    layout, cells = state.reader.layout, rows[0].cells
    if not state.forms or len(cells) != 1 or label_of(layout, cells[0]) is not None:
        return None
    return period_of(layout, cells[0].text)


def take_section(state: State, rows: Rows, found: str) -> int:
    """It holds for the next table; where the rows below are read already, it parted them."""
    state.form.section = found if state.at + 1 not in state.taken else None
    state.reader.furniture(rows[0].place)
    return 1


def find_block(state: State, rows: Rows) -> Block | None:
    """An indicator table; it ends where a numbered name begins the next form."""
    end = next((at for at in sorted(state.begun) if at > state.at), state.at + len(rows))
    return headed_block_of(state.reader.layout, rows[: end - state.at], year_of(state.parts))


def take_block(state: State, rows: Rows, found: Block) -> int:
    """Its rows are taken wherever they stand; what stands between them is read by the other rules."""
    form = state.form
    reading = read_block(state.reader, found, form.name, form.section)
    form.section = None
    form.indicators += with_margin(found, reading.indicators)
    form.empty += reading.empty
    form.attributes += reading.sums
    state.taken |= {state.at + entry.at for entry in found.rows if entry.taken}
    return found.depth


def find_goals(state: State, rows: Rows) -> Goals | None:
    """Goals under their headings."""
    layout = state.reader.layout
    beside = goal_rows(layout, rows[:GOAL_ROWS]) or goals_of(layout, rows[:GOAL_ROWS])
    return beside or (goal_below(layout, rows[:2]) if state.forms else None)


def take_goals(state: State, rows: Rows, found: Goals) -> int:
    """Each text goes where its heading says."""
    for cell in found.heads:
        state.reader.furniture(cell.place)
    of_year = [head for kind, head, _ in found.texts if kind in OF_YEAR]
    state.reader.goal_heads.extend(of_year)
    if of_year:  # a title that says several years was of these goals, not of the table below them
        state.form.section = None
    for kind, head, place in found.texts:
        label = Label(kind, key(head.text), place)
        take(state.reader, state.form, label, place.text, place, head.column, state.parts.unit)
    return found.rows


def find_pairs(state: State, rows: Rows) -> Pairs | None:
    """Labels with a value behind the colon or in the next cell."""
    found = pairs_of(state.reader.layout, rows[0], rows[1] if len(rows) > 1 else None)
    if found is None and len(rows[0].cells) == 1 and (own := spoken_name(rows[0].cells[0])) is not None:
        alone = Pairs((own,), (), ())
        return alone if _is_begun(state, alone) and "name" not in _further(state, rows) else None
    return (
        found if found is None or not _is_begun(state, found) else named_at_head(found, _further(state, rows))
    )


def _is_begun(state: State, found: Pairs) -> bool:
    """Whether these may be the first pairs of a form: nothing of it is read, or one named the last form."""
    form = state.forms[-1] if state.forms else None
    if form is None or not (form.named or form.amounts or form.goals or form.indicators):
        return True
    labels = {label.key.rstrip(":") for label, _ in found.strange}
    return bool(form.indicators) and form.name_label in labels


def _further(state: State, rows: Rows) -> set[str]:
    """The fields that the rows below name, up to the indicators of the form."""
    layout, names = state.reader.layout, set[str]()
    for at, row in enumerate(rows[1:HEAD_ROWS], 1):
        if head_of(layout, rows[at : at + HEADER_ROWS]) is not None:
            break
        names |= {label.name for cell in row.cells if (label := label_of(layout, cell))}
    return names


def take_pairs(state: State, rows: Rows, found: Pairs) -> int:
    """Each value where its label says; what has no known label is quoted."""
    reader = state.reader
    state.see_label_unit(rows[0].cells)
    for pair in sorted(
        found.pairs, key=lambda pair: pair.label.name != "name"
    ):  # 项目编码 | … | 项目名称 | …
        text = pair.value.text if pair.beside is None else pair.beside.text
        text = pair.listed[0].printed if pair.listed else text
        state.parts.unit = state.parts.unit or unit_behind(text)
        take_pair(state, pair, rows[0].line.page)
        if pair.beside is not None and pair.label.name in OF_YEAR:
            reader.goal_heads.append(pair.cell)
    for cell in found.furniture:
        reader.furniture(cell.place)
    for label, value in found.strange:
        if value is None and not label.key.endswith(":"):  # a text beside which nothing stands heads nothing
            reader.remark("text-unread", f"p. {rows[0].line.page}", label.place, text=label.text[:200])
            continue
        cell = label
        if value is not None:  # one fact, one finding: the label and what stands beside it
            both = Healed(label.place.text + value.place.text, (*label.place.offsets, *value.place.offsets))
            cell = Cell(label.column, value.text, both)
            if state.forms and is_said(label.text, value.text):
                state.form.money_said.append((label.text, cell, rows[0].line.page))
                continue
        report_unknown(reader, cell, label.text, rows[0].line.page)
    return 1


def find_rest(state: State, rows: Rows) -> GridRow:
    """What no rule has found."""
    return rows[0]


def take_rest(state: State, rows: Rows, found: GridRow) -> int:
    """It stays unclaimed, and so ends in a finding that quotes it."""
    state.see_unit(found.cells)
    return 1
