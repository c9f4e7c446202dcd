"""The fixed texts of the report, in both languages, and what its two formats write alike."""

from __future__ import annotations

from budgetkg.report.contents import Json
from budgetkg.report.plan import Words
from budgetkg.report.wording import seen

TITLE = Words("预算绩效目标报告", "Report on budget performance targets")
ABOUT = Words(
    "以下每个数字都是对预存问题的回答；表题下的命令可以再问一遍。文字照原表，金额以元为单位。",
    "Every number is the answer to a stored question; the command beneath a title asks it again. "
    "Words are as printed, amounts in yuan.",
)
NOTHING = Words("没有这样的情况。", "There is none.")
ABOUT_FINDINGS = Words(
    "程序读到的、校验发现的，逐份列出；页码和行号指原件。引文过长的只列开头（…）。",
    "What the reading and the validation found, document by document; pages and lines are those of the "
    "source. Of a long quote the beginning is shown (…).",
)
DOCUMENTS = Words("收录的文件", "Documents held")
BY_DOCUMENT = Words("逐份列出的发现", "Findings by document")
FINDING_COLUMNS = ("severity", "code", "message", "place", "quote")
DOCUMENT_COLUMNS = ("file", "district", "department", "form", "sha256")
# A longer table is cut, and says so.
MOST_ROWS = 400


def document_cells(entry: Json) -> list[str]:
    """The cells of a document in the table under ``DOCUMENT_COLUMNS``; the last is its full SHA-256."""
    return [
        seen(str(entry[key] or "")) for key in ("source", "district", "department", "form_kind", "sha256")
    ]


def place(evidence: Json) -> str:
    """The page and lines of an evidence, with its cells where it stands in a workbook."""
    zh, en = f"第 {evidence['page']} 页", f"p. {evidence['page']}"
    if evidence["lines"]:
        first, last = evidence["lines"]
        lines = f"{first}" if first == last else f"{first}–{last}"
        zh, en = f"{zh} {lines} 行", f"{en}, l. {lines}"
    return " · ".join(filter(None, (zh, en, evidence.get("cells"))))
