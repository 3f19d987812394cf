"""A brief says what the queries say: its numbers against plain SQL, its words at the edges."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from lib.brief.contents import MARK
from lib.brief.settling import settled_text
from lib.queries import change, cities, criteria, figures
from lib.queries.choices import read_choices
from lib.selection import Selection
from lib.standard import load_standards
from lib.warehouse import open_current
from lib.words import percent, share_of
from tests.conftest import MakeCohort, opened
from tests.lib.brief.conftest import MakeBrief, said

CRITERIA = [criterion.id for criterion in load_standards()["wwc-2022"].criteria]


def held(text: str) -> str:
    return text.replace(" %", "\u00a0%").replace(" of ", "\u00a0of\u00a0")


def answers(cities: int, *, met: int = 20, cycle: str = "2025", stage: str = "validated") -> list[dict[str, str]]:
    """So many cities, each of which meets the first `met` criteria."""
    return [
        {"city": f"Town {n:03}", "criterion_id": id_, "response": word, "cycle": cycle, "stage": stage}
        for n in range(cities)
        for id_, word in zip(CRITERIA, ["Yes"] * met + ["No"] * (43 - met), strict=True)
    ]


def test_levels_are_counted_as_sql_counts_them(demo_database: Path, brief: MakeBrief) -> None:
    levels = brief(demo_database).levels
    assert levels
    with opened(demo_database) as database:
        counted = database.execute(
            "select cycle::text, coalesce(level, 'No level'), count(*) from city_score "
            "where stage = 'validated' group by all"
        ).fetchall()
    told = {
        (row.cycle, level.name): count
        for row in levels.rows
        for level, count in zip(levels.key, row.counts, strict=True)
        if count
    }
    assert told == {(cycle, level): count for cycle, level, count in counted}


def test_rates_are_those_of_the_query(demo_database: Path, brief: MakeBrief) -> None:
    made, warehouse = brief(demo_database), open_current(demo_database)
    rates = criteria.criterion_rates(warehouse, Selection.from_params({}, read_choices(warehouse)))
    by_id = rates.set_index("criterion_id")
    assert made.rates
    fewest, most = made.rates.blocks
    shown = [*fewest.rows, *most.rows]
    assert [row.rate for row in fewest.rows] == sorted(rates["pass_rate"])[: len(fewest.rows)]
    assert [row.rate for row in most.rows] == sorted(rates["pass_rate"], reverse=True)[: len(most.rows)]
    for row in shown:
        rate = by_id.loc[row.code]
        assert row.text == held(share_of(rate["met"], rate["answered"]))
        assert (row.rate, row.low, row.high) == (rate["pass_rate"], rate["low"], rate["high"])
        assert row.interval == held(f"{percent(rate['low'])} to {percent(rate['high'])}")


def test_changes_are_those_of_the_query(demo_database: Path, brief: MakeBrief) -> None:
    made, warehouse = brief(demo_database), open_current(demo_database)
    areas = change.area_change(warehouse, Selection.from_params({}, read_choices(warehouse)))
    assert made.changes
    for told, row in zip(made.changes.rows, areas.itertuples(), strict=True):
        assert (told.area, told.n, told.change) == (row.area, str(row.panel), row.panel_change)
        assert (told.low, told.high, told.cohort) == (row.panel_low, row.panel_high, row.cohort_change)
        assert (told.before, told.now) == (held(percent(row.panel_before)), held(percent(row.panel_now)))
        assert made.changes.ends[0] < min(told.low, 0) <= max(told.high, 0) < made.changes.ends[1]


def test_the_cities_close_to_a_level_are_those_of_the_query(demo_database: Path, brief: MakeBrief) -> None:
    made, warehouse = brief(demo_database), open_current(demo_database)
    near = cities.near_misses(warehouse, Selection.from_params({}, read_choices(warehouse)))
    assert made.near
    assert [(row.name, row.score) for row in made.near.rows] == [
        (row.name, f"{row.score:.0f}") for row in near.head(len(made.near.rows)).itertuples()
    ]
    assert made.near.title.startswith(f"{len(near)} cit")
    missing = criteria_missing(demo_database)
    by_name = dict(zip(near["name"], near["city_id"], strict=True))
    for row in made.near.rows:
        assert set(re.findall(r"\b[A-Z]+\d\b", row.way)) <= missing[by_name[row.name]]
        assert row.way


def criteria_missing(database: Path) -> dict[str, set[str]]:
    """City → the criteria that it was asked in 2025 and does not meet."""
    with opened(database) as connection:
        rows = connection.execute(
            "select city_id::text, list(criterion_id::text) from response where cycle::text = '2025' "
            "and stage = 'validated' and status not in ('met', 'not_applicable') group by all"
        ).fetchall()
    return {city: set(ids) for city, ids in rows}


def test_the_cohort_stands_first_in_its_groups_and_equals_the_cycle(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database)
    assert made.by_cycle
    assert made.by_group
    (now,) = (row for row in made.by_cycle.rows if row.pinned)
    first = made.by_group.rows[0]
    assert (first.label, first.pinned, first.cells, first.n) == ("All selected", True, now.cells, now.n)


def test_the_page_decides_by_what_it_is_grouped(demo_database: Path, brief: MakeBrief) -> None:
    grouped = brief(demo_database, "population_band").by_group
    assert grouped
    assert grouped.first == "Population band"
    usual = brief(demo_database, "nothing known").by_group
    assert usual == brief(demo_database).by_group


def test_every_brief_says_what_it_is_about(demo_database: Path, brief: MakeBrief) -> None:
    some: dict[str, str | list[str]] = {"country": ["Brazil", "United States"]}
    made, warehouse = brief(demo_database, **some), open_current(demo_database)
    size, total = figures.cohort_size(warehouse, Selection.from_params(some, read_choices(warehouse)))
    whom = f"{size} cities of {total} in the 2025 cycle, validated answers, Brazil or United States"
    assert held(made.about.selection).startswith(held(whom))
    assert made.about.mark == MARK
    assert warehouse.version == made.about.version
    words = " ".join(said(made.method))
    for word in ("Pass rate", "÷", "Wilson", "fewer than 5", warehouse.version, "responses-2025.csv", "country=Brazil"):
        assert word in words


def test_nobody_is_one_sentence(demo_database: Path, brief: MakeBrief) -> None:
    made = brief(demo_database, cycle="2023", level="Platinum", country="Uruguay")
    assert made.finding == "No city is in this selection."
    assert not any((made.figures, made.points, made.levels, made.by_cycle, made.changes, made.rates, made.near))


def test_too_few_get_no_percentage(cohort: MakeCohort, brief: MakeBrief) -> None:
    made = brief(cohort(answers(4)))
    assert made.finding == "Only 4 cities are selected: not enough cities to say what is typical."
    assert made.rates is None
    assert made.by_cycle
    assert {cell.text for row in made.by_cycle.rows for cell in row.cells} == {"too few"}
    assert made.levels
    assert [row.reached for row in made.levels.rows] == ["0\u00a0of\u00a04"]
    assert "Too few cities answered for a pass rate of any criterion." in made.left_out
    assert "No cycle is compared: there is no page about change." in made.left_out
    told = " ".join([*said(made.figures[:-1]), *made.points, made.finding])  # the last figure: 172 of 172 answers given
    assert "%" not in told


def test_a_panel_that_is_too_small_is_told(cohort: MakeCohort, brief: MakeBrief) -> None:
    made = brief(cohort([*answers(9), *answers(3, cycle="2024")]))
    assert made.changes is None
    assert "Too few cities are in both 2025 and 2024 to say what changed." in made.left_out


def test_where_nothing_moved_there_is_no_interval(cohort: MakeCohort, brief: MakeBrief) -> None:
    made = brief(cohort([*answers(9), *answers(9, cycle="2024")]))
    assert made.changes
    assert {(row.text, row.interval, row.low) for row in made.changes.rows} == {("no change", "–", None)}
    assert made.changes.moves == ()
    assert made.changes.moves_title == "None of 43 criteria is met by more or fewer of them"
    assert made.changes.areas_title == "The same 9 cities stand where they stood in 2024"
    assert made.changes.title.endswith("(no interval: all alike): none of them changed")
    assert made.changes.more == ""


def test_what_cities_say_of_themselves_is_indicative(cohort: MakeCohort, brief: MakeBrief) -> None:
    made = brief(cohort(answers(9, met=21, stage="self_reported")))
    assert made.about.caution.startswith("Self-reported answers: levels are indicative")
    assert made.near
    assert made.near.headings[1] == "Level (indicative)"
    assert made.near.title.endswith("(indicative)")
    assert made.levels
    assert "indicative" in made.levels.title
    assert "indicative" in made.levels.caption
    assert "certified" not in " ".join(said(replace(made, about=replace(made.about, caution=""))))


def test_names_that_repeat_are_told_apart_and_the_list_ends_in_a_count(cohort: MakeCohort, brief: MakeBrief) -> None:
    rows = [row | {"city_id": row["city"].replace(" ", "-").lower(), "city": "Twin"} for row in answers(40, met=21)]
    near = brief(cohort(rows)).near
    assert near
    assert near.more == "And 14 more cities."
    assert near.rows[0].name == "Twin (town-000)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ti\x00n\x07y", "Tiny"),
        ("Ti\u202eny", "Tiny"),
        ("Ti\tny \n Town", "Ti ny Town"),
        ("São Aurélio, 東京", "São Aurélio, 東京"),
        ("29 of 43 (67 %)", "29\u00a0of\u00a043 (67\u00a0%)"),
        ("kind of 3", "kind of 3"),
        ("▲ +4 points", "▲\u00a0+4 points"),
    ],
)
def test_texts_are_settled(text: str, shown: str) -> None:
    assert settled_text(text) == shown


def test_the_segments_compared_are_the_groups(demo_database: Path, brief: MakeBrief) -> None:
    segments = "North~country.Canada~country.United States~~Small~population_band.Under 50,000"
    grouped = brief(demo_database, segment=segments).by_group
    assert grouped
    assert [row.label for row in grouped.rows] == ["All selected", "North", "Small"]
    assert "North: Canada or United States; Small: Under 50,000. One of the cities may be in several" in grouped.caption
    by_band = brief(demo_database, "population_band", segment=segments).by_group
    assert by_band
    assert by_band.first == "Population band"
