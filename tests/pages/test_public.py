"""The pages of the public: how all of them do together, and who is certified; the figures are those that are told."""

import re
from pathlib import Path

import pandas as pd
import pytest

import lib.viewer
from lib.access import open_for
from lib.queries.published import published_rates
from lib.selection import Selection
from lib.viewer import CITY, PUBLIC, RESEARCHER, Viewer
from lib.warehouse import open_current
from tests.access.conftest import quiet_city
from tests.conftest import MakeCohort
from tests.pages.conftest import Open, opened, screen, table_in

__all__ = ["opened"]
THEN = Selection("wwc-2022", "2023", "validated")  # a cycle of few: one criterion without a rate, some with bounds


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COHORT_VIEWER", PUBLIC)


@pytest.mark.usefixtures("public")
def test_the_public_reads_every_criterions_rate_or_its_bounds(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, "rates", cycle="2023", stage="Validated")
    rates = published_rates(open_for(Viewer(PUBLIC), demo_database), THEN).set_index("criterion_id")
    for card in ("practice-areas", "pass-rates"):
        app.segmented_control(key=f"view-{card}").set_value("Table").run()
    table = table_in(app, "pass-rates").set_index("Code")
    assert list(table.index) == list(rates.index)
    exact, few = rates.index[rates["pass_rate"].notna()], rates.index[rates["answered"].isna()]
    assert 0 < len(few) < len(rates) - len(exact)
    for id_, row in rates.drop(index=few).iterrows():
        met = f"{row['met_low']:.0f} of" if id_ in exact else f"{row['met_low']:.0f} to {row['met_high']:.0f} of"
        assert str(table.loc[id_, "Pass rate"]).startswith(f"{met} {row['answered']:.0f} (")
    assert set(table.loc[few, "Pass rate"]) == {"fewer than 10 answers"}
    assert set(table.loc[few, "95 % interval"]) == {"–"}
    assert table["95 % interval"].drop(few).str.fullmatch(r"[<>]? ?\d+ % to [<>]? ?\d+ %").all()
    assert re.search(r"\d+ % of [\d,]+ answers meet their criterion: most in .*, least in .*\.", screen(app))
    assert len(table_in(app, "practice-areas")) == 8
    assert "cities in the 2023 cycle, validated answers" in screen(app)


@pytest.mark.usefixtures("public")
def test_the_public_turns_to_another_cycle_and_stage(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, "rates", cycle="2024", stage="Self-reported", versus="Nothing")
    assert "in the 2024 cycle, self-reported answers" in screen(app)
    assert "compared with" not in screen(app)
    assert "since" not in screen(app).lower()
    assert "compared with 2024" in screen(opened(demo_database, "rates"))


@pytest.mark.usefixtures("public")
def test_where_few_answered_the_public_is_told_so(opened: Open, cohort: MakeCohort) -> None:
    few = cohort([{"city": f"City {n}", "criterion_id": "DM1"} for n in range(9)])
    assert "No criterion has 10 answers yet." in screen(opened(few, "rates"))
    assert "No city has been announced as certified." in screen(opened(few, "certified"))


@pytest.mark.parametrize("role", [None, CITY, RESEARCHER, PUBLIC])
def test_everybody_reads_who_was_announced_and_nobody_else(
    opened: Open, demo_database: Path, monkeypatch: pytest.MonkeyPatch, role: str | None
) -> None:
    if role:
        monkeypatch.setenv("COHORT_VIEWER", role)
        monkeypatch.setenv("COHORT_CITIES", quiet_city(demo_database))
    told = open_current(demo_database).fetch(
        "select name, level, certification.cycle as cycle, announced_on::text as day from certification"
        " join city using (city_id)"
    )
    every = table_in(opened(demo_database, "certified", view="every"), "certified")
    assert list(every) == ["City", "Country", "Region", "Level", "Cycle", "Announced"]
    assert sorted(every[["City", "Level", "Cycle", "Announced"]].itertuples(index=False, name=None)) == sorted(
        told.itertuples(index=False, name=None)
    )
    app = opened(demo_database, "certified", split="region")
    latest = told.sort_values("cycle").drop_duplicates("name", keep="last")
    assert f"{len(latest)} cities have been certified: " in screen(app)
    by = table_in(app, "certified-by")
    assert by["All"].sum() == len(latest)
    assert by.drop(columns=["Region", "All"]).sum().to_dict() == latest["level"].value_counts().to_dict()


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("settings", "columns"),
    [
        *[("", []), ("[certified]\n", []), ('[certified]\nattributes = "country"', []), ("not toml", [])],
        ('[certified]\nattributes = ["country", 7, "nothing"]', ["Country"]),
    ],
)
def test_of_the_certified_only_what_the_settings_name_is_told(  # noqa: PLR0917
    opened: Open,
    demo_database: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    settings: str,
    columns: list[str],
) -> None:
    monkeypatch.setattr(lib.viewer, "SETTINGS", tmp_path / "settings.toml")
    (tmp_path / "settings.toml").write_text(settings)
    lib.access.door._kept.clear()
    table: pd.DataFrame = table_in(opened(demo_database, "certified"), "certified")
    assert list(table) == ["City", *columns, "Level", "Cycle", "Announced"]
    lib.access.door._kept.clear()
