"""The report as one HTML page that stands alone: no script, nothing fetched, both languages."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from budgetkg.report.contents import Contents, Json, Part, Row, Section
from budgetkg.report.figures import figure
from budgetkg.report.markup import Markup, joined, tag
from budgetkg.report.phrases import (
    ABOUT,
    ABOUT_FINDINGS,
    BY_DOCUMENT,
    DOCUMENT_COLUMNS,
    DOCUMENTS,
    FINDING_COLUMNS,
    MOST_ROWS,
    NOTHING,
    TITLE,
    document_cells,
    place,
)
from budgetkg.report.plan import Words
from budgetkg.report.sheet import both, grid, whole
from budgetkg.report.wording import LONGEST_QUOTE, column, cut, numeric, seen, written


def render(contents: Contents) -> str:
    """The page."""
    chapters = (_chapter(section, contents) for section in contents.sections)
    return whole(TITLE, _opening(contents), tag("main", *chapters))


def _opening(contents: Contents) -> Markup:
    tiles = [tag("li", tag("b", f"{count:,}"), both(column(name), "span")) for name, count in contents.totals]
    links = [
        tag("li", tag("a", both(section.title, "span"), href=f"#{section.name}"))
        for section in contents.sections
    ]
    return tag(
        "header",
        both(TITLE, "h1"),
        both(ABOUT, "p"),
        tag("ul", *tiles, class_="tiles"),
        tag("nav", tag("ol", *links)),
        tag("p", "图谱 graph ", tag("code", contents.graph), class_="quiet"),
    )


def _chapter(section: Section, contents: Contents) -> Markup:
    more: Iterator[Markup] = iter(())
    if section.name == "corpus":
        more = _documents(contents.documents)
    elif section.name == "findings":
        more = _findings(contents)
    parts = (_part(part) for part in section.parts)
    return tag("section", both(section.title, "h2"), *parts, *more, id=section.name)


def _part(part: Part) -> Markup:
    question = part.question
    pieces = [both(part.title, "h3"), _command(question.slug)]
    if part.plan.note:
        pieces.append(both(part.plan.note, "p"))
    drawn = figure(part)
    if drawn:
        left = f"图中未画的 {drawn.left} 条见下表。{drawn.left} more in the table." if drawn.left else ""
        caption = tag("figcaption", left) if left else ""
        pieces.append(tag("figure", drawn.picture, caption))
    pieces.append(_answer(part.plan.columns, part.rows) if part.rows else both(NOTHING, "p", "quiet"))
    return tag("article", *pieces, id=f"q-{question.slug}")


def _command(slug: str) -> Markup:
    return tag("p", tag("code", f"budgetkg query {slug}"), class_="quiet")


def _answer(columns: Sequence[str], rows: Sequence[Row]) -> Markup:
    right = {name for name in columns if numeric(name, [row[name] for row in rows])}
    shown = [[written(name, row[name]) for name in columns] for row in rows[:MOST_ROWS]]
    return joined(table(columns, shown, right), _rest(len(rows) - MOST_ROWS))


def _rest(left: int) -> Markup:
    if left <= 0:
        return Markup("")
    words = Words(
        f"另有 {left} 行未列；用上面的命令可得全部。", f"{left} more rows: the command above gives all."
    )
    return both(words, "p")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Container[str] = ()) -> Markup:
    """A table under the names of the plan's columns; ``right`` names those of numbers."""
    numeric_indexes = [index for index, name in enumerate(columns) if name in right]
    return grid([column(name) for name in columns], rows, numeric_indexes)


def _documents(documents: Iterable[Json]) -> Iterator[Markup]:
    rows = map(document_cells, documents)
    yield both(DOCUMENTS, "h3")
    yield table(DOCUMENT_COLUMNS, [[*cells, sha256[:16]] for *cells, sha256 in rows])


def _findings(contents: Contents) -> Iterator[Markup]:
    yield both(BY_DOCUMENT, "h3")
    yield both(ABOUT_FINDINGS, "p")
    for name, findings in contents.findings:
        yield tag("h4", seen(name), tag("small", f" {len(findings)}"))
        yield table(FINDING_COLUMNS, [_finding(item) for item in findings[:MOST_ROWS]])
        if len(findings) > MOST_ROWS:
            left = len(findings) - MOST_ROWS
            yield tag("p", f"另有 {left} 项 {left} more: budgetkg findings")


def _finding(item: Json) -> list[Markup | str]:
    message, label = item["message"], item.get("label", {}).get("zh", "")
    quotes = [cut(seen(each["quote"]), LONGEST_QUOTE) for each in item["evidence"]]
    places = [place(each) for each in item["evidence"]]
    return [
        written("severity", item["severity"]),
        joined(tag("code", item["code"]), " ", seen(f"{label} {item['where']}".strip())),
        both(Words(seen(message["zh"]), seen(message["en"])), "div"),
        " ; ".join(places),
        joined(*(tag("q", quote, lang="zh-Hans") for quote in quotes)),
    ]
