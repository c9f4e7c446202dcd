"""What the command line says, in both languages, in one place."""

from __future__ import annotations

import os

from budgetkg.cli import layout_messages, link_messages

# key: (English, Chinese)
CATALOGUE: dict[str, tuple[str, str]] = {
    "app": (
        "Published performance-budget tables → a validated, queryable RDF knowledge graph.",
        "把公开的预算绩效目标表变成经过校验、可以查询的 RDF 知识图谱。",
    ),
    "parse": ("Read documents into records.", "读取文件，得到记录。"),
    "build": ("Read documents and write their graph into a directory.", "读取文件，把图谱写入目录。"),
    "remove": (
        "Take documents out of a graph: DOCUMENT is a file name, a SHA-256 (or its beginning) or an IRI. "
        "All of them or none; the last one stays.",
        "从图谱中移除文件：DOCUMENT 为文件名、SHA-256（或其开头）或 IRI。"
        "要么全部移除，要么都不动；最后一份不移除。",
    ),
    "arg-documents": ("Documents of the graph.", "图谱中的文件。"),
    "removed": ("removed: {name}", "已移除：{name}"),
    "validate": ("Check a graph by the SHACL shapes.", "用 SHACL 形状校验图谱。"),
    "query": (
        "Answer a stored question, or a SPARQL query from a file or standard input (-).",
        "回答预存问题，或运行文件、标准输入（-）中的 SPARQL 查询。",
    ),
    "questions": ("List the stored questions.", "列出预存问题。"),
    "export": (
        "Write the graph out: as RDF, or as tables in a folder.",
        "导出图谱：RDF 格式，或写成一个文件夹的表格。",
    ),
    "catalog": (
        "Write the graph as datasets in all formats, with a catalogue (DCAT, VoID).",
        "把图谱写成各种格式的数据集，并附目录（DCAT、VoID）。",
    ),
    "report": (
        "Write a report on the graph: one page in both languages, with charts, to read and to print.",
        "写出图谱报告：一页，中英对照，有图有表，可阅读、可打印。",
    ),
    "opt-report-out": ("File to write (default: standard output).", "输出的文件（默认标准输出）。"),
    "opt-catalog-out": ("Folder to write (default: DIR/catalog).", "输出的文件夹（默认 DIR/catalog）。"),
    "opt-base-url": (
        "Where the files will stand; otherwise their addresses are relative to the catalogue.",
        "文件将放置的网址；否则地址相对于目录文件。",
    ),
    "opt-catalog-format": ("A format; repeat for several (default: all).", "格式，可重复给出（默认全部）。"),
    "opt-license": ("Licence of the data (default: CC BY 4.0).", "数据的许可（默认 CC BY 4.0）。"),
    "opt-publisher": ("Who publishes.", "发布者。"),
    "explain": (
        "What the graph says of a thing, and where in which document it stands.",
        "图谱对某事物说了什么，出自哪份文件的何处。",
    ),
    "serve": (
        "Serve a graph as a read-only SPARQL endpoint on this machine.",
        "在本机提供只读的 SPARQL 端点。",
    ),
    "findings": ("List what a careful reader would report.", "列出细心的读者会指出的问题。"),
    "target": (
        "Show what printed targets mean: kind, quantities, deadline.",
        "显示目标值的含义：类型、数量、时限。",
    ),
    "arg-texts": (
        "Targets as printed; - takes JSON lines with text, name, operator, unit.",
        "目标值原文；- 表示从标准输入读 JSON 行（text、name、operator、unit）。",
    ),
    "opt-name": ("The indicator's name.", "指标名称。"),
    "opt-operator": ("What a column of operators prints.", "计算符号栏的内容。"),
    "opt-unit": ("What a column of units prints.", "计量单位栏的内容。"),
    "printed": ("as printed", "原文"),
    "target-kind": ("kind", "类型"),
    "quantities": ("quantities", "数量"),
    "deadline": ("deadline", "时限"),
    "remark": ("remark", "备注"),
    "bad-line": (
        "standard input, line {line}: not a JSON object with a text",
        "标准输入第 {line} 行：不是带 text 的 JSON 对象",
    ),
    "arg-files": ("Documents to read: files, folders and globs.", "要读取的文件：文件、文件夹和通配符。"),
    "arg-sources": (
        "Files, folders (with all in them) and globs.",
        "文件、文件夹（含其中全部文件）和通配符。",
    ),
    "arg-directory": ("Directory written by `budgetkg build`.", "`budgetkg build` 写成的目录。"),
    "arg-target": ("Directory of a graph, or an RDF file.", "图谱目录或 RDF 文件。"),
    "arg-query": ("Name of a question, file with a query, or -.", "问题名称、查询文件，或 -。"),
    "arg-thing": ("IRI, prefixed name or label (zh or en).", "IRI、前缀名或标签（中文或英文）。"),
    "opt-format": ("Format of the output.", "输出格式。"),
    "opt-personal": (
        "Keep clerks' names, telephones and dates, which are left out otherwise.",
        "保留经办人姓名、电话、日期（默认略去）。",
    ),
    "opt-into": ("Directory of the graph.", "图谱目录。"),
    "opt-picture": (
        "Draw the file with what became of each text and the findings: OUT.html, or OUT.png of a PDF.",
        "画出文件中每段文字的去向和发现的问题：OUT.html，PDF 也可用 OUT.png。",
    ),
    "bad-picture": (
        "--picture draws one file, into a name that ends in .html or .png",
        "--picture 只画一个文件，输出名以 .html 或 .png 结尾",
    ),
    "picture-written": ("picture: {path}", "图：{path}"),
    "opt-max-seconds": ("Seconds that one document may take.", "每份文件最多用多少秒。"),
    "opt-max-memory": ("MiB of memory that one document may take.", "每份文件最多用多少 MiB 内存。"),
    "opt-max-pages": ("Pages that one document may have.", "每份文件最多多少页。"),
    "opt-max-objects": (
        "Characters, lines and pictures that one page of a PDF may draw.",
        "PDF 每页最多画多少个对象（字、线、图）。",
    ),
    "opt-workers": ("Processes (default: one per processor).", "进程数（默认每个处理器一个）。"),
    "opt-no-validate": ("Leave the SHACL validation out.", "不做 SHACL 校验。"),
    "opt-export": ("Write this format too, into DIR/exports.", "同时导出此格式到 DIR/exports。"),
    "opt-base": ("What the IRIs of data begin with.", "数据 IRI 的开头。"),
    "opt-times": (
        "Keep when each document was read, for the provenance that `catalog` writes.",
        "记录每份文件的读取时间，供 `catalog` 写入来源说明。",
    ),
    "opt-json": ("For machines: one JSON object.", "供程序使用：一个 JSON 对象。"),
    "opt-shapes": ("Other shapes than the packaged ones: file or folder.", "改用其他形状：文件或文件夹。"),
    "opt-param": ("A parameter as name=value.", "参数，写作 名称=值。"),
    "opt-evidence": (
        "With file, page, lines and words for each row; a row with several places stands once for each.",
        "每行附出处：文件、页码、行号和原文；有多处的，每处一行。",
    ),
    "opt-store": ("Directory of the graph to ask.", "要查询的图谱目录。"),
    "opt-endpoint": ("SPARQL endpoint to ask instead.", "改为查询此 SPARQL 端点。"),
    "opt-timeout": ("Seconds to wait for an endpoint.", "等待端点的秒数。"),
    "opt-out": (
        "File or folder to write; an RDF format goes to standard output otherwise.",
        "输出的文件或文件夹；RDF 格式默认写到标准输出。",
    ),
    "opt-spreadsheet": (
        "CSV to open in a spreadsheet: with a byte order mark, and ' before what looks like a formula.",
        "供电子表格打开的 CSV：带字节顺序标记，形似公式的内容前加 '。",
    ),
    "opt-all-editions": (
        "Also the editions of a table that don't count, each in its own graph.",
        "同时写出不计入的其他版本，各在自己的图中。",
    ),
    "no-editions": (
        "--all-editions is for {choices}: elsewhere editions could not be told apart",
        "--all-editions 只用于 {choices}：其他格式分不清各版本",
    ),
    "opt-check": (
        "Check the cube by the integrity constraints IC-1 … IC-21.",
        "用完整性约束 IC-1 … IC-21 检查多维数据集。",
    ),
    "check-cube": ("--check is for --format cube --out FILE", "--check 只用于 --format cube --out FILE"),
    "cube-checked": ("IC-1 … IC-21 hold.", "IC-1 … IC-21 均满足。"),
    "no-spreadsheet": ("--spreadsheet is for {choices}", "--spreadsheet 只用于 {choices}"),
    "needs-folder": (
        "{format} is a folder of files: say where with --out",
        "{format} 是一个文件夹的文件：请用 --out 指定位置",
    ),
    "opt-port": ("Port on 127.0.0.1.", "127.0.0.1 上的端口。"),
    "opt-version": ("Show the version.", "显示版本。"),
    "document": ("document", "文件"),
    "department": ("department", "部门"),
    "district": ("district", "区"),
    "year": ("year", "年度"),
    "form": ("form", "表式"),
    "projects": ("projects", "项目"),
    "tasks": ("tasks", "任务"),
    "indicators": ("indicators", "指标"),
    "total": ("total (yuan)", "总额（元）"),
    "reconciled": ("reconciled", "勾稽"),
    "account": ("account", "用字"),
    "findings-column": ("findings", "问题"),
    "severity": ("severity", "级别"),
    "code": ("code", "代码"),
    "where": ("where", "位置"),
    "message": ("message", "说明"),
    "place": ("place", "出处"),
    "kind": ("kind", "种类"),
    "part-of": ("part of", "属于"),
    "quote": ("quote", "原文"),
    "question": ("question", "问题"),
    "name": ("name", "名称"),
    "parameters": ("parameters", "参数"),
    "columns": ("columns", "列"),
    "count": ("count", "数量"),
    "Violation": ("violation", "违例"),
    "Warning": ("warning", "警告"),
    "Info": ("remark", "提示"),
    "reading-documents": ("reading", "读取"),
    "page-lines": ("p. {page}, lines {first}–{last}", "第 {page} 页，第 {first}–{last} 行"),
    "page-line": ("p. {page}, line {first}", "第 {page} 页，第 {first} 行"),
    "page": ("p. {page}", "第 {page} 页"),
    "inferred-year": ("{year}?", "{year}?"),
    "validated": (
        "Validation: {violations} violations, {warnings} warnings, {remarks} remarks.",
        "校验：{violations} 项违例，{warnings} 项警告，{remarks} 项提示。",
    ),
    "concluded": (
        "Across documents{time}: {themes} assignments to themes, {similarities} pairs of "
        "similar goals, {series} series over years, {transfers} transfers, {implied} implied quantities, "
        "{measures} comparable targets.",
        "跨文件{time}：归入主题 {themes} 项，相近目标 {similarities} 对，跨年项目 {series} 组，"
        "转移资金 {transfers} 项，推算数量 {implied} 个，可比目标 {measures} 个。",
    ),
    "took": (" ({seconds:.0f} s)", "（{seconds:.0f} 秒）"),
    "correction-unused": (
        "{place}: nothing in the graph goes by that name; the correction changes nothing",
        "{place}：图谱中没有此名称，更正未生效",
    ),
    "not-validated": ("Not validated.", "未校验。"),
    "conforms": ("No violation of the graph's structure.", "图谱结构无违例。"),
    "kept": (
        "Documents of earlier builds in the graph too: {count}.",
        "图谱中另有以前写入的 {count} 份文件。",
    ),
    "edition": (
        "Editions of one table: {names}. Counted is {counted}: {reason}. "
        "A line in {directory}/corrections/editions.csv chooses another.",
        "同一份表的多个版本：{names}。计入的是 {counted}：{reason}。"
        "在 {directory}/corrections/editions.csv 写一行可另选。",
    ),
    "edition-doubtful": (
        "{one} and {other} may be editions of one table, but nothing they print decides it: both count.",
        "{one} 与 {other} 或为同一份表的两个版本，但所印内容不足以判定：两份都计入。",
    ),
    "replaced": ("Replaced: {names}.", "已替换：{names}。"),
    "nothing-built": (
        "no source could be read; {directory} is as it was",
        "没有可读的文件；{directory} 未作改动",
    ),
    "failed-some": ("{count} sources could not be read (see above)", "有 {count} 个文件无法读取（见上）"),
    "next": (
        "Next: budgetkg query budget-by-district --store {directory}   (budgetkg questions lists more)",
        "下一步：budgetkg query budget-by-district --store {directory}   （budgetkg questions 列出更多）",
    ),
    "written": ("Wrote {path}.", "已写入 {path}。"),
    "no-rows": ("No rows.", "没有结果。"),
    "no-rows-for": ("No rows with {values}.", "{values} 没有结果。"),
    "no-findings": ("No findings.", "没有问题。"),
    "true": ("yes", "是"),
    "false": ("no", "否"),
    "candidates": (
        "“{label}” names several things; ask for one by its IRI:",
        "“{label}”对应多个事物，请用 IRI 指定：",
    ),
    "no-thing": ("{label}: nothing of that name or IRI", "{label}：没有此名称或 IRI"),
    "similar": ("{label}: nothing of that name; similar ones:", "{label}：没有此名称；相近的有："),
    "statement-of": ("What the graph says of it:", "图谱对它的陈述："),
    "said-of": ("What points to it:", "指向它的陈述："),
    "no-place": ("from the code lists, not from a document", "来自代码表，不出自文件"),
    "serving": (
        "SPARQL endpoint: {url} (read-only; Ctrl+C ends it)",
        "SPARQL 端点：{url}（只读；Ctrl+C 结束）",
    ),
    "port-taken": (
        "port {port} can't be used ({reason}); choose another with --port",
        "端口 {port} 不可用（{reason}），请用 --port 另选",
    ),
    "no-server": (
        "the server is not installed: pip install 'budgetkg[serve]'",
        "没有安装服务器：pip install 'budgetkg[serve]'",
    ),
    "need-store": (
        "say where to ask: --store DIR or --endpoint URL",
        "请指定查询对象：--store DIR 或 --endpoint URL",
    ),
    "one-store": ("--store and --endpoint exclude each other", "--store 与 --endpoint 只能用一个"),
    "bad-param": ("{text}: not a parameter (name=value)", "{text}：不是参数（名称=值）"),
    "bad-choice": ("{value}: choose {choices}", "{value}：可选 {choices}"),
    "select-only": (
        "--format {format} is for a query that answers {kind}",
        "--format {format} 只用于返回 {kind} 的查询",
    ),
    "interrupted": ("interrupted; nothing was changed", "已中断；未作改动"),
    **layout_messages.CATALOGUE,
    **link_messages.CATALOGUE,
}


def language() -> str:
    """``zh`` where the user's locale is Chinese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"


def say(key: str, **values: object) -> str:
    """A message in the user's language."""
    text = CATALOGUE[key][language() == "zh"]
    return text.format(**values) if values else text
