"""Where answers count one each they are counted as bits: the same as adding them up, for any answers."""

import random
from pathlib import Path

import pytest

from lib.standard import STANDARDS, load_standards
from pipelines import statements
from tests.pipelines.loads import ask, load_text
from tests.pipelines.whole import built_at_once, content

STAGES = ["validated", "self_reported"]
WORDS = ["yes"] * 4 + ["no"] * 3 + ["", "n/a"]
MEAN = """
id = "mean"
name = "Mean"
version = "1"
source = "the tests"
aggregation = "mean_of_areas"
level = [{ name = "Bronze", minimum = 40 }, { name = "Silver", minimum = 60 }]
family = [{ id = "across", name = "Across", description = "Of both areas", criteria = ["A1", "B1"] }]
prerequisite = [{ criterion = "A2", requires = "B1" }]
"""


def area(name: str, criteria: int) -> str:
    """An area in TOML, with so many criteria."""
    ids = [f"{name}{number}" for number in range(1, criteria + 1)]
    listed = ", ".join(f'{{ id = "{id_}", short_name = "{id_}", text = "{id_}?" }}' for id_ in ids)
    return f'[[area]]\nid = "{name}"\nname = "{name}"\ncriterion = [{listed}]\n'


@pytest.fixture
def standards(tmp_path: Path) -> Path:
    """The mean of three areas: of 64 criteria in all, which just fit into the bits."""
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "mean.toml").write_text(MEAN + area("A", 2) + area("B", 1) + area("C", 61), encoding="utf-8")
    return folder


def answers(criteria: list[str], cities: int) -> str:
    """Both stages of two cycles; some cities answer nothing at all, some nothing that applies."""
    chance = random.Random(5)  # noqa: S311
    lines = ["city,cycle,stage,criterion_id,response,updated_at"]
    for city in range(cities):
        for cycle in (2024, 2025):
            words = {0: ["", "n/a"], 1: ["n/a"]}.get(city, WORDS)
            lines += [
                f"City {city},{cycle},{chance.choice(STAGES)},{criterion},{chance.choice(words)},{cycle}-05-11"
                for criterion in criteria
                if chance.random() < 0.8
            ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("standard", ["wwc-2022", "mean"])
def test_counting_bits_is_adding_up(
    standard: str, standards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = standards if standard == "mean" else STANDARDS
    known, database = load_standards(folder), tmp_path / "cohort.duckdb"
    text = answers([criterion.id for criterion in known[standard].criteria], 14)
    load_text(database, text, standard=standard, standards=folder)
    by_bits = content(database.resolve())
    read = statements.statements

    def without_bits(path: Path) -> tuple[tuple[str, str], ...]:
        return tuple((name, sql + " and false" if name == "29_plain_standard" else sql) for name, sql in read(path))

    monkeypatch.setattr(statements, "statements", without_bits)
    assert built_at_once(database, known) == by_bits
    counted = ask(database, "select sum(met), sum(answered), sum(asked) from city_score")[0]
    assert 0 < counted[0] < counted[1] < counted[2]
