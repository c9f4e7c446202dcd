"""The place of a document: where its department, its title or its units say that they are.

Organisations are named after places, known or not (寅县教育局); the words of a title are not (2023年区级部门,
转移支付区域), so a title tells only places that are known.
"""

from __future__ import annotations

import re
from dataclasses import replace

from budgetkg.divisions import NamedDivision, division, recognise, recognise_any
from budgetkg.forms.layout.parts import Parts
from budgetkg.forms.settings import NO_PLACES
from budgetkg.text import comparison_key as key

_LOCAL = re.compile(
    "(?:地方|省级|市级|县级|区级)主管部门|批复(?:单位|部门)|(?:填报|编制|预算)单位(?:\\(.*\\))?"
)
_GRANTS = re.compile("中央|国家|(?:省|自治区|直辖市|市|州|盟)级?(?:财政|主管|预算|业务)")
_DIGIT = re.compile(r"\d")


def district_of(parts: Parts) -> NamedDivision | None:
    """The first place that is known; else the first that is named as a place."""
    units = [unit.name for unit in parts.units_of_use]
    attributes = [
        pair for unit in parts.units_of_use for project in unit.projects for pair in project.attributes
    ]
    local = [text for label, text in (*parts.attributes, *attributes) if _LOCAL.fullmatch(key(label))]
    organisations = [text for text in (parts.department, *units, *local) if text and _is_named(text)]
    places = [unit for unit in units if (place := recognise(unit)) and unit.strip().endswith(place.name)]
    if len(set(places)) > 1:  # a list of those that get the money: none of them is the document's
        units, places = [unit for unit in units if unit not in places], []
    title = parts.title if parts.title and _is_known(parts.title) else None
    named = [
        text for text in (parts.department, title, *units, *local) if text in organisations or text == title
    ]
    # 西藏自治区江孜县 gets the money: a place, no organisation of one
    found = recognise_any([*places, *named])
    if found is None or not (parts.filed_by or _GRANTS.match(key(parts.department_label or ""))):
        return found
    receiving = [parts.filed_by, *units, *local] if _is_granted(parts) else [parts.filed_by]
    return _narrower(found, [text for text in receiving if text and _is_named(text)])


def _is_granted(parts: Parts) -> bool:
    """Whether the department is the one that hands the money down: 省级主管部门."""
    return _GRANTS.match(key(parts.department_label or "")) is not None


def _narrower(found: NamedDivision, texts: list[str]) -> NamedDivision:
    """The place of whoever gets the money, or files the form, where it lies within the place found so far."""
    for text in texts:
        place = recognise(text)
        if place is None or found.concept is None:
            continue
        codes = [place.concept.notation] if place.concept else list(place.rivals)
        within = [code for code in codes if _lies_within(code, found.concept.notation)]
        if len(within) == 1:
            found = replace(place, concept=division(within[0]), rivals=())
    return found


def _lies_within(code: str, above: str) -> bool:
    """Whether a code of GB/T 2260 is that of a place in another one: 420324 in 420000."""
    return code != above and code.startswith(above[:4].removesuffix("00") if above.endswith("00") else above)


def _is_known(text: str) -> bool:
    place = recognise(text)
    return place is not None and (place.concept is not None or bool(place.rivals))


def _is_named(text: str) -> bool:
    """Whether the place at the head of an organisation's name is one, and no word that ends like one."""
    place = recognise(text)
    if place is None or (len(place.name) > 1 and (place.concept is not None or place.rivals)):
        return True
    return len(place.name) > 1 and place.name not in NO_PLACES and not _DIGIT.search(place.name)
