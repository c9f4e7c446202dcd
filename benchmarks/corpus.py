"""A synthetic corpus of project tables as text dumps: 40 projects with 6 indicators each a document.

Document *n* is the same bytes on every machine. Even numbers are laid out wide (goal and indicators
follow each row, names indented), odd ones print 绩效指标 on a second run of pages, with the rows that
meet a page break printed on both pages. All totals reconcile to the cent.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

PROJECTS = 40
INDICATORS = 6
PAGE = 8

DISTRICTS = ("荔湾区", "越秀区", "海珠区", "天河区", "白云区", "黄埔区", "番禺区", "花都区", "从化区")
OFFICES = ("卫生健康局", "教育局", "农业农村局", "文化广电局", "民政局", "住房和建设局", "司法局")
UNITS = ("本级", "服务中心", "事务中心", "监测站", "培训学校")
SUBJECTS = ("社区服务", "农田水利", "校园安全", "公共图书馆", "养老照护", "法律援助", "道路养护", "疫苗接种")
KINDS = ("工作经费", "专项资金", "补助（提前下达）", "运行维护经费", "设备购置")
VERBS = ("完成", "推进", "做好", "支持", "保障")
TIERS = (
    ("1", "产出指标", "11", "数量指标"),
    ("1", "产出指标", "12", "质量指标"),
    ("1", "产出指标", "13", "时效指标"),
    ("1", "产出指标", "14", "成本指标"),
    ("2", "效益指标", "22", "社会效益"),
    ("2", "效益指标", "24", "可持续影响"),
    ("3", "满意度指标", "31", "服务对象满意度"),
)
METRICS = {
    "11": ("活动场次", "受益人次", "检查次数"),
    "12": ("验收合格率", "支出合规率", "培训合格率"),
    "13": ("资金使用及时性", "按时完成率", "支出进度"),
    "14": ("预算控制率", "单位成本", "超支率"),
    "22": ("公众知晓度", "服务覆盖率", "投诉下降率"),
    "24": ("长效机制", "制度健全率", "持续运行"),
    "31": ("群众满意度", "服务对象满意度", "学员满意度"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A project to be printed: amounts in cents of 万元, its indicators as one block of text."""

    unit: str
    name: str
    cents: int
    goal: str
    block: str


def document(number: int, seed: int = 2024) -> bytes:
    """The text dump of document *number*."""
    chance = random.Random(f"{seed}/{number}")
    district = DISTRICTS[number % len(DISTRICTS)]
    department = f"广州市{district}{OFFICES[number // len(DISTRICTS) % len(OFFICES)]}第{number}分局"
    rows = _rows(chance, department, district)
    layout = _split if number % 2 else _wide
    return ("\n\n".join(layout(department, rows)) + "\n").encode()


def write(folder: Path, count: int, seed: int = 2024) -> list[Path]:
    """Write documents 0 … count-1 into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"synthetic-{number:05}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(document(number, seed))
    return paths


def _rows(chance: random.Random, department: str, district: str) -> tuple[Row, ...]:
    each = PROJECTS // len(UNITS)
    return tuple(
        Row(
            unit=f"{department.partition('第')[0].removeprefix('广州市')}{UNITS[index // each]}",
            name=f"{'' if index % 5 else f'2024年{district}'}"
            f"{chance.choice(SUBJECTS)}{chance.choice(KINDS)}第{index + 1}项",
            cents=chance.randrange(50, 400_000),
            goal=f"{chance.choice(VERBS)}{chance.choice(SUBJECTS)}，{chance.choice(VERBS)}"
            f"{chance.choice(SUBJECTS)}，让{chance.randrange(100, 90_000)}名居民受益。",
            block="".join(_indicators(chance)),
        )
        for index in range(PROJECTS)
    )


def _indicators(chance: random.Random) -> Iterator[str]:
    tiers = sorted(chance.choices(TIERS, k=INDICATORS))
    for number, (code, label, subcode, sublabel) in enumerate(tiers, 1):
        metric = chance.choice(METRICS[subcode])
        amount = chance.randrange(1, 1000)
        target = f"不少于{amount}次" if subcode == "11" else f"{60 + amount % 40}%以上"
        yield (
            f"{number}、{code}-{label}；{subcode}-{sublabel}；{metric}{amount % 7 + 1}；"
            f"实施周期指标值:{target}；年度指标值:{target}。"
        )


def _wide(department: str, rows: tuple[Row, ...]) -> Iterator[str]:
    yield f"项目支出绩效目标表（含转移支付项目）\n部门名称：{department} 单位：万元"
    yield "项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标"
    yield f"合计 {_pair(rows)}"
    printed = 0
    for unit, members in groupby(rows, key=lambda row: row.unit):
        group = tuple(members)
        yield from _named(unit, _pair(group), 14)
        for row in group:
            yield from _named(f"    {row.name}", _pair((row,)), 14)
            yield from _wrapped(row.goal, 24)
            yield from _wrapped(row.block, 32)
            printed += 1
            if printed % PAGE == 0 and printed < len(rows):
                yield ""


def _split(department: str, rows: tuple[Row, ...]) -> Iterator[str]:
    yield "项目支出绩效目标表（含转移支付项目）"
    yield f"部门名称：{department} 单位：万元"
    yield "项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标"
    yield f"合计 {_pair(rows)}"
    seen: set[str] = set()
    for page in _pages(rows):
        for row in page:
            if row.unit not in seen:
                seen.add(row.unit)
                yield from _named(row.unit, _pair(tuple(r for r in rows if r.unit == row.unit)), 14)
            yield from _named(row.name, _pair((row,)), 14)
            yield from _wrapped(row.goal, 24)
        yield ""
    yield "项目支出绩效目标表（含转移支付项目）\n\n单位：万元\n\n绩效指标"
    for page in _pages(rows):
        for row in page:
            yield from _wrapped(row.block, 32)
        yield ""


def _pages(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Pages of rows; every second page break falls inside a row, which is then printed on both."""
    for page, first in enumerate(range(0, len(rows), PAGE)):
        yield rows[first - page % 2 if first else 0 : first + PAGE]


def _named(name: str, amounts: str, width: int) -> Iterator[str]:
    *head, last = _wrapped(name, width)
    if not head:
        yield f"{last} {amounts}"
        return
    yield from head
    yield f"{last}\n{amounts}"


def _pair(rows: tuple[Row, ...]) -> str:
    text = f"{Decimal(sum(row.cents for row in rows)) / 100:,.2f}"
    return f"{text} {text}"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many full-width characters, broken anywhere but inside a number or word."""
    lines = [""]
    taken = 0
    for token in re.findall(r"[0-9A-Za-z%.,:+-]+|.", text):
        wide = sum(1 if ord(character) < 128 else 2 for character in token)
        if lines[-1] and taken + wide > width * 2:
            lines.append("")
            taken = 0
        lines[-1] += token
        taken += wide
    return lines
