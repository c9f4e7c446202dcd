"""What the commands that join the graph with others' data say, in both languages."""

from __future__ import annotations

# key: (English, Chinese)
CATALOGUE: dict[str, tuple[str, str]] = {
    "match": (
        "Find which concept of one SKOS code list is which of another.",
        "找出两份 SKOS 代码表中相互对应的概念。",
    ),
    "arg-list": (
        "A code list in SKOS: Turtle, TriG, N-Triples, RDF/XML or JSON-LD.",
        "SKOS 代码表：Turtle、TriG、N-Triples、RDF/XML 或 JSON-LD。",
    ),
    "link": (
        "Link the graph with what others publish; each linkset is a graph and a table to review.",
        "把图谱与他处数据链接；每组链接既是一个图，也是一张可供复核的表。",
    ),
    "merge": (
        "Take RDF of others into the store: their graphs stay theirs, nothing is fetched.",
        "把他人的 RDF 并入存储：其命名图保持不变，不访问网络。",
    ),
    "opt-target": (
        "organisations, policies, wikidata, cofog=FILE, or a SKOS file (default: the first two).",
        "organisations、policies、wikidata、cofog=FILE，或 SKOS 文件（默认前两个）。",
    ),
    "opt-ask": ("SPARQL endpoint to ask for wikidata.", "wikidata 目标所查询的 SPARQL 端点。"),
    "opt-pause": ("Seconds between two questions to an endpoint.", "两次询问端点之间的秒数。"),
    "opt-refresh": ("Ask again though an answer is kept.", "即使已存有回答也重新询问。"),
    "opt-verdicts": (
        "Take the verdicts (status, note) of this table.",
        "采用此表中的复核结论（status、note）。",
    ),
    "opt-allow-service": (
        "Let the query reach this endpoint by SERVICE; may be repeated.",
        "允许查询以 SERVICE 访问此端点，可重复。",
    ),
    "arg-rdf": (
        "RDF: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD.",
        "RDF 文件：Turtle、TriG、N-Triples、N-Quads、RDF/XML 或 JSON-LD。",
    ),
    "linkset": ("linkset", "链接组"),
    "verified": ("verified", "已确认"),
    "unverified": ("unverified", "未复核"),
    "rejected": ("rejected", "已否定"),
    "table": ("table", "表"),
    "graph": ("graph", "图"),
    "merged": (
        "{source}: {statements} statements in {graphs} graphs; {known} were here; {blanks} blank nodes.",
        "{source}：{statements} 条陈述，{graphs} 个图；{known} 条本已存在；{blanks} 个空白节点。",
    ),
    "moved": (
        "{graph} is a name of ours: its statements have a graph beside it",
        "{graph} 是本图谱的名称：其陈述另置一图",
    ),
    "unknown-words": ("words not known here: {namespace}", "未知词汇：{namespace}"),
}
