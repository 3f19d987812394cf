"""Cities are matched by id, name, name and state, or alias; what only resembles one is proposed, never taken."""

from pathlib import Path

import pytest

from pipelines.load import LoadError
from tests.pipelines.exports import CITIES, answers, load_into, table, write
from tests.pipelines.loads import ask

FOUND = "select distinct city_id::text from response"


WAYS = [
    ("birchmont", "birchmont"),
    (" BIRCHMONT ", "birchmont"),
    ("Birchmont, TX", "birchmont"),
    ("Birchmont (tx)", "birchmont"),
    ("City of Birchmont", "birchmont"),
    ("Birchmont, TX, US", "birchmont"),
    ("alder-falls", "alder-falls"),
    ("Alder Falls, OH", "alder-falls"),
    ("alder falls ns", "alder-falls-ns"),
    ("ALDER FALLS - Ns", "alder-falls-ns"),
    ("Sao Aurelio", "sao-aurelio"),
    ("Município de São Aurélio", "sao-aurelio"),
    ("são aurélio/bahia", "sao-aurelio"),
    ("Alder Falls, Ohio", "alder-falls"),
    ("Alder Falls, Nova Scotia, Canada", "alder-falls-ns"),
    ("Birchmont, Texas, United States", "birchmont"),
    ("São Aurélio, BA", "sao-aurelio"),
    ("São Aurélio (BA), Brasil", "sao-aurelio"),
]


def test_every_way_to_write_a_city(tmp_path: Path) -> None:
    """A cycle for each way, so that none takes the place of another."""
    rows = [[written, f"{cycle}", "Yes"] for cycle, (written, _) in enumerate(WAYS, 2000)]
    path = write(tmp_path / "f.csv", table([["City", "Cycle", "DM1"], *rows]))
    load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    found = dict(ask(tmp_path / "c.duckdb", "select cycle::text, city_id::text from response"))
    assert {written: found.get(cycle) for written, cycle, _ in rows} == dict(WAYS)


def test_what_is_not_exactly_one_city_is_set_aside(tmp_path: Path) -> None:
    """A name that two cities share names neither; a near match is none."""
    others = ["Alder Falls", "Alder Falls, TX", "Birchmond", "Birch"]
    path = write(tmp_path / "f.csv", table([["City", "DM1"], *([name, "Yes"] for name in [*others, "Sao Aurelio"])]))
    load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    assert ask(tmp_path / "c.duckdb", FOUND) == [("sao-aurelio",)]
    aside = ask(tmp_path / "c.duckdb", "select value, reason::text from rejected order by row")
    assert aside == [(name, "unknown city") for name in others]


def test_a_state_that_two_countries_have_is_read_only_where_the_country_is_known(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", table([["City", "DM1"], ["Ceiba, Pennsylvania", "Yes"], ["Alder", "Yes"]]))
    for number, (lines, cities) in enumerate(
        [
            ("city_id,city,state\nceiba,Ceiba,PA\nalder,Alder,OH\n", ["alder"]),
            ("city_id,city,state,country\nceiba,Ceiba,PA,Brazil\nalder,Alder,OH,US\n", ["alder"]),
            ("city_id,city,state,country\nceiba,Ceiba,PA,USA\nalder,Alder,OH,USA\n", ["alder", "ceiba"]),
            ("city_id,city,state,country\nceiba,Ceiba,PA,Panama\nalder,Alder,OH,US\n", ["alder"]),
        ]
    ):
        load_into(tmp_path / f"{number}.duckdb", path, cities=lines)
        assert ask(tmp_path / f"{number}.duckdb", f"{FOUND} order by 1") == [(city,) for city in cities]


def test_a_near_match_is_proposed(tmp_path: Path) -> None:
    path = write(
        tmp_path / "f.csv", table([["City", "DM1"], ["Birchmond", "Yes"], ["Zelkova", "No"], ["Sao Aurelio", "Yes"]])
    )
    report = load_into(tmp_path / "c.duckdb", path, cities=CITIES)
    assert report.notes == ("f.csv: 'Birchmond' may be Birchmont (birchmont); if it is, say so in an aliases file",)


def test_the_state_decides_which_of_two_is_near(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", table([["City", "DM1"], ["Alder Fals, Ohio", "Yes"], ["Sao Aurelio", "Yes"]]))
    (note,) = load_into(tmp_path / "c.duckdb", path, cities=CITIES).notes
    assert "may be Alder Falls (alder-falls);" in note


def test_an_alias_settles_it(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", table([["City", "DM1"], ["Birchmond", "Yes"], ["The Falls", "No"]]))
    lines = "from;to;reason\nbirchmond;birchmont;misspelt in 2023\nThe Falls;Alder Falls, OH;its nickname\n"
    aliases = write(tmp_path / "aliases.csv", lines)
    report = load_into(tmp_path / "c.duckdb", path, cities=CITIES, aliases=aliases)
    assert ask(tmp_path / "c.duckdb", f"{FOUND} order by 1") == [("alder-falls",), ("birchmont",)]
    assert report.notes == ()


def test_an_alias_without_a_cities_file(tmp_path: Path) -> None:
    rows = [["City", "DM1"], ["Alder Falls", "Yes"], ["Birchmont", "Yes"], ["The Falls", "No"]]
    aliases = write(tmp_path / "aliases.csv", "from,to,reason\nThe Falls,Alder Falls,its nickname\n")
    load_into(tmp_path / "c.duckdb", write(tmp_path / "f.csv", table(rows)), aliases=aliases)
    assert ask(tmp_path / "c.duckdb", f"{FOUND} order by 1") == [("alder-falls",), ("birchmont",)]
    assert ask(tmp_path / "c.duckdb", "select superseded from source") == [(1,)]


def test_an_alias_to_no_city_is_no_city(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", table([["City", "DM1"], ["Birchmond", "Yes"]]))
    aliases = write(tmp_path / "aliases.csv", "from,to,reason\nBirchmond,Nowhere,a mistake\n")
    with pytest.raises(LoadError, match="unknown city 'Birchmond'"):
        load_into(tmp_path / "c.duckdb", path, cities=CITIES, aliases=aliases)


STATED = "City,State,DM1\nAlder Falls,Ohio,Yes\nalder falls,NS,No\nBirchmont,MA,Yes\nBirchmont,,No\n"


def test_a_column_of_states_tells_cities_of_one_name_apart(tmp_path: Path) -> None:
    """A city whose state the list knows to be another one is another city."""
    load_into(tmp_path / "c.duckdb", write(tmp_path / "f.csv", STATED), cities=CITIES)
    found = [(city, status) for city, _, _, status in answers(tmp_path / "c.duckdb")]
    assert found == [("alder-falls", "met"), ("alder-falls-ns", "not_met"), ("birchmont", "not_met")]
    assert ask(tmp_path / "c.duckdb", 'select row, "column", value from rejected') == [(4, "City", "Birchmont, MA")]


def test_without_a_list_cities_of_several_states_are_several(tmp_path: Path) -> None:
    load_into(tmp_path / "c.duckdb", write(tmp_path / "f.csv", STATED.partition("Birch")[0]))
    assert ask(tmp_path / "c.duckdb", "select city_id::text, name from city order by 1") == [
        ("alder-falls-ns", "alder falls, NS"),
        ("alder-falls-ohio", "Alder Falls, Ohio"),
    ]


def test_a_list_without_ids_keeps_cities_of_one_name_apart(tmp_path: Path) -> None:
    cities = "city,state,country\nAlder Falls,OH,US\nAlder Falls,NS,CA\nBirchmont,TX,US\n"
    load_into(tmp_path / "c.duckdb", write(tmp_path / "f.csv", STATED), cities=cities)
    known = ask(tmp_path / "c.duckdb", "select city_id::text, state::text from city order by 1")
    assert known == [("alder-falls-ns", "NS"), ("alder-falls-oh", "OH"), ("birchmont", "TX")]
