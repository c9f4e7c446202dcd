"""Why a source could not be read, in the user's language: the library says it in English."""

from __future__ import annotations

import re
from functools import cache

from budgetkg.cli.messages import language

# What the library says, with {holes} for what differs → the same in Chinese.
CATALOGUE: dict[str, str] = {
    "no performance table found: {why} (looked for {forms}; for a table of another layout: budgetkg "
    "new-layout FILE; to see its text: budgetkg parse FILE --picture OUT.html)":
        "没有找到绩效目标表：{why}（已查找 {forms}；其他版式的表：budgetkg new-layout FILE；"
        "查看其文字：budgetkg parse FILE --picture OUT.html）",
    "no title or header of a known form": "没有已知表式的标题或表头",
    "only the title of a {form}": "只有 {form} 的标题",
    "{reason} (the file is {found}, its name says {named})":
        "{reason}（文件实为 {found}，文件名却是 {named}）",
    "no PDF: its picture is a web page (--picture OUT.html)": "不是 PDF：请画成网页（--picture OUT.html）",
    "no table in it whose headers could be drafted from": "没有可据以起草版式的表头",
    "a picture shows one file": "一次只画一个文件",
    "reading it ended the process (out of memory?)": "读取它的进程中断（内存不足？）",
    "took longer than {seconds} seconds (--max-seconds)": "用时超过 {seconds} 秒（--max-seconds）",
    "takes more memory than it may (--max-memory)": "占用内存超过上限（--max-memory）",
    "an error in budgetkg, please report it ({error})": "budgetkg 出错，请报告（{error}）",
    "no file in this folder": "此文件夹中没有文件",
    "not a regular file": "不是普通文件",
    "a link to a folder, which is not followed": "是指向文件夹的链接，不予跟随",
    "a link that leads nowhere": "链接的目标不存在",
    "no file matches": "没有匹配的文件",
    "no such file": "没有此文件",
    "No such file or directory": "没有此文件或文件夹",
    "Permission denied": "没有权限",
    "Is a directory": "是文件夹",
    "the file is empty": "文件是空的",
    "the bytes are no text in any encoding a Chinese office uses": "不是任何中文常用编码的文本",
    "a zip archive without a document": "压缩包里没有文档",
    "a zip archive without a workbook": "压缩包里没有工作簿",
    "a document without a body": "文档没有正文",
    "a workbook without a sheet": "工作簿没有工作表",
    "a web page of {size} bytes; the limit is {most}": "网页有 {size} 字节，上限为 {most}",
    "a web page of more than {most} elements": "网页的元素超过 {most} 个",
    "a web page of more than {most} lines and cells": "网页的行和单元格超过 {most} 个",
    "an element of more than {most} attributes": "某元素的属性超过 {most} 个",
    "elements nested deeper than {most} ({tag})": "元素嵌套超过 {most} 层（{tag}）",
    "elements nested deeper than {most}": "元素嵌套超过 {most} 层",
    "tables nested deeper than {most}": "表格嵌套超过 {most} 层",
    "an OLE2 file that holds no workbook": "OLE2 文件里没有工作簿",
    "an Office file saved as one XML file; save it as xlsx or docx":
        "存成单个 XML 的 Office 文件，请另存为 xlsx 或 docx",
    "an Office file protected by a password": "有密码（password）保护的 Office 文件",
    "a workbook protected by a password": "有密码（password）保护的工作簿",
    "a zip archive that is protected by a password": "有密码（password）保护的压缩包",
    "protected by a password; a copy saved without one can be read":
        "有密码（password）保护；另存一份不带密码的即可读取",
    "a document of Word before 2007 (doc); save it as docx": "Word 2007 以前的文档（doc），请另存为 docx",
    "a web page saved as one file (mht); save it as HTML": "存成单个文件的网页（mht），请另存为 HTML",
    "this is {kind}; no record can be read from it": "这是{kind}，读不出记录",
    "a zip archive without a workbook or document; unpack it first":
        "压缩包里没有工作簿或文档，请先解压",
    "a document type ({name}) is declared; entities are never expanded":
        "声明了文档类型（{name}）；实体一律不展开",
    "a zip archive of {members} members; the limit is {most}": "压缩包有 {members} 个成员，上限为 {most}",
    "a zip bomb: {size} bytes unpacked; the limit is {most}": "压缩炸弹：解压后有 {size} 字节，上限为 {most}",
    "a zip bomb: a member unpacks to {ratio} times its size": "压缩炸弹：某成员解压后是原来的 {ratio} 倍",
    "a binary workbook (xlsb); save it as xlsx": "二进制工作簿（xlsb），请另存为 xlsx",
    "an OpenDocument file (ods, odt); save it as xlsx or docx":
        "OpenDocument 文件（ods、odt），请另存为 xlsx 或 docx",
    "a presentation (pptx); there are no tables of forms in it": "演示文稿（pptx），里面没有表式",
    "the file is damaged: its part {path} is missing": "文件已损坏：缺少部分 {path}",
    "the file is damaged: part {path}: {error}": "文件已损坏：部分 {path}：{error}",
    "the file is damaged: {error}": "文件已损坏：{error}",
    "part {path} is packed in an unusual way": "部分 {path} 的压缩方式不常见",
    "part {path}: {reason}": "部分 {path}：{reason}",
    "no element at all": "没有任何元素",
    "more than {most} bytes of XML": "XML 超过 {most} 字节",
    "a zip archive (xlsx, docx) that is damaged or cut short: {error}":
        "压缩包（xlsx、docx）已损坏或不完整：{error}",
    "no readable PDF, or one cut short ({error})": "不是可读的 PDF，或不完整（{error}）",
    "more than {most} pages (--max-pages)": "超过 {most} 页（--max-pages）",
    "the PDF has no pages": "PDF 没有页",
    "is drawn by more than {most} MiB of instructions": "绘制指令超过 {most} MiB",
    "draws more than {most} objects (--max-objects)": "画的对象超过 {most} 个（--max-objects）",
    "draws without end": "绘制没有尽头",
    "a page of {width} × {height} points": "页面大小为 {width} × {height} 点",
    "its pages can't be drawn": "画不出它的页面",
    "no text layer: the pages are pictures (a scan), {why}": "没有文字层：各页都是图片（扫描件），{why}",
    "in which no words were found": "图中没有找到文字",
    "read with the extra [ocr] only": "安装附加组件 [ocr] 后才能读取",
    "its picture can't be read, most often for lack of memory (--max-memory)":
        "图片无法识别，多因内存不足（--max-memory）",
    "no text on any page": "各页都没有文字",
    "its fonts don't say which characters they print (no ToUnicode), so its text is unknown":
        "字体没有说明印的是哪些字（没有 ToUnicode），文字无从得知",
    "a workbook of more than {most} cells, rows or merged ranges": "工作簿的单元格、行或合并区超过 {most} 个",
    "more than {most} characters of text": "文字超过 {most} 个字符",
    "a workbook (xls) that is damaged or cut short: {error}": "工作簿（xls）已损坏或不完整：{error}",
    "page {number}: {reason}": "第 {number} 页：{reason}",
}  # fmt: skip
# What fills a hole and is itself words of the library.
_WORDS = {
    "a PNG picture": "PNG 图片", "a JPEG picture": "JPEG 图片", "a GIF picture": "GIF 图片",
    "a TIFF picture": "TIFF 图片", "a gzip archive": "gzip 压缩包", "a rar archive": "rar 压缩包",
    "a 7z archive": "7z 压缩包", "a program": "程序",
    "an RTF document; save it as docx": " RTF 文档，请另存为 docx",
}  # fmt: skip
_TRANSLATED = ("reason", "why", "kind")
_HOLE = re.compile(r"\\\{(\w+)\\\}")


def said(reason: str) -> str:
    """A reason in the user's language; one that the catalogue doesn't know stays as it is."""
    return in_chinese(reason) if language() == "zh" else reason


def in_chinese(reason: str) -> str:
    """A reason in Chinese."""
    if reason in _WORDS:
        return _WORDS[reason]
    for pattern, chinese in _patterns():
        match = pattern.fullmatch(reason)
        if match is not None:
            holes = match.groupdict()
            told = {name: in_chinese(text) if name in _TRANSLATED else text for name, text in holes.items()}
            told |= {"forms": told["forms"].replace(", ", "、")} if "forms" in told else {}
            return chinese.format(**told)
    return reason


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The catalogue as patterns; a reason that is made of others is tried last."""
    made = sorted(CATALOGUE.items(), key=lambda item: (item[0].endswith("{reason}"), "{reason}" in item[0]))
    return tuple(
        (re.compile(_HOLE.sub(lambda hole: f"(?P<{hole[1]}>.+?)", re.escape(english)), re.S), chinese)
        for english, chinese in made
    )
