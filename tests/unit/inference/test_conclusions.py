"""Themes, similar goals, series, transfers and implied quantities over records made by hand."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from itertools import permutations

import pytest
from tests.memory import concluded, store_of, texts
from tests.records import document, indicator, project, unit

from budgetkg.inference.implied import implied_quantities
from budgetkg.inference.local_names import LocalNames
from budgetkg.inference.subjects import Extract, extract
from budgetkg.inference.themes import Assignment, Themes
from budgetkg.inference.transfers import transfers
from budgetkg.mapping import DEFAULT_BASE, document_quads
from budgetkg.queries import question
from budgetkg.records import DocumentRecord, Project
from budgetkg.vocab import BKG, DQV, PROV, RDF

GUIDES = "通过组建公共文明引导志愿服务队伍，在主要交通路口常态化开展文明引导志愿服务，提升市民文明素质"


def of(*projects: Project, **more: object) -> DocumentRecord:
    return document(units_of_use=(unit(*projects),), **more)


def brief(record: DocumentRecord) -> Extract:
    return extract(record, document_quads(record), DEFAULT_BASE)


def assigned(*projects: Project) -> dict[str, Assignment]:
    found = Themes(LocalNames(frozenset({"黄埔区"}))).of(brief(of(*projects)))
    return {item.theme: item for item in found if item.method != "department-name"}


@pytest.mark.parametrize(
    ("name", "theme", "strength"),
    [
        ("2023年黄埔区爱国主义教育基地补助", "patriotic-education", "1"),
        ("“学习强国”学习平台工作", "xuexi-platform", "1"),
        ("电影工作经费", "film-screening", "0.7"),
        ("农村电影放映补助", "rural-film-screening", "1"),
        ("网 络 安 全检查", "network-security", "1"),
    ],
)
def test_a_name_gives_its_theme(name: str, theme: str, strength: str) -> None:
    found = assigned(project(name))
    assert set(found) == {theme}
    assert (found[theme].strength, found[theme].main, found[theme].weak) == (Decimal(strength), True, False)


def test_the_longer_label_counts_where_two_overlap() -> None:
    assert "film-screening" not in assigned(project("农村电影放映补助"))


def test_a_goal_beside_a_name_is_weak_and_says_so() -> None:
    found = assigned(project("报刊征订", goal="订阅党报，宣传道德模范"))
    assert found["role-models"].weak
    assert found["role-models"].words == ("道德模范",)
    assert not found["role-models"].main


def test_an_indicator_alone_is_weak() -> None:
    record = of(project("其他", indicators=(indicator("舆情日报数量"),)))
    found = Themes(LocalNames(frozenset())).of(brief(record))
    by_kind = {("indicator" in item.subject, item.theme): item for item in found}
    assert by_kind[False, "public-opinion"].weak
    assert not by_kind[True, "public-opinion"].weak


def test_names_of_places_are_no_words() -> None:
    assert not assigned(project("黄埔区2023年度办事"))
    assert LocalNames(frozenset({"南村县"})).removed_from("南村县〔2021〕文化广州市") == "文化"


def test_near_copies_pass_a_theme_on() -> None:
    here = of(project("公共文明引导员补助", goal=GUIDES))
    there = of(project("工作经费", goal=GUIDES.replace("公共文明引导", "").replace("文明引导", "宣传引导")),
               district="番禺区", department="中共广州市番禺区委员会宣传部", sha256="f" * 64)  # fmt: skip
    rows = texts(question("similar-goals-across-districts").ask(store_of([here, there])))
    assert [row[:4] for row in rows] == [("番禺区", "工作经费", "黄埔区", "公共文明引导员补助")]
    assert Decimal("0.6") <= Decimal(rows[0][4]) < 1
    budget = texts(question("theme-budget-by-district").ask(store_of([here, there])), 2)
    assert ("公共文明引导志愿服务", "番禺区") in budget


def test_near_copies_of_one_district_are_no_pair() -> None:
    one, two = of(project("甲", goal=GUIDES)), of(project("乙", goal=GUIDES), sha256="f" * 64)
    assert texts(question("similar-goals-across-districts").ask(store_of([one, two]))) == []


def test_the_order_of_documents_changes_nothing() -> None:
    records = [
        of(project(f"经费{n}", goal=GUIDES[n:]), district=place, sha256=str(n) * 64)
        for n, place in enumerate(("黄埔区", "番禺区", "荔湾区"))
    ]
    first, *others = [list(map(str, concluded(list(order)))) for order in permutations(records)]
    assert first
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    ("goal", "derivation", "further"),
    [
        ("28个行政村，每个行政村每月放映一场数字电影", "28个行政村 × 12个月 × 1场 = 336场", False),
        ("28个行政村每个村、每个月有2场放映2场电影，同时进社区", "28个行政村 × 12个月 × 2场 = 672场", True),
        ("5所学校，每所学校每季度开展两次宣讲", "5所学校 × 4个季度 × 2次 = 40次", False),
        ("每季度开展1次主题宣讲", "4个季度 × 1次 = 4次", False),
    ],
)
def test_a_yearly_number_follows_from_words(goal: str, derivation: str, further: bool) -> None:
    (found,) = implied_quantities(brief(of(project(goal=goal))), {})
    assert (found.derivation, found.further) == (derivation, further)
    assert str(found.value) + found.unit == derivation.rpartition("= ")[2]


@pytest.mark.parametrize(
    "goal",
    ["每个行政村每月放映一场", "每日舆情”各365期", "每年编印365期", "第一时间报送", "每" * 3000 + "月"],
)
def test_where_a_factor_is_missing_nothing_follows(goal: str) -> None:
    assert list(implied_quantities(brief(of(project(goal=goal))), {})) == []


def test_places_are_counted_by_a_project_of_the_same_theme_only() -> None:
    rate = project("农村电影放映补助", goal="每个行政村每月放映一场")
    kin = project("电影工作经费", "7", goal="在28个行政村放映")
    other = project("道路", "8", goal="修28个行政村的路")
    for beside, value in ((kin, Decimal(336)), (other, None)):
        record = brief(of(rate, beside))
        themes = {subject.iri: {"film-screening"} for subject in record.subjects if "电影" in subject.name}
        found = [item.value for item in implied_quantities(record, themes)]
        assert found == ([value] if value else [])


@pytest.mark.parametrize(
    ("name", "goal", "level", "direction"),
    [
        ("创文补助（市级提前下达）", "", "municipal", "received"),
        ("公共文化（中央转移支付）", "", "central", "received"),
        ("创文补助（提前下达）", "", "unspecified", "received"),
        ("专项资金", "给予企业版权类补贴", "unspecified", "given"),
        ("创文补助", "", "unspecified", "undecided"),
    ],
)
def test_transfers_have_level_and_direction(name: str, goal: str, level: str, direction: str) -> None:
    (found,) = transfers(brief(of(project(name, goal=goal))))
    assert (found.level, found.direction) == (level, direction)


def test_a_transfer_names_the_words_and_what_prints_them() -> None:
    row = indicator(annual_value="按市补助拨付")
    record = brief(of(project("创文补助", goal="补给村", indicators=(row,))))
    (said,) = (item for item in record.subjects if item.kind == "project")
    (found,) = transfers(record)
    assert (found.method, found.level, found.words) == ("marker-in-name", "municipal", ("市补助", "补助"))
    assert found.grounds == tuple(sorted((said.iri, str(said.indicators[0].annual_iri))))
    (given,) = transfers(brief(of(project("专项资金", goal="给予企业版权类补贴"))))
    assert given.method == "marker-in-text"


def test_every_inference_says_of_what_how_and_how_surely() -> None:
    here = of(project("农村电影放映补助", goal=GUIDES + "，28个行政村每个行政村每月放映一场",
                      indicators=(indicator(),)), year=2022)  # fmt: skip
    more = of(project("农村电影放映补助", goal=GUIDES), sha256="e" * 64)
    there = of(project("工作经费", goal=GUIDES), district="番禺区", sha256="f" * 64)
    quads = concluded([here, more, there])
    kinds = {quad.object for quad in quads if quad.predicate == RDF.type and quad.object != BKG.Quantity}
    assert kinds >= {
        BKG.ThemeAssignment, BKG.GoalSimilarity, BKG.ProjectSeries, BKG.Transfer, BKG.MeasureAssignment,
        BKG.ImpliedQuantity,
    }  # fmt: skip
    said: dict[str, Counter[str]] = {}
    for quad in quads:
        said.setdefault(quad.subject.value, Counter())[quad.predicate.value] += 1
    counted = {DQV.QualityMeasurement, BKG.Tally}  # they count what is printed, and infer nothing
    for quad in quads:
        if quad.predicate == RDF.type and quad.object in kinds - counted:
            own = said[quad.subject.value]
            assert own[BKG.hasMethod.value] == own[BKG.confidence.value] == 1
            assert own[BKG.hasSubject.value] >= 1 <= own[PROV.wasDerivedFrom.value]


def test_likeness_is_said_both_ways_and_a_main_theme_once() -> None:
    one = of(project("公共文明引导员补助", goal=GUIDES))
    two = of(project("甲", goal=GUIDES), district="番禺区", sha256="f" * 64)
    quads = concluded([one, two])
    pairs = {(quad.subject, quad.object) for quad in quads if quad.predicate == BKG.isSimilarTo}
    assert len(pairs) == 2
    assert pairs == {(other, this) for this, other in pairs}
    mains = [quad.subject for quad in quads if quad.predicate == BKG.hasMainTheme]
    assert mains
    assert len(mains) == len(set(mains))


def test_other_projects_are_no_transfers() -> None:
    assert list(transfers(brief(of(project("理论学习经费", goal="组织学习"))))) == []


def test_the_same_project_next_year() -> None:
    old = of(project("2022年农村电影放映补助", "6.00"), year=2022)
    new = of(project("2023年农村电影放映补助", "6.72"), year=2023, sha256="f" * 64)
    rows = [row[:8] for row in texts(question("same-project-next-year").ask(store_of([old, new])))]
    assert rows == [
        ("黄埔区", "宣传部", "2022年农村电影放映补助", "2022", "60000.00", "2023", "67200.00", "7200.00")
    ]


def test_another_unit_or_an_unknown_year_is_no_series() -> None:
    old = of(project("电影"), year=2022)
    for other in (
        of(project("电影"), year=None, sha256="f" * 64),
        of(project("电影"), year=2022, sha256="f" * 64),
        document(units_of_use=(unit(project("电影"), name="文联"),), year=2023, sha256="f" * 64),
    ):
        assert texts(question("same-project-next-year").ask(store_of([old, other]))) == []


def test_an_extract_comes_back_from_json() -> None:
    found = brief(of(project("电影", goal="放映", indicators=(indicator(),))))
    assert Extract.of(found.json()) == found
    (said,) = (item for item in found.subjects if item.kind == "project")
    assert (said.indicators[0].annual, said.amount) == ("336场", "67200")
    assert Extract.of(json.loads(json.dumps(found.json()))) == found


def test_divisions_of_all_china_are_no_words_of_a_goal() -> None:
    plain = LocalNames(frozenset()).removed_from
    assert plain("杭州市西湖区农村电影放映") == plain("成都市青羊区农村电影放映") == "农村电影放映"
    assert plain("沿海城市老城区改造") == "沿海城市老城区改造"
    assert plain("海城市绿化") == "绿化"
