"""The fixed texts of the report, in both languages."""

from __future__ import annotations

from budgetkg.report.contents import Json
from budgetkg.report.plan import Words

TITLE = Words("预算绩效目标报告", "Report on budget performance targets")
ABOUT = Words(
    "这份报告读的是各部门公开的绩效目标表。每个数字都是对一个预存问题的回答，方括号中的编号指附录中的答案。",
    "This report reads the performance targets that departments publish. Every number is the answer to a "
    "stored question; the number in brackets is that of the answer in the appendix.",
)
MARKS = Words(
    "金额以万元计，另有说明的除外。年份后的“?”表示表上没有印年度，由日期或文件用语推定。名称照原表。",
    "Amounts are in 万元 (10,000 yuan) in tables and charts. A “?” after a year says that no year is "
    "printed and it was inferred from dates or wording. Names are as printed, in Chinese.",
)
HEADLINES = Words("要点", "Headlines")
NO_HEADLINES = Words("没有可说的要点。", "There is nothing to put in a headline.")
NOTHING = Words("没有这样的情况。", "There is none.")
UNIT = Words("单位：{unit}", "In {unit}")
LEFT = Words(
    "另有 {count} 条未画，见附录 {number}。", "{count} more bars are not drawn; see appendix {number}."
)
LEFT_ROWS = Words("另有 {count} 行，见附录 {number}。", "{count} more rows: see appendix {number}.")
SEE = Words("全部答案见附录 {number}。", "The whole answer: appendix {number}.")
HATCHED = Words(
    "带斜线和 ※ 的与其他各条不可比，原因：",
    "Bars with hatches and ※ do not compare with the others, because:",
)
EDITIONS = Words("哪份算数", "Which edition counts")
ONE_EDITION = Words(
    "每张表只收录了一份，没有因重复而略去的文件。",
    "Of every table one file is held; none was left out as a repetition.",
)
LEFT_OUT = Words(
    "同一张表收录了多份的，只算一份。以下 {count} 份不计入任何数字：",
    "Where several files hold the same table, one counts. These {count} are in none of the figures:",
)
EDITION = Words("{file}：以 {counted} 为准", "{file}: {counted} counts instead")
APPENDIX = Words("附录：答案、文件和逐条发现", "Appendix: answers, documents and every finding")
ABOUT_APPENDIX = Words(
    "命令可以再问一遍；图谱 {graph}。",
    "The commands ask again. Graph {graph}.",
)
ABOUT_FINDINGS = Words(
    "程序读到的、校验发现的，逐份列出；页码和行号指原件。引文过长的只列开头（…）。",
    "What the reading and the validation found, document by document; pages and lines are those of the "
    "source. Of a long quote the beginning is shown (…).",
)
DOCUMENTS = Words("收录的文件", "Documents held")
BY_DOCUMENT = Words("逐份列出的发现", "Findings by document")
MORE_FINDINGS = Words("另有 {count} 项，用下面的命令列出。", "{count} more: the command lists them.")
MORE_ROWS = Words(
    "另有 {count} 行未列；用上面的命令可得全部。", "{count} more rows: the command above gives all."
)
FINDING_COLUMNS = ("severity", "code", "message", "place", "quote")
DOCUMENT_COLUMNS = ("file", "district", "department", "fiscal_year", "form", "counts", "sha256")
# Editions that don't count: before the appendix no more than these are named.
MOST_EDITIONS = 8


FURTHER = Words("等 {count} 处", "and {count} more")


def place(evidence: Json, language: str) -> str:
    """The page and lines of an evidence, with its cells where it stands in a workbook."""
    said = f"第 {evidence['page']} 页" if language == "zh" else f"p. {evidence['page']}"
    if evidence["lines"]:
        first, last = evidence["lines"]
        lines = f"{first}" if first == last else f"{first}–{last}"
        said = f"{said} {lines} 行" if language == "zh" else f"{said}, l. {lines}"
    return " · ".join(filter(None, (said, evidence.get("cells"))))
