"""A small corpus of several years: plans of three departments and a self-evaluation, written for the tests.

What the samples can't show is in it: projects that grow, end, begin or promise less, a target that was met
the year before, words that two departments share, a full score for a result that falls short.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

from tests.memory import MemoryStore, store_of
from tests.records import amount, document, evidence, indicator, project, unit

from budgetkg.records import Amounts, DocumentRecord, FundLine, Indicator, Project

CULTURE, SPORTS = "黄埔区文化局", "黄埔区体育局"
HALL, GYM = "黄埔区文化馆", "黄埔区体育馆"
GOAL = "每月到各个社区放映电影，让居民在家门口看上好电影。"
OUTCOME = ("2", "效益指标", "22", "社会效益指标")
PLEASED = ("3", "满意度指标", "31", "服务对象满意度指标")


def row(name: str, target: str, tiers: tuple[str, str, str, str] | None = None, **more: str) -> Indicator:
    codes = ("tier1_code", "tier1", "tier2_code", "tier2")
    return indicator(
        name, annual_value=target, period_value=None, **dict(zip(codes, tiers or (), strict=False)), **more
    )


def plan(
    letter: str, year: int, department: str, unit_name: str, *projects: Project, printed: bool = True
) -> DocumentRecord:
    whole = str(sum((p.amounts.total.value for p in projects if p.amounts.total), Decimal(0)))
    return document(
        source=f"{letter}.txt", sha256=letter * 64, department=department, district=department[:3], year=year,
        year_printed=printed, year_evidence=None if printed else f"{year}年",
        totals=Amounts(total=amount(whole)), evidence=(evidence(department),),
        units_of_use=(unit(*projects, name=unit_name, total=whole),),
    )  # fmt: skip


def films(money: str, shows: str, asked: str, *more: Indicator, goal: str = GOAL) -> Project:
    rows = (row("放映场次", shows), row("居民满意度", "≥90%", PLEASED), row("问卷调查人数", asked), *more)
    return project("社区电影放映", money, indicators=rows, goal=goal)


def evaluation() -> DocumentRecord:
    """Of 120 showings 96, and the full score; no word of questionnaires; a quarter of the money is left."""
    line = FundLine(
        "年度资金总额", "total", amount("20.00"), amount("16.00"), amount("12.00"), "75%", "10", "7.5",
        evidence=(evidence("年度资金总额 20.00 16.00 12.00"),),
    )  # fmt: skip
    rows = (
        row(
            "放映场次", "≥120场", weight="30", score="30", actual_value="96场", deviation_reason="雨天停映。"
        ),
        row("居民满意度", "≥90%", PLEASED, weight="10", score="10", actual_value="93%"),
    )
    one = project("社区电影放映", "20.00", indicators=rows, funds=(line,), goal=GOAL)
    known = plan("e", 2023, CULTURE, HALL, one)
    return replace(known, title="项目支出绩效自评表", totals=Amounts())


def documents() -> tuple[DocumentRecord, ...]:
    done = row("完成时间", "2023年12月底前")
    livelier = row("居民文化生活", "有所改善", OUTCOME)
    books = row("采购册数", "1000册")
    courts = row("开放场地", "8个")
    return (
        plan("a", 2022, CULTURE, HALL, films("10.00", "≥60场", "≥100人", livelier), printed=False),
        plan("b", 2023, CULTURE, HALL, films("20.00", "≥120场", "≥100人", done, livelier),
             project("图书采购", "30.00", indicators=(books, row("读者满意度", "100%", PLEASED))),
             project("旧馆维修", "12.34", indicators=(row("维修面积", "控制数"),))),
        plan("c", 2024, CULTURE, HALL,
             films("25.00", "≥96场", "≥50人", row("居民文化生活", "控制数", OUTCOME)),
             project("图书采购", "33.00", indicators=(replace(books, annual_value="900册"),)),
             project("数字展厅", "40.00", indicators=())),
        plan("d", 2023, SPORTS, GYM, project("群众健身", "50.00", indicators=(courts,)),
             project("提前下达市级体育补助", "8.00", indicators=(courts,))),
        plan("f", 2024, SPORTS, GYM, project("群众健身", "40.00", indicators=(courts, livelier))),
        plan("9", 2024, "番禺区文化局", "番禺区文化馆",
             project("社区电影放映", "9.00", goal=GOAL, indicators=(row("放映场次", "≥45场"),)),
             project("农村电影放映", "6.00", goal="每村每月放一场电影，村民就近观看。",
                     indicators=(row("放映场次", "≥40场"),))),
        evaluation(),
    )  # fmt: skip


@cache
def store() -> MemoryStore:
    return store_of(documents())


# What a person says each project is about.
THEMES = {
    "社区电影放映": "film-screening",
    "农村电影放映": "rural-film-screening",
    "图书采购": "207",
    "群众健身": "207",
    "提前下达市级体育补助": "207",
}
