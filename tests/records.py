"""Small records made by hand, for tests that need one thing in them."""

from __future__ import annotations

import zlib
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgetkg.findings import Evidence
from budgetkg.records import (
    Account,
    Amount,
    Amounts,
    DocumentRecord,
    Indicator,
    Project,
    UnitOfUse,
)


def amount(text: str) -> Amount:
    return Amount(text, Decimal(text))


def evidence(quote: str, start: int | None = None) -> Evidence:
    """A row; without a start one of its own for each text, since no two texts stand at one place."""
    start = zlib.crc32(quote.encode()) if start is None else start
    return Evidence(page=1, lines=(1, 1), start=start, end=start + len(quote), quote=quote)


def project(name: str = "电影放映", total: str = "6.72", **more: Any) -> Project:
    more.setdefault("evidence", (evidence(f"{name}{total}"),))
    return Project(name=name, amounts=Amounts(total=amount(total)), **more)


def indicator(name: str = "放映场次", **more: Any) -> Indicator:
    given = {
        "tier1_code": "1",
        "tier1": "产出指标",
        "tier2_code": "11",
        "tier2": "数量指标",
        "period_value": "336场",
        "annual_value": "336场",
        "evidence": (evidence(name),),
    }
    return Indicator(name=name, **{**given, **more})


def unit(*projects: Project, name: str = "宣传部", total: str = "6.72") -> UnitOfUse:
    return UnitOfUse(name, Amounts(total=amount(total)), projects or (project(),), (evidence(name),))


def document(**more: Any) -> DocumentRecord:
    plain = DocumentRecord(
        source="sample.txt",
        sha256="0123456789abcdef" * 4,
        media_type="text/plain",
        pages=1,
        form="project-table",
        title="项目支出绩效目标表",
        department="中共广州市黄埔区委员会宣传部（部门）",
        district="黄埔区",
        year=2023,
        year_printed=True,
        year_evidence=None,
        unit="万元",
        totals=Amounts(total=amount("6.72")),
        account=Account(total=10, records=8, furniture=1, findings=1),
        units_of_use=(unit(),),
    )
    return replace(plain, **more)
