"""A report card says what the queries of the city pages say, and nothing of a peer that a city may not know."""

from pathlib import Path

import pytest

from lib.brief.contents import MARK
from lib.peers import Peers
from lib.queries import peers
from lib.queries.choices import read_choices
from lib.queries.gaps import city_gaps
from lib.report.contents import NotAssessed
from lib.report.parts import Card
from lib.selection import Selection
from lib.twins.peers import peer_rate
from lib.warehouse import open_current
from lib.words import count_of, percent
from tests.conftest import MakeCohort, opened
from tests.lib.brief.conftest import said
from tests.lib.brief.test_contents import held
from tests.lib.report.conftest import MakeCard, answers, towns, uncertified


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def words(card: Card) -> str:
    return plain(" ".join(said(card)))


def test_areas_are_those_of_the_query(demo_database: Path, first: str, card: MakeCard) -> None:
    made, warehouse = card(demo_database, first), open_current(demo_database)
    selection = Selection.from_params({}, read_choices(warehouse))
    areas = peers.peer_areas(warehouse, selection, first, Peers())
    assert [row.own for row in made.standing.rows] == [
        held(count_of(own, asked)) for own, asked in zip(areas["own"], areas["asked"], strict=True)
    ]
    for told, row in zip(made.standing.rows, areas.itertuples(), strict=True):
        assert told.peers
        assert (told.peers.q1, told.peers.median, told.peers.q3) == tuple(
            end / row.asked for end in (row.q1, row.median, row.q3)
        )
        assert told.n == str(row.n)
    assert made.standing.rows[-1].area == "All practice areas"


def test_gaps_are_those_of_the_query_in_its_order(demo_database: Path, first: str, card: MakeCard) -> None:
    made, warehouse = card(demo_database, first), open_current(demo_database)
    gaps = city_gaps(warehouse, Selection.from_params({}, read_choices(warehouse)), first, Peers())
    assert [gap.code for gap in made.gaps.rows] == gaps["criterion_id"].tolist()
    for told, (_, row) in zip(made.gaps.rows, gaps.iterrows(), strict=True):
        assert plain(told.told) == peer_rate(row)
        assert (told.low, told.high) == (row["low"], row["high"])
        assert plain(told.interval) == f"{percent(row['low'])} to {percent(row['high'])}"
    assert made.road
    assert {step.code for step in made.road.steps} == set(gaps.loc[gaps["on_road"], "criterion_id"])


def test_the_road_and_the_levels_agree(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    with opened(demo_database) as database:
        (short,) = database.execute(
            "select to_next from city_score where city_id::text = ? and cycle::text = '2025' and stage = 'validated'",
            [first],
        ).fetchone() or (0,)
    assert made.road
    assert len(made.road.steps) == short


def test_a_card_says_what_it_is_about(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first)
    assert made.about.mark == MARK
    assert made.about.caution == "For the programme’s own use: figures of peers are exact"
    for word in ("Wilson", "÷", "fewer than 5", made.about.version, f"/city?city={first}", "Silver from 22"):
        assert word in words(made)
    told = peers.peers_told(open_current(demo_database), selected(demo_database), first, Peers())
    assert plain(made.peering.told) == told
    assert told in plain(made.about.selection)


def selected(database: Path) -> Selection:
    return Selection.from_params({}, read_choices(open_current(database)))


def test_certified_is_said_only_of_what_was_published(demo_database: Path, card: MakeCard) -> None:
    warehouse = open_current(demo_database)
    rows = warehouse.fetch(
        "select city_id::text as city, certification.level as published from city_score "
        "left join certification using (standard_id, city_id, cycle) "
        "where cycle::text = '2025' and stage = 'validated' and city_score.level is not null order by 1"
    )
    published = rows.dropna().iloc[0]
    made = card(demo_database, published["city"])
    assert made.figures[1].value == published["published"]
    assert made.figures[1].detail.startswith("certified in 2025")
    for city in rows.loc[rows["published"].isna(), "city"].head(1):
        made = card(demo_database, city)
        assert made.figures[1].detail == "by score, not a certification"
        assert "certified" not in made.history.rows[0].level


def test_own_answers_are_indicative_and_never_certified(demo_database: Path, first: str, card: MakeCard) -> None:
    made = card(demo_database, first, stage="Self-reported")
    assert made.about.caution.startswith("Self-reported answers: levels are indicative")
    assert made.finding.startswith("By its own answers, the city")
    assert made.road
    assert "(indicative)" in made.road.title


def test_a_published_level_is_not_said_beside_own_answers(demo_database: Path, card: MakeCard) -> None:
    cities = (
        "select city_id::text as city from city_score semi join certification using (standard_id, city_id, cycle) "
        "where cycle::text = '2025' and stage = 'self_reported' order by 1 limit 1"
    )
    city = open_current(demo_database).fetch(cities)["city"][0]
    made = card(demo_database, city, stage="Self-reported")
    said = " ".join([*(f"{one.value} {one.detail}" for one in made.figures), *(row.level for row in made.history.rows)])
    assert "certified" not in said
    assert "(indicative)" in said or "No level" in said
    assert "certified" in card(demo_database, city).figures[1].detail


def test_no_number_stands_right_behind_the_name(demo_database: Path, first: str, card: MakeCard) -> None:
    """Behind a name in Arabic or Hebrew it would be drawn in front of it."""
    made = card(demo_database, first)
    for text in (made.about.short, made.about.selection):
        behind = text.removeprefix(made.name).lstrip(" ·,")
        assert behind != text
        assert behind[0].isalpha()


@pytest.mark.parametrize("as_city", [False, True])
def test_only_certified_peers_are_named_whoever_asks(
    demo_database: Path, first: str, card: MakeCard, as_city: bool
) -> None:
    hidden = uncertified(demo_database, first)
    assert len(hidden) > 9
    assert [name for name in hidden if name in words(card(demo_database, first, as_city=as_city))] == []


def test_a_city_alone_has_a_card_without_peers(cohort: MakeCohort, card: MakeCard) -> None:
    made = card(cohort(answers(["Alone"], met=21)), "c000")
    assert made.standing.title.startswith("Too few peers")
    assert {(row.peers, row.place) for row in made.standing.rows} == {(None, "–")}
    assert {(gap.rate, gap.told) for gap in made.gaps.rows} == {(None, "not enough peers to say")}
    assert "%" not in " ".join(gap.told + gap.interval for gap in made.gaps.rows)
    assert len(made.gaps.rows) == 22


def test_four_peers_give_no_percentage(cohort: MakeCohort, card: MakeCard) -> None:
    made = card(cohort(answers(towns(5))), "c000")
    assert {row.peers for row in made.standing.rows} == {None}
    assert {gap.interval for gap in made.gaps.rows} == {"–"}


def test_the_highest_level_has_no_road(cohort: MakeCohort, card: MakeCard) -> None:
    made = card(cohort(answers(towns(8), met=39)), "c000")
    assert made.road
    assert (made.road.title, made.road.steps) == ("Platinum is the highest level", ())
    everything = card(cohort(answers(towns(8), met=43)), "c000")
    assert everything.gaps.title == "No gaps: every criterion asked is met"
    assert everything.gaps.rows == ()


def test_change_is_since_the_compared_cycle(cohort: MakeCohort, card: MakeCard) -> None:
    made = card(cohort([*answers(towns(8), met=24), *answers(towns(8), met=20, cycle="2024")]), "c000")
    assert [(row.cycle, row.share, row.now) for row in made.history.rows] == [
        ("2025", 24 / 43, True),
        ("2024", 20 / 43, False),
    ]
    assert made.history.rows[0].change == "▲\u00a0+4 criteria"
    assert made.standing.peers_since == "Peers since 2024"
    assert (made.standing.rows[-1].change, made.standing.rows[-1].peers_change) == ("▲\u00a0+4", "▲\u00a0+4")


def test_who_sat_the_compared_cycle_out_is_told(cohort: MakeCohort, card: MakeCard) -> None:
    made = card(cohort([*answers(towns(8)), *answers(towns(8)[1:], cycle="2024")]), "c007")
    assert "Not assessed in 2024, so there is no change since then." in made.notes
    assert made.standing.versus == ""


def test_who_was_not_assessed_has_no_card(cohort: MakeCohort, card: MakeCard) -> None:
    database = cohort([*answers(towns(8), cycle="2024"), *answers(towns(7))])
    with pytest.raises(NotAssessed, match="c007 has no validated answers in 2025"):
        card(database, "c007")


def test_more_gaps_than_shown_are_counted(demo_database: Path, first: str, card: MakeCard) -> None:
    gaps = card(demo_database, first).gaps
    assert len(gaps.more) == len(gaps.rows) + 1
    assert gaps.more[-1] == ""
    assert gaps.more[2].startswith(f"And {len(gaps.rows) - 2} more")


def test_a_boundary_is_noted(cohort: MakeCohort, card: MakeCard) -> None:
    made = card(cohort(answers(towns(6), met=29)), "c000")
    assert made.notes[0].startswith("At the boundary of two levels: 29\u00a0of\u00a043")


def test_names_without_what_no_page_shows(cohort: MakeCohort, card: MakeCard) -> None:
    made = card(cohort(answers(["Ti\u202eny\x07 \n Town", *towns(6)[1:]])), "c000")
    assert made.name == "Tiny Town"
