"""Names that only one viewer sees and only in one cycle: nobody can lay two lists side by side."""

from pathlib import Path

import pytest

import lib.access.door
import lib.access.key
from lib.access import open_for
from lib.viewer import CITY, RESEARCHER, Viewer
from lib.warehouse import Warehouse, open_current

PEERS = "select cycle, peer_id, name, certified_level from block_member"


def masked(warehouse: Warehouse, column: str, cycle: str | None = None) -> set[str]:
    rows = warehouse.fetch(PEERS)
    rows = rows[rows["certified_level"].isna() & ((rows["cycle"] == cycle) | (cycle is None))]
    return set(rows[column])


def test_two_viewers_share_no_pseudonym(demo_database: Path) -> None:
    ids = open_current(demo_database).fetch("select city_id from assessment group by 1 order by count(*) desc limit 3")
    views = [open_for(Viewer(CITY, (city,)), demo_database) for city in ids["city_id"]]
    for column in ("peer_id", "name"):
        seen = [masked(view, column) for view in views]
        assert all(seen)
        assert not (seen[0] & seen[1] or seen[0] & seen[2] or seen[1] & seen[2])


def test_two_cycles_share_no_pseudonym_and_no_key_of_a_name(seen: Warehouse) -> None:
    rows = seen.fetch(PEERS)
    assert rows["peer_id"].is_unique
    cycles = [masked(seen, "name", cycle) for cycle in ("2023", "2024", "2025")]
    assert not (cycles[0] & cycles[1] or cycles[0] & cycles[2] or cycles[1] & cycles[2])


def test_only_who_was_announced_in_the_cycle_has_a_name(demo_database: Path, seen: Warehouse) -> None:
    rows = seen.fetch(PEERS)
    announced = open_current(demo_database).fetch(
        "select name, certification.cycle, level from certification join city using (city_id)"
    )
    named = rows[rows["certified_level"].notna()]
    assert 0 < len(named) < len(rows)
    assert set(named[["name", "cycle", "certified_level"]].itertuples(index=False, name=None)) <= set(
        announced.itertuples(index=False, name=None)
    )
    assert rows.loc[rows["certified_level"].isna(), "name"].str.fullmatch("Peer [2-9A-Z]{6}").all()


def test_pseudonyms_stay_while_the_key_stays(
    demo_database: Path, own: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def seen_now(viewer: Viewer, sql: str) -> set[str]:
        lib.access.door._kept.clear()
        return set(open_for(viewer, demo_database).fetch(sql).iloc[:, 0])

    for viewer, sql in (
        (Viewer(CITY, (own,)), "select peer_id from block_member"),
        (Viewer(RESEARCHER), "select city_id from city"),
    ):
        before = seen_now(viewer, sql)
        assert seen_now(viewer, sql) == before
        monkeypatch.setattr(lib.access.key, "FILE", tmp_path / f"another-{viewer.role}.key")
        assert not seen_now(viewer, sql) & before


def test_the_key_is_nowhere_in_what_it_made(demo_database: Path, seen: Warehouse) -> None:
    from tests.access.test_views import everything

    key = lib.access.key.FILE.read_text()
    assert len(key) == 64
    assert key not in everything(seen)
    assert key not in everything(open_for(Viewer(RESEARCHER), demo_database))
