"""Real input, real answers: what docs/validation.md says, each time the tests run beside the shared data."""

import csv
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from lib.queries.choices import read_choices
from lib.queries.crosswalk import Against
from lib.queries.gains import criterion_gains
from lib.queries.panel import change_parts, city_changes, movements
from lib.queries.standards import read_standard
from lib.queries.transitions import ladder, on_ladder
from lib.selection import Selection
from lib.twins.change import FALSE_FINDS, Span, change_finding, transitions_title
from lib.warehouse import open_current
from pipelines.draft import draft_standard
from pipelines.load import Options, load

SHARED = Path(__file__).parent.parent.parent.parent / "shared" / "data"
EXPORTS = SHARED / "survey_exports"
WOMEN = SHARED / "women_business_law_2009_2018" / "WBL2019.csv"
MAPPING = """
city = "economy"
city_id = "wbcodev2"
cycle = "reportyr"
attributes = ["Region", "Income group"]
"""
AREA_SCORES = """
    select area.name, city_id::text, cycle::text, round(100 * share, 2)
    from area_score
    join area using (standard_id, area_id)
"""

needs_exports = pytest.mark.skipif(not EXPORTS.exists(), reason="the shared survey exports are not on this machine")
needs_women = pytest.mark.skipif(not WOMEN.exists(), reason="the shared WBL2019.csv is not on this machine")


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three exports, loaded one after the other, as they arrive in life."""
    database = tmp_path_factory.mktemp("exports") / "cohort.duckdb"
    for name, cycle in (("qualtrics_2018.csv", "2018"), ("surveymonkey_2019.xlsx", "2019"), ("long_2020.csv", None)):
        load([EXPORTS / name], Options("wwc-2022", cycle=cycle, cities=EXPORTS / "cities.csv"), database)
    return database


@needs_exports
def test_survey_exports_hold_exactly_the_truth(exports: Path) -> None:
    with duckdb.connect(exports, read_only=True) as connection:
        found = connection.execute(
            "select city_id::text, cycle::text, criterion_id::text, status::text from response "
            "where status in ('met', 'not_met')"
        ).fetchall()
    truth = [
        (row["city_id"], row["cycle"], row["criterion_id"], row["response"]) for row in records(EXPORTS / "truth.csv")
    ]
    assert Counter(found) == Counter(truth)


@needs_exports
def test_what_the_exports_set_aside_is_accounted_for(exports: Path) -> None:
    with duckdb.connect(exports, read_only=True) as connection:
        found = connection.execute("select file, reason::text, count(*) from rejected group by all").fetchall()
        left = connection.execute("select sum(answers - accepted - superseded - rejected) from source").fetchall()
    expected = {(row["file"], row["reason"], int(row["count"])) for row in records(EXPORTS / "bad.csv")}
    assert set(found) == expected
    assert left == [(0,)]


@needs_exports
def test_attributes_come_from_the_cities_file(exports: Path) -> None:
    with duckdb.connect(exports, read_only=True) as connection:
        found = connection.execute(
            "select name, country, population, population_band from city order by all"
        ).fetchall()
    assert len(found) == 14
    assert ("São Aurélio", "BR", 173490.0, "100,000 to 249,999") in found


@pytest.fixture(scope="module")
def women(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The panel of 187 economies, its standard drafted by the pipeline and finished here as a person would."""
    folder = tmp_path_factory.mktemp("women")
    draft = draft_standard(WOMEN).replace('aggregation = "count"', 'aggregation = "mean_of_areas"')
    standards = folder / "standards"
    standards.mkdir()
    (standards / "wbl2019.toml").write_text(draft, encoding="utf-8")
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    database = folder / "women.duckdb"
    load([WOMEN], Options("wbl2019", mapping=folder / "mapping.toml"), database, standards=standards)
    return database


@needs_women
def test_every_answer_of_the_panel_is_there(women: Path) -> None:
    with duckdb.connect(women, read_only=True) as connection:
        answers = connection.execute("select count(*) from response where status in ('met', 'not_met')").fetchall()
        size = connection.execute("select count(distinct city_id), count(distinct cycle) from assessment").fetchall()
        source = connection.execute("select answers, accepted, superseded, rejected from source").fetchall()
    assert answers == [(65_310,)]
    assert size == [(187, 10)]
    assert source == [(65_450, 65_450, 0, 0)]  # with the 140 blank cells of South Sudan before its independence


@needs_women
def test_every_published_area_score_is_reproduced_to_the_printed_digit(women: Path) -> None:
    with duckdb.connect(women, read_only=True) as connection:
        found = {
            (area.upper(), city, cycle): share
            for area, city, cycle, share in connection.execute(AREA_SCORES).fetchall()
        }
    areas = {area for area, _, _ in found}
    printed = {
        (area, row["wbcodev2"], row["reportyr"]): row[area] for row in records(WOMEN) for area in areas if row[area]
    }
    assert len(printed) == len(found) == 14_928
    assert {key: text for key, text in printed.items() if not same(text, found[key])} == {}


@needs_women
def test_every_published_index_is_reproduced_to_the_printed_digit(women: Path) -> None:
    with duckdb.connect(women, read_only=True) as connection:
        found = dict(connection.execute("select (city_id, cycle)::text, score from city_score").fetchall())
    printed = {
        f"({row['wbcodev2']}, {row['reportyr']})": row["WBL INDEX"] for row in records(WOMEN) if row["WBL INDEX"]
    }
    assert len(printed) == len(found) == 1_866
    assert {key: text for key, text in printed.items() if not same(text, found[key])} == {}


@needs_women
def test_region_and_income_group_are_attributes_without_a_word_in_the_code(women: Path) -> None:
    with duckdb.connect(women, read_only=True) as connection:
        attributes = connection.execute("select attribute_id, name, kind from attribute order by position").fetchall()
        regions = connection.execute("select count(distinct value) from city_attribute where attribute_id = 'region'")
        assert regions.fetchall() == [(len({row["Region"] for row in records(WOMEN) if row["Region"]}),)]
    assert attributes == [("region", "Region", "category"), ("income_group", "Income group", "category")]


@needs_women
def test_the_change_of_the_panel_is_what_the_page_said(women: Path) -> None:
    warehouse = open_current(women)
    selection = Selection.from_params({"versus": "2009"}, read_choices(warehouse))
    against = Against(selection.standard, "2009")
    cities = city_changes(warehouse, selection, against)
    parts = change_parts(warehouse, selection, against)
    span = Span("2018", "2009", later=False, unit=("point", "points"))
    standard = replace(read_standard(warehouse, selection.standard), noun="economy", noun_plural="economies")
    assert change_finding(parts, cities, standard, span, indicative=False) == (
        "The same 186 economies score 4.8 points higher than in 2009 on average (95 % interval +4.1 to +5.6): 130 "
        "rose, 3 fell, 53 stayed where they were. The mean of all moved by ▲ +4.6, because other economies take part."
    )
    gains = criterion_gains(warehouse, selection, against).set_index("criterion_id")
    marked = gains[gains["q"] <= FALSE_FINDS]
    assert (len(marked), int(marked["net"].min())) == (15, 6)
    assert gains["net"].nlargest(3).tolist() == [47, 35, 34]
    placed = on_ladder(cities, ladder(cities, standard))
    assert transitions_title(placed, standard, span, indicative=False).startswith("49 of 186 economies in both cycles")
    assert movements(cities).nlargest(3, "change")["name"].tolist() == ["Congo, Dem. Rep.", "Bolivia", "Maldives"]


def same(printed: str, computed: float) -> bool:
    """Do both round to the same at the digits that are printed?"""
    digits = Decimal(printed)
    return abs(digits - Decimal(computed)) <= Decimal(5).scaleb(digits.as_tuple().exponent - 1) + Decimal("1e-9")
