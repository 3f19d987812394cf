"""The numbers on screen against slow, plain Python over the answers that went in."""

import random
from collections import Counter
from pathlib import Path
from statistics import median

import pytest
from streamlit.testing.v1 import AppTest

from lib.standard import load_standards
from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen, table_in

STANDARD = load_standards()["wwc-2022"]
CRITERIA = [criterion.id for criterion in STANDARD.criteria]
CITIES = [f"City {letter}" for letter in "ABCDEFGHIJKLMNOP"]
MEETS = {"Yes": True, "No": False, "": None}
Answers = dict[tuple[str, str, str], bool | None]  # cycle, city, criterion → met, not met, not answered


def survey() -> list[dict[str, str]]:
    """Two cycles of answers: cities of rising ability, two of them only in one cycle, some answers missing."""
    dice = random.Random(7)  # noqa: S311 - the same answers each time, no secret
    rows = []
    for cycle, cities in (("2024", CITIES[:-1]), ("2025", CITIES[1:])):
        for place, city in enumerate(cities):
            for criterion in CRITERIA:
                word = dice.choices(["Yes", "No", ""], [place + 3, 12 - place * 0.6, 0.4])[0]
                rows.append({"city": city, "cycle": cycle, "criterion_id": criterion, "response": word})
    return rows


@pytest.fixture
def database(cohort: MakeCohort) -> Path:
    return cohort(survey())


@pytest.fixture
def answers() -> Answers:
    return {(row["cycle"], row["city"], row["criterion_id"]): MEETS[row["response"]] for row in survey()}


def scores(answers: Answers, cycle: str) -> dict[str, int]:
    """City → criteria met."""
    return Counter(city for (when, city, _), met in answers.items() if when == cycle and met)


def level(score: int) -> str:
    reached = [level.name for level in STANDARD.levels if score >= level.minimum]
    return reached[-1] if reached else "No level"


def percent(part: float, whole: float) -> str:
    return f"{(200 * part + whole) // (2 * whole):.0f} %"  # halves go up


def table(app: AppTest, key: str) -> list[dict[str, object]]:
    """The table twin of a card, after the reader asked for it."""
    app.segmented_control(key=f"view-{key}").set_value("Table").run()
    assert not app.exception
    return table_in(app, key).to_dict("records")


def test_overview_figures(opened: Open, database: Path, answers: Answers) -> None:
    words = screen(opened(database, "overview"))
    now = scores(answers, "2025")
    here = [met for (cycle, _, _), met in answers.items() if cycle == "2025"]
    answered = sum(met is not None for met in here)
    reached = sum(level(score) != "No level" for score in now.values())
    assert f"Cities {len(now)} assessed" in words
    assert f"Median score {median(now.values()):g} of 43" in words
    assert f"Reach a level {percent(reached, len(now))} {reached} of {len(now)}; 95 % interval " in words
    assert f"{answered} of {len(here)} answers given" in words
    assert f"{reached} of {len(now)} cities ({percent(reached, len(now))}) reach a level in 2025" in words


def test_overview_levels_table(opened: Open, database: Path, answers: Answers) -> None:
    rows = table(opened(database, "overview"), "levels")
    for cycle in ("2024", "2025"):
        counted = Counter(map(level, scores(answers, cycle).values()))
        found = {row["Level"]: str(row["Cities"]).split()[0] for row in rows if row["Cycle"] == cycle}
        assert found == {name: str(counted[name]) for name in found}


def test_overview_change_is_that_of_the_same_cities(opened: Open, database: Path, answers: Answers) -> None:
    rows = table(opened(database, "overview"), "change")
    panel = CITIES[1:-1]
    for row, area in zip(rows, STANDARD.areas, strict=True):
        ids = {criterion.id for criterion in area.criteria}
        met = {
            cycle: sum(
                bool(met)
                for (when, city, id_), met in answers.items()
                if when == cycle and city in panel and id_ in ids
            )
            for cycle in ("2024", "2025")
        }
        asked = len(panel) * len(ids)
        assert row["Practice area"] == area.name
        assert row["Same cities"] == len(panel)
        assert row["Same cities, before"] == percent(met["2024"], asked)
        assert row["Same cities, now"] == percent(met["2025"], asked)


def test_heatmap_cells(opened: Open, database: Path, answers: Answers) -> None:
    rows = table(opened(database, "heatmap", order="name", direction="up"), "heatmap")
    assert [row["City"] for row in rows] == ["All selected", *CITIES[1:]]
    for row in rows[1:]:
        for area in STANDARD.areas:
            met = sum(bool(answers["2025", row["City"], criterion.id]) for criterion in area.criteria)
            asked = len(area.criteria)
            assert row[area.name] in (f"{met} of {asked} ({percent(met, asked)})", "not assessed")


def test_heatmap_of_one_area_shows_every_answer(opened: Open, database: Path, answers: Answers) -> None:
    area = STANDARD.areas[0]
    rows = table(opened(database, "heatmap", area=area.id), "criteria-heatmap")
    words = {True: "Met", False: "Not met", None: "Not answered"}
    for row in rows[1:]:
        for criterion in area.criteria:
            assert row[f"{criterion.id} {criterion.short_name}"] == words[answers["2025", row["City"], criterion.id]]


def test_pass_rates_and_the_cities_behind_them(opened: Open, database: Path, answers: Answers) -> None:
    app = opened(database, "criteria", criterion="OD2")
    given = {city: met for (cycle, city, id_), met in answers.items() if (cycle, id_) == ("2025", "OD2")}
    met, answered = sum(map(bool, given.values())), sum(value is not None for value in given.values())
    assert f"Pass rate {percent(met, answered)} {met} of {answered} cities" in screen(app)
    for status, value in (("met", True), ("not_met", False), ("not_answered", None)):
        cities = sorted(city for city, given_value in given.items() if given_value is value)
        if cities:
            assert sorted(table_in(app, f"behind-{status}")["City"]) == cities


def test_hardest_first_keeps_areas_together(opened: Open, database: Path) -> None:
    rows = table(opened(database, "criteria", sort="hardest"), "rates")
    areas = [row["Practice area"] for row in rows]
    assert len(rows) == len(CRITERIA)
    assert [area for place, area in enumerate(areas) if area != areas[place - 1]] == list(dict.fromkeys(areas))
    rates = [float(str(row["Pass rate"]).split("(")[1].split(" %")[0].strip("<> ")) for row in rows]
    for area in set(areas):
        own = [rate for rate, name in zip(rates, areas, strict=True) if name == area]
        assert own == sorted(own)


@pytest.mark.parametrize("city", [CITIES[1], CITIES[8], CITIES[-1]])
def test_one_city(opened: Open, database: Path, answers: Answers, city: str) -> None:
    app = opened(database, "city", city=city.lower().replace(" ", "-"))
    now = scores(answers, "2025")
    words, score = screen(app), now[city]
    better, same = sum(other > score for other in now.values()), sum(other == score for other in now.values())
    place = f"{better + 1} of 15" if same == 1 else f"{better + 1}–{better + same} of 15"
    higher = [step for step in STANDARD.levels if step.minimum > score]
    assert f"Standing {score} of 43 criteria met ({percent(score, 43)})" in words
    assert (
        f"Level {level(score)} {f'{higher[0].minimum - score:g} criteri' if higher else 'the highest level'}" in words
    )
    assert f"Place among peers {place}" in words
    gaps = {id_ for (cycle, name, id_), met in answers.items() if (cycle, name) == ("2025", city) and not met}
    assert set(table_in(app, "not-met")["Code"]) == gaps
    assert set(table_in(app, "met")["Code"]) == set(CRITERIA) - gaps


def test_a_city_that_sat_the_cycle_out_still_has_its_history(opened: Open, database: Path, answers: Answers) -> None:
    app = opened(database, "city", city="city-a")
    assert "City A has no validated answers in 2025." in screen(app).replace("**", "")
    (row,) = table(app, "history")
    assert (row["Cycle"], row["Score"]) == ("2024", scores(answers, "2024")["City A"])


def test_export_counts(opened: Open, database: Path, answers: Answers) -> None:
    rows = sum(cycle == "2025" for cycle, _, _ in answers)
    assert f"{rows:,} rows, " in screen(opened(database, "export"))
    assert "15 rows, " in screen(opened(database, "export", table="city_scores"))
    assert "43 rows, " in screen(opened(database, "export", table="criterion_rates"))


def test_one_page_says_what_was_loaded_and_set_aside_and_the_method_links_to_it(
    opened: Open, cohort: MakeCohort
) -> None:
    good = [{"city": f"City {n}", "criterion_id": "DM1"} for n in range(3)]
    bad = [{"city": "City 1", "criterion_id": "DM2", "response": "perhaps"}, {"city": "", "criterion_id": "DM1"}]
    database = cohort([*good, *bad])
    app = opened(database, "intake")
    assert "1 file, 5 answers: 3 accepted, 0 superseded, 2 rejected" in screen(app)
    rejected = table_in(app, "rejected")
    assert rejected[["Row", "Found", "Why it was set aside"]].astype(str).to_numpy().tolist() == [
        ["5", "perhaps", "the answer is not understood"],
        ["6", "(blank)", "no city is named"],
    ]
    method = opened(database, "method")
    assert "1 file, 5 answers: 3 accepted, 0 superseded, 2 rejected." in screen(method)
    assert "Which files are loaded" in method.get("page_link")[0].proto.label
