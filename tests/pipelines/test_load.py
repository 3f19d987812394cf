"""What becomes of each input answer: response, superseded or rejected, whatever the file says."""

from pathlib import Path

import duckdb
import pytest

import pipelines.load as loading
from pipelines.load import LoadError, Options, load
from tests.pipelines.loads import ask, load_text, tables

HEADER = "city,cycle,criterion_id,response,updated_at\n"
CITIES = """city_id,city,country,population
aurelio,São Aurélio,BR,173490
spring-il,Springfield,US,114000
spring-ma,Springfield,US,155000
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "cohort.duckdb"


def test_the_same_file_twice_changes_nothing(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{HEADER}Alder Falls,2025,DM1,yes,2025-01-31\nAlder Falls,2025,DM2,maybe,\n"
    load_text(database, text)
    before, target = tables(database), database.resolve()
    assert load_text(database, text).changed is False
    assert database.resolve() == target
    # And when it is rebuilt all the same, because a rule has changed, the tables hold the same.
    monkeypatch.setattr(loading, "_fingerprint", lambda _: "another rule")
    assert load_text(database, text).changed is True
    assert {name: rows for name, rows in tables(database).items() if name != "publication"} == {
        name: rows for name, rows in before.items() if name != "publication"
    }


def test_an_old_file_loaded_again_stays_older_than_what_came_after(database: Path) -> None:
    load_text(database, f"{HEADER}Alder Falls,2025,DM1,yes,\n")
    load_text(database, f"{HEADER}Alder Falls,2025,DM1,no,\n")
    load_text(database, f"{HEADER}Alder Falls,2025,DM1,yes,\n")
    assert ask(database, "select status::text, source_id from response") == [("not_met", 2)]


def test_a_later_submission_wins_criterion_by_criterion_and_so_does_its_blank(database: Path) -> None:
    load_text(database, f"{HEADER}Alder Falls,2025,DM1,yes,\nAlder Falls,2025,DM2,yes,\nAlder Falls,2025,DM3,yes,\n")
    load_text(database, f"{HEADER}alder  falls,2025,DM1,no,\nÁlder Falls,2025,DM2,,\n")
    assert ask(database, "select criterion_id::text, status::text from response order by all") == [
        ("DM1", "not_met"),
        ("DM2", "not_answered"),
        ("DM3", "met"),
    ]
    assert ask(database, "select accepted, superseded, rejected from source order by source_id") == [
        (1, 2, 0),
        (2, 0, 0),
    ]


def test_the_date_decides_before_the_order_of_loading(database: Path) -> None:
    load_text(database, f"{HEADER}Alder Falls,2025,DM1,yes,2025-06-01\nAlder Falls,2025,DM1,no,2025-05-01\n")
    load_text(database, f"{HEADER}Alder Falls,2025,DM1,no,2025-05-31 23:59\n")
    assert ask(database, "select status::text, row from response") == [("met", 2)]
    assert ask(database, "select superseded from source order by source_id") == [(1,), (1,)]


def test_each_reason_tells_row_column_and_value(database: Path) -> None:
    header = "city_id,city,cycle,stage,criterion_id,response,updated_at\n"
    rows = (
        ",,2025,validated,DM1,yes,",
        ",Nowhere,2025,validated,DM1,yes,",
        ",Springfield,2025,validated,DM1,yes,",
        "aurelio,,,validated,DM1,yes,",
        "aurelio,,2025,thirdly,DM1,yes,",
        "aurelio,,2025,validated,XX9,yes,",
        "aurelio,,2025,validated,DM1,perhaps,",
        "aurelio,,2025,validated,DM1,yes,2025-02-31",
        "aurelio,,2025,validated,DM1,yes,2/28/2025",
    )
    load_text(database, header + "\n".join(rows) + "\n", cities=CITIES)
    assert ask(database, 'select row, "column", value, reason::text from rejected order by row') == [
        (2, "city", "", "blank city"),
        (3, "city", "Nowhere", "unknown city"),
        (4, "city", "Springfield", "unknown city"),
        (5, "cycle", "", "blank cycle"),
        (6, "stage", "thirdly", "unknown stage"),
        (7, "criterion_id", "XX9", "unknown criterion"),
        (8, "response", "perhaps", "unknown response"),
        (9, "updated_at", "2025-02-31", "invalid date"),
    ]
    assert ask(database, "select answers, accepted, superseded, rejected from source") == [(9, 1, 0, 8)]


def test_a_wide_file_rejects_each_cell_of_a_blank_city(database: Path) -> None:
    load_text(database, "city,DM1,DM2,DM3\nAlder Falls,yes,no,\n,yes,no,\n", cycle="2025")
    assert ask(database, 'select row, "column", reason::text from rejected') == [(3, "city", "blank city")] * 3
    assert ask(database, "select rows, answers, accepted, rejected from source") == [(2, 6, 3, 3)]


@pytest.mark.parametrize(
    ("name", "city_id"),
    [
        ("São Aurélio", "sao-aurelio"),
        ("  ST. JOHN'S ", "st-john-s"),
        ("Tromsø", "tromso"),
        ("Ciudad de México", "ciudad-de-mexico"),
        ("東京", "東京"),
    ],
)
def test_a_city_without_a_cities_file_is_its_folded_name(database: Path, name: str, city_id: str) -> None:
    load_text(database, f"{HEADER}{name},2025,DM1,yes,\n")
    assert ask(database, "select city_id::text, name from city") == [(city_id, name.strip())]


def test_a_cities_file_gives_id_name_and_attributes(database: Path) -> None:
    load_text(database, f"{HEADER}SAO  AURELIO,2025,DM1,yes,\n", cities=CITIES)
    assert ask(database, "select city_id::text from response") == [("aurelio",)]
    assert ask(database, "select name, country, population, population_band from city where city_id = 'aurelio'") == [
        ("São Aurélio", "BR", 173490.0, "100,000 to 249,999")
    ]
    assert ask(database, "select attribute_id, kind from attribute order by position") == [
        ("country", "category"),
        ("population", "number"),
        ("population_band", "category"),
    ]


def test_bands_sort_by_size_and_reserved_names_get_a_suffix(database: Path) -> None:
    cities = "city,Population,Level,Mayor's party\nA,9000,x,\nB,2000000,y,Blue\nC,60000,z,Red\n"
    load_text(database, f"{HEADER}A,2025,DM1,yes,\n", cities=cities)
    assert ask(database, "select attribute_id, name from attribute order by position") == [
        ("population", "Population"),
        ("population_band", "Population band"),
        ("level_attribute", "Level"),
        ("mayor_s_party", "Mayor's party"),
    ]
    bands = ask(
        database, "select value::text from city_attribute where attribute_id = 'population_band' order by value"
    )
    assert bands == [("Under 50,000",), ("50,000 to 99,999",), ("1,000,000 and over",)]


def test_a_stage_and_cycle_come_from_the_file_before_the_command(database: Path) -> None:
    text = "city,cycle,stage,criterion,response\nA,2024,Validated,DM1,yes\nA,,,DM1,yes\n"
    load_text(database, text, cycle="2025", stage="self_reported")
    assert ask(database, "select cycle::text, stage::text, participation from assessment order by all") == [
        ("2024", "validated", "first_time"),
        ("2025", "self_reported", "returning"),
    ]


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (
            "city,criterion,response\nA,DM1,yes\n",
            {},
            "answers.csv: no column says the cycle; give it with --cycle LABEL",
        ),
        (
            f"{HEADER}A,2025,XX9,yes,\n",
            {},
            "answers.csv: not a single answer could be accepted: row 2 has unknown criterion 'XX9' in criterion_id",
        ),
        ("", {}, "answers.csv: is empty"),
        (f"{HEADER}A,2025,DM1,yes,\n", {"standard": "wwc-1999"}, "wwc-1999: no such standard, expected one of"),
    ],
)
def test_what_cannot_be_loaded_is_one_sentence(
    database: Path, text: str, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(LoadError) as fault:
        load_text(database, text, **options)
    assert str(fault.value).startswith(sentence)
    assert "\n" not in str(fault.value)
    assert not database.exists()


def test_real_data_and_a_demo_never_mix(database: Path, tmp_path: Path) -> None:
    text = f"{HEADER}A,2025,DM1,yes,\n"
    (tmp_path / "invented.csv").write_text(text)
    invented = Options("wwc-2022", synthetic=True)
    load([tmp_path / "invented.csv"], invented, database)
    assert ask(database, "select synthetic from publication") == [(True,)]
    assert load_text(database, text.replace("A,", "B,")).started_afresh is True
    assert ask(database, "select synthetic, city_id::text from publication, city") == [(False, "b")]
    with pytest.raises(LoadError, match="holds real data"):
        load([tmp_path / "invented.csv"], invented, database)


def test_every_column_is_in_the_codebook(database: Path) -> None:
    load_text(database, f"{HEADER}São Aurélio,2025,DM1,yes,\n", cities=CITIES.replace("country", "Weather"))
    with duckdb.connect(database, read_only=True) as connection:
        untold = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal and coalesce(comment, '') = '' "
            "union all select table_name, '' from duckdb_tables() where coalesce(comment, '') = ''"
        ).fetchall()
    assert untold == []
