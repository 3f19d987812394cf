"""The standards' files load, and every fault in one is a sentence that names the file and the key."""

import csv
from pathlib import Path

import pytest

from lib.standard import STANDARDS, Family, Standard, StandardError, load_standard, load_standards

SHARED = Path(__file__).parents[2] / "shared" / "standard" / "wwc-2022-criteria.csv"

SOUND = """
id = "s"
name = "Sound"
version = "1"
source = "test"
[[level]]
name = "Bronze"
minimum = 1
[[level]]
name = "Silver"
minimum = 2
[[grade]]
name = "Partly"
credit = 0.5
[[boundary]]
score = 1
note = "contested"
[[prerequisite]]
criterion = "A2"
requires = "A1"
[[family]]
id = "both"
name = "Both"
description = "Asks for one or two."
criteria = ["A1", "A2"]
serves = { A2 = "A" }
[[area]]
id = "A"
name = "First area"
[[area.criterion]]
id = "A1"
short_name = "One"
text = "Does it do one?"
[[area.criterion]]
id = "A2"
short_name = "Two"
text = "Does it do two?"
weight = 1.5
"""
THIRD = '[[area.criterion]]\nid = "A3"\nshort_name = "Three"\ntext = "Does it do three?"\nweight = 1.5'
TWIN = '[[area]]\nid = "A"\nname = "Twin"\n[[area.criterion]]\nid = "B1"\nshort_name = "B"\ntext = "B?"'


@pytest.fixture
def wwc() -> Standard:
    return load_standards()["wwc-2022"]


def read(text: str, folder: Path) -> Standard:
    path = folder / "some.toml"
    path.write_text(text, encoding="utf-8")
    return load_standard(path)


@pytest.mark.parametrize("path", sorted(STANDARDS.glob("*.toml")), ids=lambda path: path.name)
def test_every_file_of_data_standards_loads(path: Path) -> None:
    assert load_standard(path).id == path.stem


def test_wwc_has_43_criteria_in_8_areas(wwc: Standard) -> None:
    sizes = {area.id: len(area.criteria) for area in wwc.areas}
    assert sizes == {"DM": 9, "EVAL": 4, "LC": 7, "OD": 4, "PA": 5, "BF": 3, "RDC": 8, "CI": 3}
    assert [c.id for c in wwc.criteria[:2]] == ["DM1", "DM2"]
    assert wwc.score_max == len(wwc.criteria) == 43
    assert all(c.id.startswith(area.id) for area in wwc.areas for c in area.criteria)


def test_wwc_levels_boundaries_and_reworded_criteria(wwc: Standard) -> None:
    assert [(level.name, level.minimum) for level in wwc.levels] == [("Silver", 22), ("Gold", 30), ("Platinum", 37)]
    assert [boundary.score for boundary in wwc.boundaries] == [29, 36]
    assert wwc.prerequisites == ()
    reworded = {c.id for c in wwc.criteria if c.reworded_later}
    assert reworded == {"EVAL1", "EVAL2", "EVAL3", "EVAL4", "LC6", "LC7", "PA5", "BF1", "BF3", "RDC2"}


def test_wwc_has_the_words_of_the_source(wwc: Standard) -> None:
    if not SHARED.exists():
        pytest.skip(f"the source of the criteria is not at {SHARED.name} beside the checkout")
    with SHARED.open(encoding="utf-8-sig", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    ours = [
        (c.id, area.name, c.short_name, c.text, "yes" if c.reworded_later else "no")
        for area in wwc.areas
        for c in area.criteria
    ]
    assert ours == rows


def test_a_sound_file_is_read_whole(tmp_path: Path) -> None:
    standard = read(SOUND, tmp_path)
    assert (standard.aggregation, standard.noun_plural, standard.score_max) == ("count", "cities", 2.5)
    assert [c.weight for c in standard.criteria] == [1, 1.5]
    assert [(grade.name, grade.credit) for grade in standard.grades] == [("Partly", 0.5)]
    assert [(rule.criterion, rule.requires) for rule in standard.prerequisites] == [("A2", "A1")]
    assert standard.families == (Family("both", "Both", "Asks for one or two.", ("A1", "A2"), (("A2", "A"),)),)


def test_the_mean_of_areas_is_scored_out_of_100(tmp_path: Path) -> None:
    assert read('aggregation = "mean_of_areas"\n' + SOUND, tmp_path).score_max == 100


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "Sound"', "", "name is missing or empty"),
        ('name = "Sound"', 'name = " "', "name is missing or empty"),
        ('name = "Sound"', 'name = "Sound"\ncolour = "red"', "colour is not a known key"),
        (
            'version = "1"',
            'version = "1"\naggregation = "best"',
            "aggregation is 'best', expected one of count, mean_of_areas",
        ),
        ('text = "Does it do one?"', "", "area A: criterion A1: text is missing or empty"),
        ('short_name = "One"', "", "area A: criterion A1: short_name is missing or empty"),
        (
            'short_name = "One"',
            'short_name = "One"\nhint = "x"',
            "area A: criterion A1: hint is not a known key",
        ),
        (
            'short_name = "One"',
            'short_name = "One"\nreworded_later = 1',
            "criterion A1: reworded_later must be true or false",
        ),
        ('id = "A2"', 'id = "A1"', "criterion id A1 is repeated"),
        ("weight = 1.5", 'weight = "x"', "criterion A2: weight must be a number"),
        ("weight = 1.5", "weight = true", "criterion A2: weight must be a number"),
        ("weight = 1.5", f"weight = 0\n{THIRD}", "criterion A2: weight 0 is not above 0"),
        ('name = "Silver"', 'name = "Bronze"', "level name Bronze is repeated"),
        ("minimum = 2", "minimum = 1", "level Silver: minimum 1 is not above that of Bronze"),
        ("minimum = 2", "minimum = 3", "level Silver: minimum 3 is outside 1 to 2.5"),
        ("minimum = 1", "minimum = 0", "level Bronze: minimum 0 is outside 1 to 2.5"),
        ("credit = 0.5", "credit = 1", "grade Partly: credit 1 is not between 0 and 1"),
        ("credit = 0.5", 'credit = 0.5\n[[grade]]\nname = "partly"\ncredit = 0.2', "grade name partly is repeated"),
        ('requires = "A1"', 'requires = "A9"', "prerequisite of A2: A9 is not a criterion"),
        ('note = "contested"', "", "boundary 1: note is missing or empty"),
        ('criteria = ["A1", "A2"]', "", "family both: criteria must be a list of texts"),
        ('criteria = ["A1", "A2"]', 'criteria = "A1"', "family both: criteria must be a list of texts"),
        ('criteria = ["A1", "A2"]', 'criteria = ["A1", "A9", "A2"]', "family both: criteria: A9 is not a criterion"),
        ('criteria = ["A1", "A2"]', 'criteria = ["A2", "A2"]', "criterion of family both: A2 is repeated"),
        ('serves = { A2 = "A" }', "serves = 1", "family both: serves must be a table of texts"),
        ('serves = { A2 = "A" }', 'serves = { A2 = "Z" }', "serves: A2 = Z is not one of its criteria and an area"),
        ('serves = { A2 = "A" }', 'serves = { B1 = "A" }', "serves: B1 = A is not one of its criteria and an area"),
        ('description = "Asks for one or two."', "", "family both: description is missing or empty"),
        ('id = "both"', 'id = "A"', "area or family id A is repeated"),
        (
            '[[area]]\nid = "A"',
            '[[family]]\nid = "none"\nname = "N"\ndescription = "D"\ncriteria = []\n[[area]]\nid = "A"',
            "family none: criteria: is empty",
        ),
        (
            '[[area]]\nid = "A"',
            '[[area]]\nid = "B"\nname = "Empty"\n[[area]]\nid = "A"',
            "area B: criterion is missing",
        ),
        (
            '[[area]]\nid = "A"',
            f'{TWIN}\n[[area]]\nid = "A"',
            "area id A is repeated",
        ),
    ],
)
def test_a_fault_is_a_sentence_with_file_and_key(old: str, new: str, fault: str, tmp_path: Path) -> None:
    assert old in SOUND
    with pytest.raises(StandardError) as raised:
        read(SOUND.replace(old, new, 1), tmp_path)
    assert str(raised.value).startswith("some.toml: ")
    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id = ", "some.toml: cannot be read"),
        ('id = "s"\nname = "n"\nversion = "1"\nsource = "x"\n', "some.toml: area is missing"),
        ('id = "s"\nname = "n"\nversion = "1"\nsource = "x"\narea = "A"\n', "some.toml: area must be a list of tables"),
    ],
)
def test_a_file_that_is_no_standard_is_refused(text: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(StandardError, match=fault):
        read(text, tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StandardError, match=r"none\.toml: cannot be read"):
        load_standard(tmp_path / "none.toml")


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(SOUND, encoding="utf-8")
    with pytest.raises(StandardError, match="id s is repeated"):
        load_standards(tmp_path)
