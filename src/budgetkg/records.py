"""What a published form says, as frozen records.

The keys are those of the public record schema (docs/records.md). Amounts are ``Decimal`` in the
printed money unit; text is healed of line breaks and otherwise as printed; ``None`` is a blank
cell, which is never the same as a printed zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from budgetkg.divisions import recognise_any
from budgetkg.findings import Evidence, Finding

_SELF_EVALUATIONS = {"project-table": "project-self-evaluation"}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as printed and as a number in the printed money unit.

    ``label`` is what is printed beside or over it (财政拨款收入); two amounts may be equal under two labels.
    """

    printed: str
    value: Decimal
    label: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Amounts:
    """总计 and the three funding sources beside it; ``None`` where the cell is blank."""

    total: Amount | None = None
    fiscal_appropriation: Amount | None = None
    fiscal_special_account: Amount | None = None
    other: Amount | None = None


@dataclass(frozen=True, slots=True)
class CorrectedReading:
    """A value that a person set right: the key, the value as read, the right one, why, and who says so.

    ``digest`` tells the line of the person's file from others.
    """

    field: str
    read: str | None
    value: str | None
    reason: str | None = None
    who: str | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """绩效指标: one line of targets under a tier; in a self-evaluation also what was reached.

    ``tier3`` is the third tier of editions whose fourth names the indicator. ``nature`` is 定量 or 定性
    where a column of its own prints it; ``grades`` are thresholds in columns of their own: (优, ≥95%).
    ``margin`` is by how many points its table's reading is ahead, where it was read by weighing columns.

    ``tier1`` and ``tier2`` are the labels it stands under; ``tier1_printed`` and ``tier2_printed`` the words
    in the row's own cells (``None`` where a label was carried down from a merged cell or restored);
    ``tier1_basis`` how a first tier is known that no cell prints: a notation of the list of bases.
    """

    name: str
    tier1: str | None = None
    tier2: str | None = None
    tier1_code: str | None = None
    tier2_code: str | None = None
    period_value: str | None = None
    annual_value: str | None = None
    seq: int | None = None
    tier1_printed: str | None = None
    tier2_printed: str | None = None
    tier1_basis: str | None = None
    explanation: str | None = None
    formula: str | None = None
    unit: str | None = None
    weight: str | None = None
    operator: str | None = None
    direction: str | None = None
    standard: str | None = None
    actual_value: str | None = None
    score: str | None = None
    note: str | None = None
    deviation: str | None = None
    deviation_reason: str | None = None
    nature: str | None = None
    tier3: str | None = None
    grades: tuple[tuple[str, str], ...] = ()
    margin: float | None = None
    evidence: tuple[Evidence, ...] = ()
    corrections: tuple[CorrectedReading, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyCitation:
    """A policy document named in a goal: 《title》（number）."""

    title: str
    number: str | None
    number_printed: str | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class FundLine:
    """One row of a self-evaluation's money: 年初预算数, 全年预算数, 全年执行数, 执行率, as printed.

    ``source`` is the field of the amounts that its label names (total, fiscal_appropriation, …), ``None``
    for a label of another source.
    """

    label: str
    source: str | None = None
    initial: Amount | None = None
    adjusted: Amount | None = None
    executed: Amount | None = None
    rate: str | None = None
    weight: str | None = None
    score: str | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()
    corrections: tuple[CorrectedReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """项目: one row of a project table; ``evidence`` holds every printing of the row.

    ``attributes`` are labelled texts that have no field of their own: (项目属性, 延续项目). ``goal_reached``
    is what a self-evaluation says was reached of the goal, ``funds`` its money as planned and as spent.
    """

    name: str
    amounts: Amounts
    goal: str | None = None
    printed_times: int = 1
    indicators: tuple[Indicator, ...] = ()
    policies: tuple[PolicyCitation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    goal_reached: str | None = None
    funds: tuple[FundLine, ...] = ()
    corrections: tuple[CorrectedReading, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitOfUse:
    """资金使用单位: who spends the money of the projects under it."""

    name: str
    amounts: Amounts
    projects: tuple[Project, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    corrections: tuple[CorrectedReading, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One labelled amount of a department form; ``side`` is income, expenditure or level."""

    label: str
    amount: Amount | None
    group: str | None = None
    side: str | None = None
    evidence: tuple[Evidence, ...] = ()
    corrections: tuple[CorrectedReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """任务: a piece of the department's yearly work; ``sources`` are the parts of its amount."""

    seq: int
    name: str
    content: str | None = None
    content_label: str | None = None
    amount: Amount | None = None
    expected: str | None = None
    projects: tuple[str, ...] = ()
    projects_printed: str | None = None
    indicators: tuple[Indicator, ...] = ()
    policies: tuple[PolicyCitation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: Amounts = Amounts()
    corrections: tuple[CorrectedReading, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """A clerk's name, date or telephone as printed; kept out of the graph unless asked for."""

    label: str
    value: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Where the non-blank characters of a source ended, in characters."""

    total: int
    records: int
    furniture: int
    findings: int

    @property
    def remainder(self) -> int:
        """Characters that ended nowhere; 0 for a document read completely."""
        return self.total - self.records - self.furniture - self.findings


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """Everything one published form says, with its findings and its account.

    ``part`` is set where a file holds several documents: a fingerprint of form, title and department.
    ``totals_evidence`` is where ``totals`` are printed, such as a row 合计. ``year_rule`` is the notation of
    how a year that isn't printed is known, ``year_statements`` where what it was inferred from is printed.
    """

    source: str
    sha256: str
    media_type: str
    pages: int
    form: str
    title: str | None
    department: str | None
    district: str | None
    year: int | None
    year_printed: bool
    year_evidence: str | None
    unit: str | None
    totals: Amounts
    account: Account
    units_of_use: tuple[UnitOfUse, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    overall_goal: str | None = None
    functions: str | None = None
    finance_office: str | None = None
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    empty_tiers: tuple[tuple[str | None, str | None], ...] = ()
    policies: tuple[PolicyCitation, ...] = ()
    people: tuple[PersonalDatum, ...] = ()
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    part: str | None = None
    goal_reached: str | None = None
    funds: tuple[FundLine, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    totals_evidence: tuple[Evidence, ...] = ()
    corrections: tuple[CorrectedReading, ...] = ()
    year_rule: str | None = None
    year_statements: tuple[Evidence, ...] = ()

    @property
    def year_basis(self) -> str | None:
        """How the year is known, as a notation of the list of bases; ``None`` where none is known."""
        if self.year is None:
            return None
        return "printed" if self.year_printed else self.year_rule or "inferred"

    @property
    def form_kind(self) -> str:
        """The kind of form in the code list: a self-evaluation is another than the plan of its layout."""
        if not self.is_self_evaluation:
            return self.form
        return _SELF_EVALUATIONS.get(self.form, "department-self-evaluation")

    @property
    def is_self_evaluation(self) -> bool:
        """Does it say what was reached, by its title or by what it prints? Then it is no plan."""
        owners: list[DocumentRecord | Project] = [self]
        owners += [project for unit in self.units_of_use for project in unit.projects]
        rows = [row for owner in (*owners, *self.tasks) for row in owner.indicators]
        return (
            "自评" in (self.title or "")
            or any(owner.goal_reached or any(line.executed for line in owner.funds) for owner in owners)
            or any(row.actual_value or row.score for row in rows)
        )

    @property
    def division(self) -> str | None:
        """The GB/T 2260 code of its district, where what it prints decides which place is meant."""
        units = (unit.name for unit in self.units_of_use)
        place = recognise_any((self.department, self.title, *units, self.district))
        if place is None or place.concept is None or place.name != self.district:
            return None
        return place.concept.notation

    @property
    def key(self) -> str:
        """What tells this document from every other: its file's hash, and its part of the file."""
        return self.sha256[:16] if self.part is None else f"{self.sha256[:16]}-{self.part}"
