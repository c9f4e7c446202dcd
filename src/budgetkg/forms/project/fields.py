"""Labels of a one-project form and what is printed behind them: names, amounts, goals, attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from budgetkg.findings import Evidence
from budgetkg.forms.layout.filed import without_unit
from budgetkg.forms.layout.goals import GOALS, REACHED, goal_kind
from budgetkg.forms.layout.label_words import (
    amount_said,
    is_level_money,
    is_money_label,
    is_remark,
    organisation_role,
    source_role,
)
from budgetkg.forms.layout.layouts import Layout
from budgetkg.forms.layout.money import amount_in, money_in
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.people import is_dated, is_personal
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.layout.year import YEAR_LABEL
from budgetkg.forms.project.listed_amounts import AMOUNTS, Listed, behind_first
from budgetkg.forms.settings import LONGEST_LABEL
from budgetkg.reading.grid import Cell
from budgetkg.reading.source import Healed
from budgetkg.records import Amount, FundLine, Indicator
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_PART_OF = "其中"
# A label made of nothing but the year and words for money: 本年度项目金额, 当年预算安排总额
_TOTAL = re.compile(
    r"(?:本年度?|当年度?|年度)(?:项目|预算|财政|资金|支出|申请|安排|批复|总){0,6}(?:金额|总额|资金|预算数?)"
    r"(?:\([^()]*\))?:?|(?:收入|资金来源)(?:合计|总计)(?:\([^()]*\))?:?"
)
_YEARS_OWN = re.compile(r"(?:其中:?)?(?:本年|当年|年度|20\d\d年)")
_SEVERAL_YEARS_SUM = re.compile("(?:项目)?(?:金额|资金|资金总额|总额|预算数?)")
# 县级主管部门 stands below 省级主管部门, which hands the money on.
_OF_PLACE = re.compile("(?:市县|地市|地方|市|州|盟|县|区|旗|乡|镇)级?")
_SIGNS = re.compile("单位|部门|主管|项目|负责|分管|联系|电话|经办|财务|人|[科处室局院长及和与、/]$")
_COLON = re.compile(r"(?<!\s)\s*+:\s*+")
PARTS = ("fiscal_appropriation", "fiscal_special_account", "other")
PERIOD = "实施期"
_DIGITS = "0123456789:一二三四五六七八九十"  # 年度目标1, 年度目标2
_SEVERAL_YEARS = re.compile(r"(?:其中:)?(?:中期|长期|中长期|实施期|实施周期|项目周期|三年)(?:其中:)?")


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
    amount_labels: dict[str, str] = field(default_factory=dict)
    goal_labels: dict[str, str] = field(default_factory=dict)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    funds: list[FundLine] = field(default_factory=list)
    evidence: tuple[Evidence, ...] = ()
    indicators: list[Indicator] = field(default_factory=list)
    money_said: list[tuple[str, Cell, int]] = field(default_factory=list)
    part_of: list[tuple[str, str, str]] = field(default_factory=list)  # money on no list: below which source
    source: str = ""  # the label of the source that was read last
    period_parts: list[tuple[str, str, Amount]] = field(default_factory=list)
    empty: list[tuple[str | None, str | None]] = field(default_factory=list)
    money_columns: dict[int, str] = field(default_factory=dict)
    money_heads: dict[int, Label] = field(default_factory=dict)
    section: str | None = None
    unit: str | None = None  # the money unit over this form where the document began with another
    department_label: str | None = None
    second_label: str = ""  # of the department below the first, which has the money
    named: bool = False
    name_label: str = ""

    @property
    def name(self) -> str:
        """The project's name, for findings."""
        return self.texts.get("name", "")

    @property
    def is_only_named(self) -> bool:
        """Whether nothing but names is known of a project: no money, goal or indicator."""
        rest = (self.amounts, self.goals, self.funds, self.indicators, self.empty)
        return self.named and bool(self.texts.get("name")) and not any(rest)

    def take_amount(self, name: str, label: str, amount: Amount) -> bool:
        """Take an amount for its field, or keep it as an attribute; the answer is whether it was taken.

        The first printed counts, but one that isn't nought before one that is: 自有资金：0 and 其他：106.75
        are both other money.
        """
        self.source = label if name in PARTS else ""
        before = self.amounts.get(name)
        if before is not None:
            # 项目申报总额 210 | 其中：当年申请 72: the year's counts.
            whole = name == "total" and _of_year(label) and not _of_year(self.amount_labels[name])
            if not whole and (before.value or not amount.value):
                self.attributes.append((label, amount.printed))
                return False
            self.attributes.append((self.amount_labels[name], before.printed))
        self.amounts[name] = replace(amount, label=label)
        self.amount_labels[name] = label
        return True

    def take_goal(self, name: str, label: str, text: Healed) -> None:
        """Take a goal; what goes on under its label belongs to it, what another says stands beside it."""
        before, said = self.goals.get(name), label.rstrip(_DIGITS)
        if before is not None and self.goal_labels.get(name, said) != said:
            self.attributes.append((label, text.text))
            return
        self.goals[name] = Healed(before.text + text.text, before.offsets + text.offsets) if before else text
        self.goal_labels[name] = said

    @property
    def goal(self) -> Healed:
        """The year's goal; the project's own where no year's is printed."""
        found = (self.goals[name] for name in ("year_goal", "goal", "period_goal") if self.goals.get(name))
        return next(found, Healed())


def _of_year(label: str) -> bool:
    """Whether a label says that its money is the year's own."""
    return _YEARS_OWN.match(key(label)) is not None


def label_of(layout: Layout, cell: Cell) -> Label | None:
    """The label that a cell is or begins with."""
    name = layout.labels.lookup(cell.text) or (
        "person" if is_personal(cell.text) or layout.is_person(cell.text) else None
    )
    if name is None and cell.key.startswith(_PART_OF):
        named = layout.labels.lookup(cell.key.removeprefix(_PART_OF))
        name = named if named in AMOUNTS else None  # 其中财政拨款
    if name is None and YEAR_LABEL.fullmatch(cell.key):
        name = "year"
    if name is None and _TOTAL.fullmatch(cell.key):
        name = "total"
    if name is not None:
        return Label(name, key(cell.text).rstrip(":"), Healed())
    plain = fold(cell.place.text)
    if (said := _amount_behind(layout, cell)) is not None:
        return said
    several = _SEVERAL_YEARS.match(cell.key)
    rest = cell.key[several.end() :].rstrip(":") if several else ""
    if several and (layout.labels.lookup(rest) in AMOUNTS or _SEVERAL_YEARS_SUM.fullmatch(rest)):
        return Label("attribute", cell.key.rstrip(":"), Healed())  # 中期财政拨款 is none of the year's money
    colon = _COLON.search(plain)
    if colon is None or colon.start() > LONGEST_LABEL:
        return None
    head = cell.place.text[: colon.start()]
    if _is_signed(cell.place[: colon.start()]):
        return None
    name = layout.labels.lookup(head) or ("person" if is_personal(head) or layout.is_person(head) else None)
    if name is None and YEAR_LABEL.fullmatch(key(head)):
        name = "year"
    if name is None and goal_kind(layout, head) == REACHED:
        return Label(REACHED, key(head), cell.place[colon.end() :].strip())
    further = _COLON.search(plain, colon.end()) if name is None else None  # 其中：财政拨款：100.00
    if further is not None and further.start() <= LONGEST_LABEL:
        both = cell.place.text[: further.start()]
        if (name := layout.labels.lookup(both)) is not None:
            head, colon = both, further
    value = without_unit(cell.place[colon.end() :])
    name = name or role_of(head, value.text)
    return Label(name, key(head), value) if name else None


def _is_signed(head: Healed) -> bool:
    """Whether what stands before a colon is an opinion and who signs it, 同意申报。审核人.

    A full stop or a line of its own parts them; a label that is only wrapped (项目负责人及 | 联系电话) says
    before the break whose name follows.
    """
    text, offsets = head.text, head.offsets
    ends = [
        at for at in range(1, len(text)) if text[at - 1] in "。；;\n" or offsets[at] > offsets[at - 1] + 1
    ]
    if not ends:
        return False
    said, signed = key(text[: ends[-1]]), text[ends[-1] :].strip()
    stopped = text[: ends[-1]].rstrip()[-1:] in ("。", "；", ";")
    return is_personal(signed) and len(said) > 1 and (stopped or _SIGNS.search(said) is None)


def role_of(label: str, value: str) -> str | None:
    """The field of a label that no layout lists, told by its words and by the value behind or beside it."""
    if is_dated(label, value):
        return "attribute"  # 起始时间 | 2022-01-01
    if (source := source_role(label)) is not None and money_in(value) is not None:
        return source
    if is_level_money(label) and money_in(value) is not None:
        return "attribute"  # whether it is all that the treasury pays, the sum says
    if (role := organisation_role(label, value)) is not None:
        return role
    if is_money_label(label, value):
        return "total"
    return "attribute" if is_remark(label, value) else None


def _amount_behind(layout: Layout, cell: Cell) -> Label | None:
    """A label with its amount behind a blank: 其中：财政拨款  80."""
    said = amount_said(cell.place.text)
    if said is None:
        return None
    head = said[0].removeprefix(_PART_OF).lstrip(":： ")
    name = layout.labels.lookup(said[0]) or layout.labels.lookup(head)
    if name not in (*AMOUNTS, "period_total"):
        return None
    return Label(name, key(said[0]), cell.place[said[1] :].strip())


def take(
    reader: Reader, form: Form, label: Label, value: str, place: Healed, column: int, unit: str | None
) -> None:
    """Put a printed value where its label says; ``unit`` is the money unit of the document so far."""
    name = label.name
    form.evidence += reader.record(place)
    if name in AMOUNTS or name == "period_total":
        _take_money(reader, form, label, value, place, column, unit)
    elif name in GOALS or name == REACHED:
        form.take_goal(name, label.text, place)
    elif name == "department" and name in form.texts and _OF_PLACE.match(label.text):
        form.attributes.append((form.second_label, form.texts[name]))
        form.texts[name], form.second_label = value, label.text
    elif name == "attribute" or name in form.texts:
        form.attributes.append((label.text, value))
        form.part_of.append((label.text, value, form.source))
    else:
        form.texts[name] = value
        form.second_label = label.text if name == "department" else form.second_label
        if name == "unit_of_use" and label.text.endswith("部门"):
            form.texts["using_department"] = value  # 资金使用部门 is a department's where none other is


def take_labelled(reader: Reader, form: Form, cell: Cell, found: Sequence[Listed], unit: str | None) -> None:
    """Take the amounts that a cell lists, each in the form's unit."""
    evidence = reader.record(cell.place)
    form.evidence += evidence
    for one in found:
        name = reader.layout.labels.lookup(one.label)
        amount = amount_in(reader.log, form.name, evidence, one.printed, unit, one.said or form.unit)
        if name in AMOUNTS and amount is not None:
            form.take_amount(name, one.label, amount)
        else:
            form.attributes.append((one.label, one.printed))


def _take_money(
    reader: Reader, form: Form, label: Label, value: str, place: Healed, column: int, unit: str | None
) -> None:
    if label.name in ("total", "period_total"):
        form.money_columns[column] = label.name
    above = [at for at in form.money_columns if at <= column]
    of_period = bool(above) and form.money_columns[max(above)] == "period_total"
    money = money_in(value)
    own = label.name in AMOUNTS and not of_period
    if money is not None and own:
        said = money_unit(label.text) or form.unit
        amount = amount_in(reader.log, form.name, reader.at(place), value, unit, said)
        if amount is None:
            form.attributes.append((label.text, value))
            return
        inner = behind_first(reader.layout, place)[1] if money.broken_down else []
        taken = form.take_amount(label.name, label.text, amount)
        if inner and not form.amounts.keys() & {reader.layout.labels.lookup(one.label) for one in inner}:
            take_labelled(reader, form, Cell(column, place.text, place), inner, unit)
        elif taken and money.broken_down:
            form.attributes.append((label.text, value))
        return
    if money is None and label.name in AMOUNTS:
        first, inner = behind_first(reader.layout, place)
        if first and inner:
            said = money_unit(label.text) or form.unit
            parsed = amount_in(reader.log, form.name, reader.at(place), first[1].strip(), unit, said)
            if parsed is not None:
                form.take_amount(label.name, label.text, parsed)
            take_labelled(reader, form, Cell(column, place.text, place), inner, unit)
            return
        if key(value) not in ("/", "-", "—", "——", "--", "无"):
            reader.log.add("amount-unreadable", form.name, reader.at(place), printed=value)
    if money is not None and of_period and label.name in PARTS:
        form.period_parts.append((label.name, label.text, replace(money.amount, printed=value)))
    form.attributes.append(((PERIOD if of_period and label.name in AMOUNTS else "") + label.text, value))
