"""The warehouse answers many readers at once, from the version that the link points at, and nothing else."""

import gc
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from lib import warehouse as module
from lib.warehouse import QueryTimedOut, Warehouse, WarehouseMissing, WarehouseUnreadable, open_current

SLOW = "select count(*) from range(10_000_000_000) a where hash(a.range) % 7 = 3"


def publish(public: Path, version: str) -> Path:
    """Write a tiny database under a versioned name and switch the public name to it, as the pipeline does."""
    target = public.with_name(f"cohort.{version}.duckdb")
    with duckdb.connect(str(target)) as connection:
        connection.execute("create table publication as select $1 as version", [version])
        connection.execute("create table family (id text)")
        connection.execute("create table crosswalk (id text)")
        connection.execute("create type size as enum ('small', 'big', 'huge')")
        connection.execute("create table thing (id int, size size, number int, label text, share double)")
        connection.execute("insert into thing values (1, 'big', null, 'a', 0.5), (2, 'small', 3, null, null)")
        connection.execute("insert into thing select range, 'huge', range, 'x' || range, null from range(3, 200)")
    switch = public.with_name("switch")
    switch.symlink_to(target.name)
    switch.replace(public)
    return target


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "cohort.duckdb"
    publish(path, "one")
    yield path
    module._current.clear()


def test_rows_come_as_plain_columns(public: Path) -> None:
    frame = open_current(public).fetch("select * from thing where id < 3 order by id")
    assert [str(dtype) for dtype in frame.dtypes] == ["int32", "str", "float64", "str", "float64"]
    assert frame["size"].tolist() == ["big", "small"]
    assert frame.isna().to_numpy().tolist() == [[False, False, True, False, False], [False, False, False, True, True]]


def test_values_are_bound(public: Path) -> None:
    warehouse = open_current(public)
    assert warehouse.fetch("select id from thing where label = $label", {"label": "a' or 1=1 --"}).empty
    assert warehouse.fetch("select id from thing where label = any($labels)", {"labels": ("a", "x3")})[
        "id"
    ].tolist() == [1, 3]
    assert warehouse.fetch("select id from thing where label = any($labels)", {"labels": ()}).empty


def test_arrow_gives_the_same_rows(public: Path) -> None:
    sql = "select id, label from thing order by id"
    warehouse = open_current(public)
    assert warehouse.arrow(sql).to_pylist() == warehouse.fetch(sql).astype(object).replace({pd.NA: None}).to_dict(
        "records"
    )


def test_a_reader_cannot_change_what_others_are_given(public: Path) -> None:
    warehouse = open_current(public)
    mine = warehouse.fetch("select id from thing order by id")
    mine.loc[0, "id"] = 99
    mine["more"] = 1
    yours = warehouse.fetch("select id from thing order by id")
    assert (yours.columns.tolist(), yours.loc[0, "id"]) == (["id"], 1)


def test_an_answer_is_remembered(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = open_current(public)
    first = warehouse.fetch("select random() as r")["r"][0]
    assert warehouse.fetch("select random() as r")["r"][0] == first
    assert warehouse.fetch("select random() as r where $x = 1", {"x": 1})["r"][0] != first


def test_the_memory_for_answers_is_bounded(public: Path) -> None:
    warehouse = Warehouse(public.resolve(), cache_bytes=10_000)
    for number in range(50):
        warehouse.fetch("select repeat('x', 1000) || $n as text", {"n": number})
    assert warehouse._cache._held <= 10_000
    assert 0 < len(warehouse._cache._answers) < 12
    big = warehouse.fetch("select repeat('x', 20_000) as text")
    assert len(big["text"][0]) == 20_000
    assert warehouse._cache._held <= 10_000


@pytest.mark.parametrize(
    "sql",
    [
        "insert into thing values (9, 'big', 1, 'b', 1)",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "copy thing to '/tmp/stolen.csv'",
        "attach ':memory:' as other; attach '/tmp/x.duckdb' as more",
        "set enable_external_access = true",
        "set threads = 64",
        "install httpfs",
        "select * from mine",
    ],
)
def test_nothing_but_reading_is_possible(public: Path, sql: str) -> None:
    mine = pd.DataFrame({"a": [1]})
    with pytest.raises(duckdb.Error):
        open_current(public).fetch(sql)
    assert len(mine) == 1


def test_a_query_over_the_limit_is_stopped_and_the_warehouse_goes_on(public: Path) -> None:
    warehouse = Warehouse(public.resolve(), time_limit=0.2)
    with pytest.raises(QueryTimedOut, match=r"longer than 0\.2 seconds"):
        warehouse.fetch(SLOW)
    assert warehouse.fetch("select 1 as one")["one"].tolist() == [1]
    with pytest.raises(QueryTimedOut):
        warehouse.fetch(SLOW)


def test_a_wrong_query_is_an_error_each_time(public: Path) -> None:
    for _ in range(2):
        with pytest.raises(duckdb.CatalogException):
            open_current(public).fetch("select * from nowhere")


def test_no_thread_sees_the_rows_of_another(public: Path) -> None:
    warehouse = open_current(public)
    start = threading.Barrier(8)

    def ask(reader: int) -> list[tuple[int, list[int]]]:
        start.wait()
        sql = "select number from thing where id between $low and $low + 2 and $reader > 0"
        lows = [3 + (reader * 7 + step) % 190 for step in range(60)]
        return [(low, warehouse.fetch(sql, {"low": low, "reader": reader})["number"].tolist()) for low in lows]

    with ThreadPoolExecutor(8) as pool:
        answers = [answer for reader in pool.map(ask, range(1, 9)) for answer in reader]
    assert len(answers) == 480
    assert all(numbers == [low, low + 1, low + 2] for low, numbers in answers)


def test_readers_who_ask_the_same_at_once_share_one_answer(public: Path) -> None:
    warehouse = open_current(public)
    start = threading.Barrier(8)

    def ask(_: int) -> float:
        start.wait()
        return float(warehouse.fetch("select sum(hash(range)), random() as r from range(2_000_000)")["r"][0])

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def open_files() -> set[str]:
    handles = Path("/proc/self/fd")
    return {str(handle.readlink()) for handle in handles.iterdir() if handle.is_symlink()}


def test_a_new_version_is_followed_and_the_old_one_closes_when_nobody_holds_it(public: Path) -> None:
    old = open_current(public)
    old_path = str(old.path)
    assert open_current(public) is old
    publish(public, "two")
    new = open_current(public)
    assert (old.version, new.version) == ("one", "two")
    assert len(old.fetch("select * from thing where id = 5")) == 1, "a run that began on the old version ends on it"
    assert old_path in open_files()
    del old
    assert old_path not in open_files()
    assert open_current(public) is new


def test_an_old_version_closes_after_a_failed_query_too(public: Path) -> None:
    old = open_current(public)
    old_path = str(old.path)
    with pytest.raises(duckdb.Error):
        old.fetch("select nonsense")
    publish(public, "two")
    open_current(public)
    del old
    gc.collect()
    assert old_path not in open_files()


def test_eight_readers_open_one_database(public: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len({id(warehouse) for warehouse in pool.map(lambda _: open_current(public), range(64))}) == 1


def test_no_database_is_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehouseMissing, match="python -m pipelines demo"):
        open_current(tmp_path / "cohort.duckdb")


def test_a_link_to_nothing_is_a_missing_database(public: Path) -> None:
    public.resolve().unlink()
    with pytest.raises(WarehouseMissing):
        open_current(public)


@pytest.mark.parametrize("content", [b"", b"city,cycle\nA,2025\n", os.urandom(20_000)])
def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cohort.duckdb"
    path.write_bytes(content)
    with pytest.raises(WarehouseUnreadable, match=r"^cohort\.duckdb is not a cohort database") as refused:
        open_current(path)
    assert "\n" not in str(refused.value)


def test_another_duckdb_file_is_not_a_cohort_database(tmp_path: Path) -> None:
    path = tmp_path / "cohort.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(WarehouseUnreadable):
        open_current(path)


def test_a_database_of_an_older_program_is_to_be_built_again(public: Path) -> None:
    with duckdb.connect(str(public.resolve())) as connection:
        connection.execute("drop table family")
    with pytest.raises(WarehouseUnreadable, match="family"):
        open_current(public)


def test_what_is_worked_out_once_is_worked_out_anew_for_a_new_version(public: Path) -> None:
    asked: list[str] = []

    def version(warehouse: Warehouse, about: str) -> str:
        asked.append(about)
        return warehouse.version + about

    assert [open_current(public).once(version, "!") for _ in range(3)] == ["one!"] * 3
    publish(public, "two")
    assert [open_current(public).once(version, about) for about in ("!", "?", "!")] == ["two!", "two?", "two!"]
    assert asked == ["!", "!", "?"]
