"""Amounts under labels on no list: the only one of a form that prints no total is the total.

合同金额 68.4 beside 实际支付 65.2: what was agreed on or decided may be it, what was paid may not. Of two
that may be it none is; each is quoted then, with its label.
"""

from __future__ import annotations

import re
from decimal import Decimal

from budgetkg.forms.layout.header import report_unknown
from budgetkg.forms.layout.money import amount_in, money_in
from budgetkg.forms.layout.money_unit import money_unit
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.layout.reader import Reader
from budgetkg.forms.project.fields import PARTS, Form
from budgetkg.text import comparison_key as key

_MONEY = re.compile(
    r"(?:金额|(?:合同|中标|成交|采购|结算)价款?|资金|经费|预算|投资|总额|额度?|(?:资金|预算|基金)规模)$"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_SPENT = re.compile(
    r"支付|支出|执行|到位|结算|结余|结转|上年|往年|以前|累计|完成|已|单价|均|未|剩余|缺口|余额|收入|产值|销售|税|率|比"
    r"|贷款|债|自筹|自有|配套|其中|补助|拨款|财政|专户|其他|总投资|固定资产|注册|标准"
)


def is_said(label: str, value: str) -> bool:
    """Whether a label on no list names money that the form is about, with an amount beside it."""
    plain, money = _plain(label), money_in(value)
    if money is None or _SPENT.search(plain):
        return False
    return _MONEY.search(plain) is not None or money_unit(label) is not None or money.unit is not None


def _plain(label: str) -> str:
    return _BRACKETS.sub("", key(label)).rstrip(":")


def take_said(reader: Reader, parts: Parts, form: Form) -> None:
    """Take the total of a form that prints none under a known label; what isn't taken is quoted."""
    known = "total" in form.amounts or any(line.source == "total" for line in form.funds)
    said = [one for one in form.money_said if _holds(form, one[1].text)]
    own = said[0] if len(said) == 1 and not known and _MONEY.search(_plain(said[0][0])) else None
    for one in form.money_said:
        label, cell, page = one
        if one is not own:
            report_unknown(reader, cell, label, page)
            continue
        evidence = reader.record(cell.place)
        form.evidence += evidence
        amount = amount_in(
            reader.log, form.name, evidence, cell.text, parts.unit, money_unit(label) or form.unit
        )
        if amount is not None:
            form.take_amount("total", key(label).rstrip(":"), amount)
            parts.amount_places += 1


def _holds(form: Form, text: str) -> bool:
    """Whether an amount may be the sum of those parts that the form prints."""
    money, parts = money_in(text), [form.amounts[name].value for name in PARTS if name in form.amounts]
    return money is not None and (not parts or money.amount.value >= sum(parts, Decimal(0)))
