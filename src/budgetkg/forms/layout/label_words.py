"""Labels that no layout lists, told by the words they are made of and by what stands beside them.

A label ends in what it labels: 承担单位名称 a unit, 批复预算金额 money. What is beside it must be of that
kind, so that a label alone decides nothing: 责任单位 | 某县法律援助中心 names a unit, 责任单位 | 是 doesn't.
"""

from __future__ import annotations

import re

from budgetkg.forms.layout.money import money_in
from budgetkg.forms.layout.organisations import is_organisation
from budgetkg.forms.settings import LONGEST_HEADER, LONGEST_LABEL, SUMS
from budgetkg.late import late_pattern
from budgetkg.text import comparison_key as key
from budgetkg.text import fold_width as fold

_BRACKETS = re.compile(r"\([^()]*\)")
_NUMERAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[、.])")
_OFFICE = re.compile(
    r"(?P<what>.*?)(?:部门|单位|机构|主体|企业|业主|机关|(?<=采购|购买)[人方])(?:名称|全称)?(?:及(?:代码|编码|编号))?"
)
# Who checks, pays out or is paid for the work isn't whose money it is: 财政部门, 施工单位, 评价机构.
_OTHERS = late_pattern(
    "财政|审[核批计定]|批[复准]|评审|监[理督管]|施工|设计|勘察|供[应货]|承接|服务|中标|受托|委托|代建|协[作助办]|合作|配合|参与"
    "|上级|下达|拨[款付]|第三方|中介|咨询|评[价估估]机构|收款|收益|受益|担保|金融|贷款|投资方|社会资本|推荐|隶属|协同|联合"
)
_DOES = re.compile("实施|承担|使用|用款|执行|建设|业主|承办|主办|牵头|经办|运[营行]|责任|负责|落实|完成|项目")
_HEADS = re.compile("主管|预算部门|归口|管理部门")
# a unit that its label puts below another: 二级单位 beside 一级单位
_BELOW = re.compile("[二三四]级|基层|下属|下级|所属|直属")
_MONEY = re.compile(
    r"(?:其中:?)?(?:(?:本年度?|当年度?|今年|全年|年度|年初|本?项目|预算|资金|财政|支出|专项|补助|经费|投入|申请|申报|安排|批复|批准|核定|审定|下达|计划|总)+)"
    r"(?:金额|总额|总数|总量|资金|预算数?|经费|额度?|数)"
)
_THIS_YEAR = re.compile(
    r"(?:其中:?)?(?:本年度?|当年度?|年度|20\d\d年度?)(?:申请|申报|安排|批复|核定|审定|下达|预算)+(?:数|金额|资金|额度?)?"
)
_DECIDED = re.compile("申请|申报|安排|批复|批准|核定|审定|下达|预算|本年|当年|年度")
_SUM_ENDINGS = ("总额", "总计", "合计", "总数", "总量", "总金额")
_SUM_OF_MONEY = re.compile(
    rf"(?:(?:部门|单位|整体|年度|本年度?|当年|全年|预算|收入|支出|资金|经费|总)+)(?:{'|'.join(_SUM_ENDINGS)})"
)
_MONEY_HEADER = re.compile(
    r"(?:预算|资金|经费|金额|投入|补助|投资)(?:安排|需求|总?额度?|数|合计|规模|情况)?(?:\([^()]*\))?$"
)
# Another year's money, what was spent, a share, or words about money.
_NOT_PLANNED = re.compile(
    "上年|上一年|往年|以前|执行|完成|实际|决算|支付|占|比|率|来源|用途|说明|依据|科目|累计|总投资"
)
_ACCOUNT = re.compile(
    "(?:其中:?)?(?:本年度?|当年)?(?:纳入|来自)?(?:预算外)?(?:教育|财政)?专户"
    "(?:管理|核拨|返还|拨付)?的?(?:非税|事业)?(?:收入|资金|拨款|拨付|金额)?"
)
_OF_LEVEL = re.compile(
    "(?:其中:?)?(?:本年度?|当年|年度)?(?:(?:本级|[省市县区州盟旗]{1,2}级?)财政(?:资金|拨款|预算|安排)|一般公共预算(?:财政)?(?:资金|拨款|安排)?)"
)
_SPOKEN_AMOUNT = re.compile(
    r"\s*+(?P<label>[^\d\s][^\d]{1,24}?)\s*+(?P<amount>[-−]?\d++(?>(?:,\d++)*)(?:\.\d++)?\s*+(?:亿元|万元|千元|元|亿|万)?)\s*+"
)
_SPOKEN = re.compile(r"\s*+(?P<label>[^\s:;,。]{2,24})\s*+:\s*+(?P<value>[^\s:;,。][^:;,。]{1,39})")
_NAME = re.compile(r"(?P<what>.{0,12})名称|项目|专项")
_NO_NAME = re.compile(
    "单位|部门|机构|科目|指标|任务|科室|处室|主管|企业|主体|文件|政策文件|人员|岗位|设备|产品|用户|地[区方]"
)

# What a form says in words of its own beside such a label: what was found, what is to be done, who agrees.
_REMARK = re.compile(r".{0,18}(?:问题|措施|意见|结论|建议|说明|事项|概述|概况|背景|理由|原因)")


def is_remark(label: str, value: str) -> bool:
    """Whether a label says that words follow, and words stand beside it: 存在问题 | 资金到位偏晚.

    Not where what is beside it is such a label too (both head columns: 存在问题 | 改进措施), or an amount.
    """
    if _REMARK.fullmatch(_plain(label)) is None or not key(value):
        return False
    return _REMARK.fullmatch(_plain(value)) is None and money_in(value) is None


def organisation_role(label: str, value: str) -> str | None:
    """The field of a label that ends in 部门, 单位, 机构 … with an organisation's name beside it."""
    plain = _plain(label)
    found = _OFFICE.fullmatch(plain)
    if found is None or not _is_name(value) or _OTHERS.search(plain):
        return None
    if _HEADS.search(plain) or plain.startswith("一级"):
        return "department"
    if _BELOW.match(plain):
        return "unit_of_use"
    if _DOES.search(found["what"]) and not plain.startswith("实施机构"):
        return "unit_of_use"
    return "department" if plain.startswith("部门") or plain.endswith(("部门", "部门名称")) else "budget_unit"


def is_office_label(label: str) -> bool:
    """Whether a label says that an organisation stands behind it: 被评价单位, 委托单位."""
    return _OFFICE.fullmatch(_plain(label)) is not None


def is_money_label(label: str, value: str) -> bool:
    """Whether a label is made of words for the year's money only, with an amount beside it: 本年申请."""
    said = _THIS_YEAR.fullmatch(_plain(label)) is not None or is_money_words(label)
    return said and money_in(value) is not None


def is_level_money(label: str) -> bool:
    """Whether a label says the money of one level or one budget: 市财政资金, 1.一般公共预算财政拨款."""
    return _OF_LEVEL.fullmatch(_plain(label)) is not None


def source_role(label: str) -> str | None:
    """The field of a label that says whence money comes by its account: 纳入财政专户管理的收入."""
    return "fiscal_special_account" if _ACCOUNT.fullmatch(_plain(label)) else None


def is_money_words(label: str) -> bool:
    """Whether a label or header is made of words for the year's money only: 批复预算金额, 下达资金总额."""
    plain = _plain(label)
    return _MONEY.fullmatch(plain) is not None and _DECIDED.search(plain) is not None


def is_money_header(text: str) -> bool:
    """Whether the header of a column says money that is planned: 拟投入资金（万元）, not 上年预算数."""
    plain = key(text)
    return _MONEY_HEADER.search(plain) is not None and _NOT_PLANNED.search(plain) is None


def is_sum_words(label: str) -> bool:
    """Whether a label says a sum of all money that there is, of no source: 支出总额, 部门收入合计."""
    return _SUM_OF_MONEY.fullmatch(_plain(label)) is not None


def is_called_sum(label: str) -> bool:
    """Whether a label ends as that of a sum does, whatever it sums up: 市级资金合计(万元)."""
    return _BRACKETS.sub("", key(label)).rstrip(":").endswith((*_SUM_ENDINGS, *SUMS))


def names_thing(label: str, value: str) -> bool:
    """Whether a label at the head of a form says what the form is about: 基金名称, 专项转移支付名称, 项目."""
    plain = _plain(label)
    if _NAME.fullmatch(plain) is None or _NO_NAME.search(plain):
        return False
    return 1 < len(key(value)) <= LONGEST_HEADER and money_in(value) is None and "。" not in value


def spoken(text: str) -> tuple[str, int] | None:
    """The label of a text with its value behind a colon, and where that begins: 公开部门：某县水务局."""
    found = _SPOKEN.fullmatch(fold(text).rstrip())
    return (found["label"], found.start("value")) if found else None


def amount_said(text: str) -> tuple[str, int] | None:
    """The label of a cell that prints its amount behind it, and where that begins: 其中：财政拨款  80."""
    found = _SPOKEN_AMOUNT.fullmatch(fold(text)) if len(text) <= 2 * LONGEST_LABEL else None
    return (found["label"].rstrip(": "), found.start("amount")) if found else None


def _plain(label: str) -> str:
    plain = key(label).rstrip(":")
    return _NUMERAL.sub("", _BRACKETS.sub("", plain)) if len(plain) <= LONGEST_LABEL else ""


def _is_name(value: str) -> bool:
    plain = key(value)
    return 4 <= len(plain) <= LONGEST_HEADER and not re.search("[。;,:]", plain) and is_organisation(value)
