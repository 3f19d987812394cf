"""Gaps, Next level, Compare: what they say of cities whose answers are known, at their edges, and to a city viewer."""

from pathlib import Path

import pytest

from lib.scenario import ticks_text
from lib.warehouse import open_current
from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen, table_in
from tests.pages.test_another_standard import schools  # noqa: F401  (a fixture)
from tests.pages.test_next import CODES, answers

OWN = ("gaps", "road", "compare")
EACH = pytest.mark.parametrize("page", OWN)


@pytest.fixture
def few(cohort: MakeCohort) -> Path:
    """Aldea meets 28 criteria and left out the last; five others meet 30, and a last one everything."""
    rows = answers("Aldea", 28, last="")
    for name in ("Brisa", "Cumbre", "Duna", "Estero", "Fuente"):
        rows += answers(name, 30)
    return cohort([*rows, *answers("Gruta", 43, last="Yes")])


def test_the_gaps_lead_with_what_most_peers_meet(opened: Open, few: Path) -> None:
    app = opened(few, "gaps", city="aldea")
    words = screen(app)
    first = [*CODES[28:30]]
    assert "15 criteria are not met or not answered by Aldea; 2 criteria share the highest leverage." in words
    assert "14 not met, 1 not answered" in words
    assert "Shortest road to Gold 2 criteria fewest criteria" in words
    assert "6 of 6 (100 %)" in words
    assert "Ask Brisa, Cumbre, Duna, Estero and 2 more" in words
    table = table_in(app, "gaps")
    assert list(table["Code"][:2]) == first
    assert list(table["Leverage"][:3]) == [2.0, 2.0, pytest.approx(0.17)]
    assert list(table.loc[table["Answer"] == "Not answered", "Code"]) == [CODES[-1]]


def test_an_effort_is_in_the_address_and_moves_the_list(opened: Open, few: Path) -> None:
    app = opened(few, "gaps", city="aldea", effort=f"{CODES[40]}:1")
    assert "".join(app.query_params["effort"]) == f"{CODES[40]}:1"
    assert "Shortest road to Gold 2 criteria least effort" in screen(app)
    assert "17 % of peers × 2 on the shortest road × 3 ÷ effort 1" in screen(app)
    cheap = opened(few, "gaps", city="aldea", effort=f"{CODES[40]}:1", sort="effort")
    assert table_in(cheap, "gaps")["Code"].iloc[0] == CODES[40]


def test_ticks_change_score_and_level(opened: Open, few: Path) -> None:
    app = opened(few, "road", city="aldea")
    assert "Aldea meets 28 of 43 criteria: Silver, 2 short of Gold." in screen(app)
    app.button(key="shortest").click().run()
    assert "".join(app.query_params["ticks"]) == ticks_text(CODES[28:30])
    words = screen(app)
    assert "With 2 more criteria Aldea would meet 30 of 43 criteria: Gold, 7 short of Platinum." in words
    assert "▲ +2 criteria by the ticks" in words
    assert "▲ +1 level" in words
    app.checkbox(key=f"_tick {CODES[28]}").uncheck().run()
    assert "With 1 more criterion Aldea would meet 29 of 43 criteria: still Silver, 1 short of Gold." in screen(app)
    assert "At the boundary." in screen(app)
    app.button(key="clear").click().run()
    assert "ticks" not in app.query_params


def test_a_link_repeats_the_scenario(opened: Open, few: Path) -> None:
    ticks = ticks_text([*CODES[30:32], CODES[0]])  # the first is met already: it is no tick
    app = opened(few, "road", city="aldea", ticks=ticks, aim="Platinum")
    assert "With 2 more criteria Aldea would meet 30 of 43" in screen(app)
    assert "The shortest road to Platinum (fewest criteria): 9 criteria" in screen(app)
    table = table_in(app, "scenario")
    assert list(table.loc[table["Ticked"] == "yes", "Code"]) == CODES[30:32]


def test_at_the_top_nothing_is_left(opened: Open, few: Path) -> None:
    assert "Gruta meets every criterion it was asked for." in screen(opened(few, "gaps", city="gruta"))
    words = screen(opened(few, "road", city="gruta"))
    assert "Gruta meets 43 of 43 criteria: Platinum, the highest level." in words
    assert "shortest road" not in words
    assert "Nothing is left to tick" in words


@EACH
def test_a_city_without_answers_is_told_so(opened: Open, few: Path, page: str) -> None:
    words = screen(opened(few, page, city="aldea", stage="Self-reported"))
    assert "Aldea" in words  # the database has one stage only, so the choice is dropped
    one = screen(opened(few, page))
    assert "This page is about one city." in one


def test_the_difference_between_cities_comes_first(opened: Open, few: Path) -> None:
    app = opened(few, "compare", city="aldea", **{"with": "gruta,brisa"})
    words = screen(app)
    assert "Aldea does not meet 15 criteria that at least one of the others meets, 2 of them by all 2" in words
    assert list(table_in(app, "they")["Code"][:3]) == [CODES[28], CODES[29], CODES[30]]
    assert list(table_in(app, "they").columns[2:5]) == ["Aldea", "Gruta", "Brisa"]
    assert "28 criteria without such a difference" in words
    back = opened(few, "compare", city="gruta", **{"with": "aldea"})
    assert "Gruta meets whatever the other meets, and 14 criteria that the other does not." in screen(back)
    assert "14 criteria that Gruta meets and others do not" in screen(back)


def test_at_most_four_and_only_known_ones(opened: Open, few: Path) -> None:
    asked = "brisa,nobody,cumbre,duna,estero,fuente,gruta,../../x"
    app = opened(few, "compare", city="aldea", **{"with": asked})
    assert app.multiselect(key="_with").value == ["brisa", "cumbre", "duna", "estero"]
    assert app.multiselect(key="_with").proto.max_selections == 4


def test_without_levels_only_the_score_is_told(opened: Open, schools: Path) -> None:  # noqa: F811
    for page in OWN:
        words = screen(opened(schools, page, city="school-0"))
        assert "school-0" not in words
        assert "level" not in words.lower().replace("this standard has no levels: ticks change the score only", "")
        assert "city" not in words.lower()
    words = screen(opened(schools, "road", city="school-0", ticks="T2"))
    assert "School 0: what if" in words
    assert "With 1 more criterion School 0 would score 100 of 100." in words
    assert "0 % of peers × 25 points" in screen(opened(schools, "gaps", city="school-0"))


@EACH
def test_a_city_viewer_sees_nobody_elses_answers(
    opened: Open, demo_database: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Own figures as the programme sees them; peers as groups; names of the certified only."""
    city = "select city_id from city_score where cycle = '2025' and stage = 'validated' and score < 25 order by all"
    own = str(open_current(demo_database).fetch(city)["city_id"].iloc[0])
    monkeypatch.setenv("COHORT_VIEWER", "city")
    monkeypatch.setenv("COHORT_CITIES", own)
    app = opened(demo_database, page)
    words = screen(app)
    assert "Seen as" in words
    if page == "gaps":
        assert "Ask " not in words.replace("ask them", "")
        assert "met it next" not in words
        assert "Which criteria they meet is not public" in words
        assert "What similar cities met next is not told here" in words
