"""Whatever bytes arrive: a sentence, or a database in which every input answer is accounted for."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.load import LoadError, Options, load
from tests.pipelines.conftest import EXPORTS
from tests.pipelines.hostile import SOUND
from tests.pipelines.loads import ask

CRITERIA = ["DM1", "DM2", "EVAL1", "lc-2", "Q7. OD1: Open data?", "ZZ9"]
WORDS = ["yes", "no", "Sim", "n/a", "", " ", "maybe", "0", "=1+1", "yes\nno", '"', "ÿ", "\t", "null", "x" * 300]
CITIES = ["Alder Falls", "alder  falls", "São Aurélio", "", "東京", "'; drop table city", "A,B", "\u202e"]
DATES = ["", "2025-01-31", "31/12/2025", "12/31/2025", "infinity", "2025-02-30", "9999-99-99"]
Mutation = tuple[float, int, bytes]
few = settings(max_examples=15, derandomize=True, suppress_health_check=list(HealthCheck))


def outcome(content: bytes, name: str) -> tuple[int, int, int, int] | None:
    """(answers, accepted, superseded, rejected) of the file as loaded; None where it was refused in one sentence."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        path, database = Path(folder) / name, Path(folder) / "cohort.duckdb"
        path.write_bytes(content)
        try:
            load([path], Options("wwc-2022", cycle="2025"), database)
        except LoadError as fault:
            assert "\n" not in str(fault).strip()
            assert not database.exists()
            return None
        counts = ask(database, "select answers, accepted, superseded, rejected from source")[0]
        stored = ask(database, "select (select count(*) from response), (select count(*) from rejected)")[0]
        assert (counts[1], counts[3]) == stored
        assert counts[0] == sum(counts[1:])
        return counts


def wide(records: list[tuple[str, list[str]]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["city", *CRITERIA])
    writer.writerows([city, *answers] for city, answers in records)
    return text.getvalue().encode()


def long(records: list[tuple[str, str, str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["city", "criterion", "response", "updated_at"])
    writer.writerows(records)
    return text.getvalue().encode()


def parquet(records: list[tuple[str, str, str, str]]) -> bytes:
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute("create table t (city text, criterion text, response text, updated_at text)")
        connection.executemany("insert into t values (?, ?, ?, ?)", records)
        connection.table("t").write_parquet(f"{folder}/t.parquet")
        return Path(folder, "t.parquet").read_bytes()


def mutated(content: bytes, mutations: list[Mutation]) -> bytes:
    """Bytes overwritten, put in, taken out or repeated."""
    for place, kind, extra in mutations:
        at = int(place * len(content))
        cut = {0: len(extra), 1: 0, 2: 4 * len(extra), 3: 0}[kind]
        put = content[at : at + 200] if kind == 3 else (b"" if kind == 2 else extra)
        content = content[:at] + put + content[at + cut :]
    return content


records = st.lists(
    st.tuples(st.sampled_from(CITIES), st.sampled_from(CRITERIA), st.sampled_from(WORDS), st.sampled_from(DATES)),
    min_size=1,
    max_size=30,
)
rows = st.lists(
    st.tuples(st.sampled_from(CITIES), st.lists(st.sampled_from(WORDS), min_size=6, max_size=6)), max_size=12
)
mutations = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 3), st.binary(min_size=1, max_size=20)), min_size=1, max_size=6
)


@pytest.mark.slow
@few
@given(st.binary(max_size=400), st.sampled_from(["", "PK\x03\x04", "PAR1", "\ufeffcity,DM1\n", "city,DM1\nA,yes\n"]))
def test_random_bytes(content: bytes, start: str) -> None:
    for name in ("noise.csv", "noise.xlsx"):
        outcome(start.encode() + content, name)


@pytest.mark.slow
@few
@given(
    st.lists(st.tuples(st.sampled_from(CITIES), st.lists(st.sampled_from(WORDS), min_size=6, max_size=6)), max_size=12)
)
def test_random_wide_tables(table: list[tuple[str, list[str]]]) -> None:
    counts = outcome(wide(table), "wide.csv")
    filled = [1 for city, answers in table if city.strip() or any(map(str.strip, answers))]
    if counts:
        assert counts[0] in (
            5 * len(filled),
            6 * len(filled),
        )  # a column that names nothing is read if it holds answers


@pytest.mark.slow
@few
@given(records, st.sampled_from([(long, "long.csv"), (parquet, "long.parquet")]))
def test_random_long_tables(
    table: list[tuple[str, str, str, str]], written: tuple[Callable[[list[tuple[str, str, str, str]]], bytes], str]
) -> None:
    write, name = written
    counts = outcome(write(table), name)
    if counts:
        assert counts[0] == len(table)


@pytest.mark.slow
@settings(few, max_examples=60)
@given(records, mutations, st.integers(0, 3))
def test_mutated_exports(table: list[tuple[str, str, str, str]], changes: list[Mutation], kind: int) -> None:
    whole = [long, parquet, lambda _: SOUND, lambda rows: wide([(row[0], [row[2]] * 6) for row in rows])][kind]
    outcome(mutated(whole(table), changes), ["a.csv", "a.parquet", "a.xlsx", "b.csv"][kind])


REAL = sorted(path for path in EXPORTS.glob("*") if path.suffix in {".csv", ".xlsx", ".parquet"})


@pytest.mark.slow
@pytest.mark.skipif(not REAL, reason="the real exports are not beside the repository")
@settings(few, max_examples=15)
@given(mutations, st.data())
def test_mutated_real_exports(changes: list[Mutation], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(REAL))
    outcome(mutated(path.read_bytes(), changes), path.name)
