"""The JSON of records: a table for each kind of thing, a line for each key with its type and meaning.

The writer (:mod:`budgetkg.schema_json`), the JSON Schema (`budgetkg schema --records`) and docs/records.md
follow these tables. A new key is one line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from budgetkg.codelists import concept, finding_message, finding_severity
from budgetkg.json_fields import (
    ATTRIBUTES,
    BOTH_LANGUAGES,
    CORRECTED,
    CORRECTION,
    CORRECTIONS,
    EVIDENCE,
    FUNDS,
    PAIR,
    POLICIES,
    STRING,
    TEXT,
    TEXTS,
    WHOLE,
    WHOLE_OR_NONE,
    YES_OR_NO,
    Field,
    many,
    money,
    nested,
    one,
    plain,
    rare,
    source_names,
    sources,
    where,
)
from budgetkg.records import Amounts

LANGUAGES = ("zh", "en")

DOCUMENT = (
    plain("source", STRING, "the file's name"),
    plain("sha256", STRING, "the SHA-256 of its bytes"),
    plain("media_type", STRING, "its kind"),
    plain("pages", WHOLE, "its pages (sheets of a workbook)"),
    Field(
        "part", STRING, "where a file holds several documents: what tells this one from the others",
        lambda _, record: record.part, lambda record: bool(record.part),
    ),
    plain("form", STRING, "which form it is: a notation of the code list of forms"),
    plain("title", TEXT, "its title as printed"),
    plain("department", TEXT, "the department as printed"),
    plain("district", TEXT, "the division, recognised in the title or the department's name (黄埔区)"),
    plain("year", WHOLE_OR_NONE, "the budget year"),
    plain("year_printed", YES_OR_NO, "whether the form prints the year; an inferred one is a finding"),
    plain("year_evidence", TEXT, "the words that the year was taken from"),
    rare("year_rule", STRING, "how a year that isn't printed is known: a notation of the code list of bases"),
    where("year_statements", "where the statements are printed that it was inferred from"),
    plain("unit", TEXT, "the money unit as printed: 万元 or 元"),
    plain("finance_office", TEXT, "the finance office that the form names"),
    plain("functions", TEXT, "部门职能: what the department is for"),
    Field("totals", one("totals"), "总计, 合计 or 总额", lambda writer, record: writer.one("totals", record)),
    source_names(attrgetter("totals"), "totals_sources_printed"),
    where("totals_evidence", "where the totals are printed"),
    nested("units_of_use", "unit_of_use", "资金使用单位: who spends the money"),
    Field(
        "budget",
        {"type": "object", "additionalProperties": {"anyOf": [one("budget_line"), one("budget_group")]}},
        "labelled amounts of a department form, under the label of their group where one is printed",
        lambda writer, record: writer.budget(record),
    ),
    plain("overall_goal", TEXT, "总体目标 of a department form"),
    rare("goal_reached", TEXT, "what a self-evaluation says was reached of it"),
    FUNDS,
    ATTRIBUTES,
    nested("indicators", "indicator", "indicators of the whole document"),
    Field(
        "empty_tiers", {"type": "array", "items": PAIR}, "tiers that are printed without an indicator",
        lambda _, record: [list(pair) for pair in record.empty_tiers],
    ),
    Field(
        "tasks", many("task"), "任务: pieces of the department's yearly work",
        lambda writer, record: [writer.one("task", (task, record.unit)) for task in record.tasks],
    ),
    POLICIES,
    nested("findings", "finding", "what a careful reader would report"),
    Field(
        "account", one("account"), "where the non-blank characters of the source ended",
        lambda writer, record: writer.one("account", record.account),
    ),
    EVIDENCE,
    Field(
        "people", {"type": "object", "additionalProperties": STRING},
        "clerks by the label they stand under; only where asked for (`--with-personal-data`)",
        lambda _, record: {person.label: person.value for person in record.people},
        lambda record: False,  # the writer adds it where somebody asked
    ),
)  # fmt: skip

TOTALS = (
    money("printed_total", lambda record: record.totals.total, "the total as printed"),
    *sources(attrgetter("totals")),
)

UNIT_OF_USE = (
    plain("name", STRING, "its name as printed"),
    money("total", lambda unit_of_use: unit_of_use.amounts.total, "the total of its projects as printed"),
    *sources(attrgetter("amounts")),
    source_names(attrgetter("amounts")),
    nested("projects", "project", "项目: its projects"),
    EVIDENCE,
)

PROJECT = (
    plain("name", STRING, "its name as printed"),
    money("total", lambda project: project.amounts.total, "its amount as printed"),
    *sources(attrgetter("amounts")),
    source_names(attrgetter("amounts")),
    plain("goal", TEXT, "its goal as printed"),
    rare("goal_reached", TEXT, "what a self-evaluation says was reached of it"),
    FUNDS,
    plain("printed_times", WHOLE, "how often its row is printed: 2 where a page break repeats it"),
    nested("indicators", "indicator", "its indicators"),
    ATTRIBUTES,
    POLICIES,
    EVIDENCE,
)  # fmt: skip

INDICATOR = (
    plain("seq", WHOLE_OR_NONE, "its number where one is printed"),
    plain("tier1_code", TEXT, "the code of the first tier where one is printed"),
    plain("tier1", TEXT, "the first tier it stands under (产出指标)"),
    plain("tier2_code", TEXT, "the code of the second tier where one is printed"),
    plain("tier2", TEXT, "the second tier it stands under (数量指标)"),
    plain("name", STRING, "its name as printed"),
    plain("period_value", TEXT, "the target of the whole period as printed"),
    plain("annual_value", TEXT, "the target of the year as printed"),
    rare("tier1_printed", TEXT, "the words of its own cell of the first tier"),
    rare("tier2_printed", TEXT, "the words of its own cell of the second tier"),
    rare("tier1_basis", STRING, "how a first tier that isn't printed is known (list of bases)"),
    rare("explanation", TEXT, "指标解释"),
    rare("formula", TEXT, "计算公式"),
    rare("unit", TEXT, "计量单位"),
    rare("weight", TEXT, "权重 or 分值"),
    rare("operator", TEXT, "计算符号"),
    rare("direction", TEXT, "指标方向"),
    rare("standard", TEXT, "评分标准"),
    rare("actual_value", TEXT, "实际完成值"),
    rare("score", TEXT, "得分"),
    rare("note", TEXT, "备注"),
    rare("deviation", TEXT, "偏差率 or 偏差"),
    rare("deviation_reason", TEXT, "偏差原因分析及改进措施"),
    rare("nature", TEXT, "定量 or 定性, where a column of its own prints it"),
    rare("tier3", TEXT, "the third tier of editions whose fourth names the indicator"),
    rare("margin", {"type": "number"}, "points by which its table's reading is ahead of the next best one"),
    Field(
        "grades", {"type": "array", "items": PAIR}, "thresholds in columns of their own: 优, ≥95%",
        lambda _, item: [list(pair) for pair in item.grades], lambda item: bool(item.grades),
    ),
    EVIDENCE,
)  # fmt: skip

FUND_LINE = (
    plain("label", STRING, "its label as printed: 年度资金总额, 其中：当年财政拨款"),
    plain("source", TEXT, "the key of the amount that its label names (total, fiscal_appropriation, …)"),
    money("initial", lambda line: line.initial, "年初预算数"),
    money("adjusted", lambda line: line.adjusted, "全年预算数"),
    money("executed", lambda line: line.executed, "全年执行数"),
    plain("rate", TEXT, "执行率 as printed"),
    plain("weight", TEXT, "分值 as printed"),
    plain("score", TEXT, "得分 as printed"),
    plain("note", TEXT, "a remark beside it"),
    EVIDENCE,
)

# These keys are of a pair: a task, and the money unit of its document.
TASK = (
    Field("seq", WHOLE, "its number", lambda _, pair: pair[0].seq),
    Field("name", STRING, "its name as printed", lambda _, pair: pair[0].name),
    Field("content", TEXT, "what is done", lambda _, pair: pair[0].content),
    Field("content_label", TEXT, "the label before the content", lambda _, pair: pair[0].content_label),
    money("amount", lambda pair: pair[0].amount, "its amount"),
    Field(
        "amount_printed", TEXT, "its amount as printed",
        lambda _, pair: pair[0].amount.printed if pair[0].amount else None,
    ),
    *sources(lambda pair: pair[0].sources, lambda pair: pair[0].sources != Amounts()),
    source_names(lambda pair: pair[0].sources),
    Field("unit", TEXT, "the money unit of the document", lambda _, pair: pair[1]),
    Field("expected", TEXT, "the goal or effect that is expected", lambda _, pair: pair[0].expected),
    Field("projects", TEXTS, "projects that it names", lambda _, pair: list(pair[0].projects)),
    Field("projects_printed", TEXT, "those as printed", lambda _, pair: pair[0].projects_printed),
    Field(
        "indicators", many("indicator"), "its indicators",
        lambda writer, pair: writer.each("indicator", pair[0].indicators),
    ),
    Field(
        "policies_cited", many("policy"), POLICIES.meaning,
        lambda writer, pair: writer.each("policy", pair[0].policies),
    ),
    Field("evidence", EVIDENCE.type, EVIDENCE.meaning, lambda writer, pair: writer.places(pair[0].evidence)),
)  # fmt: skip

# These keys are of a pair: a labelled amount, and the money unit of its document.
BUDGET_LINE = (
    money("amount", lambda pair: pair[0].amount, "the amount"),
    Field(
        "printed", TEXT, "the amount as printed",
        lambda _, pair: pair[0].amount.printed if pair[0].amount else None,
    ),
    Field("unit", TEXT, "the money unit of the document", lambda _, pair: pair[1]),
    Field("side", TEXT, "income, expenditure or level, where the form says it", lambda _, pair: pair[0].side),
    Field("evidence", EVIDENCE.type, EVIDENCE.meaning, lambda writer, pair: writer.places(pair[0].evidence)),
)  # fmt: skip

POLICY = (
    plain("title", STRING, "its title as printed in 《》"),
    plain("number", TEXT, "its number, normalised"),
    plain("number_printed", TEXT, "its number as printed"),
    EVIDENCE,
)

ACCOUNT = (
    Field("characters", WHOLE, "all of them", lambda _, account: account.total),
    plain("records", WHOLE, "those that ended in a record"),
    plain("furniture", WHOLE, "those of titles, headers and page numbers"),
    plain("findings", WHOLE, "those that a finding quotes"),
    plain("remainder", WHOLE, "those that ended nowhere: 0 for a document that was read completely"),
)

FINDING = (
    plain("code", STRING, "its kind: a notation of the code list of findings"),
    Field(
        "severity", STRING, "Info, Warning or Violation",
        lambda _, finding: finding_severity(finding.code),
    ),
    Field(
        "label", BOTH_LANGUAGES, "the name of its kind",
        lambda _, finding: {tag: concept("finding", finding.code).label(tag) for tag in LANGUAGES},
    ),
    Field(
        "message", BOTH_LANGUAGES, "what is remarked",
        lambda writer, finding: {
            tag: finding_message(finding.code, writer.params(finding), tag) for tag in LANGUAGES
        },
    ),
    Field(
        "where", STRING, "the name of what it is about",
        lambda writer, finding: writer.masked(finding.where),
    ),
    Field(
        "params", {"type": "object", "additionalProperties": STRING}, "what fills the message",
        lambda writer, finding: writer.params(finding),
    ),
    EVIDENCE,
)  # fmt: skip

PLACE = (
    plain("page", WHOLE, "its page or sheet, from 1; all of a Word document or web page is page 1"),
    Field(
        "lines", {"type": ["array", "null"], "items": WHOLE, "minItems": 2, "maxItems": 2},
        "its first and last line in the whole document, from 1",
        lambda _, place: list(place.lines) if place.lines else None,
    ),
    Field(
        "cells", STRING, "the cells of a workbook (表1!A6:G6)",
        lambda _, place: place.cells, lambda place: bool(place.cells),
    ),
    plain("start", WHOLE, "where its text begins in the document's text, in characters"),
    plain("end", WHOLE, "where it ends"),
    Field("quote", STRING, "the exact words and line breaks", lambda writer, place: writer.quote(place)),
    Field(
        "box", {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
        "x0, top, x1, bottom in points, where the source has a geometry",
        lambda _, place: list(place.box), lambda place: bool(place.box),
    ),
    rare("confidence", {"type": "number", "minimum": 0, "maximum": 1}, "how sure words of a scan are"),
)  # fmt: skip

# The table of each kind of thing, by the kind's name in the schema.
TABLES: Mapping[str, tuple[Field, ...]] = {
    "document": (*DOCUMENT, CORRECTIONS),
    "totals": TOTALS,
    "unit_of_use": (*UNIT_OF_USE, CORRECTIONS),
    "project": (*PROJECT, CORRECTIONS),
    "indicator": (*INDICATOR, CORRECTIONS),
    "fund_line": (*FUND_LINE, CORRECTIONS),
    "task": (*TASK, CORRECTED),
    "budget_line": (*BUDGET_LINE, CORRECTED),
    "correction": CORRECTION,
    "policy": POLICY,
    "account": ACCOUNT,
    "finding": FINDING,
    "evidence": PLACE,
}
