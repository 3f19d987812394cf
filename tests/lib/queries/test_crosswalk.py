"""Two standards in one database: only what the crosswalk maps is compared, the rest is listed."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.queries.choices import read_choices
from lib.queries.crosswalk import Against, crosswalk, other_cycles
from lib.queries.gains import criterion_gains
from lib.queries.panel import change_parts, city_changes
from lib.selection import MINIMUM_N, Selection
from lib.warehouse import Warehouse, open_current
from tests.conftest import MakeCohort
from tests.lib.queries.selections import rows

OLD = {"A1": "Air", "A2": "Water", "A3": "Soil", "A4": "Fire"}
NEW = {"A1": "Water", "B1": "Clean air", "B2": "Rich soil", "B3": "Deep soil", "B4": "Fire", "B5": "Light"}
RELATIONS = (
    ("A2", "A1", "same"),
    ("A1", "B1", "reworded"),
    ("A3", "B2", "split"),
    ("A3", "B3", "split"),
    ("", "B5", "new"),
)  # A4 and B4 are not mapped: they have a name in common, and that is no source
COMPARED = {"A1": "A2", "B1": "A1"}
CYCLE, BEFORE = "2024", "2020"


def standard(id_: str, criteria: dict[str, str]) -> str:
    listed = ", ".join(f'{{ id = "{id_}", short_name = "{name}", text = "{name}?" }}' for id_, name in criteria.items())
    head = f'id = "{id_}"\nname = "Elements"\nversion = "{id_}"\nsource = "a test"\n'
    area = f'area = [{{ id = "A", name = "All", criterion = [{listed}] }}]\n'
    return f'{head}level = [{{ name = "Fair", minimum = 2 }}]\n{area}'


def walk() -> str:
    keys = ("from", "to", "relation")
    filled = ({key: value for key, value in zip(keys, row, strict=True) if value} for row in RELATIONS)
    tables = ("[[criterion]]\n" + "\n".join(f'{key} = "{value}"' for key, value in row.items()) for row in filled)
    return 'from_standard = "old"\nto_standard = "new"\nsource = "a test"\n' + "\n".join(tables)


Answers = dict[tuple[str, str], dict[str, bool]]  # (standard, city) → criterion → met


@pytest.fixture
def answers() -> Answers:
    dice = random.Random(4)  # noqa: S311
    towns = {"old": range(9), "new": range(2, 12)}
    criteria = {"old": OLD, "new": NEW}
    return {
        (id_, f"town-{n}"): {c: dice.random() < 0.5 for c in criteria[id_]} for id_, some in towns.items() for n in some
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "standards"
    (folder / "crosswalks").mkdir(parents=True)
    (folder / "old.toml").write_text(standard("old", OLD), encoding="utf-8")
    (folder / "new.toml").write_text(standard("new", NEW), encoding="utf-8")
    (folder / "crosswalks" / "old-new.toml").write_text(walk(), encoding="utf-8")
    return folder


@pytest.fixture
def warehouse(answers: Answers, folder: Path, cohort: MakeCohort) -> Warehouse:
    def given(id_: str, cycle: str) -> list[dict[str, object]]:
        return [
            {"city": town, "cycle": cycle, "criterion_id": criterion, "response": "Yes" if met else "No"}
            for (asked, town), all_of in answers.items()
            if asked == id_
            for criterion, met in all_of.items()
        ]

    cohort(given("old", BEFORE), standard="old", standards=folder)
    return open_current(cohort(given("new", CYCLE), standard="new", standards=folder))


Select = Callable[[str], Selection]


@pytest.fixture
def new(warehouse: Warehouse) -> Selection:
    return Selection.from_params({"standard": "new"}, read_choices(warehouse))


def test_the_other_standard_is_offered_from_both_sides(warehouse: Warehouse, new: Selection) -> None:
    assert rows(other_cycles(warehouse, new), "standard_id", "cycle") == [("old", BEFORE)]
    old = Selection.from_params({"standard": "old"}, read_choices(warehouse))
    assert rows(other_cycles(warehouse, old), "standard_id", "cycle") == [("new", CYCLE)]


@pytest.mark.parametrize(("alike", "compared"), [(False, COMPARED), (True, {"A1": "A2"})])
def test_only_mapped_criteria_are_compared(
    warehouse: Warehouse, new: Selection, answers: Answers, alike: bool, compared: dict[str, str]
) -> None:
    found = criterion_gains(warehouse, new, Against("old", BEFORE, alike=alike))
    both = [town for id_, town in answers if id_ == "old" and ("new", town) in answers]
    expected = []
    for criterion, earlier in compared.items():
        pairs = [(answers["old", town][earlier], answers["new", town][criterion]) for town in both]
        expected.append((criterion, earlier, len(both), pairs.count((False, True)), pairs.count((True, False))))
    assert rows(found, "criterion_id", "other_criterion", "n", "gained", "lost") == expected


def test_cities_are_compared_on_what_both_ask(warehouse: Warehouse, new: Selection, answers: Answers) -> None:
    found = city_changes(warehouse, new, Against("old", BEFORE)).set_index("city_id")
    assert set(found.index) == {town for _, town in answers}
    for town, row in found.iterrows():
        for id_, shared, score, whole in (
            ("old", COMPARED.values(), row["before"], row["whole_before"]),
            ("new", COMPARED, row["now"], row["whole_now"]),
        ):
            given = answers.get((id_, str(town)))
            wanted = (sum(given[c] for c in shared), sum(given.values())) if given else (float("nan"),) * 2
            assert (score, whole) == pytest.approx(wanted, nan_ok=True)
    assert found[["level_before", "level_now"]].isna().all(axis=None)


def test_the_standards_part_is_what_they_ask_beyond_each_other(
    warehouse: Warehouse, new: Selection, answers: Answers
) -> None:
    parts = change_parts(warehouse, new, Against("old", BEFORE)).set_index("part")["value"]

    def average(id_: str, criteria: object) -> float:
        some = [given for (asked, _), given in answers.items() if asked == id_]
        return sum(given[c] for given in some for c in criteria) / len(some)  # type: ignore[attr-defined]

    beyond_now, beyond_before = average("new", set(NEW) - set(COMPARED)), average("old", {"A3", "A4"})
    assert parts["standard"] == pytest.approx(beyond_now - beyond_before)
    assert parts.drop("now").sum() == pytest.approx(parts["now"]) == pytest.approx(average("new", NEW))
    assert parts["before"] == pytest.approx(average("old", OLD))
    assert len([town for id_, town in answers if id_ == "old" and ("new", town) in answers]) >= MINIMUM_N


def test_looking_back_from_the_older_standard_turns_every_sign(warehouse: Warehouse, new: Selection) -> None:
    old = Selection.from_params({"standard": "old"}, read_choices(warehouse))
    forward = change_parts(warehouse, new, Against("old", BEFORE)).set_index("part")["value"]
    back = change_parts(warehouse, old, Against("new", CYCLE)).set_index("part")["value"]
    assert back["panel"] == pytest.approx(-forward["panel"])
    assert back["standard"] == pytest.approx(-forward["standard"])
    assert (back["entrants"], back["leavers"]) == pytest.approx((-forward["leavers"], -forward["entrants"]))


def test_every_criterion_of_both_standards_is_listed(warehouse: Warehouse, new: Selection) -> None:
    found = crosswalk(warehouse, new, Against("old", BEFORE))
    assert rows(found, "criterion_id", "other_criterion", "relation", "compared") == [
        ("A1", "A2", "same", True),
        ("B1", "A1", "reworded", True),
        ("B2", "A3", "split", False),
        ("B3", "A3", "split", False),
        ("B4", None, "not mapped", False),
        ("B5", None, "new", False),
        (None, "A4", "not mapped", False),
    ]
    alike = crosswalk(warehouse, new, Against("old", BEFORE, alike=True))
    assert alike["compared"].tolist() == [True] + [False] * 6


def test_a_database_with_one_standard_has_nothing_to_offer(cohort: MakeCohort) -> None:
    alone = open_current(cohort([{"city": "A", "criterion_id": "DM1"}], name="alone"))
    assert other_cycles(alone, Selection.from_params({}, read_choices(alone))).empty
