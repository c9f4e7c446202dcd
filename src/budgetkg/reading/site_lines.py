"""Lines that a website prints around a document: where one is, buttons, counters, who runs the site.

Links, ``nav``, ``footer`` and ``aside`` are told by the tree of the page. What a site prints as plain text
has shapes of its own, each of them whole: a trail from the first page down, a row of nothing but buttons,
labels of the editorial system with their values, the registration that every site must show. A line that
holds anything else stays text of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetkg.late import late_pattern
from budgetkg.text import comparison_key

_LONGEST = 200
_PARTS = re.compile(r"[\s|\[\]【】()<>《》·•/:：]+")
_TRAIL_BEGINS = re.compile(r"(?:您|你)?(?:现在|当前|目前|所在)?(?:的|所在)*位置(?:是|为)?[:：]?")
_TRAIL_STEP = re.compile(r"(?<!\s)\s*+(?:>++|»|›|→|-{1,9}>|\\)\s*+")
_HOME = re.compile(r"(?:网站|本站|门户)?(?:首页|主页)")
_LONGEST_STEP = 30
_BUTTON = late_pattern(
    r"(?:打印|关闭|收藏|分享|返回|下载|放大|缩小|朗读|纠错)(?:本页|本文|此页|页面|窗口|文章|文本|到|顶部|首页|上页|上一页|列表)?"
    r"|(?:字体|字号)(?:大小)?|大中小|[大中小]|默认|视力保护色|我要纠错|无障碍(?:浏览|阅读)?|长者模式|适老模式|繁体(?:版|中文)?"
    r"|简体(?:版|中文)?|English|网站地图|网站声明|联系我们|关于我们|设为首页|加入收藏|隐私(?:声明|保护)|站点地图|相关(?:链接|附件|文档|阅读)"
    r"|友情链接|微信|微博|登录|注册|搜索|导航|[Tt][Tt]?|首页|尾页|(?:上|下)一(?:篇|页|条)"
)
_NEXT = re.compile(r"(?:上|下)一(?:篇|条):.{0,80}")
_SCAN = re.compile(r"(?:微信|手机)?(?:扫一扫|扫码|扫描二维码).{0,30}")
_LABELS = re.compile(
    r"(?:发布|发稿|更新|公开|成文|生成)(?:日期|时间):|(?:信息|文章|稿件|内容)?来源:|(?:责任)?编辑:|作者:|索引号:|发布机构:"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数)?:|(?:字体|字号)(?:大小)?:"
)
_COUNTER = re.compile(r"(?:本页)?(?:浏览|点击|阅读|访问)(?:次数|量|数|人数)?(?::\d*|\d+)次?")
_REGISTERED = re.compile(
    r"ICP[备证]|公网安备|公安备案|网站标识码|政府网站标识|版权所有|(?i:copyright|all rights reserved)|©"
)
_IMPRINT = re.compile(r"(?:主办|承办|协办|运维|维护|技术支持|地址|邮编|邮政编码|网站)[^:]{0,8}:")


def is_site_line(text: str) -> bool:
    """Whether a line outside any table of a form is the website's."""
    plain = comparison_key(text) if len(text) <= _LONGEST else ""
    if not plain:
        return False
    return bool(
        _is_trail(text)
        or _NEXT.fullmatch(plain)
        or _SCAN.fullmatch(plain)
        or _COUNTER.fullmatch(plain)
        or _REGISTERED.search(plain)
        or len(_LABELS.findall(plain)) > 1
        or _is_buttons(text)
    )


def site_lines(texts: Sequence[str]) -> set[int]:
    """Which of some lines, in their order on the page, are the website's; who runs it stands together."""
    found = {number for number, text in enumerate(texts) if is_site_line(text)}
    registered = [number for number in found if _REGISTERED.search(comparison_key(texts[number]))]
    for number in registered:
        for step in (-1, 1):
            at = number + step
            while 0 <= at < len(texts) and (at in found or _IMPRINT.match(comparison_key(texts[at]))):
                found.add(at)
                at += step
    return found


def _is_trail(text: str) -> bool:
    """``首页 > 政务公开 > 预算决算``, with 当前位置 before it or without."""
    begin = _TRAIL_BEGINS.match(text.strip())
    steps = [comparison_key(step) for step in _TRAIL_STEP.split(text.strip()[begin.end() if begin else 0 :])]
    steps = [step for step in steps if step]
    if any(len(step) > _LONGEST_STEP for step in steps):
        return False
    home = bool(steps) and _HOME.match(steps[0]) is not None
    return home if begin is not None else home and len(steps) > 1 and bool(_HOME.fullmatch(steps[0]))


def _is_buttons(text: str) -> bool:
    parts = [comparison_key(part) for part in _PARTS.split(text)]
    parts = [part for part in parts if part]
    return any(len(part) > 1 for part in parts) and all(_BUTTON.fullmatch(part) for part in parts)
