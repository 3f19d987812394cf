"""Scenarios against the database's own scores, and roads that the production pipeline confirms."""

from itertools import product
from math import isnan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.queries.road import own_answers, shortest_road, simulated
from lib.selection import NO_LEVEL, Selection
from lib.warehouse import Warehouse, open_current
from tests.conftest import MakeCohort
from tests.lib.queries.selections import SELECTIONS, TRIES
from tests.lib.queries.world import CRITERIA, LEVELS, Assessment, World

LEFT = ("met", "not_applicable")
PEAKS = """
id = "peaks"
name = "Peaks"
version = "1"
source = "made for the tests"
aggregation = "mean_of_areas"
grade = [{ name = "Partly", credit = 0.5 }]
level = [{ name = "Hill", minimum = 40 }, { name = "Peak", minimum = 75 }]
boundary = [{ score = 75, note = "some say 76" }]
prerequisite = [{ criterion = "P3", requires = "P2" }, { criterion = "Q2", requires = "P3" }]
area = [
    { id = "P", name = "Paths", criterion = [
        { id = "P1", short_name = "One", text = "One?", weight = 2 },
        { id = "P2", short_name = "Two", text = "Two?" },
        { id = "P3", short_name = "Three", text = "Three?" },
    ] },
    { id = "Q", name = "Quarries", criterion = [
        { id = "Q1", short_name = "Four", text = "Four?" },
        { id = "Q2", short_name = "Five", text = "Five?", weight = 3 },
    ] },
]
"""
PEAK_IDS = ("P1", "P2", "P3", "Q1", "Q2")
GIVEN = {"P1": "Partly", "P2": "No", "P3": "Yes", "Q1": "Not applicable", "Q2": "No"}


def level(score: int) -> tuple[str, str]:
    """The level of a score in the world of towns, and the next one."""
    names = [NO_LEVEL, *(name for _, name in LEVELS), ""]
    place = sum(score >= minimum for minimum, _ in LEVELS)
    return names[place], names[place + 1]


@TRIES
@given(selection=SELECTIONS, place=st.integers(0, 25), wanted=st.sets(st.sampled_from([*CRITERIA, "X9"])))
def test_a_scenario_adds_what_is_ticked(
    warehouse: Warehouse, world: World, selection: Selection, place: int, wanted: set[str]
) -> None:
    key = Assessment(sorted(world.names)[place], selection.cycle, selection.stage)
    found = simulated(warehouse, selection, key.city, tuple(wanted))
    if key not in world.assessments:
        assert own_answers(warehouse, selection, key.city).empty
        assert isnan(found.score)
        return
    status = dict(zip(CRITERIA, world.statuses(key), strict=True))
    score = world.score(key) + sum(id_ in wanted and status[id_] not in LEFT for id_ in CRITERIA)
    assert (found.score, found.level, found.next_level) == (score, *level(score))
    assert found.boundary_note == ("five is contested" if score == 5 else "")
    assert not found.waiting


@TRIES
@given(selection=SELECTIONS, place=st.integers(0, 25), target=st.sampled_from(["", "Fair", "Great", "Unheard of"]))
def test_a_road_has_as_many_criteria_as_are_missing(
    warehouse: Warehouse, world: World, selection: Selection, place: int, target: str
) -> None:
    key = Assessment(sorted(world.names)[place], selection.cycle, selection.stage)
    road = shortest_road(warehouse, selection, key.city, target=target)
    if key not in world.assessments:
        assert road == ()
        return
    score, named = world.score(key), {name: minimum for minimum, name in LEVELS}
    least = named.get(target) or named.get(level(score)[1], 0)
    gaps = [c for c, status in zip(CRITERIA, world.statuses(key), strict=True) if status not in LEFT]
    short = max(least - score, 0)
    assert road == (tuple(gaps[:short]) if short <= len(gaps) else None)  # all alike: in the standard's order


def test_the_least_effort_then_what_others_meet(warehouse: Warehouse, world: World) -> None:
    key = next(key for key in sorted(world.assessments) if world.score(key) == 2 and not world.count(key, LEFT[1]))
    selection = Selection("towns", key.cycle, key.stage)
    gaps = [c for c, status in zip(CRITERIA, world.statuses(key), strict=True) if status != "met"]
    effort, favour = ((gaps[0], 5), (gaps[-1], 1)), ((gaps[3], 0.9), (gaps[2], 0.1))
    road = shortest_road(warehouse, selection, key.city, effort=effort, favour=favour)
    assert road == (gaps[3], gaps[-1])
    assert simulated(warehouse, selection, key.city, road).level == "Fair"


@pytest.fixture
def peaks(cohort: MakeCohort, tmp_path: Path) -> Path:
    """A city that stands on a graded answer and a blocked one, and every city it could become by meeting more."""
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "peaks.toml").write_text(PEAKS, encoding="utf-8")
    answers = []
    for choice in product((False, True), repeat=len(PEAK_IDS)):
        ticked = [id_ for id_, tick in zip(PEAK_IDS, choice, strict=True) if tick and GIVEN[id_] in ("Partly", "No")]
        given = GIVEN | dict.fromkeys(ticked, "Yes")
        answers += [
            {"city": f"With {' '.join(ticked)}", "criterion_id": id_, "response": word} for id_, word in given.items()
        ]
    return cohort(answers, standard="peaks", standards=folder)


def test_every_scenario_scores_what_the_pipeline_scores(peaks: Path) -> None:
    """Weights, partial credit, not applicable, means of areas, prerequisites of prerequisites: ticked and loaded."""
    warehouse, selection = open_current(peaks), Selection("peaks", "2025", "validated")
    scored = warehouse.fetch("from city_score join city using (city_id)").set_index("name")
    plain = str(scored.loc["With", "city_id"])
    for name, row in scored.iterrows():
        found = simulated(warehouse, selection, plain, tuple(str(name).split()[1:]))
        assert found.score == row["score"]
        assert found.level == (row["level"] if isinstance(row["level"], str) else NO_LEVEL)
        assert found.to_next == row["to_next"] or isnan(found.to_next)
        assert found.boundary_note == (row["boundary_note"] if isinstance(row["boundary_note"], str) else "")


def test_ticks_wait_for_what_they_require(peaks: Path) -> None:
    warehouse, selection = open_current(peaks), Selection("peaks", "2025", "validated")
    plain = warehouse.fetch("select city_id from city where name = 'With'")["city_id"].iloc[0]
    assert simulated(warehouse, selection, plain, ("Q2",)).waiting == (("Q2", ("P2",)),)
    assert not simulated(warehouse, selection, plain, ("Q2", "P2")).waiting
    assert shortest_road(warehouse, selection, plain) == ("P2", "Q2")  # 25 + 50: P3 counts by itself once P2 is met
    assert shortest_road(warehouse, selection, plain, target="Peak", effort=(("Q2", 1),)) == ("P2", "Q2")


def test_what_cannot_be_reached_is_none(cohort: MakeCohort, tmp_path: Path) -> None:
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "peaks.toml").write_text(PEAKS.replace('"mean_of_areas"', '"count"').replace("40", "6"), encoding="utf-8")
    text = (folder / "peaks.toml").read_text(encoding="utf-8").replace("minimum = 75", "minimum = 7")
    (folder / "peaks.toml").write_text(text, encoding="utf-8")
    given = {id_: "Not applicable" if id_ == "Q2" else "No" for id_ in PEAK_IDS}
    answers = [{"city": "Lima", "criterion_id": id_, "response": word} for id_, word in given.items()]
    warehouse = open_current(cohort(answers, standard="peaks", standards=folder))
    assert shortest_road(warehouse, Selection("peaks", "2025", "validated"), "lima") is None
    assert shortest_road(warehouse, Selection("peaks", "2025", "validated"), "nobody") == ()
