"""The parts of a document record while its form is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetkg.findings import Evidence
from budgetkg.reading.source import Healed
from budgetkg.records import (
    Amount,
    Amounts,
    BudgetLine,
    FundLine,
    Indicator,
    PersonalDatum,
    PolicyCitation,
    Task,
    UnitOfUse,
)


@dataclass(slots=True)
class Parts:
    """Filled by a form's reader, frozen into a ``DocumentRecord`` at the end."""

    title: str | None = None
    department: str | None = None
    unit: str | None = None
    further_titles: tuple[Healed, ...] = ()  # titles other than the first, of stacked forms
    year_label: str | None = None
    department_label: str | None = None
    several_departments: bool = False  # of a list whose rows each name their own
    filed_by: str | None = None  # who hands the form in, where a line above it says so
    cover: Healed | None = None  # a letter's heading or a cover's line that prints the year
    finance_office: str | None = None
    functions: str | None = None
    overall_goal: str | None = None
    goal_of_years: str | None = None  # the label of the goal, where it is one of several years
    totals: Amounts = field(default_factory=Amounts)
    units_of_use: tuple[UnitOfUse, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    whole: BudgetLine | None = None  # that the amounts beside it add up to, where none is called the total
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    empty_tiers: tuple[tuple[str | None, str | None], ...] = ()
    policies: tuple[PolicyCitation, ...] = ()
    people: tuple[PersonalDatum, ...] = ()
    goal_reached: str | None = None
    funds: tuple[FundLine, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    amount_places: int = 0  # labels and columns of amounts that the form prints, filled or blank
    task_sums: tuple[tuple[str, str, Amount], ...] = ()  # the sum of the tasks: field, label
    totals_evidence: tuple[Evidence, ...] = ()

    def heading(self, name: str, value: str, evidence: tuple[Evidence, ...]) -> None:
        """Take a labelled value; the first printing of a label counts."""
        if getattr(self, name, None) is None and value:
            setattr(self, name, value)
            self.evidence += evidence
