"""Rates by attribute: what is suppressed cannot be worked out of the tables that are shown, taken all together."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.access import open_for
from lib.exports.request import groupings
from lib.queries.choices import read_choices
from lib.queries.extract import Extract
from lib.queries.standards import read_standard
from lib.queries.tables import criterion_rates
from lib.selection import Selection
from lib.stats.withholding import Counted, withheld
from lib.viewer import PROGRAMME, RESEARCHER, Viewer
from lib.warehouse import Warehouse

COUNTS = ["met", "answered"]


def rates(warehouse: Warehouse, selection: Selection) -> dict[str, pd.DataFrame]:
    """Every table of rates by groups that this viewer can take, by what it is grouped by."""
    choices, standard = read_choices(warehouse), read_standard(warehouse, selection.standard)
    named = groupings(selection, choices, warehouse.viewer.role)
    extracts = {by: Extract(selection, standard, "criterion_rates", by=by) for by in named}
    return {by: next(extract.blocks(warehouse)).to_pandas() for by, extract in extracts.items()}


def members(warehouse: Warehouse, selection: Selection, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per answer, in plain Python: criterion_id, met, and for each grouping the group of whoever answered."""
    standard = read_standard(warehouse, selection.standard)
    rows = {
        name: pd.concat(block.to_pandas() for block in Extract(selection, standard, name).blocks(warehouse))
        for name in ("responses", "city_scores", "cities")
    }
    answered = rows["responses"].dropna(subset=["credit"])
    side = rows["cities"].set_index("city_id")
    side["participation"] = side["participation"].map({"first_time": "First time", "returning": "Returning"})
    scores = rows["city_scores"].set_index("city_id")
    side["level"] = scores["level"].astype(object).where(scores["level"].notna() | scores["score"].isna(), "No level")
    told = {by: answered["city_id"].map(side[by].astype(object)).fillna("Unknown").to_numpy() for by in tables}
    return pd.DataFrame({"city": answered["city_id"], "criterion_id": answered["criterion_id"], **told}).assign(
        met=(answered["status"] == "met").to_numpy()
    )


@pytest.fixture(params=[PROGRAMME, RESEARCHER])
def seen(request: pytest.FixtureRequest, demo_database: Path) -> tuple[Warehouse, Selection]:
    warehouse = open_for(Viewer(request.param), demo_database)
    return warehouse, Selection.from_params({}, read_choices(warehouse))


def test_no_suppressed_cell_is_a_sum_of_what_is_shown(seen: tuple[Warehouse, Selection]) -> None:
    """An attacker who knows who is in which group solves for every answer, from all tables and the total at once."""
    warehouse, selection = seen
    tables = rates(warehouse, selection)
    answers = members(warehouse, selection, tables)
    checked = 0
    for criterion, those in answers.groupby("criterion_id", observed=True):
        shown, hidden, alike = [np.ones(len(those))], [], np.zeros(len(those), bool)
        for by, table in tables.items():
            for row in table[table["criterion_id"] == criterion].itertuples():
                inside = (those[by] == row.group_name).to_numpy()
                if row.rate_status == "suppressed":
                    hidden.append(inside)
                    continue
                assert (row.met, row.answered) == (those["met"][inside].sum(), inside.sum())
                assert inside.sum() >= warehouse.minimum_n
                assert warehouse.whole or 0 < row.met < row.answered
                shown.append(inside)
                alike |= inside & (row.met in (0, row.answered))
        known = np.vstack(shown)[:, ~alike].astype(float)
        small = [cell for cell in hidden if 0 < cell.sum() < warehouse.minimum_n]
        for cell in (*small, *(np.eye(len(those), dtype=bool)[~alike])):
            wanted = cell[~alike].astype(float)
            found, *_ = np.linalg.lstsq(known.T, wanted, rcond=None)
            assert np.abs(known.T @ found - wanted).max() > 1e-6, criterion
            checked += 1
    assert checked > 500


def test_the_statement_gives_the_very_rows_and_the_total_is_that_of_the_table(
    seen: tuple[Warehouse, Selection],
) -> None:
    warehouse, selection = seen
    standard = read_standard(warehouse, selection.standard)
    for by, table in rates(warehouse, selection).items():
        again = warehouse.arrow(Extract(selection, standard, "criterion_rates", by=by).sql(warehouse)).to_pandas()
        pd.testing.assert_frame_equal(again, table)
        assert set(table["criterion_id"]) == set(criterion_rates(warehouse, selection)["criterion_id"])
        empty = table[["met", "answered", "asked", "pass_rate", "low", "high"]].isna()
        assert (empty.all(axis=1) == (table["rate_status"] == "suppressed")).all()


def counted(answered: list[int], met: list[int], *groups: tuple[int, set[int]]) -> Counted:
    inside = np.array([[kind in kinds for kind in range(len(answered))] for _, kinds in groups])
    return Counted(inside, np.array([of for of, _ in groups]), np.array(answered), np.array(met))


def test_what_hides_a_small_cell_is_left_out_with_it() -> None:
    lone = counted([30, 20, 3], [9, 9, 1], (0, {0}), (0, {1}), (0, {2}))
    assert withheld(lone, 5, even=False).tolist() == [False, True, True]
    assert withheld(lone, 1, even=False).tolist() == [False, False, False]
    # Two small cells hide each other, but not that both together are few.
    pair = counted([30, 20, 2, 1], [9, 9, 1, 1], (0, {0}), (0, {1}), (0, {2}), (0, {3}))
    assert withheld(pair, 5, even=False).tolist() == [False, True, True, True]
    # A region of two countries gives the small one away by the large one, which its own table hides.
    nested = counted([30, 20, 3, 40], [9, 9, 1, 9], (0, {0}), (0, {1}), (0, {2}), (0, {3}), (1, {0, 3}), (1, {1, 2}))
    hidden = withheld(nested, 5, even=False).tolist()
    assert hidden[2]
    assert hidden[1] or hidden[5]
    # Where all of a group met it, so did each part: what is left of a region is known by subtraction.
    whole = counted([10, 10, 10], [10, 4, 4], (0, {0}), (0, {1, 2}), (1, {0, 1}), (1, {2}))
    assert not withheld(whole, 5, even=False).any()
    assert withheld(whole, 5, even=True)[0]


def test_where_all_are_too_few_nothing_is_told() -> None:
    assert withheld(counted([3, 3], [1, 2], (0, {0}), (0, {1})), 5, even=False).all()
    assert withheld(counted([0, 9], [0, 9], (0, {0}), (0, {1})), 5, even=True).tolist() == [False, True]
