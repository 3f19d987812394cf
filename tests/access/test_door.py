"""The one door: the right database for each viewer, made once, closed when nobody holds it, refused when in doubt."""

import gc
import logging
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from weakref import ref

import duckdb
import pytest

from lib.access import PAGES_FOR, door, making, may_open, open_for
from lib.release import release_of
from lib.viewer import CITY, PROGRAMME, PUBLIC, RESEARCHER, ROLES, Viewer
from lib.warehouse import Warehouse, WarehouseMissing, WarehouseRefused, WarehouseUnreadable, open_current
from tests.access.conftest import Hidden

OTHERS = [Viewer(RESEARCHER), Viewer(PUBLIC)]


@pytest.fixture
def copied(demo_database: Path, tmp_path: Path) -> Path:
    """A public name of the test's own."""
    version = tmp_path / "cohort.20250101T000000000000.duckdb"
    shutil.copyfile(demo_database, version)
    shutil.copyfile(release_of(demo_database), tmp_path / "cohort.release.duckdb")
    public = tmp_path / "cohort.duckdb"
    public.symlink_to(version.name)
    return public


def test_the_programme_reads_the_published_database(demo_database: Path) -> None:
    assert open_for(Viewer(PROGRAMME), demo_database) is open_current(demo_database)
    assert not open_current(demo_database).limited


@pytest.mark.parametrize(("role", "limited", "minimum"), [(RESEARCHER, False, 10), (PUBLIC, True, 10), (CITY, True, 5)])
def test_everybody_else_reads_one_of_their_own(
    demo_database: Path, own: str, role: str, limited: bool, minimum: int
) -> None:
    viewer = Viewer(role, (own,) if role == CITY else ())
    warehouse = open_for(viewer, demo_database)
    assert (warehouse.viewer, warehouse.limited, warehouse.minimum_n) == (viewer, limited, minimum)
    assert warehouse.version.startswith(f"{open_current(demo_database).version}-{role}")
    assert open_for(viewer, demo_database) is warehouse


def test_two_viewers_share_neither_database_nor_version(demo_database: Path) -> None:
    ids = open_current(demo_database).fetch("select distinct city_id from assessment order by 1 limit 2")["city_id"]
    one, two = (open_for(Viewer(CITY, (city,)), demo_database) for city in ids)
    assert one is not two
    assert one.version != two.version
    assert all(city not in one.version + two.version for city in ids)


def test_many_at_once_wait_for_one_making(demo_database: Path, own: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(map(id, pool.map(lambda _: open_for(Viewer(CITY, (own,)), demo_database), range(16))))
    assert len(found) == 1


def test_a_new_version_replaces_the_old_one_which_closes(copied: Path, own: str) -> None:
    viewer = Viewer(CITY, (own,))
    old = ref(open_for(viewer, copied))
    new_file = copied.with_name("cohort.20260101T000000000000.duckdb")
    shutil.copyfile(copied.resolve(), new_file)
    copied.unlink()
    copied.symlink_to(new_file.name)
    new = open_for(viewer, copied)
    gc.collect()
    assert old() is None
    assert new is open_for(viewer, copied)


@pytest.mark.parametrize("left", [None, b"broken"])
def test_without_a_release_nobody_limited_is_shown_anything(copied: Path, own: str, left: bytes | None) -> None:
    viewers, release = (Viewer(CITY, (own,)), Viewer(PUBLIC)), release_of(copied)
    for viewer in viewers:
        assert open_for(viewer, copied).version.endswith("-r1")
    release.unlink()
    if left:
        release.write_bytes(left)
    for viewer in viewers:
        with pytest.raises(WarehouseRefused):
            open_for(viewer, copied)
    assert open_for(Viewer(RESEARCHER), copied).minimum_n == 10


def test_only_so_many_are_kept(demo_database: Path, own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST", 2)
    first = ref(open_for(Viewer(CITY, (own,)), demo_database))
    for viewer in OTHERS:
        open_for(viewer, demo_database)
    gc.collect()
    assert first() is None
    assert len(door._kept) == 2


@pytest.mark.parametrize("cities", [("nowhere",), ("",), ("'; drop table city; --",), ("%",)])
def test_a_city_that_is_not_there_sees_nothing(demo_database: Path, cities: tuple[str, ...]) -> None:
    """Without rows of its own to leave out, every figure would be one of everybody else."""
    with pytest.raises(WarehouseRefused) as refusal:
        open_for(Viewer(CITY, cities), demo_database)
    assert "nothing is shown" in str(refusal.value)


def test_of_a_viewers_cities_those_that_are_there_count(demo_database: Path, own: str) -> None:
    warehouse = open_for(Viewer(CITY, (own, "nowhere")), demo_database)
    assert list(warehouse.fetch("select city_id from city")["city_id"]) == [own]


def test_no_database_and_a_broken_one_are_told_as_to_the_programme(tmp_path: Path) -> None:
    for viewer in OTHERS:
        with pytest.raises(WarehouseMissing):
            open_for(viewer, tmp_path / "cohort.duckdb")
    (tmp_path / "cohort.duckdb").write_text("nothing")
    for viewer in OTHERS:
        with pytest.raises(WarehouseUnreadable):
            open_for(viewer, tmp_path / "cohort.duckdb")


def test_an_unknown_role_is_refused(demo_database: Path) -> None:
    with pytest.raises((WarehouseRefused, KeyError)):
        open_for(Viewer("admin"), demo_database)


def break_check(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(making, "statements", lambda folder: [(folder, "select 1")])


def break_statement(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        making, "run", lambda connection, *_: connection.execute("from published.city where name = error(name)")
    )


def break_lock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(making, "LOCKED", {"no_such_setting": True})


def leave_workings(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(making, "_clear", lambda _: None)


def widen_types(patch: pytest.MonkeyPatch) -> None:
    """As if a statement forgot to make its type its own: the published one lists every name."""

    def carry(connection: duckdb.DuckDBPyConnection, _: str) -> None:
        connection.execute("drop table city_attribute")
        connection.execute("create table city_attribute as from published.city_attribute limit 0")

    patch.setattr(making, "carry_comments", carry)


@pytest.mark.parametrize("fault", [break_check, break_statement, break_lock, leave_workings, widen_types])
@pytest.mark.parametrize("role", [CITY, RESEARCHER, PUBLIC])
def test_any_fault_while_making_refuses_in_one_calm_sentence(  # noqa: PLR0917
    demo_database: Path,
    own: str,
    hidden: Hidden,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    role: str,
    fault: Callable[[pytest.MonkeyPatch], None],
) -> None:
    """Neither the sentence nor the log says a name, though DuckDB's own words may."""
    fault(monkeypatch)
    with caplog.at_level(logging.DEBUG), pytest.raises(WarehouseRefused) as refusal:
        open_for(Viewer(role, (own,) if role == CITY else ()), demo_database)
    assert refusal.value.__cause__ is None
    assert refusal.value.__context__ is None
    assert hidden.found_in(f"{refusal.value}{caplog.text}") == []
    monkeypatch.undo()


def test_pages_are_known_for_every_role() -> None:
    assert set(PAGES_FOR) == set(ROLES)
    assert may_open(Viewer(PROGRAMME), "heatmap")
    assert not any(may_open(Viewer(role), "a page that nobody listed") for role in ROLES)
    assert not may_open(Viewer("admin"), "method")
    assert not may_open(Viewer(CITY, ("a",)), "heatmap")
    assert all(may_open(Viewer(role), "method") for role in ROLES)


def test_answers_are_remembered_for_one_viewer_alone(demo_database: Path, own: str) -> None:
    def answer(warehouse: Warehouse, _: str) -> str:
        return warehouse.viewer.role

    told = {viewer.role: open_for(viewer, demo_database).once(answer) for viewer in (*OTHERS, Viewer(CITY, (own,)))}
    assert told == {role: role for role in told}
