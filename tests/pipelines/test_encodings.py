"""Text in whatever encoding and with whatever delimiter arrives letter by letter."""

from pathlib import Path

import pytest

from pipelines.load import LoadError
from tests.pipelines.conftest import ReadExport
from tests.pipelines.exports import WWC, load_into, table, write
from tests.pipelines.loads import ask

RECORDS = [
    ["City", "DM1", "DM1 evidence", "DM2"],
    ["São Aurélio", "Sim", "“ata”, n.º 3 – Câmara", "Não"],
    ["Peñón", "Sí", "año 2020; más", "No"],
]
READ = [
    ("DM1", "Peñón", "met", "año 2020; más"),
    ("DM1", "São Aurélio", "met", "“ata”, n.º 3 – Câmara"),
    ("DM2", "Peñón", "not_met", None),
    ("DM2", "São Aurélio", "not_met", None),
]
QUESTION = (
    "select criterion_id::text, name, status::text, evidence from response join city using (city_id) order by 1, 2"
)


CODECS = [
    ("utf-8", b""),
    ("utf-8", b"\xef\xbb\xbf"),
    ("cp1252", b""),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
    ("utf-16-le", b""),
    ("utf-16-be", b""),
]
DELIMITERS = [",", ";", "\t", "|"]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize(("codec", "mark"), CODECS)
def test_every_letter_is_read(read_export: ReadExport, codec: str, mark: bytes, delimiter: str) -> None:
    reading = read_export(mark + table(RECORDS, delimiter).encode(codec), standard=WWC)
    assert reading.cells("city", "criterion", "answer", "evidence") == [
        ("São Aurélio", "DM1", "Sim", "“ata”, n.º 3 – Câmara"),
        ("São Aurélio", "DM2", "Não", None),
        ("Peñón", "DM1", "Sí", "año 2020; más"),
        ("Peñón", "DM2", "No", None),
    ]


@pytest.mark.parametrize(
    ("codec", "mark", "delimiter"), [(*coded, DELIMITERS[number % 4]) for number, coded in enumerate(CODECS)]
)
def test_every_letter_arrives(tmp_path: Path, codec: str, mark: bytes, delimiter: str) -> None:
    path = write(tmp_path / "export.csv", mark + table(RECORDS, delimiter).encode(codec))
    load_into(tmp_path / "c.duckdb", path)
    assert ask(tmp_path / "c.duckdb", QUESTION) == READ


def test_windows_letters_far_behind_the_first_lines(tmp_path: Path) -> None:
    """What is seen at the head is UTF-8; the scan stumbles later."""
    many = [["City", "DM1"], *([f"City {number} {'x' * 90}", "Yes"] for number in range(15_000)), ["Peñón", "Sí"]]
    path = write(tmp_path / "export.csv", table(many).encode("cp1252"))
    load_into(tmp_path / "c.duckdb", path)
    assert ask(tmp_path / "c.duckdb", "select count(*), count(*) filter (name = 'Peñón') from city") == [(15_001, 1)]


def test_another_encoding_is_asked_for_and_told(tmp_path: Path) -> None:
    path = write(tmp_path / "export.csv", table(RECORDS).encode("mac-roman"))
    with pytest.raises(LoadError, match=r"^export.csv: it may not be in Windows-1252") as refused:
        load_into(tmp_path / "c.duckdb", path)
    assert "encoding = " in refused.value.proposal
    mapping = write(tmp_path / "mapping.toml", 'encoding = "mac-roman"')
    load_into(tmp_path / "c.duckdb", path, mapping=mapping)
    assert ask(tmp_path / "c.duckdb", QUESTION) == READ


def test_a_name_that_is_no_encoding(tmp_path: Path) -> None:
    path = write(tmp_path / "export.csv", table(RECORDS))
    mapping = write(tmp_path / "mapping.toml", 'encoding = "windows"')
    with pytest.raises(LoadError, match=r"^export.csv: 'windows' is not the name of an encoding"):
        load_into(tmp_path / "c.duckdb", path, mapping=mapping)
