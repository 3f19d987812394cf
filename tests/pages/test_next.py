"""Nearly there, Workshops, Usual next step: what they say of a cohort whose answers are known, and at their edges."""

from pathlib import Path

import pytest

from lib.standard import STANDARDS, load_standard
from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen, table_in
from tests.pages.test_another_standard import schools  # noqa: F401  (a fixture)

CODES = [criterion.id for criterion in load_standard(STANDARDS / "wwc-2022.toml").criteria]


def answers(city: str, met: int, *, cycle: str = "2025", last: str = "No") -> list[dict[str, object]]:
    """A city that meets the first `met` criteria in the standard's order; `last`: the answer to the last one."""
    rows = [("Yes" if place < met else "No") for place in range(len(CODES))]
    rows[-1] = last
    return [
        {"city": city, "cycle": cycle, "criterion_id": code, "response": row}
        for code, row in zip(CODES, rows, strict=True)
    ]


@pytest.fixture
def few(cohort: MakeCohort) -> Path:
    """Scores 29, 28, 21, 20, 10 and 43: at the boundary of Gold, two short of it, one and two short of Silver."""
    scores = {"Aldea": 29, "Brisa": 28, "Cumbre": 21, "Duna": 20, "Estero": 10}
    rows = [row for city, met in scores.items() for row in answers(city, met, last="" if city == "Cumbre" else "No")]
    return cohort([*rows, *answers("Faro", 43, last="Yes")])


def test_who_is_nearly_there_and_what_stands_in_the_way(opened: Open, few: Path) -> None:
    words = screen(opened(few, "near"))
    assert "4 of 6 cities are within 2 criteria of the next level: 2 of Gold and 2 of Silver." in words
    assert "2 cities lack a single criterion, 2 more up to 2 criteria" in words
    assert "29 of 43 criteria · Silver · 1 short of Gold" in words
    assert "At the boundary. 29 of 43 is 67.4 %" in words
    assert "1 not answered: answering may be enough." in words


def test_nearer_is_a_choice(opened: Open, few: Path) -> None:
    words = screen(opened(few, "near", near="1"))
    assert "2 of 6 cities are within 1 criterion of the next level: 1 of Gold and 1 of Silver" in words
    assert "Duna" not in words


def test_a_tile_leads_to_the_city_and_to_its_criteria(opened: Open, few: Path) -> None:
    links = [link.proto for link in opened(few, "near").get("page_link")]
    assert [link.label for link in links if link.page.endswith("city")] == [
        f"**{name}**" for name in ("Aldea", "Brisa", "Cumbre", "Duna")
    ]
    first = next(link for link in links if link.page.endswith("criteria"))
    assert first.query_string == f"criterion={CODES[29]}"
    assert "not enough similar cities to say" in first.label


def test_nobody_near_is_a_sentence(opened: Open, cohort: MakeCohort) -> None:
    words = screen(opened(cohort(answers("Lima", 3)), "near"))
    assert "No city is within 2 criteria of the next level." in words
    assert "Nobody is that near." in words


def test_without_levels_nothing_false_is_offered(opened: Open, schools: Path) -> None:  # noqa: F811
    assert "This standard has no levels" in screen(opened(schools, "near"))
    words = screen(opened(schools, "workshops"))
    assert "the aim is to have most criteria met" in words
    assert "up a level" not in words
    steps = screen(opened(schools, "next_step"))
    assert "not enough schools came back to say what they met next" in steps
    assert "An order of difficulty needs 50 schools or more." in steps


def test_the_plan_is_the_best_of_all_and_says_so(opened: Open, few: Path) -> None:
    app = opened(few, "workshops", workshops="1")
    assert "could move 2 of 6 cities up a level." in screen(app)
    assert "No other workshop does better: 2 cities up a level" in screen(app)
    named = table_in(app, "taught")
    assert list(named["City"]) == ["Aldea", "Cumbre"]
    assert set(named["Missing"]) == {1}


def test_nobody_goes_up_from_the_top(opened: Open, cohort: MakeCohort) -> None:
    everybody = cohort([row for n in range(5) for row in answers(f"City {n}", 43, last="Yes")])
    assert "3 workshops would move no city up a level" in screen(opened(everybody, "workshops"))
    assert "3 workshops would add nothing" in screen(opened(everybody, "workshops", aim="criteria"))
    assert "No city is within 2 criteria of the next level." in screen(opened(everybody, "near"))


def test_the_order_of_difficulty_shows_its_fit(opened: Open, demo_database: Path) -> None:
    words = screen(opened(demo_database, "next_step", stage="Self-reported"))
    assert "one order of difficulty: " in words
    assert "criteria fit it, reliability 0." in words


def test_a_chance_of_success_is_an_expectation(opened: Open, few: Path) -> None:
    words = screen(opened(few, "workshops", workshops="1", success="50"))
    assert "would on average move 1 of 6 cities up a level." in words
    assert "with a chance of 50 %, one independently of another" in words


def test_most_criteria_met_counts_whoever_lacks_them(opened: Open, few: Path) -> None:
    words = screen(opened(few, "workshops", workshops="2", aim="criteria"))
    assert "could have 10 more criteria met in 6 cities." in words


def test_areas_and_families_can_be_taught(opened: Open, few: Path) -> None:
    """One area can lift at most those that lack no more than it has; all families together are all there are."""
    assert "A workshop on “Data-Driven Budget and Finance” could move 4 of 6 cities up a level." in screen(
        opened(few, "workshops", view="areas", workshops="1")
    )
    assert "There are only 6 to choose from" in screen(opened(few, "workshops", view="families", workshops="8"))


def test_what_was_met_next_with_its_cases(opened: Open, cohort: MakeCohort) -> None:
    """Six cities lacked the second criterion; four met it in their next assessment, one gave no answer there."""
    rows = [row for n in range(7) for row in answers(f"City {n}", 1, cycle="2023")]
    for n in range(6):
        rows += answers(f"City {n}", 2 if n < 4 else 1, cycle="2025")
    app = opened(cohort(rows), "next_step")
    words = screen(app)
    assert "most often met it next: in 4 of 6 cases (67 %; 30 % to 90 %)." in words
    assert "Of 13 assessments, 7 had no later one and are left out: 6 of the latest cycle, 1 of cities that" in words
    assert "everybody chooses what to work on" in words


def test_a_city_is_told_what_those_near_its_score_met(opened: Open, demo_database: Path) -> None:
    first = opened(demo_database, "next_step").selectbox(key="_city").options[1]
    app = opened(demo_database, "next_step")
    app.selectbox(key="_city").select_index(1).run()
    words = screen(app)
    assert f"Starting near the score of {first}" in words or f"{first} has nothing left to meet" in words


def test_levels_of_self_reported_answers_are_indicative(opened: Open, demo_database: Path) -> None:
    near = screen(opened(demo_database, "near", stage="Self-reported"))
    assert "by their own answers" in near
    assert "(indicative)" in near
    assert "by their own answers" in screen(opened(demo_database, "workshops", stage="Self-reported"))
