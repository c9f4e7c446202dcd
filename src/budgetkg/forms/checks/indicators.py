"""Checks of single indicators: tiers, both values, placeholders, contradictions, units."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from budgetkg.codelists import Concept, catch_all_tier, concepts
from budgetkg.forms.checks.heads import ANNUAL, PERIOD, head_of
from budgetkg.forms.checks.meaning import check_meaning
from budgetkg.forms.checks.tiers import check_tier
from budgetkg.forms.indicators.tier_labels import first_tier_of, tier_of
from budgetkg.forms.layout.reader import Reader
from budgetkg.records import Indicator
from budgetkg.text import comparison_key as key
from budgetkg.values import contradict, is_placeholder, lacks_unit, read_target

_LONGEST_QUOTE = 80  # the evidence quotes the rest
_MOST_NAMED = 5  # rows by name
_DASHES = frozenset("-—–/－无")


def check_indicators(
    reader: Reader,
    where: str,
    indicators: tuple[Indicator, ...],
    expected: Collection[str],
    heads: Mapping[str, str],
) -> None:
    """Report what is wrong in the indicators of one project, task or department.

    ``expected`` are the fields that the document prints at all: values and second tiers; ``either`` among
    them says that no row prints the values of both periods, so that one is enough; ``periods`` that most
    rows print another value for the whole period than for the year. ``heads`` are the headers over values.
    """
    for above, indicator in zip((None, *indicators), indicators, strict=False):
        place = _place(where, indicator.name)
        _check_tiers(reader, place, indicator, expected)
        _check_catch_all(reader, place, indicator, above)
        _check_values(reader, place, indicator, expected, heads)
        check_meaning(reader, place, indicator, heads)
        check_tier(reader, place, indicator)


def check_unknown_tiers(reader: Reader, listed: Sequence[tuple[str, tuple[Indicator, ...]]]) -> None:
    """Report the words in columns of tiers that are none of those this graph lists.

    A word is one fact of a document, in however many rows and projects it stands.
    """
    unknown: dict[str, list[tuple[str, Indicator]]] = {}
    for where, indicators in listed:
        for above, indicator in zip((None, *indicators), indicators, strict=False):
            for label in _unknown_tiers(indicator, above):
                unknown.setdefault(label, []).append((where, indicator))
    for label, own in unknown.items():
        names = "、".join(dict.fromkeys(indicator.name for _, indicator in own[:_MOST_NAMED]))
        owners = {where for where, _ in own}
        place = _place(owners.pop() if len(owners) == 1 else "", names + "…" * (len(own) > _MOST_NAMED))
        evidence = tuple(dict.fromkeys(found for _, indicator in own for found in indicator.evidence))
        reader.log.add("tier-unknown", place, evidence, label=label)


def _place(where: str, name: str) -> str:
    return f"{where} / {name}" if where else name


def tier_by_code(code: str | None) -> Concept | None:
    """The tier that has this printed code; codes that no edition defines stay unknown."""
    return next((tier for tier in concepts("tier") if tier.notation == code), None)


def parent_notation(tier: Concept) -> str | None:
    """The notation of the first tier above a second tier."""
    return tier.broader.rpartition("/")[2] if tier.broader else None


def is_dash(text: str | None) -> bool:
    """Whether a cell holds only the mark of a blank: -, —, 无."""
    return text is not None and key(text) in _DASHES


def _check_tiers(reader: Reader, place: str, indicator: Indicator, expected: Collection[str]) -> None:
    second = indicator.tier2
    if indicator.tier1_code and indicator.tier2_code:
        _check_codes(reader, place, indicator)
    else:
        _check_labels(reader, place, indicator)
    blank = second is None and indicator.tier2_printed is None  # one merged over both columns is printed
    if (blank and indicator.tier1 and "tier2" in expected) or is_dash(second):
        reader.log.add("tier-blank", place, indicator.evidence, printed=second or "")


def _check_catch_all(reader: Reader, place: str, indicator: Indicator, above: Indicator | None) -> None:
    """A catch-all is said of the row that prints it: a cell merged over rows is one."""
    second = indicator.tier2
    if second and catch_all_tier(second) is not None and not _carried(indicator, above)[1]:
        reader.log.add("tier-catch-all", place, indicator.evidence, label=second)


def _check_codes(reader: Reader, place: str, indicator: Indicator) -> None:
    first = f"{indicator.tier1_code}-{indicator.tier1}"
    second = f"{indicator.tier2_code}-{indicator.tier2}"
    tier = tier_by_code(indicator.tier2_code)
    if tier is not None and parent_notation(tier) != indicator.tier1_code:
        reader.log.add("tier-misplaced", place, indicator.evidence, tier1=first, tier2=second)
    for code, label in ((indicator.tier1_code, indicator.tier1), (indicator.tier2_code, indicator.tier2)):
        named, coded = tier_of(label), tier_by_code(code)
        if coded is not None and named is not None and named != coded:
            reader.log.add("tier-label-differs", place, indicator.evidence, code=code, label=label)


def _unknown_tiers(indicator: Indicator, above: Indicator | None) -> list[str]:
    """The labels that a row prints and that no edition has as a tier."""
    labels = (indicator.tier1, indicator.tier2)
    if indicator.tier1_code and indicator.tier2_code:
        codes = (indicator.tier1_code, indicator.tier2_code)
        said = [(label if tier_by_code(code) else f"{code}-{label}", code, label)
                for code, label in zip(codes, labels, strict=True)]  # fmt: skip
        return [text for text, code, label in said
                if text and (tier_by_code(code) is None or _is_unknown(label))]  # fmt: skip
    carried = _carried(indicator, above)  # one cell merged over rows is one unknown tier
    return [label for label, again in zip(labels, carried, strict=True)
            if label and not again and _is_unknown(label)]  # fmt: skip


def _carried(indicator: Indicator, above: Indicator | None) -> tuple[bool, bool]:
    """Whether the tiers of a row are those of the row above and aren't printed, or not whole, in its own."""
    if above is None:
        return False, False
    same = above.tier1 == indicator.tier1
    printed, second = indicator.tier2_printed, above.tier2 == indicator.tier2
    second = second and (same if printed is None else key(printed) != key(indicator.tier2 or ""))
    return same and indicator.tier1_printed is None, second


def _is_unknown(label: str | None) -> bool:
    return bool(label) and tier_of(label) is None and not is_dash(label)


def _check_labels(reader: Reader, place: str, indicator: Indicator) -> None:
    first, second = first_tier_of(indicator.tier1), tier_of(indicator.tier2)
    if first is None or second is None or catch_all_tier(indicator.tier2 or "") is not None:
        return
    if parent_notation(second) not in (None, first.notation, parent_notation(first)):
        reader.log.add(
            "tier-misplaced", place, indicator.evidence, tier1=indicator.tier1, tier2=indicator.tier2
        )


def _beside(indicator: Indicator) -> tuple[str, str | None, str | None]:
    return indicator.name, indicator.operator, indicator.unit


def _clipped(value: str) -> str:
    return value if len(value) <= _LONGEST_QUOTE else f"{value[:_LONGEST_QUOTE]}…"


def _check_values(
    reader: Reader, place: str, indicator: Indicator, expected: Collection[str], heads: Mapping[str, str]
) -> None:
    for which, value in ((PERIOD, indicator.period_value), (ANNUAL, indicator.annual_value)):
        said = head_of(reader, indicator, heads, which)
        if value is not None and is_placeholder(value):
            reader.log.add("placeholder-target", place, indicator.evidence, **said, value=value)
        if value is not None and read_target(value, *_beside(indicator)).kind == "unparsed":
            reader.log.add("target-unparsed", place, indicator.evidence, **said, value=_clipped(value))
        if value is not None and indicator.unit is None and lacks_unit(value, indicator.name):
            reader.log.add("target-without-unit", place, indicator.evidence, value=value)
    period, annual = indicator.period_value, indicator.annual_value
    if annual is None and "annual_value" in expected and not (period and "either" in expected):
        reader.log.add(
            "target-missing", place, indicator.evidence, **head_of(reader, indicator, heads, ANNUAL)
        )
    if period is None and "period_value" in expected and not (annual and "either" in expected):
        reader.log.add(
            "target-missing", place, indicator.evidence, **head_of(reader, indicator, heads, PERIOD)
        )
    if period and annual and contradict(period, annual, apart="periods" in expected):
        reader.log.add("period-annual-contradict", place, indicator.evidence, period=period, annual=annual)
