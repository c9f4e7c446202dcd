"""What a careful reader would report about the records themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgetkg.findings import Evidence
from budgetkg.forms.checks.agreement import check_agreement
from budgetkg.forms.checks.blanks import check_blanks
from budgetkg.forms.checks.copies import check_copies
from budgetkg.forms.checks.heads import value_heads
from budgetkg.forms.checks.indicators import check_indicators, check_unknown_tiers
from budgetkg.forms.checks.labels import check_labels
from budgetkg.forms.checks.marks import check_marks
from budgetkg.forms.checks.money_units import check_money_units
from budgetkg.forms.checks.numbered import check_numbered
from budgetkg.forms.checks.texts import check_text
from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Amount, Amounts, Indicator, Project
from budgetkg.text import comparison_key as key
from budgetkg.values import is_spaced, numbers_of, sources_sum

AMOUNT_SOURCES = ("fiscal_appropriation", "fiscal_special_account", "other")
SOURCE = re.compile("资金|拨款|补助|投资|预算$|结转|收入|自筹|贷款|安排$")
"""Attributes that are money by a source of their own: 地方资金, 上级补助, 上年结转."""
_MOST_PARTS = 8  # amounts of which every sum is tried


def check_record(reader: Reader, parts: Parts) -> None:
    """Check totals to the cent, then every indicator and every text."""
    for what, printed, computed, evidence in _sums(parts, reader.log.quoted()):
        if printed is not None and computed is not None and printed.value != computed:
            reader.log.add("total-not-reconciled", what, evidence, what=what, printed=printed.printed,
                           computed=computed, residual=printed.value - computed)  # fmt: skip
    _check_total(reader, parts)
    _check_sides(reader, parts)
    _check_spaced(reader, parts)
    listed = [i for _, indicators in _owners(parts) for i in indicators]
    fields = ("period_value", "annual_value", "tier2")
    expected = [at for at in fields if any(getattr(indicator, at) for indicator in listed)]
    if not any(indicator.period_value and indicator.annual_value for indicator in listed):
        expected.append("either")
    if _has_periods_of_their_own(listed):
        expected.append("periods")
    heads = value_heads(reader)
    for where, indicators in _owners(parts):
        check_indicators(reader, where, indicators, expected, heads)
    check_unknown_tiers(reader, list(_owners(parts)))
    blank = prints_amounts(parts)
    unread = reader.log.starts("amount-unreadable", "amount-contradicts-words")
    for unit in parts.units_of_use:
        for project in unit.projects:
            quoted = any(e.start <= start < e.end for e in project.evidence for start in unread)
            _check_project(reader, f"{unit.name} / {project.name}", project, blank and not quoted)
    check_text(reader, parts)
    check_agreement(reader, parts)
    check_copies(reader, parts)
    check_marks(reader, parts)
    check_blanks(reader, parts)
    check_numbered(reader, parts)
    check_labels(reader)
    check_money_units(reader, parts)


def _has_periods_of_their_own(listed: list[Indicator]) -> bool:
    """Whether as many numbers of the period differ from the year's as not, as in a period of several years.

    One pair that differs is no pattern; it may be a slip.
    """
    pairs = [(numbers_of(key(i.period_value)), numbers_of(key(i.annual_value)))
             for i in listed if i.period_value and i.annual_value]  # fmt: skip
    numbered = [pair for pair in pairs if all(pair)]
    differing = sum(period != annual for period, annual in numbered)
    return differing > 1 and 2 * differing >= len(numbered)


_Sum = tuple[str, Amount | None, Decimal | None, tuple[Evidence, ...]]


def _sums(parts: Parts, quoted: Sequence[str]) -> Iterator[_Sum]:
    """Every printed total with what it should come to; ``quoted`` is what stands under unknown labels."""
    units = parts.units_of_use
    projects = [project for unit in units for project in unit.projects]
    whole = not _prints_one_part(parts)
    quoted = quoted if len(projects) == 1 else ()  # of several, whose they are can't be said
    if whole and not _has_further_lines(parts):
        yield "合计", parts.totals.total, sources_sum(parts.totals), parts.totals_evidence
    if any(unit.amounts.total for unit in units):
        totals = [unit.amounts.total.value for unit in units if unit.amounts.total]
        yield "合计", parts.totals.total, sum(totals, Decimal(0)), parts.totals_evidence
    elif units:
        yield "合计", parts.totals.total, _total(projects), parts.totals_evidence
    for unit in units:
        if whole:
            yield unit.name, unit.amounts.total, sources_sum(unit.amounts), unit.evidence
        if projects:  # a table without any is one finding, not one for each unit
            yield unit.name, unit.amounts.total, _total(list(unit.projects)), unit.evidence
        for project in unit.projects:
            what = f"{unit.name} / {project.name}"
            if whole and not _has_further_sources(project, quoted):
                yield what, project.amounts.total, sources_sum(project.amounts), project.evidence


def _prints_one_part(parts: Parts) -> bool:
    """Whether a document prints one source alone, as a part of the total: 其中：财政拨款 and no other.

    What the rest is paid from is then not said, and a part that is less than its total contradicts nothing.
    """
    projects = [project for unit in parts.units_of_use for project in unit.projects]
    every = [parts.totals, *(unit.amounts for unit in parts.units_of_use), *(p.amounts for p in projects)]
    found = {name: amount for amounts in every for name in AMOUNT_SOURCES
             if (amount := getattr(amounts, name)) is not None}  # fmt: skip
    if len(found) != 1 or not all((amount.label or "").startswith("其中") for amount in found.values()):
        return False
    sums = [(amounts.total, sources_sum(amounts)) for amounts in every]
    return all(total is None or part is None or part <= total.value for total, part in sums)


def _has_further_sources(project: Project, quoted: Sequence[str]) -> bool:
    """Whether amounts of sources that records have no field for may be what the known ones lack."""
    total, known = project.amounts.total, sources_sum(project.amounts)
    if total is None or known is None or total.value <= known:
        return False
    lines = [line.initial or line.adjusted for line in project.funds if line.source is None]
    printed = [money_in(text) for label, text in project.attributes if SOURCE.search(label)]
    further = [line.value for line in lines if line] + [money.amount.value for money in printed if money]
    if sum(further, Decimal(0)) >= total.value - known:
        return True
    # under a label that says nothing of money only what makes up the sum to the cent may be a part of it
    every = [money_in(text) for text in (*(text for _, text in project.attributes), *quoted)]
    amounts = [money.amount.value for money in every if money][:_MOST_PARTS]
    sums = {Decimal(0)}
    for amount in amounts:
        sums |= {one + amount for one in sums}
    return total.value - known in sums


def _has_further_lines(parts: Parts) -> bool:
    """The same of a department: lines of its budget by a source that the sources' sum leaves out."""
    total, known = parts.totals.total, sources_sum(parts.totals)
    if total is None or known is None or total.value <= known:
        return False
    listed = [amount.value for name in AMOUNT_SOURCES if (amount := getattr(parts.totals, name))]
    further = [line.amount.value for line in parts.budget
               if line.amount and line.side in (None, "income") and line.label != total.label]  # fmt: skip
    return sum(further, Decimal(0)) - sum(listed, Decimal(0)) >= total.value - known


def _check_total(reader: Reader, parts: Parts) -> None:
    """A table that prints parts and no total leaves nothing to check them against.

    Forms of one project each have no place for a total of theirs.
    """
    if parts.totals.total is not None or reader.layout.kind == "project-form" or not prints_amounts(parts):
        return
    units = [unit.amounts.total.value for unit in parts.units_of_use if unit.amounts.total]
    income = [line.amount.value for line in parts.budget if line.side == "income" and line.amount]
    amounts = units or [_total(list(unit.projects)) for unit in parts.units_of_use] or income
    if amounts:
        reader.log.add("total-not-printed", "", parts.totals_evidence, computed=sum(amounts, Decimal(0)))


def prints_amounts(parts: Parts) -> bool:
    """Whether a document prints any amount: where it has no place for one, none is blank."""
    units = [unit.amounts for unit in parts.units_of_use]
    units += [project.amounts for unit in parts.units_of_use for project in unit.projects]
    lines = any(line.amount for line in parts.budget) or any(task.amount for task in parts.tasks)
    printed = any(amounts != Amounts() for amounts in (parts.totals, *units))
    return lines or printed or bool(parts.amount_places)


def _total(projects: list[Project]) -> Decimal:
    return sum((p.amounts.total.value for p in projects if p.amounts.total), Decimal(0))


def _check_sides(reader: Reader, parts: Parts) -> None:
    """Income and expenditure of a department form agree, and so does the split by level."""
    sides: dict[str, Decimal] = {}
    for line in parts.budget:
        if line.side and line.amount:
            sides[line.side] = sides.get(line.side, Decimal(0)) + line.amount.value
    sources = [line for line in parts.budget if line.side == "income"]
    if len(sources) == 1 and key(sources[0].label).startswith("其中"):
        return  # a part of the income alone is not all of it
    income = sides.get("income")
    evidence = tuple(e for line in sources for e in line.evidence)
    for side in ("expenditure", "level"):
        if income is not None and side in sides and sides[side] != income:
            reader.log.add("income-expenditure-differ", side, evidence, income=income,
                           expenditure=sides[side], residual=income - sides[side])  # fmt: skip


def _check_spaced(reader: Reader, parts: Parts) -> None:
    spaced = [(line.label, line.amount, line.evidence) for line in parts.budget]
    spaced += [(task.name, task.amount, task.evidence) for task in parts.tasks]
    for where, amount, evidence in spaced:
        if amount is not None and is_spaced(amount):
            reader.log.add("amount-spaced", where, evidence, printed=amount.printed, read=amount.value)


def _owners(parts: Parts) -> Iterator[tuple[str, tuple[Indicator, ...]]]:
    yield "", parts.indicators
    for task in parts.tasks:
        yield task.name, task.indicators
    for unit in parts.units_of_use:
        for project in unit.projects:
            yield f"{unit.name} / {project.name}", project.indicators


_AMOUNTS = ("total", "fiscal_appropriation", "fiscal_special_account", "other")


def _says_money(reader: Reader, label: str) -> bool:
    """Whether an attribute is money of the project: that of its whole period, or of a source."""
    name = reader.layout.labels.lookup(label.removeprefix("实施期"))
    return name in (*_AMOUNTS, "period_total") or SOURCE.search(label) is not None


def _check_project(reader: Reader, where: str, project: Project, amounts: bool) -> None:
    if project.goal is None and not reader.log.leaves_unread("目标"):
        reader.log.add("goal-missing", where, project.evidence, name=project.name)
    if not project.indicators and not reader.log.leaves_unread("指标"):
        reader.log.add("projects-without-indicators-block", where, project.evidence, name=project.name)
    unread = any(_says_money(reader, label) and money_in(text) for label, text in project.attributes)
    if amounts and project.amounts == Amounts() and not unread:
        reader.log.add("amount-blank", where, project.evidence, what=project.name)
    seen: dict[tuple[str | None, ...], list[Indicator]] = {}
    for one in project.indicators:
        facts = (one.tier1, one.tier2, one.name, one.period_value, one.annual_value)
        seen.setdefault(facts, []).append(one)
    for same in seen.values():
        if len(same) > 1:
            evidence = tuple(dict.fromkeys(place for one in same for place in one.evidence))
            reader.log.add("same-indicator-again", where, evidence, name=same[0].name)
