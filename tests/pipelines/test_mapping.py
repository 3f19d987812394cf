"""A mapping says what a file cannot, and every fault in it is one sentence."""

import re
from pathlib import Path

import pytest

from pipelines.layouts import LayoutError
from pipelines.mapping import ColumnMapping, MappingError, load_mapping
from tests.pipelines.conftest import ROOT, ReadExport, csv_text


def test_everything_a_mapping_can_say(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(
        """
        city = "Name"
        cycle = "Wave"
        sheet = "Data"
        date_formats = ["%d/%m/%Y"]
        ignore = ["Total"]
        [attributes]
        "Inc. group" = "Income group"
        [criteria]
        "Keeps a list?" = "DM1"
        [answers]
        met = ["Ja", "Jawohl"]
        """,
        encoding="utf-8-sig",
    )
    assert load_mapping(path) == ColumnMapping(
        file="mapping.toml",
        columns={"city": "Name", "cycle": "Wave"},
        sheets=("Data",),
        date_formats=("%d/%m/%Y",),
        ignore=("Total",),
        attributes={"Inc. group": "Income group"},
        criteria={"Keeps a list?": "DM1"},
        answers={"Ja": "met", "Jawohl": "met"},
    )
    assert load_mapping(None) == ColumnMapping()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('town = "x"', "town is not a key of a mapping, expected one of city, city_id, "),
        ("city = 3", "city must be a text in quotes, not empty"),
        ('city = " "', "city must be a text in quotes, not empty"),
        ('ignore = "Total"', "ignore must be a list of texts in quotes"),
        ("attributes = [1]", "attributes must be a text in quotes, not empty"),
        ('attributes = "Region"', 'attributes must be a table of "header text" = "value"'),
        ('[criteria]\n"Keeps" = 1', "criteria.Keeps must be a text in quotes, not empty"),
        ('answers = ["Ja"]', "answers must be a table such as"),
        ('[answers]\nmet = "Ja"', "answers.met must be a list of texts in quotes"),
        ('[answers]\nperhaps = ["Ja"]', "answers.perhaps is not one of met, not_answered, not_applicable, not_met"),
        ('[criteria]\n"Keeps" = "ZZ9"', "criteria: ZZ9 is not a criterion of small"),
        ("city =", "cannot be read: "),
    ],
)
def test_refused_in_one_sentence(read_export: ReadExport, text: str, fault: str) -> None:
    with pytest.raises(MappingError) as refused:
        read_export("city,DM1\nAlder,Yes\n", mapping=text)
    assert str(refused.value).startswith(f"mapping.toml: {fault}")


def test_a_missing_mapping_file(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"^none.toml: cannot be read: "):
        load_mapping(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        ('cycle = "Wave"', "'Wave', the cycle column of mapping.toml, is not in the header"),
        ('ignore = ["Notes"]', "'Notes', the ignored column of mapping.toml, stands in 2 columns"),
        ('attributes = ["Region"]', "'Region', the attribute column of mapping.toml, is not in the header"),
    ],
)
def test_a_column_that_the_file_lacks(read_export: ReadExport, mapping: str, fault: str) -> None:
    with pytest.raises(LayoutError) as refused:
        read_export("city,DM1,Notes,Notes\nAlder,Yes,,\n", mapping=mapping)
    assert str(refused.value) == f"export.csv: {fault}"


def test_told_columns_win_over_known_ones(read_export: ReadExport) -> None:
    header = ["city", "place", "Region", "Total met", "keeps a list", "DM1", "EVAL1"]
    mapping = """
        city = "Place"
        ignore = ["TOTAL MET", "DM1"]
        attributes = ["Region"]
        [criteria]
        "Keeps a list?" = "DM1"
        [answers]
        met = ["Ja"]
    """
    reading = read_export(csv_text(header, ["elsewhere", "Alder", "North", "1", "Ja", "No", "Yes"]), mapping=mapping)
    assert reading.cells("city", "criterion", "answer") == [("Alder", "DM1", "Ja"), ("Alder", "EVAL1", "Yes")]
    assert reading.cities == [{"city_id": None, "city": "Alder", "state": None, "Region": "North"}]
    assert reading.table.attributes == ("Region",)
    assert reading.table.words == {"Ja": "met"}
    assert reading.table.unused == ("city",)


def test_told_columns_make_a_long_file(read_export: ReadExport) -> None:
    mapping = 'city = "who"\ncriterion = "what"\nanswer = "DM1"\nevidence = "why"\ndate_formats = ["%d.%m.%Y"]'
    reading = read_export("who,what,DM1,why\nAlder,EVAL1,Yes,plan\n", mapping=mapping)
    assert reading.table.layout == "long"
    assert reading.cells("city", "criterion", "answer", "evidence") == [("Alder", "EVAL1", "Yes", "plan")]
    assert reading.table.date_formats == ("%d.%m.%Y",)


def test_attributes_of_a_long_file(read_export: ReadExport) -> None:
    text = "city,Region,criterion,response\nAlder,North,DM1,Yes\nAlder,North,DM2,No\n"
    reading = read_export(text, mapping='[attributes]\n"Region" = "Part of the country"')
    assert reading.cities == [{"city_id": None, "city": "Alder", "state": None, "Part of the country": "North"}] * 2


def test_the_mapping_in_the_manual_loads(tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r"```toml\n(.*?)```", manual, re.DOTALL) if "[criteria]" in block]
    assert blocks
    for block in blocks:
        (tmp_path / "mapping.toml").write_text(block, encoding="utf-8")
        assert load_mapping(tmp_path / "mapping.toml").columns["city"] == "economy"
