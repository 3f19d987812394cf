"""Every table leaves every viewer's database, with nothing of what that viewer may not know."""

from dataclasses import replace
from pathlib import Path

import pytest

from lib.access import open_for
from lib.exports.formats import FORMATS, whole
from lib.exports.request import TITLES, offered, shapes
from lib.queries.choices import read_choices
from lib.selection import Selection
from lib.viewer import CITY, PUBLIC, RESEARCHER, Viewer
from lib.warehouse import open_current
from tests.lib.exports.conftest import Asked, ask

SHAPED = [(table, shape) for table in TITLES for shape in shapes(table)]


def seen_by(role: str, database: Path) -> Asked:
    own = ask(database, {}).gather("cities").rows["city_id"][3].as_py() if role == CITY else ""
    warehouse = open_for(Viewer(role, (own,) if own else ()), database)
    choices = read_choices(warehouse)
    return Asked(warehouse, choices, Selection.from_params({}, choices))


@pytest.mark.parametrize("role", [CITY, RESEARCHER, PUBLIC])
@pytest.mark.parametrize(("table", "shape"), SHAPED)
def test_no_table_fails_and_none_tells_a_name(demo_database: Path, role: str, table: str, shape: str) -> None:
    asked = seen_by(role, demo_database)
    export = asked.gather(table, shape)
    names = set(ask(demo_database, {}).gather("cities").rows["city"].to_pylist())
    own = set(seen_by(role, demo_database).gather("cities").rows["city"].to_pylist()) if role == CITY else set()
    for format_ in ("csv", "parquet", "package", "arrow", "xlsx"):
        content = whole(FORMATS[format_], export)
        assert not any(name.encode() in content for name in names - own)
    assert export.rows.num_rows == int(dict(export.receipt.facts)["rows"].replace(",", ""))
    assert dict(export.receipt.facts)["view"] != "the whole database"


def test_research_keeps_the_rows_and_asks_for_ten(demo_database: Path) -> None:
    asked, programme = seen_by(RESEARCHER, demo_database), ask(demo_database, {})
    assert asked.gather().rows.num_rows == programme.gather().rows.num_rows
    assert "fewer than 10 answers" in dict(asked.gather("criterion_rates").receipt.facts)["minimum number"]
    rates = asked.gather("criterion_rates").rows.to_pandas()
    assert rates.loc[rates["answered"] < 10, "pass_rate"].isna().all()
    changes = asked.gather("panel_changes").rows.to_pandas()
    assert changes.loc[changes["panel"] < 10, ["gained", "change", "low"]].isna().all(axis=None)


def test_one_city_is_offered_no_rates(demo_database: Path) -> None:
    assert {"criterion_rates", "panel_changes"}.isdisjoint(offered(seen_by(CITY, demo_database).standard, CITY))


def test_a_city_takes_its_own_rows_only(demo_database: Path) -> None:
    asked = seen_by(CITY, demo_database)
    (own,) = set(asked.gather().rows["city_id"].to_pylist())
    whole_ = open_current(demo_database).fetch(
        "select count(*) as n from assessment where city_id::text = $own", {"own": own}
    )
    assert whole_["n"].iloc[0] >= 1


def test_the_public_takes_rates_of_all_and_of_no_part(demo_database: Path) -> None:
    asked = seen_by(PUBLIC, demo_database)
    assert list(offered(asked.standard, PUBLIC)) == ["criterion_rates"]
    rates = asked.gather("criterion_rates").rows.to_pandas()
    assert len(rates) == len(asked.standard.criteria)
    assert (rates["pass_rate"].notna() == (rates["rate_status"] == "given")).all()
    assert rates["pass_rate"].notna().any()
    part = replace(asked, selection=replace(asked.selection, participation=("first_time",)))
    assert part.gather("criterion_rates").rows.num_rows == 0
