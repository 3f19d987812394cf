"""The shared fixtures do what every other test relies on."""

from pathlib import Path

import duckdb
import pytest

from tests.conftest import CITIES, CYCLES, ROOT, MakeCohort, is_real, opened


def test_the_real_database_cannot_be_opened() -> None:
    with pytest.raises(pytest.fail.Exception, match="opened the real database"):
        duckdb.connect(str(ROOT / "data" / "cohort.duckdb"), read_only=True)
    with pytest.raises(pytest.fail.Exception, match="opened the real database"):
        duckdb.connect(database=ROOT / "data" / "cohort.20250101T000000000000.duckdb")


def test_only_the_real_database_is_guarded(tmp_path: Path) -> None:
    assert not is_real(":memory:")
    assert not is_real(str(tmp_path / "cohort.duckdb"))
    assert is_real(str(ROOT / "tests" / ".." / "data" / "cohort.duckdb"))


def test_the_demo_database_is_a_synthetic_cohort(demo_database: Path) -> None:
    with opened(demo_database) as connection:
        assert connection.execute("select synthetic from publication").fetchall() == [(True,)]
        assert connection.execute("select count(*) from city").fetchall() == [(CITIES,)]
        stages = connection.execute(
            "select distinct cycle::varchar, stage::varchar from assessment order by all"
        ).fetchall()
    assert len(stages) == CYCLES * 2


def test_a_cohort_is_built_from_dicts(cohort: MakeCohort) -> None:
    answers = [
        {"city": "São Aurélio", "criterion_id": "DM1"},
        {"city": "São Aurélio", "criterion_id": "DM2", "response": "No"},
    ]
    database = cohort(answers, [{"city_id": "aurelio", "city": "São Aurélio", "country": "Brazil"}])
    with opened(database) as connection:
        rows = connection.execute(
            "select city_id, criterion_id, stage, cycle, status from response order by 2"
        ).fetchall()
    assert rows == [("aurelio", "DM1", "validated", "2025", "met"), ("aurelio", "DM2", "validated", "2025", "not_met")]
    again = cohort([{"city": "São Aurélio", "criterion_id": "DM2", "cycle": "2024"}])
    with opened(again) as connection:
        assert connection.execute("select count(*) from assessment").fetchall() == [(2,)]
