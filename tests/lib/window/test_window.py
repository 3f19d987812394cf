"""The query window under attack: what does more than ask is refused, or stopped, in one sentence."""

import os
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pyarrow.parquet as pq
import pytest

from lib.access import open_for
from lib.queries.choices import read_choices
from lib.queries.literal import literal, with_values
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.viewer import CITY, RESEARCHER, Viewer
from lib.warehouse import Warehouse, open_current
from lib.window import running
from lib.window.examples import examples
from lib.window.running import answered
from lib.window.statement import Refused, check
from lib.window.taken import export_of, file_of
from tests.lib.window.attacks import BOMBS, REFUSED


@pytest.fixture(scope="module")
def warehouse(demo_database: Path) -> Warehouse:
    return open_current(demo_database)


def test_parsing_reads_no_file(warehouse: Warehouse, tmp_path: Path) -> None:
    """“import database” is carried out by the parser, which is not the database's own."""
    (tmp_path / "schema.sql").write_text("select 'read';")
    (tmp_path / "load.sql").write_text("")
    with pytest.raises(Refused, match="Rows come from the tables"):
        check(warehouse, f"import database '{tmp_path}'")


@pytest.mark.parametrize("sql", REFUSED, ids=lambda sql: sql[:40])
def test_what_does_more_than_ask_is_refused(warehouse: Warehouse, sql: str) -> None:
    with pytest.raises(Refused) as refused:
        check(warehouse, sql)
    assert str(refused.value).endswith((".", "!", '"', "”", ")")) or "Parser" in str(refused.value)
    assert str(warehouse.path.parent) not in str(refused.value)
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "sql",
    [
        "select 1",
        "select 1;",
        "-- a word\nselect ';' as x /* ; */",
        "select 'a;--' as x ; -- a word;\n ;",
        "with tables as (select 1) from tables",
        "from city",
        "table city",
        "describe city",
        "summarize city_score",
        "values (1), (2)",
        "select * from main.city",
        "with city as (select 1 as x) from city",
        "with recursive t(n) as (select 1 union all select n + 1 from t where n < 5) from t",
        "select wilson_low(3, 5), level_position('wwc-2022', 30)",
        "from range(5)",
        "select unnest([1, 2])",
    ],
)
def test_what_only_asks_is_run(warehouse: Warehouse, sql: str) -> None:
    assert answered(sql, warehouse).rows.num_columns


def test_even_past_the_check_nothing_is_within_reach(demo_database: Path, tmp_path: Path) -> None:
    """The second wall: the database is locked, whatever gets by the first."""
    (tmp_path / "secret.csv").write_text("a\n1\n")
    warehouse = open_current(demo_database)
    for sql in (
        f"from read_csv('{tmp_path}/secret.csv')",
        f"copy city to '{tmp_path}/out.csv'",
        "attach ':memory:' as m",
        "set memory_limit = '9GB'",
        "install httpfs",
        "create table x as select 1",
    ):
        with pytest.raises(duckdb.Error):
            warehouse.arrow(sql)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.slow
def test_bombs_are_stopped_while_others_read_on(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory and time stay within bounds, and a second reader of this process hardly notices."""
    monkeypatch.setattr(running, "SECONDS", 3.0)
    quiet = _latency(warehouse, 15)
    with ThreadPoolExecutor(2) as attackers:
        attacks = [attackers.submit(_stopped, sql, warehouse) for sql in BOMBS]
        time.sleep(1.0)
        loud = _latency(warehouse, 15)
        sentences = [attack.result() for attack in attacks]
    assert all(sentence.endswith(".") and len(sentence) < 200 for sentence in sentences)
    assert all("memory" in sentence or "stopped" in sentence for sentence in sentences)
    assert loud < max(10 * quiet, 0.25)  # the figure itself is in docs/performance.md
    assert _peak_of_children() < max(400 * 2**20, _own_peak())  # a child begins with the peak of its parent


def _stopped(sql: str, warehouse: Warehouse) -> str:
    with pytest.raises(Refused) as refused:
        answered(sql, warehouse)
    return str(refused.value)


def _latency(warehouse: Warehouse, times: int) -> float:
    """Seconds that a query of a page takes, the median."""
    taken = []
    for number in range(times):
        began = time.perf_counter()
        warehouse.arrow("select status, count(*) from response where row > $n group by all", {"n": number})
        taken.append(time.perf_counter() - began)
    return sorted(taken)[times // 2]


def _peak_of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _own_peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1.05 * 1024


def test_the_process_knows_nothing_of_ours(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COHORT_SECRET", "very secret")
    seen = []
    popen = running.subprocess.Popen
    monkeypatch.setattr(
        running.subprocess, "Popen", lambda *args, **options: seen.append(options["env"]) or popen(*args, **options)
    )
    answered("select 1", warehouse)
    assert set(seen[0]) <= {"LANG", "TMPDIR", "ARROW_DEFAULT_MEMORY_POOL", "MALLOC_ARENA_MAX"}
    assert os.environ["COHORT_SECRET"]


def test_the_first_rows_and_a_word_that_there_are_more(warehouse: Warehouse) -> None:
    answer = answered("select * from response order by all", warehouse, rows=10)
    assert (answer.rows.num_rows, answer.more) == (10, True)
    few = answered("select * from area", warehouse)
    assert not few.more


def test_names_twice_and_odd_types_can_be_shown(warehouse: Warehouse) -> None:
    answer = answered("select 1 as a, 2 as A, [1, 2] as l, {'x': 1} as s, interval 1 day as i, null as n", warehouse)
    assert answer.rows.column_names == ["a", "A_1", "l", "s", "i", "n"]
    assert answer.rows["l"].to_pylist() == ["[1, 2]"]


@pytest.mark.parametrize("viewer", [Viewer(RESEARCHER), "city"])
def test_each_viewer_asks_their_own_database(demo_database: Path, viewer: Viewer | str) -> None:
    whole = open_current(demo_database)
    ids = whole.fetch("select city_id, name from city order by all")
    if viewer == "city":
        viewer = Viewer(CITY, (str(ids["city_id"].iloc[0]),))
    assert isinstance(viewer, Viewer)
    own = open_for(viewer, demo_database)
    names = answered("select name from city order by all", own).rows["name"].to_pylist()
    assert names == own.arrow("select name from city order by all")["name"].to_pylist()
    words = export_of("", answered("select city_id from city", own), own).codebook["description"][0]
    assert ("key, made from its id" in words) == (viewer.role == RESEARCHER)
    hidden = set(ids["name"]) - set(names)
    assert len(hidden) >= len(ids) - 1
    with pytest.raises(Refused):
        answered(f"from '{demo_database}'", own)


def test_examples_run_and_come_from_the_data(warehouse: Warehouse) -> None:
    choices = read_choices(warehouse)
    selection = Selection.from_params({}, choices)
    made = examples(selection, choices, read_standard(warehouse, selection.standard), warehouse.minimum_n)
    assert len(made) == 3
    assert all(answered(sql, warehouse).rows.num_rows for sql in made.values())


def test_an_answer_carries_its_receipt(warehouse: Warehouse) -> None:
    sql = "select city_id, '=1+1' as formula from city order by all"
    export = export_of(sql, answered(sql, warehouse), warehouse)
    facts = dict(export.receipt.facts)
    assert (facts["statement"], facts["database version"]) == (sql, warehouse.version)
    assert file_of(sql, warehouse, "csv") == file_of(sql, warehouse, "csv")
    assert b"'=1+1" in ZipFile(BytesIO(file_of(sql, warehouse, "csv"))).read("query.csv")
    metadata = pq.read_schema(BytesIO(file_of(sql, warehouse, "parquet"))).metadata
    assert sql.encode() in metadata[b"receipt"]


@pytest.mark.parametrize(
    "value", ["'; drop table city; --", "\\", "''", "$cycle", "\n", "é🧭", ("a'b", "$x"), (), None, 1.5, True, -3]
)
def test_a_value_in_a_statement_is_itself_and_no_more(value: object) -> None:
    with duckdb.connect() as connection:
        row = connection.execute(with_values("select $value as v, 1 as one", {"value": value})).fetchone()  # type: ignore[dict-item]
    assert row == (list(value) if isinstance(value, tuple) else value, 1)
    assert literal("a\0b") == "'ab'"
