"""Labels of a one-project form and what is printed behind them: names, amounts, goals, attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from budgetkg.findings import Evidence
from budgetkg.forms.layout.goals import GOALS, REACHED, goal_kind
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.people import is_personal
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.settings import LONGEST_LABEL
from budgetkg.reading.grid import Cell
from budgetkg.reading.source import Healed
from budgetkg.records import Amount, FundLine, Indicator
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold
from budgetkg.values import parse_amount

AMOUNTS = ("total", "fiscal_appropriation", "fiscal_special_account", "other")
_COLON = re.compile(r"(?<!\s)\s*+:\s*+")
_MONEY = r"[-−]?\d[\d,]*(?:\.\d+)?"
_SEVERAL_YEARS = re.compile(r"(?:其中:)?(?:中期|长期|中长期|实施期|实施周期|项目周期|三年)(?:其中:)?")
# Behind a unit's name on one line: 填报单位：… 2023年 金额单位：万元
_BEHIND = re.compile(
    r"(?:(?<![\s(])[\s(]++(?P<year>20\d\d\s*+年度?)\)?[\s(,;]*+|(?<![\s(,;])[\s(,;]*+)"
    r"(?:金额|货币|计量)?单位\s*+:\s*+(?:人民币)?\s*+(?:亿元|万元|千元|元)\s*+\)?\s*+$"
)
# What a form prints where a stamp is to be set is no part of a name: 实施单位：(盖章)
_STAMP = re.compile(r"(?<!\s)\s*+[(（][^()（）]{0,4}(?:盖章|公章|签章)[^()（）]{0,2}[)）]\s*+")


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
    funds: list[FundLine] = field(default_factory=list)
    evidence: tuple[Evidence, ...] = ()
    indicators: list[Indicator] = field(default_factory=list)
    empty: list[tuple[str | None, str | None]] = field(default_factory=list)
    money_columns: dict[int, str] = field(default_factory=dict)
    money_heads: dict[int, Label] = field(default_factory=dict)
    section: str | None = None
    named: bool = False

    @property
    def name(self) -> str:
        """The project's name, for findings."""
        return self.texts.get("name", "")

    @property
    def goal(self) -> Healed:
        """The year's goal; the project's own where no year's is printed."""
        found = (self.goals[name] for name in ("year_goal", "goal", "period_goal") if self.goals.get(name))
        return next(found, Healed())


def label_of(layout: Layout, cell: Cell) -> Label | None:
    """The label that a cell is or begins with."""
    name = layout.labels.lookup(cell.text) or (
        "person" if is_personal(cell.text) or layout.is_person(cell.text) else None
    )
    if name is not None:
        return Label(name, key(cell.text).rstrip(":"), Healed())
    plain = fold(cell.place.text)
    several = _SEVERAL_YEARS.match(cell.key)
    if several and layout.labels.lookup(cell.key[several.end() :]) in AMOUNTS:
        return Label("attribute", cell.key.rstrip(":"), Healed())  # 中期财政拨款 is none of the year's money
    colon = _COLON.search(plain)
    if colon is None or colon.start() > LONGEST_LABEL:
        return None
    head = cell.place.text[: colon.start()]
    name = layout.labels.lookup(head) or ("person" if is_personal(head) or layout.is_person(head) else None)
    if name is None and goal_kind(layout, head) == REACHED:
        return Label(REACHED, key(head), cell.place[colon.end() :].strip())
    if name is None:
        further = _COLON.search(plain, colon.end())  # 其中：财政拨款：100.00
        if further is None or further.start() > LONGEST_LABEL:
            return None
        head = cell.place.text[: further.start()]
        name, colon = layout.labels.lookup(head), further
    return Label(name, key(head), _without_unit(cell.place[colon.end() :])) if name else None


def _without_unit(value: Healed) -> Healed:
    """A value without the money unit that a line prints behind it."""
    behind = _BEHIND.search(fold(value.text))
    return (value[: behind.start()] if behind else value).strip()


def year_behind(text: str) -> str | None:
    """The year that a line prints between a unit's name and the money unit."""
    behind = _BEHIND.search(fold(text))
    return behind["year"] if behind else None


def stampless(text: str) -> str:
    """A name without the place for a stamp beside it; nothing where only the place is printed."""
    return _STAMP.sub("", text).strip()


def take(
    reader: Reader, form: Form, label: Label, value: str, place: Healed, column: int, unit: str | None
) -> None:
    """Put a printed value where its label says; ``unit`` is the money unit of the document so far."""
    name = label.name
    form.evidence += reader.record(place)
    if name in AMOUNTS or name == "period_total":
        _take_money(reader, form, label, value, place, column, unit)
    elif name in GOALS or name == REACHED:
        before = form.goals.get(name)
        form.goals[name] = (
            Healed(before.text + place.text, before.offsets + place.offsets) if before else place
        )
    elif name == "attribute" or name in form.texts:
        form.attributes.append((label.text, value))
    else:
        form.texts[name] = value


def labelled_amounts(layout: Layout, cell: Cell) -> list[tuple[str, str]]:
    """Several labelled amounts in one cell: 年度资金总额：120.00万元，其中：财政拨款100.00万元."""
    plain = fold(cell.place.text)
    pattern = _labelled_amounts(layout)
    found = list(pattern.finditer(plain))
    between = pattern.sub("", plain)
    if not found or re.sub(r"[\s,，;；。、()其中为:：]", "", between):
        return []
    return [(match["label"], match["amount"]) for match in found]


def take_labelled(reader: Reader, form: Form, cell: Cell, found: list[tuple[str, str]]) -> None:
    """Take the amounts that a cell lists."""
    form.evidence += reader.record(cell.place)
    for label, printed in found:
        name = reader.layout.labels.lookup(label)
        amount = parse_amount(printed)
        if name in AMOUNTS and amount is not None and name not in form.amounts:
            form.amounts[name] = amount
        else:
            form.attributes.append((label, printed))


@cache
def _labelled_amounts(layout: Layout) -> re.Pattern[str]:
    names = (*AMOUNTS, "attribute", "period_total")
    labels = {fold(label) for name in names for label in layout.labels.get(name, ())}
    choice = "|".join(re.escape(label) for label in sorted(labels, key=lambda text: (-len(text), text)))
    return re.compile(
        rf"(?P<label>{choice})\s*(?:\((?:亿元|万元|千元|元)\))?\s*[:为]?"
        rf"\s*(?P<amount>{_MONEY})\s*(?:亿元|万元|千元|元)?"
    )


def _take_money(
    reader: Reader, form: Form, label: Label, value: str, place: Healed, column: int, unit: str | None
) -> None:
    if label.name in ("total", "period_total"):
        form.money_columns[column] = label.name
    above = [at for at in form.money_columns if at <= column]
    of_period = bool(above) and form.money_columns[max(above)] == "period_total"
    money = money_in(value)
    if money is not None and label.name in AMOUNTS and not of_period and label.name not in form.amounts:
        form.amounts[label.name] = money.in_unit(unit)
        if money.broken_down:
            form.attributes.append((label.text, value))
        return
    if money is None and label.name in AMOUNTS:
        first = re.match(rf"\s*({_MONEY})\s*(?:亿元|万元|千元|元)?", fold(value))
        rest = place[first.end() :] if first else Healed()
        inner = labelled_amounts(reader.layout, Cell(column, rest.text, rest)) if first else []
        if first and inner:
            parsed = parse_amount(first[1])
            if parsed is not None:
                form.amounts.setdefault(label.name, parsed)
            take_labelled(reader, form, Cell(column, rest.text, rest), inner)
            return
        if key(value) not in ("/", "-", "—", "——", "--", "无"):
            reader.log.add("amount-unreadable", form.name, reader.at(place), printed=value)
    form.attributes.append((("实施期" if of_period and label.name in AMOUNTS else "") + label.text, value))
