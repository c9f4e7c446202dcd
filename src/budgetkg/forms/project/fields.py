"""Labels of a one-project form and what is printed behind them: names, amounts, goals, attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from budgetkg.findings import Evidence
from budgetkg.folding import fold, key
from budgetkg.forms.indicators.table import IndicatorTable
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.reader import Reader
from budgetkg.reading.grid import Cell, GridRow
from budgetkg.reading.source import Healed
from budgetkg.records import Amount
from budgetkg.values import parse_amount

AMOUNTS = ("total", "fiscal_appropriation", "fiscal_special_account", "other")
GOALS = ("goal", "year_goal", "period_goal")
_COLON = re.compile(r"\s*:\s*")
_MONEY = r"[-−]?\d[\d,]*(?:\.\d+)?"
_UNIT = re.compile(r"\s*(?:亿元|万元|千元|元)\s*$")
_LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a cell: the field it names, its words, and the value behind its colon."""

    name: str
    text: str
    value: Healed


@dataclass(slots=True)
class Form:
    """One project's form being read."""

    texts: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, Amount] = field(default_factory=dict)
    goals: dict[str, Healed] = field(default_factory=dict)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    evidence: tuple[Evidence, ...] = ()
    tables: list[IndicatorTable] = field(default_factory=list)
    awaited: dict[int, str] = field(default_factory=dict)
    money_columns: dict[int, str] = field(default_factory=dict)
    money_heads: dict[int, Label] = field(default_factory=dict)
    section: str | None = None

    @property
    def name(self) -> str:
        """The project's name, for findings."""
        return self.texts.get("name", "")

    @property
    def goal(self) -> Healed:
        """The year's goal; the project's own where no year's is printed."""
        found = (self.goals[name] for name in ("year_goal", "goal", "period_goal") if self.goals.get(name))
        return next(found, Healed())


def label_of(reader: Reader, cell: Cell) -> Label | None:
    """The label that a cell is or begins with."""
    layout = reader.layout
    name = layout.labels.lookup(cell.text) or ("person" if layout.is_person(cell.text) else None)
    if name is not None:
        return Label(name, key(cell.text).rstrip(":"), Healed())
    plain = fold(cell.place.text)
    colon = _COLON.search(plain)
    if colon is None or colon.start() > _LONGEST_LABEL:
        return None
    head = cell.place.text[: colon.start()]
    name = layout.labels.lookup(head) or ("person" if layout.is_person(head) else None)
    if name is None:
        further = _COLON.search(plain, colon.end())  # 其中：财政拨款：100.00
        if further is None or further.start() > _LONGEST_LABEL:
            return None
        head = cell.place.text[: further.start()]
        name, colon = layout.labels.lookup(head), further
    return Label(name, key(head), cell.place[colon.end() :].strip()) if name else None


def take(reader: Reader, form: Form, label: Label, value: str, place: Healed, column: int) -> None:
    """Put a printed value where its label says."""
    name = label.name
    form.evidence += reader.record(place)
    if name in AMOUNTS or name == "period_total":
        _take_money(reader, form, label, value, place, column)
    elif name in GOALS:
        before = form.goals.get(name)
        form.goals[name] = (
            Healed(before.text + place.text, before.offsets + place.offsets) if before else place
        )
    elif name == "attribute" or name in form.texts:
        form.attributes.append((label.text, value))
    else:
        form.texts[name] = value


def take_amounts_below(reader: Reader, form: Form, row: GridRow) -> bool:
    """A row of amounts under a row of their labels: 年度资金总额 | 财政拨款 | 其他资金."""
    heads, form.money_heads = form.money_heads, {}
    cells = [cell for cell in row.cells if not reader.layout.is_furniture(cell.text)]
    if not cells or not all(cell.column in heads and parse_amount(cell.text) for cell in cells):
        return False
    for cell in row.cells:
        reader.furniture(cell.place)
    for cell in cells:
        take(reader, form, heads[cell.column], cell.text, cell.place, cell.column)
    return True


def take_amounts_within(reader: Reader, form: Form, cell: Cell) -> bool:
    """Several labelled amounts in one cell: 年度资金总额：120.00万元，其中：财政拨款100.00万元."""
    plain = fold(cell.place.text)
    found = list(_labelled_amounts(reader.layout).finditer(plain))
    between = _labelled_amounts(reader.layout).sub("", plain)
    if not found or re.sub(r"[\s,，;；。、()其中为:：]", "", between):
        return False
    form.evidence += reader.record(cell.place)
    for match in found:
        name = reader.layout.labels.lookup(match["label"])
        amount = parse_amount(match["amount"])
        if name in AMOUNTS and amount is not None and name not in form.amounts:
            form.amounts[name] = amount
        else:
            form.attributes.append((match["label"], match["amount"]))
    return True


@cache
def _labelled_amounts(layout: Layout) -> re.Pattern[str]:
    names = (*AMOUNTS, "attribute", "period_total")
    labels = {fold(label) for name in names for label in layout.labels.get(name, ())}
    choice = "|".join(re.escape(label) for label in sorted(labels, key=lambda text: (-len(text), text)))
    return re.compile(
        rf"(?P<label>{choice})\s*(?:\((?:亿元|万元|千元|元)\))?\s*[:为]?"
        rf"\s*(?P<amount>{_MONEY})\s*(?:亿元|万元|千元|元)?"
    )


def _take_money(reader: Reader, form: Form, label: Label, value: str, place: Healed, column: int) -> None:
    if label.name in ("total", "period_total"):
        form.money_columns[column] = label.name
    above = [at for at in form.money_columns if at <= column]
    of_period = bool(above) and form.money_columns[max(above)] == "period_total"
    amount = parse_amount(_UNIT.sub("", value))
    if amount is not None and label.name in AMOUNTS and not of_period and label.name not in form.amounts:
        form.amounts[label.name] = amount
        return
    if amount is None and label.name in AMOUNTS:
        first = re.match(rf"\s*({_MONEY})\s*(?:亿元|万元|千元|元)?", fold(value))
        rest = place[first.end() :] if first else Healed()
        inner = Cell(column, rest.text, rest)
        if first and take_amounts_within(reader, form, inner):
            parsed = parse_amount(first[1])
            if parsed is not None:
                form.amounts.setdefault(label.name, parsed)
            return
        reader.log.add("amount-unreadable", form.name, reader.at(place), printed=value)
    form.attributes.append((("实施期" if of_period and label.name in AMOUNTS else "") + label.text, value))
