"""The patient attacker: whoever asks for every figure there is, in every combination, still knows nobody's answer.

The figures of all combinations are written down as equations and bounds over the others' unknown answers, and for an
answer of somebody in each block we ask what it can be at least and at most. Block scores give no equation: a noise
without an end moves each (see test_noise_has_no_end).
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from lib.access import open_for
from lib.peers import RULES, Peers
from lib.queries.peers import peer_criteria, peer_list
from lib.selection import Selection
from lib.viewer import CITY, Viewer
from lib.warehouse import Warehouse, open_current

STANDARD = "wwc-2022"
CELLS = """
select block_id, criterion_id, asked, answered, met_low, met_high
from block_answer
where cycle = $cycle::cycle_label and stage = $stage::stage
order by all
"""


@pytest.fixture(scope="session")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public name of a demo database of 150 cities × 2 cycles, whose blocks can be joined in thousands of ways."""
    from pipelines.demo import build

    database = tmp_path_factory.mktemp("larger") / "cohort.duckdb"
    build(database, cities=150, cycles=2, seed=11)
    return database


def cells_of(warehouse: Warehouse, cycle: str, stage: str) -> pd.DataFrame:
    return warehouse.fetch(CELLS, {"cycle": cycle, "stage": stage})


def least_and_most(a: np.ndarray, low: np.ndarray, high: np.ndarray, most: list[int]) -> tuple[float, float]:
    """What the last of the unknowns can be, where every row of `a` times them lies within its bounds."""
    rows, limits = np.vstack([a, -a]), np.concatenate([high, -low])
    aim = np.zeros(len(most))
    aim[-1] = 1
    ends = [linprog(sign * aim, A_ub=rows, b_ub=limits, bounds=[(0, n) for n in most]) for sign in (1, -1)]
    assert all(end.success for end in ends), "the figures contradict each other"
    return round(ends[0].fun, 6), round(-ends[1].fun, 6)


@pytest.mark.parametrize("stage", ["self_reported", "validated"])
def test_every_union_of_blocks_together_tells_no_answer(larger: Path, stage: str) -> None:
    """Every subset of the blocks is a question that some choice of peers may ask; thousands are answered at once.

    Members of a block are in the same equations, so one answer and the sum of its block's others stand for all.
    """
    cities = open_current(larger).fetch("select city_id from city_score where cycle = '2025' order by 1 limit 1")
    cells = cells_of(open_for(Viewer(CITY, tuple(cities["city_id"])), larger), "2025", stage)
    for _, of in list(cells.groupby("criterion_id"))[::8]:
        some = every_union(len(of))
        assert len(some) > 1000
        low, high = some @ of["met_low"].to_numpy(), some @ of["met_high"].to_numpy()
        for block, size in enumerate(of["answered"]):
            a = np.column_stack([some, some[:, block]])  # the last unknown is one answer of this block
            most = [*of["answered"], 1]
            most[block] = size - 1
            assert least_and_most(a, low, high, most) == (0, 1)


def every_union(blocks: int) -> np.ndarray:
    """One row per way of joining blocks, a 1 for each that is in."""
    return (np.arange(1, 2**blocks)[:, None] >> np.arange(blocks) & 1).astype(float)


def test_every_choice_of_peers_is_a_union_of_whole_blocks(seen: Warehouse, own: str) -> None:
    """Hundreds of choices of peers, and each figure is the sum of the blocks it names: nothing cuts one in two."""
    selection, tried = Selection(STANDARD, "2025", "validated", "2024"), set()
    base = cells_of(seen, "2025", "validated").set_index(["block_id", "criterion_id"])
    rules = (*RULES, "country", "region", "population_band", "government", "all", "area", "above", "nonsense")
    for rule in rules:
        for many in (5, 9, 15, 25):
            peers = Peers(rule, many)
            units = {int(unit.removeprefix("group ")) for unit in peer_list(seen, selection, own, peers)["unit"]}
            tried.add(frozenset(units))
            there = base[base.index.get_level_values(0).isin(units)].groupby("criterion_id").sum()
            found = peer_criteria(seen, selection, own, peers).set_index("criterion_id")
            enough = found[found["answered"].fillna(0) > 0]
            for column in ("answered", "met_low", "met_high"):
                expected = there[column].reindex(enough.index).fillna(0)
                assert (enough[column] == expected).all(), (rule, many, column)
    assert len(tried) > 2


@pytest.mark.slow
def test_a_published_level_does_not_give_answers_away_either(demo_database: Path, own: str) -> None:
    """The total of a certified city is known to lie in its level's band: with the figures of its block, still no answer
    follows. Whole numbers, because a band couples the criteria.
    """
    warehouse = open_for(Viewer(CITY, (own,)), demo_database)
    bands = warehouse.fetch(
        "select level, minimum, lead(minimum, 1, 44) over (order by position) - 1 as most from level"
    )
    band = bands.set_index("level")
    members = warehouse.fetch("from block_member where cycle = '2025' and certified_level is not null")
    cells = cells_of(warehouse, "2025", "validated")
    assert not members.empty
    for _, city in members.groupby("certified_level").head(2).iterrows():
        of = cells[cells["block_id"] == city["block_id"]].reset_index(drop=True)
        n, k = int(of["answered"].max()), len(of)
        # Unknowns: n cities times k criteria; the certified one is the first. Whoever did not answer meets nothing.
        sums = np.kron(np.eye(k), np.ones((1, n)))
        total = np.kron(np.ones((1, k)), np.eye(n)[:1])
        low, high = band.loc[city["certified_level"], ["minimum", "most"]]
        limits = [
            LinearConstraint(sums, of["met_low"], of["met_high"]),
            LinearConstraint(total, max(0, low - (43 - k)), high),
        ]
        for criterion in range(0, k, 7):
            aim = np.zeros(n * k)
            aim[criterion * n] = 1
            for sign, expected in ((1, 0), (-1, -1)):
                best = milp(sign * aim, constraints=limits, integrality=np.ones(n * k), bounds=Bounds(0, 1))
                assert round(best.fun) == expected, (city["certified_level"], criterion, n)


def test_noise_has_no_end(demo_database: Path, seen: Warehouse, own: str) -> None:
    """Scores are moved up and down and not at all, by one and by more; each seen score may have been any true one."""
    true = open_current(demo_database).fetch(
        "select met from area_score where area_id = 'DM' and answered > 0 and city_id::text <> $own order by met",
        {"own": own},
    )
    moved = seen.fetch("select score from block_score where area_id = 'DM' order by score")
    assert len(moved) > 100
    assert moved["score"].between(0, 9).all()
    assert (moved["score"] % 1 == 0).all()
    assert abs(moved["score"].mean() - true["met"].mean()) < 0.5
    assert not np.array_equal(moved["score"].to_numpy()[: len(true)], true["met"].to_numpy()[: len(moved)])


def test_two_viewers_see_the_same_noise_and_the_same_blocks(demo_database: Path) -> None:
    """So nobody learns more by looking often: where neither's own city sits, both are told the same."""
    ids = open_current(demo_database).fetch("select distinct city_id from assessment order by city_id::text limit 2")
    one, two = (open_for(Viewer(CITY, (city,)), demo_database) for city in ids["city_id"])
    for table, key in (("block_answer", "criterion_id"), ("block_score", "area_id")):
        sql = f"from {table} order by all"
        merged = [view.fetch(sql) for view in (one, two)]
        groups = [dict(iter(rows.groupby(["cycle", "stage", "block_id", key], dropna=False))) for rows in merged]
        same = sum(
            groups[0][place].reset_index(drop=True).equals(groups[1][place].reset_index(drop=True))
            for place in groups[0].keys() & groups[1].keys()
        )
        assert same > len(groups[0]) / 2
