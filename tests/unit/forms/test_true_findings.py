"""Findings say what is so of the source, at the place where it stands, and once."""

from __future__ import annotations

from budgetkg.codelists import finding_message
from budgetkg.findings import Finding
from budgetkg.forms import parse_document
from budgetkg.forms.layout.unread_texts import said_once
from budgetkg.reading import read_document

HEAD = """项目支出绩效目标表
部门名称：韶关市浈江区文化馆 单位：万元
项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标
合计 30.00 30.00
韶关市浈江区图书馆 30.00 30.00
"""
OUTPUT, TIME = "1-产出指标；11-数量指标", "1-产出指标；13-时效指标"
FORM = """部门整体预算绩效目标申报表

部门名称	韶关市浈江区文化馆
总体绩效目标	让老街坊常来坐坐。
	一级指标	二级指标	三级指标	实施周期指标值	年度指标值
"""


def found(text: str, code: str) -> list[Finding]:
    """The findings of one code in a document."""
    (record,) = parse_document(text.encode(), "table.txt")
    return [finding for finding in record.findings if finding.code == code]


def said(finding: Finding, language: str = "zh") -> str:
    return finding_message(finding.code, finding.values, language)


def quotes(finding: Finding) -> list[str]:
    return [place.quote for place in finding.evidence]


def project(name: str, goal: str, *cells: str) -> str:
    numbered = (f"{at}、{cell}。" for at, cell in enumerate(cells, 1))
    return f"{name} 10.00 10.00\n{goal}\n{''.join(numbered)}\n"


def valued(tier: str, name: str, period: str, annual: str) -> str:
    return f"{tier}；{name}；实施周期指标值:{period}；年度指标值:{annual}"


BOOKS = valued(OUTPUT, "送书进村", "3次", "3次")


def test_half_width_marks_are_counted_by_mark() -> None:
    (one,) = found(
        HEAD + project("书车", "送书进村,修书(含旧书)1,200册,完好。", BOOKS), "punctuation-half-width"
    )
    assert one.values["count"] == "2"
    assert one.values["signs"] == "“,”×2、“:”×2、“(”×1、“)”×1"
    assert one.values["signs"] in said(one)
    assert one.values["signs"] in said(one, "en")


def test_a_time_that_only_the_name_says_is_quoted() -> None:
    cell = valued(TIME, "2023年内选好新书", "按要求选书", "12册")
    (one,) = found(HEAD + project("书车", "让读者读到好书。", cell), "timeliness-without-time")
    assert "12册" in said(one)
    assert said(one).endswith("；时间只写在“2023年内选好新书”里。")


def test_an_inferred_year_quotes_the_words_that_say_it() -> None:
    text = HEAD + "".join(
        project(f"{name}书车", f"2023年{deed}。", BOOKS)
        for name, deed in (("甲", "送书进村"), ("乙", "修补旧书"), ("丙", "办读书会"))
    )
    (one,) = found(text, "year-not-printed")
    assert one.values["clue"].replace("\n", "") in "".join(quotes(one))


def test_a_catch_all_merged_over_rows_is_said_once() -> None:
    first = "绩效指标\t产出指标\t数量、质量、时效、成本方面的指标\t歌会场次\t20场\t20场\n"
    rows = first + "\t\t\t书车出行\t90次\t90次\n"
    (one,) = found(FORM + rows, "tier-catch-all")
    assert one.where.endswith("歌会场次")
    assert all(one.values["label"] in quote for quote in quotes(one))


def test_a_tier_without_an_indicator_is_quoted_where_it_stands() -> None:
    rows = (
        "绩效指标\t产出指标\t数量指标\t歌会场次\t20场\t20场\n\t\t时效指标\n"
        "\t满意度指标\t服务对象满意度指标\t街坊满意度\t90%\t90%\n"
    )
    (one,) = found(FORM + rows, "tier-empty")
    assert quotes(one) == ["时效指标"]


def test_a_word_that_is_no_tier_is_one_finding_of_the_document() -> None:
    other = valued("9-过程；91-实施", "送书进村", "3次", "3次")
    text = HEAD + project("甲书车", "送书。", other) + project("乙书车", "修书。", other)
    labels = [one.values["label"] for one in found(text, "tier-unknown")]
    assert sorted(labels) == sorted(set(labels))
    assert labels


def test_a_column_read_from_its_row_quotes_a_row() -> None:
    (one,) = found(HEAD + project("书车", "送书。", BOOKS), "column-inferred")
    assert quotes(one) == ["合计 30.00 30.00"]


def test_a_column_on_pages_of_its_own_is_quoted_by_its_header() -> None:
    rows = "甲书车 10.00 10.00\n送书进村。\n乙书车 20.00 20.00\n修补旧书。\n\x0c绩效指标\n"
    run = f"1、{BOOKS}。\n\x0c1、{BOOKS}。\n"
    (one,) = found(HEAD + rows + run, "columns-split")
    assert quotes(one) == ["绩效指标"]


def page(*rows: str) -> str:
    return f"<table>{''.join(rows)}</table>"


def row(*cells: str, hidden: bool = False) -> str:
    style = ' style="display:none"' if hidden else ""
    return f"<tr{style}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


FORM_ROWS = (
    row("项目支出绩效目标表"),
    row("项目名称", "流动书车"),
    row("资金总额（万元）", "10.00"),
    row("年度目标", "让读者读到好书。"),
)
INDICATORS = (
    row("一级指标", "二级指标", "三级指标", "指标值"),
    row("产出指标", "数量指标", "送书进村", "≥3次"),
)


def html_findings(text: str) -> list[Finding]:
    (record,) = parse_document(text.encode(), "page.html")
    return list(record.findings)


def test_hidden_text_is_one_finding_that_quotes_all_of_it() -> None:
    rows = (*FORM_ROWS, row("样张", "在这里填", hidden=True), *INDICATORS)
    findings = html_findings(page(*rows))
    (hidden,) = [one for one in findings if one.code == "text-hidden"]
    assert quotes(hidden) == ["样张", "在这里填"]
    assert said(hidden).startswith("“样张”等 2 处")
    assert not [one for one in findings if one.code in ("header-unknown", "text-unread")]


def test_a_label_beside_which_nothing_stands_quotes_nothing() -> None:
    findings = html_findings(page(row("首页", "馆务", "搜索："), *FORM_ROWS, *INDICATORS))
    unknown = {one.values["header"]: one for one in findings if one.code == "header-unknown"}
    assert unknown["首页"].values["text"] == "馆务"
    assert said(unknown["搜索："]) == "第 1 页的“搜索：”不是已知的表头或栏目。"


NOTE = "注：一、指标可以选填。二、书车的指标由图书馆填报，文化馆汇总以后按照本级的要求统一公开，"


def test_a_wrapped_note_is_one_text() -> None:
    rows = "绩效指标\t产出指标\t数量指标\t歌会场次\t20场\t20场\n\n"
    wrapped = found(FORM + rows + f"{NOTE}\n并按期更新\n", "text-unread")
    assert NOTE + "并按期更新" in [one.values["text"] for one in wrapped]
    ended = found(FORM + rows + f"{NOTE[:-1]}。\n附件一\n", "text-unread")
    assert all("附件一" not in one.values["text"] or one.values["text"] == "附件一" for one in ended)


def test_what_pages_print_again_is_said_once_with_the_pages() -> None:
    text = "馆务公开\n书车\n\x0c馆务公开\n书车乙\n\x0c馆务公开\n"
    source = read_document(text.encode(), "dump.txt").source
    places = [source.evidence(line.start, line.end) for line in source.lines if not line.blank]
    unread = [
        Finding("text-unread", f"p. {one.page}", (one,), (("text", one.quote.strip()),)) for one in places
    ]
    told = {one.values["text"]: one for one in said_once(unread, source)}
    assert list(told) == ["馆务公开", "书车", "书车乙"]
    assert [place.page for place in told["馆务公开"].evidence] == [1, 2, 3]
    assert "（第 1, 2, 3 页都有）" in said(told["馆务公开"])
    assert "pages" not in told["书车"].values


def test_columns_and_tiers_are_named_in_the_language_of_the_message() -> None:
    cell = valued(OUTPUT, "送书进村", "控制数", "3次")
    (one,) = found(HEAD + project("书车", "送书。", cell), "placeholder-target")
    assert said(one) == "实施周期值（“实施周期指标值”栏）“控制数”只提到一个数，没有写出是多少。"
    assert said(one, "en").startswith("The period value (under “实施周期指标值”) “控制数”")
    rows = (
        row("一级指标", "二级指标", "三级指标", "指标值"),
        row("产出指标", "数量指标", "送书进村", "控制数"),
    )
    (one,) = (each for each in html_findings(page(*FORM_ROWS, *rows)) if each.code == "placeholder-target")
    assert said(one, "en").startswith("The annual value (under “指标值”) “控制数”")
    cell = valued("2-效益指标；22-社会效益", "读者满意度", "90%", "90%")
    (one,) = found(HEAD + project("书车", "送书。", cell), "tier-unlike-target")
    assert said(one).endswith("看内容应属满意度指标。")
    assert said(one, "en").endswith("it belongs under Satisfaction (满意度指标).")


def test_what_a_goal_says_is_quoted_from_the_goal() -> None:
    rows = (*FORM_ROWS[:3], row("年度目标", "全年6次晒谷场读书会（含山村。"))
    values = row("产出指标", "数量指标", "举办晒谷场读书会次数", "4次")
    findings = {one.code: one for one in html_findings(page(*rows, INDICATORS[0], values))}
    goal, indicator = quotes(findings["goal-indicator-differ"])
    assert "6次晒谷场读书会" in goal
    assert "举办晒谷场读书会次数" in indicator
    assert quotes(findings["bracket-unbalanced"]) == ["全年6次晒谷场读书会（含山村。"]


def test_an_indicator_printed_again_is_quoted_each_time() -> None:
    findings = {one.code: one for one in html_findings(page(*FORM_ROWS, *INDICATORS, INDICATORS[1]))}
    again = findings["same-indicator-again"]
    assert len(again.evidence) == 2
    assert all(again.values["name"] in quote for quote in quotes(again))
