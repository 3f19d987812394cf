"""The ground that city viewers share: each gets the same from it whoever came before, and what they may know."""

from collections import defaultdict
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

from lib.access import door, opened_once
from lib.access.ground import BLOCKS, Ground, ground_of
from lib.viewer import CITY, PROGRAMME, Viewer
from lib.warehouse import Warehouse, open_current
from tests.access.conftest import Hidden
from tests.access.test_views import everything

CYCLES = "select cycle::text from published.cycle where standard_id = 'wwc-2022' order by position"
MOVED = "select city_id::text, cycle::text, stage::text, area_id::text, block_id, score from temp.moved"
CHANGES = "select cycle, versus, stage, block_id, area_id, cities, change from block_change"


def told(ground: Ground, city: str) -> dict[str, list[dict[str, object]]]:
    handed = ground.handed(Viewer(CITY, (city,)), city)
    return {name: table.to_pylist() for name, table in handed.tables.items()}


def test_whoever_came_before_changes_nothing(demo_database: Path) -> None:
    ids = open_current(demo_database).fetch("select distinct city_id from assessment order by city_id limit 3")
    shared = ground_of(demo_database.resolve())
    for city in [*ids["city_id"], ids["city_id"][0]]:
        alone = Ground(demo_database.resolve(), shared._key)
        assert told(shared, city) == told(alone, city)
    seen = [{row["peer_id"] for row in told(shared, city)["block_member"]} for city in ids["city_id"]]
    assert not (seen[0] & seen[1] or seen[0] & seen[2] or seen[1] & seen[2])


def test_a_ground_is_made_once_and_anew_for_another_version_or_key(
    demo_database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = ground_of(demo_database.resolve())
    assert ground_of(demo_database.resolve()) is first
    monkeypatch.setattr("lib.access.key.FILE", tmp_path / "another.key")
    other = ground_of(demo_database.resolve())
    assert other is not first
    cities = "select distinct city_id from assessment order by city_id limit 1"
    city = str(open_current(demo_database).fetch(cities)["city_id"][0])
    assert told(first, city)["block_member"] != told(other, city)["block_member"]


def test_what_is_handed_over_names_nobody_who_is_hidden(demo_database: Path, own: str, hidden: Hidden) -> None:
    handed = ground_of(demo_database.resolve()).handed(Viewer(CITY, (own,)), own)
    assert set(handed.tables) == set(BLOCKS)
    # A dictionary lists every word that its column may hold, so words that no row has are looked at too.
    words = []
    for column in (column for table in handed.tables.values() for column in table.columns):
        for chunk in column.chunks:
            words += [*chunk.to_pylist(), *(chunk.dictionary.to_pylist() if hasattr(chunk, "dictionary") else [])]
    columns = {name for table in handed.tables.values() for name in table.column_names}
    assert "city_id" not in columns
    assert hidden.found_in("\n".join(map(str, words))) == []


def test_the_change_of_a_block_is_the_median_of_the_scores_that_are_shown(
    demo_database: Path, seen: Warehouse, own: str
) -> None:
    """Worked out again in plain Python, without the viewer's own city; under five there is none."""
    connection = ground_of(demo_database.resolve())._connection
    cycles = [cycle for (cycle,) in connection.execute(CYCLES).fetchall()]
    before = dict(zip(cycles[1:], cycles, strict=False))
    moved = {row[:4]: row[4:] for row in connection.execute(MOVED).fetchall() if row[0] != own}
    groups = defaultdict(list)
    for (city, cycle, stage, area), (block, score) in moved.items():
        earlier = moved.get((city, before.get(cycle), stage, area))
        if earlier:
            groups[cycle, before[cycle], stage, block, area].append(score - earlier[1])
    expected = {key: (len(some), median(some)) for key, some in groups.items() if len(some) >= 5}
    rows = seen.fetch(CHANGES).astype(object).itertuples(index=False, name=None)
    found = {(*row[:4], None if pd.isna(row[4]) else row[4]): row[5:] for row in rows}
    assert len(expected) > 30
    assert found == expected


def test_a_database_for_one_file_is_the_same_without_comments(demo_database: Path, seen: Warehouse, own: str) -> None:
    kept = list(door._kept.values())
    once = opened_once(Viewer(CITY, (own,)), demo_database)
    assert list(door._kept.values()) == kept
    assert once is not seen
    assert (once.version, once.limited, once.minimum_n) == (seen.version, seen.limited, seen.minimum_n)
    for table in seen.fetch("select table_name from duckdb_tables()")["table_name"]:
        pd.testing.assert_frame_equal(once.fetch(f"from {table}"), seen.fetch(f"from {table}"))
    assert opened_once(Viewer(PROGRAMME), demo_database) is open_current(demo_database)


def test_a_database_for_one_file_names_nobody_who_is_hidden(demo_database: Path, own: str, hidden: Hidden) -> None:
    assert hidden.found_in(everything(opened_once(Viewer(CITY, (own,)), demo_database))) == []
