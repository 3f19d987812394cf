"""Figures about others: sums over whole blocks, from which no answer of anybody can be worked out."""

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.access.published import blocks, published

CRITERIA = ("DM1", "DM2", "DM3")
STATUS = {"met": 1.0, "partly_met": 0.5, "not_met": 0.0, "blocked": 0.0, "not_answered": None, "not_applicable": None}
ANSWERS = st.lists(
    st.tuples(
        *[st.sampled_from(["met", "met", "not_met", "not_met", "not_answered", "not_applicable"])] * len(CRITERIA)
    ),
    min_size=1,
    max_size=40,
)
Answers = list[tuple[str, ...]]


def rows_of(answers: Answers) -> dict[str, list[tuple[object, ...]]]:
    return {
        "assessment": [("s", "1", f"c{n}", "validated") for n in range(len(answers))],
        "response": [
            ("s", "1", f"c{n}", "validated", criterion, status, STATUS[status])
            for n, city in enumerate(answers)
            for criterion, status in zip(CRITERIA, city, strict=True)
        ],
    }


@settings(max_examples=40)
@given(ANSWERS, st.integers(0, 3))
def test_each_cell_is_the_blocks_count_bounded_at_its_ends_and_never_of_fewer_than_five(
    answers: Answers, own: int
) -> None:
    mine = {f"c{n}" for n in range(own)}
    with published(**rows_of(answers), own=[(city,) for city in mine]) as connection:
        blocks(connection)
        members = connection.execute("select block_id, city_id from temp.peer").fetchall()
        cells = connection.execute("select * exclude (standard_id, cycle, stage) from block_answer").fetchall()
    by_block = defaultdict(list)
    for block, city in members:
        by_block[block].append(city)
    assert mine.isdisjoint(city for _, city in members)
    assert all(len(cities) >= 5 for cities in by_block.values())
    expected = set()
    for block, cities in by_block.items():
        for k, criterion in enumerate(CRITERIA):
            given_ = Counter(answers[int(city[1:])][k] for city in cities)
            answered, met = given_["met"] + given_["not_met"], given_["met"]
            low, high = (0, 1) if met <= 1 else (answered - 1, answered) if met >= answered - 1 else (met, met)
            if answered >= 5:
                expected.add((block, criterion, len(cities) - given_["not_applicable"], answered, low, high))
    assert set(cells) == expected


@settings(max_examples=12)
@given(ANSWERS)
def test_a_block_without_the_viewer_still_has_five(answers: Answers) -> None:
    """Whoever looks, the blocks are the same; where there are six cities there are blocks of six."""
    seen = set()
    for viewer in range(min(3, len(answers))):
        with published(**rows_of(answers), own=[(f"c{viewer}",)]) as connection:
            blocks(connection, viewer=f"c{viewer}")
            placed = connection.execute("select city_id, block_id from temp.placed order by city_id").fetchall()
            seen.add(tuple(placed))
            sizes = Counter(block for _, block in placed)
            sat = [city for city in answers if {"met", "not_met"} & set(city)]
            assert bool(sizes) == (len(sat) >= 6)
            assert min(sizes.values(), default=6) >= 6
            assert connection.execute("select count(*) from block where cities < 5").fetchall() == [(0,)]
    assert len(seen) == 1


@settings(max_examples=15)
@given(ANSWERS.filter(lambda answers: len(answers) >= 7))
def test_no_answer_follows_from_the_figures_by_linear_programming(answers: Answers) -> None:
    """Take one answer of somebody who answered: it may have been a no and it may have been a yes."""
    with published(**rows_of(answers), own=[("c0",)]) as connection:
        blocks(connection)
        block_of = dict(connection.execute("select city_id, block_id from temp.peer").fetchall())
        cells = connection.execute("select block_id, criterion_id, met_low, met_high from block_answer").fetchall()
    for block, criterion, low, high in cells:
        k = CRITERIA.index(criterion)
        cities = [
            city for city, of in block_of.items() if of == block and answers[int(city[1:])][k] in ("met", "not_met")
        ]
        every = np.ones((1, len(cities)))
        for sign in (1, -1):  # the least and the most that the first one's answer can be
            aim = [sign, *[0] * (len(cities) - 1)]
            best = linprog(aim, A_ub=np.vstack([every, -every]), b_ub=[high, -low], bounds=(0, 1))
            assert round(best.fun) == min(0, sign), (criterion, low, high, len(cities))
