"""The national layout: one form per project, labels with their values beside them, then a tier table.

Several forms in one file are several projects of one document; a unit of use is the 实施单位 printed, else
the department. Sums that no form prints stay blank. Each rule looks at the rows at hand and returns what it
found, claiming nothing; the first that finds something is the one whose finding is taken.
"""

from __future__ import annotations

from budgetkg.forms.indicators.table import joined_periods
from budgetkg.forms.layout import line_rules as lines
from budgetkg.forms.layout.driver import Rule, drive
from budgetkg.forms.layout.headed import find_details, find_headed, take_headed
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.policies import cited_policies
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.layout.titles import project_of_title
from budgetkg.forms.project import form_rules as rules
from budgetkg.forms.project import money_rules as money
from budgetkg.forms.project import money_sides as sides
from budgetkg.forms.project import owner
from budgetkg.forms.project.changed import find_changed, take_changed
from budgetkg.forms.project.fields import Form
from budgetkg.forms.project.form_rules import State
from budgetkg.forms.project.grouped_money import find_grouped, take_grouped
from budgetkg.forms.project.numbered_forms import begun_by_number
from budgetkg.forms.project.said_money import take_said
from budgetkg.forms.project.settling import settle, told_apart
from budgetkg.records import Amounts, Project, UnitOfUse
from budgetkg.values import amounts_from

RULES: tuple[Rule[State], ...] = (
    (rules.find_begun, rules.take_begun),
    (lines.find_title, rules.take_title),
    (money.find_yearly, money.take_yearly),
    (rules.find_furniture, lines.take_furniture),
    (lines.find_year_or_unit, rules.take_year_or_unit),
    (rules.find_section, rules.take_section),
    (lines.find_letter, lines.take_letter),
    (lines.find_site_line, lines.take_site_line),
    (lines.find_note, lines.take_note),
    (owner.find_owner, owner.take_owner),
    (rules.find_block, rules.take_block),
    (find_changed, take_changed),
    (rules.find_goals, rules.take_goals),
    (money.find_funds, money.take_funds),
    (sides.find_sides, sides.take_sides),
    (find_details, take_headed),
    (find_grouped, take_grouped),
    (money.find_amounts_below, money.take_amounts_below),
    (find_headed, take_headed),
    (rules.find_pairs, rules.take_pairs),
    (rules.find_rest, rules.take_rest),
)
"""In the order in which they are asked."""


def read_project_forms(reader: Reader) -> Parts:
    """Read every form of a file into the projects of one document."""
    state = State(reader, begun=begun_by_number(reader.layout, reader.rows))
    drive(state, RULES)
    parts = state.parts
    if not any(notice.code == "row-doubtful" for notice in reader.source.notices):
        _named_by_title(parts, state.forms)  # else a row that nobody could read may name it
    filed_by = state.filed_by[1] if state.filed_by else None
    parts.department, parts.filed_by = parts.department or filed_by, filed_by
    if parts.department is None and len(state.under_titles) == 1:
        (parts.department,) = state.under_titles  # the others' forms have no title of their own
    parts.units_of_use = _units(reader, parts, state.forms, filed_by)
    if state.filed_by and filed_by not in {parts.department, *(unit.name for unit in parts.units_of_use)}:
        parts.attributes += (state.filed_by,)
    parts.empty_tiers = tuple(pair for form in state.forms for pair in form.empty)
    return parts


def _named_by_title(parts: Parts, forms: list[Form]) -> None:
    """The only form of a document that names no project anywhere else is its title's."""
    if len(forms) == 1 and not forms[0].named and forms[0].indicators:
        name = project_of_title(parts.title)
        forms[0].texts |= {"name": name} if name else {}


def _units(reader: Reader, parts: Parts, forms: list[Form], filed_by: str | None) -> tuple[UnitOfUse, ...]:
    units: dict[str, list[Project]] = {}
    heads = ("budget_unit", "owner", "using_department")
    named = {next(filter(None, (form.texts.get(at) for at in heads)), None) for form in forms}
    if parts.department is None and len(named) == 1:
        parts.department = named.pop()
    for form in forms:
        own = form.texts
        printed = (own.get(at) for at in ("unit_of_use", "budget_unit", "department", "owner"))
        name = next(filter(None, printed), None) or filed_by or parts.department or ""
        units.setdefault(name, []).append(_project(reader, parts, form))
    return tuple(UnitOfUse(name, Amounts(), tuple(projects), projects[0].evidence)
                 for name, projects in units.items())  # fmt: skip


def _project(reader: Reader, parts: Parts, form: Form) -> Project:
    goal = form.goal
    others = [(name, text) for name, text in form.goals.items() if text.offsets != goal.offsets]
    labels = {"goal": "总体目标", "year_goal": "年度目标", "period_goal": "实施期目标"}
    reached = form.goals.get("goal_reached")
    take_said(reader, parts, form)
    settle(form)
    return Project(
        name=form.name,
        amounts=amounts_from(form.amounts),
        goal=goal.text.strip() or None,
        indicators=joined_periods(form.indicators),
        policies=cited_policies(reader.source, goal),
        evidence=form.evidence,
        attributes=(*told_apart(form),
                    *((labels[name], text.text.strip()) for name, text in others if name in labels)),
        goal_reached=reached.text.strip() or None if reached else None,
        funds=tuple(form.funds),
    )  # fmt: skip
