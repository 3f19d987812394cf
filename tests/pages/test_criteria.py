"""The page Criteria: five questions of all criteria, of an area or of a family, each with its sentence."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lib.standard import load_standards
from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen, table_in

VIEWS = ("rates", "difficulty", "groups", "claims", "together")
LEADER = ("LC4", "LC5", "LC6", "LC7")


def table(app: AppTest, card: str) -> pd.DataFrame:
    """The table twin of a card, once it is asked for."""
    app.segmented_control(key=f"view-{card}").set_value("Table").run()
    return table_in(app, card)


@pytest.fixture
def claimed(cohort: MakeCohort) -> Path:
    """Six cities that all claim DM1 to DM9; one of them is confirmed in everything, the others not in DM1."""
    rows = [
        {
            "city": f"City {n}",
            "criterion_id": f"DM{k}",
            "stage": stage,
            "response": "No" if stage == "validated" and k == 1 and n else "Yes",
        }
        for n in range(6)
        for k in range(1, 10)
        for stage in ("self_reported", "validated")
    ]
    return cohort(rows, [{"city_id": f"city-{n}", "name": f"City {n}", "country": "Peru"} for n in range(6)])


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_its_finding_and_its_cities(opened: Open, demo_database: Path, view: str) -> None:
    app = opened(demo_database, "criteria", view=view)
    assert app.selectbox(key="_view").value == view
    assert app.subheader
    assert "cities in the 2025 cycle, validated answers" in app.caption[-1].value or view == "rates"


@pytest.mark.parametrize(
    ("view", "card"),
    [("rates", "rates"), ("groups", "differences"), ("claims", "claims"), ("difficulty", "difficulty")],
)
def test_a_family_is_a_filter(opened: Open, demo_database: Path, view: str, card: str) -> None:
    app = opened(demo_database, "criteria", view=view, family="leader")
    assert set(table(app, card)["Code"]) == set(LEADER)


def test_pairs_of_a_family_have_one_of_it_at_least(opened: Open, demo_database: Path) -> None:
    pairs = table(opened(demo_database, "criteria", view="together", family="leader"), "together")
    assert all({first, second} & set(LEADER) for first, second in zip(pairs["Code"], pairs["With"], strict=True))
    assert len(pairs) == 4 * 39 + 6


def test_an_area_and_a_family_are_both_kept(opened: Open, demo_database: Path) -> None:
    both = opened(demo_database, "criteria", area="LC", family="regular")
    assert both.selectbox(key="_criterion").options == ["LC2 Use of Public Communications"]
    none = screen(opened(demo_database, "criteria", area="EVAL", family="leader"))
    assert "No criterion of this practice area is in this family." in none.replace("**", "")


def test_criteria_under_families_come_once_for_each(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, "criteria", columns="families")
    rows = table(app, "rates")
    families = load_standards()["wwc-2022"].families
    assert list(dict.fromkeys(rows["Family"])) == [*(family.name for family in families), "In no family"]
    assert len(rows) == sum(len(family.criteria) for family in families) + (rows["Family"] == "In no family").sum()
    assert "for PA: Performance Management Leadership" in set(rows["Criterion"])
    assert len(app.selectbox(key="_criterion").options) == 43


def test_a_standard_without_families_shows_nothing_of_them(opened: Open, cohort: MakeCohort, tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text(
        'id = "plain"\nname = "P"\nversion = "1"\nsource = "x"\n[[area]]\nid = "A"\nname = "A"\n'
        '[[area.criterion]]\nid = "A1"\nshort_name = "One"\ntext = "One?"\n',
        encoding="utf-8",
    )
    answers = [{"city": f"City {n}", "criterion_id": "A1"} for n in range(6)]
    database = cohort(answers, standard="plain", standards=tmp_path)
    for view in VIEWS:
        app = opened(database, "criteria", view=view, family="leader", columns="families")
        assert "amil" not in screen(app)
        assert not {"_family", "_columns"} & {box.key for box in app.selectbox}


def test_what_cities_claim_and_who_claims_most(opened: Open, claimed: Path) -> None:
    app = opened(claimed, "criteria", view="claims")
    words = screen(app)
    assert (
        "Most over-claimed: “Implementing Data Strategy and Governance”; 5 of 6 cities claimed it unconfirmed" in words
    )
    assert "5 of 6 cities claim more than was validated; 5 cities most, by 1 criterion each" in words
    rows = table_in(app, "claimants")
    assert rows["City"].tolist() == [f"City {n}" for n in (1, 2, 3, 4, 5, 0)]
    assert rows["Over-claimed"].tolist() == [1] * 5 + [0]


def test_where_there_is_nothing_to_compare_a_sentence_says_so(opened: Open, claimed: Path) -> None:
    groups = screen(opened(claimed, "criteria", view="groups"))
    assert "The cities of this selection are all of one group." in groups.replace("**", "")
    assert "is shown from 30 cities" in screen(opened(claimed, "criteria", view="difficulty"))
    together = screen(opened(claimed, "criteria", view="together"))
    assert "is shown from 30 cities that answered most criteria; here are 0" in together


def test_two_groups_by_the_address(opened: Open, demo_database: Path) -> None:
    offered = opened(demo_database, "criteria", view="groups", attribute="country").selectbox(key="_group").options
    one, other = (option.partition(" · ")[0] for option in offered[:2])
    app = opened(demo_database, "criteria", view="groups", attribute="country", group=one, against=other)
    assert app.selectbox(key="_against").value == other
    assert one not in {option.partition(" · ")[0] for option in app.selectbox(key="_against").options}
    assert f"Pass rate in {one} minus that in {other}" in screen(app)
