"""Peers on a database that holds only what one city may know: whole groups, ranges that hold the truth."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from lib.access import open_for
from lib.peers import TOTAL, Peers
from lib.queries.choices import read_choices
from lib.queries.peers import (
    followed,
    peer_areas,
    peer_criteria,
    peer_list,
    peer_points,
    peers_told,
    pickable,
    rules_followed,
)
from lib.selection import Selection
from lib.viewer import Viewer
from lib.warehouse import Warehouse
from tests.conftest import opened


@pytest.fixture(scope="module")
def truth(demo_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(demo_database) as connection:
        yield connection


@pytest.fixture(scope="module")
def own(truth: duckdb.DuckDBPyConnection) -> str:
    """A city that was assessed in the last cycle."""
    found = truth.execute("select min(city_id::text) from city_score where cycle = '2025' and stage = 'validated'")
    return str(found.fetchall()[0][0])


@pytest.fixture(scope="module")
def limited(demo_database: Path, own: str) -> Warehouse:
    return open_for(Viewer("city", (own,)), demo_database)


@pytest.fixture(scope="module")
def selection(limited: Warehouse) -> Selection:
    return Selection.from_params({}, read_choices(limited))


RULES = ["class", "size", "similar", "all", "area", "country"]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_takes_whole_groups(limited: Warehouse, selection: Selection, own: str, rule: str) -> None:
    listed = peer_list(limited, selection, own, Peers(rule))
    sizes = limited.fetch("select block_id, cities from block where cycle = '2025'").set_index("block_id")["cities"]
    for unit, members in listed.groupby("unit"):
        assert len(members) == sizes[int(unit.removeprefix("group "))] >= 5
        assert members[["distance", "why"]].drop_duplicates().shape == (1, 2)
    assert own not in set(listed["peer_id"])
    assert listed["distance"].dropna().is_monotonic_increasing
    assert (listed["level"].isna() == listed["certified_level"].isna()).all()
    uncertified = listed[listed["certified_level"].isna()]["name"]
    assert uncertified.str.fullmatch(r"Peer \w{6}").all()


@pytest.mark.parametrize("rule", ["class", "similar"])
def test_until_there_are_enough(limited: Warehouse, selection: Selection, own: str, rule: str) -> None:
    few, more = (peer_areas(limited, selection, own, Peers(rule, many)).iloc[-1]["n"] for many in (5, 25))
    assert 5 <= few < 25 <= more


def test_of_everybody_the_range_holds_the_true_count(
    limited: Warehouse, selection: Selection, own: str, truth: duckdb.DuckDBPyConnection
) -> None:
    found = peer_criteria(limited, selection, own, Peers("all"))
    everyone = truth.execute(
        "select criterion_id::text, count(*) filter (status = 'met') from response "
        "where cycle = '2025' and stage = 'validated' and city_id::text <> ? group by 1",
        [own],
    ).fetchall()
    true = dict(everyone)
    whole = found[found["answered"] == found["answered"].max()]
    assert len(whole) > len(found) / 2
    for row in whole.itertuples():
        assert row.met_low <= true[row.criterion_id] <= row.met_high
        assert row.low <= row.rate_low <= row.rate_high <= row.high


def test_its_own_figures_are_exact(
    limited: Warehouse, selection: Selection, own: str, truth: duckdb.DuckDBPyConnection
) -> None:
    areas = peer_areas(limited, selection, own, Peers())
    met, asked = truth.execute(
        "select met, asked from city_score where cycle = '2025' and stage = 'validated' and city_id::text = ?", [own]
    ).fetchall()[0]
    total = areas[areas["area_id"] == TOTAL].iloc[0]
    assert (total["own"], total["asked"]) == (met, asked)
    assert total["of"] == total["n"] + 1
    points = peer_points(limited, selection, own, Peers())
    assert points["city_id"].isna().all()
    assert points["name"].isna().all()
    assert points["mine"].sum() == len(areas)


def test_the_peers_change_is_that_of_their_groups(limited: Warehouse, selection: Selection, own: str) -> None:
    taken = {unit.removeprefix("group ") for unit in peer_list(limited, selection, own, Peers())["unit"]}
    told = limited.fetch(
        "select area_id, cities, change from block_change where cycle = '2025' and versus = '2024' "
        "and stage = 'validated' and list_contains($taken::text[], block_id::text)",
        {"taken": tuple(taken)},
    )
    found = peer_areas(limited, replace(selection, versus="2024"), own, Peers()).set_index("area_id")
    assert len(told)
    for area, rows in told.fillna({"area_id": TOTAL}).groupby("area_id"):
        mean = (rows["change"] * rows["cities"]).sum() / rows["cities"].sum()
        assert found.loc[area, "peers_change"] == pytest.approx(mean)
        assert found.loc[area, "peers_both"] == rows["cities"].sum() >= 5
    before = peer_areas(limited, replace(selection, versus="2023"), own, Peers())
    assert before["peers_change"].isna().all()
    assert (before["peers_both"] == 0).all()


def test_what_blocks_cannot_follow_means_the_default(limited: Warehouse, selection: Selection, own: str) -> None:
    assert followed(limited, Peers("score")) == Peers()
    assert not {"ratio", "level", "above", "history", "score"} & set(rules_followed(limited))
    told = peers_told(limited, selection, own, Peers("score"))
    assert told == peers_told(limited, selection, own, Peers())
    assert " in " in told
    assert "group" in told


def test_whom_you_pick_counts_with_the_whole_group(limited: Warehouse, selection: Selection, own: str) -> None:
    offered = pickable(limited, selection, own)
    group = next(id_ for id_ in offered["city_id"] if id_.startswith("block-"))
    listed = peer_list(limited, selection, own, Peers("picked", picked=(group,)))
    assert set(listed["unit"]) == {group.replace("block-", "group ")}
    named = listed.dropna(subset="certified_level")
    if len(named):
        by_name = peer_list(limited, selection, own, Peers("picked", picked=(named["peer_id"].iloc[0],)))
        assert list(by_name["peer_id"]) == list(listed["peer_id"])
    assert not set(offered["city_id"]) & set(listed.loc[listed["certified_level"].isna(), "peer_id"])
