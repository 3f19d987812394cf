"""Crosswalks: the shipped ones load, and every fault in one is a sentence that names the file and the row."""

from pathlib import Path

import pytest

from lib.crosswalk import Row, load_crosswalk
from lib.standard import STANDARDS, Standard, StandardError, load_standards
from lib.strict_toml import TomlError

SHIPPED = sorted((STANDARDS / "crosswalks").glob("*.toml"))
HEAD = 'from_standard = "old"\nto_standard = "new"\nsource = "a test"\n'
OLD = """
id = "old"
name = "Old"
version = "1"
source = "a test"
area = [{ id = "A", name = "Area", criterion = [
    { id = "A1", short_name = "One", text = "One?" }, { id = "A2", short_name = "Two", text = "Two?" },
    { id = "A3", short_name = "Three", text = "Three?" },
] }]
"""


def row(**values: str) -> str:
    return "[[criterion]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())


def standards(folder: Path, *rows: str, head: str = HEAD) -> dict[str, Standard]:
    (folder / "old.toml").write_text(OLD, encoding="utf-8")
    (folder / "new.toml").write_text(OLD.replace('"old"', '"new"').replace("A3", "B3"), encoding="utf-8")
    (folder / "crosswalks").mkdir(exist_ok=True)
    (folder / "crosswalks" / "walk.toml").write_text(head + "\n".join(rows), encoding="utf-8")
    return load_standards(folder)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_crosswalks_say_who_knows(path: Path) -> None:
    walk = load_crosswalk(path)
    assert walk.source
    assert all(row.note for row in walk.rows)
    assert walk in load_standards()[walk.after].crosswalks


def test_the_first_data_criterion_of_2018_is_not_the_first_of_2022() -> None:
    """The first of the old data area is an inventory, the first of the new one governance."""
    walk = load_crosswalk(STANDARDS / "crosswalks" / "wwc-2018-to-wwc-2022.toml")
    assert {row.before: row.after for row in walk.rows}["DG1"] == "DM2"


def test_a_crosswalk_hangs_on_the_later_standard(tmp_path: Path) -> None:
    known = standards(
        tmp_path,
        row(**{"from": "A1", "to": "A2", "relation": "widened", "note": "more"}),
        row(**{"from": "A2", "to": "A1", "relation": "split"}),
        row(**{"from": "A2", "to": "B3", "relation": "split"}),
        row(**{"from": "A3", "relation": "dropped"}),
    )
    assert known["old"].crosswalks == ()
    (walk,) = known["new"].crosswalks
    assert (walk.before, walk.after) == ("old", "new")
    assert walk.rows[0] == Row("A1", "A2", "widened", "more")
    assert walk.rows[-1] == Row("A3", "", "dropped")


SAME = {"from": "A1", "to": "A1", "relation": "same"}
FAULTS = {
    "relation is 'equal', expected one of same, reworded": [{**SAME, "relation": "equal"}],
    "colour is not a known key": [{**SAME, "colour": "red"}],
    "from is missing or empty": [{"to": "A1", "relation": "same"}],
    "to is missing or empty": [{"from": "A1", "relation": "split"}],
    "A1 is dropped, so it has no `to`": [{**SAME, "relation": "dropped"}],
    "A1 is new, so it has no `from`": [{**SAME, "relation": "new"}],
    "from = A1 is repeated": [SAME, {**SAME, "to": "A2"}],
    "to = A1 is repeated": [SAME, {**SAME, "from": "A2"}],
    "to = B3 is repeated": [
        {"from": "A2", "to": "B3", "relation": "split"},
        {"from": "A1", "to": "B3", "relation": "same"},
    ],
    "A2 is split into B3 twice": [{"from": "A2", "to": "B3", "relation": "split"}] * 2,
    "A9 is not a criterion of old": [{**SAME, "from": "A9"}],
    "A3 is not a criterion of new": [{**SAME, "to": "A3"}],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence(tmp_path: Path, fault: str) -> None:
    with pytest.raises(StandardError) as raised:
        standards(tmp_path, *(row(**values) for values in FAULTS[fault]))
    assert str(raised.value).startswith("walk.toml: ")
    assert fault in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (HEAD.replace('"new"', '"old"'), "from_standard and to_standard are both old"),
        (HEAD.replace('"new"', '"newer"').replace('"old"', '"older"'), "neither older nor newer is a known standard"),
        (HEAD.replace('source = "a test"', ""), "source is missing or empty"),
    ],
)
def test_a_crosswalk_leads_from_one_known_standard_to_another(tmp_path: Path, head: str, fault: str) -> None:
    with pytest.raises(StandardError, match=fault):
        standards(tmp_path, head=head)


def test_two_standards_have_one_crosswalk(tmp_path: Path) -> None:
    standards(tmp_path)
    (tmp_path / "crosswalks" / "again.toml").write_text(
        HEAD.replace("from_standard", "x").replace("to_standard", "from_standard").replace("x =", "to_standard ="),
        encoding="utf-8",
    )
    with pytest.raises(StandardError, match="new and old have 2 crosswalks"):
        load_standards(tmp_path)


def test_a_standard_without_a_file_is_not_checked_yet(tmp_path: Path) -> None:
    known = standards(tmp_path, row(**{**SAME, "from": "X7"}), head=HEAD.replace('"old"', '"ancient"'))
    assert known["new"].crosswalks[0].rows[0].before == "X7"


def test_what_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "walk.toml").write_text("from_standard =", encoding="utf-8")
    with pytest.raises(TomlError, match=r"walk\.toml: cannot be read"):
        load_crosswalk(tmp_path / "walk.toml")
